# Written by `make stubs` from the module of this name.
"""The conformance kit: hold a backend to the numbered requirements.

It needs anyio (``pip install 'bareasgi-ws[conformance]'``) and runs on asyncio and on trio.
"""

from .._memory.answers import Handshake
from .backend import (
    Backend,
    CanCancel,
    CanInject,
    CanPause,
    CanWrite,
    HasCloseTimeout,
    Peer,
    RefusesCodes,
    ReportsCancellation,
    ReportsErrors,
)
from .check import Check
from .deviations import read_deviations
from .memory import MemoryBackend
from .profiles import PROFILES, Profile
from .report import Moment, Outcome, Report, Result, StaticResult
from .requirements import Level, Requirement, requirements
from .runner import iter_checks, run
from .url import URLBackend

__all__ = [
    "PROFILES",
    "Backend",
    "CanCancel",
    "CanInject",
    "CanPause",
    "CanWrite",
    "Check",
    "Handshake",
    "HasCloseTimeout",
    "Level",
    "MemoryBackend",
    "Moment",
    "Outcome",
    "Peer",
    "Profile",
    "RefusesCodes",
    "Report",
    "ReportsCancellation",
    "ReportsErrors",
    "Requirement",
    "Result",
    "StaticResult",
    "URLBackend",
    "iter_checks",
    "read_deviations",
    "requirements",
    "run",
]
