"""Servers broken on purpose, one fault each: a module a chapter of their checks, faults for all that binds a server."""

from importlib import import_module

from .fault import FAULTS, PATIENCE, Fault, failed
from .server import raw_server, server

__all__ = ["FAULTS", "PATIENCE", "Fault", "failed", "raw_server", "server"]

for chapter in (
    "handshake",
    "scope",
    "messages",
    "frames",
    "sending",
    "closes",
    "ends",
    "wire",
    "log",
    "forbidden",
):
    import_module(f"{__name__}.{chapter}")
