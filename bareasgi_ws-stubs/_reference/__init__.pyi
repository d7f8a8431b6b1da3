# Written by `make stubs` from the module of this name.
"""The reference implementation of the specification, on ASGI."""
