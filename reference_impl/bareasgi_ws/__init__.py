"""The typed WebSocket of bareASGI: its specification, and a strict reference implementation."""

from typing import Final

from ._reference.application import Application
from ._reference.messages import messages
from ._reference.outbox import Outbox
from ._reference.router import Router
from ._reference.until_closed import until_closed
from ._version import SPEC_VERSION
from .capabilities import SupportsCloseReason, SupportsDenial, SupportsSubprotocols
from .close_code import CloseCode
from .errors import WebSocketClosedError, WebSocketError, WebSocketStateError
from .routing import Route, WebSocketRouter
from .scope import ASGIVersions, Header, Headers, Info, RouteMatches, Scope
from .websocket import WebSocket, WebSocketHandler

__version__: Final = "0.1.0"
"""The version of this package; that of the specification is SPEC_VERSION."""

__all__ = [
    "SPEC_VERSION",
    "ASGIVersions",
    "Application",
    "CloseCode",
    "Header",
    "Headers",
    "Info",
    "Outbox",
    "Route",
    "RouteMatches",
    "Router",
    "Scope",
    "SupportsCloseReason",
    "SupportsDenial",
    "SupportsSubprotocols",
    "WebSocket",
    "WebSocketClosedError",
    "WebSocketError",
    "WebSocketHandler",
    "WebSocketRouter",
    "WebSocketStateError",
    "messages",
    "until_closed",
]
