"""Backends broken on purpose, one fault each: a module or more for each chapter, a fault or more for each MUST that
binds a backend."""

from importlib import import_module

from .fault import FAULTS, Fault

__all__ = ["FAULTS", "Fault"]

for chapter in (
    "handshake",
    "receive",
    "send",
    "close",
    "code",
    "calls",
    "lifetime",
    "exceptions",
    "left_over",
    "independence",
    "concurrency",
    "cancellation",
    "content",
    "capability",
):
    import_module(f"{__name__}.{chapter}")
