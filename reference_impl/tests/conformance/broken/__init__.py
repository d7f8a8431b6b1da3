"""Backends broken on purpose, one fault each: modules for each chapter, faults for each MUST that binds a backend."""

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
    "usage",
):
    import_module(f"{__name__}.{chapter}")
