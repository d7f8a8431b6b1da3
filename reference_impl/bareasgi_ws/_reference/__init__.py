"""The reference implementation of the specification, on ASGI."""
