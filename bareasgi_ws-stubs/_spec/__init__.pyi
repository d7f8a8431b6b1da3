"""The specification: types, Protocols and errors. It imports nothing of any implementation."""
