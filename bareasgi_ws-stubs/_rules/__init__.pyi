# Written by `make stubs` from the module of this name.
"""The rules, pure: no input or output, no event loop."""
