# Written by `make stubs` from the module of this name.
"""The specification: types, Protocols and errors. It imports nothing of any implementation."""
