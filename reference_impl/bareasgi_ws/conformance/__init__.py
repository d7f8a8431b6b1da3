"""The conformance kit: hold a backend to the numbered requirements.

It needs anyio (``pip install 'bareasgi-ws[conformance]'``) and runs on asyncio and on trio.
"""

from .._memory.answers import Handshake
from .backend import Backend, CanCancel, CanInject, CanPause, Peer, ReportsErrors
from .memory import MemoryBackend
from .report import Outcome, Report, Result
from .requirements import Requirement, requirements

__all__ = [
    "Backend",
    "CanCancel",
    "CanInject",
    "CanPause",
    "Handshake",
    "MemoryBackend",
    "Outcome",
    "Peer",
    "Report",
    "ReportsErrors",
    "Requirement",
    "Result",
    "requirements",
]
