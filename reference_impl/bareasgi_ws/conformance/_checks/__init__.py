"""The checks: one module or more for each chapter, each check with the id of the requirement that it checks."""

from types import ModuleType

from ..check import Check
from ..requirements import requirements
from . import (
    calls,
    cancellation,
    capability,
    close,
    code,
    concurrency,
    content,
    exceptions,
    handshake,
    independence,
    left_over,
    lifetime,
    receive,
    routes,
    send,
    usage,
)
from .own_server import ends, faults, frames, messages, sending, types
from .own_server import handshake as server_handshake

CHAPTERS = (
    handshake,
    receive,
    send,
    close,
    code,
    calls,
    lifetime,
    routes,
    exceptions,
    left_over,
    independence,
    concurrency,
    cancellation,
    content,
    capability,
    usage,
    server_handshake,
    messages,
    ends,
    faults,
    sending,
    types,
    frames,
)


def _checks_of(module: ModuleType) -> dict[str, Check]:
    return {value.requirement: value for value in vars(module).values() if isinstance(value, Check)}


_BY_REQUIREMENT = {number: check for module in CHAPTERS for number, check in _checks_of(module).items()}

CHECKS = tuple(_BY_REQUIREMENT[number] for number in requirements() if number in _BY_REQUIREMENT)
"""A check of each requirement that a backend can be held to, in the order of the requirements.

What binds servers alone is looked at in the server itself, by :mod:`.._server`.
"""
