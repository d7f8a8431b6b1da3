# Written by `make stubs` from the module of this name.
"""A server in memory: it speaks ASGI to the application on one side, and is the client's connection on the other."""
