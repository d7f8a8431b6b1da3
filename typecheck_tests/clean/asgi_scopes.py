"""What others call a WebSocket's connection scope is a Scope."""

import uvicorn._types
from asgiref.typing import WebSocketScope
from hypercorn.typing import WebsocketScope as HypercornScope

from bareasgi_ws import Scope


def path_of(scope: Scope) -> str:
    return scope["path"]


def case_of_asgiref(theirs: WebSocketScope) -> None:
    ours: Scope = theirs
    path_of(ours)


def case_of_uvicorn(theirs: uvicorn._types.WebSocketScope) -> None:
    path_of(theirs)


def case_of_hypercorn(theirs: HypercornScope) -> None:
    path_of(theirs)
