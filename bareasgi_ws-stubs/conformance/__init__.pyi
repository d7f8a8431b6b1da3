"""The conformance kit: hold a backend to the numbered requirements.

It needs anyio (``pip install 'bareasgi-ws[conformance]'``) and runs on asyncio and on trio.
"""

from ..testing import Handshake
from .backend import Backend, CanCancel, CanInject, CanPause, Peer, ReportsErrors
from .check import Check
from .memory import MemoryBackend
from .report import Outcome, Report, Result
from .requirements import Requirement, requirements
from .runner import iter_checks, run

__all__ = [
    "Backend",
    "CanCancel",
    "CanInject",
    "CanPause",
    "Check",
    "Handshake",
    "MemoryBackend",
    "Outcome",
    "Peer",
    "Report",
    "ReportsErrors",
    "Requirement",
    "Result",
    "iter_checks",
    "requirements",
    "run",
]
