"""WS-SERVER: what the server below a backend owes to it, seen through a backend that keeps the rules."""

from . import ends, faults, handshake, messages, sending, types

__all__ = ["ends", "faults", "handshake", "messages", "sending", "types"]
