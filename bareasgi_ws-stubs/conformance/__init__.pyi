# Written by `make stubs` from the module of this name.
"""The conformance kit: hold a backend to the numbered requirements.

It needs anyio (``pip install 'bareasgi-ws[conformance]'``) and runs on asyncio and on trio.
"""

from ..testing.client import Handshake
from .backend import (
    Backend,
    Connect,
    Peer,
    SupportsCancel,
    SupportsCancelled,
    SupportsCloseTimeout,
    SupportsInject,
    SupportsOwnServer,
    SupportsPause,
    SupportsPing,
    SupportsRejectedCodes,
    SupportsServe,
    SupportsServerError,
    SupportsServerException,
    SupportsServerScope,
    SupportsWrite,
)
from .check import Check
from .deviations import read_deviations
from .memory import MemoryBackend
from .profiles import PROFILES, Profile
from .report import Outcome, Report, Result, StaticResult, Step
from .requirements import Level, Requirement, requirements
from .runner import iter_checks, run
from .url import URLBackend

__all__ = [
    "PROFILES",
    "Backend",
    "Check",
    "Connect",
    "Handshake",
    "Level",
    "MemoryBackend",
    "Outcome",
    "Peer",
    "Profile",
    "Report",
    "Requirement",
    "Result",
    "StaticResult",
    "Step",
    "SupportsCancel",
    "SupportsCancelled",
    "SupportsCloseTimeout",
    "SupportsInject",
    "SupportsOwnServer",
    "SupportsPause",
    "SupportsPing",
    "SupportsRejectedCodes",
    "SupportsServe",
    "SupportsServerError",
    "SupportsServerException",
    "SupportsServerScope",
    "SupportsWrite",
    "URLBackend",
    "iter_checks",
    "read_deviations",
    "requirements",
    "run",
]
