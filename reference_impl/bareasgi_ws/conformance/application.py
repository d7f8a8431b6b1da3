"""An ASGI application that holds the server which serves it to the requirements that bind servers.

It is the reference implementation with the kit beside it: for each check the kit connects to its own server, over a
real socket, so both ends of the connection are in the server's one process, and know of each other.

Serve ``bareasgi_ws.conformance.application:application``, in one process, at the root, and ask for the report:
``bareasgi-ws conformance --url http://127.0.0.1:8000``; with TLS, ``https://`` and ``--ca-file``. It is not for the
public: whoever reaches it can have it run the kit, and connect to any URL.
"""

import json
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import anyio

from .. import Application
from .._reference.server_workarounds import UNMENDED
from ..asgi import ASGIApplication, Receive, Send
from ..backends.asgi import backend as reference
from ._ends import SERVER_SCOPE
from .check import Check
from .memory import Content
from .report import Outcome
from .runner import iter_checks, new_report, run_checks
from .url import URLBackend

__all__ = ["application"]

_CALL_TIMEOUT = 1.0
"""How long a server may take to call the application for a client that has gone already, in seconds."""


class _Mount:
    """One handler, below a path that it has to itself."""

    def __init__(self, root: str, handler: Any, route: str, content: Content, info: Any) -> None:
        """Serve the handler on a route below the root."""
        self._root, self._application = root, Application[Any](info=info)
        self._application.ws_router.add(route, handler, content=content)
        self._called, self._open = anyio.Event(), set[anyio.Event]()

    async def serve(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection."""
        ended = anyio.Event()
        self._open.add(ended)
        self._called.set()
        try:
            own = {**scope, "root_path": self._root, UNMENDED: True, SERVER_SCOPE: scope}
            await self._application(own, receive, send)
        finally:
            self._open.remove(ended)
            ended.set()

    async def until_closed(self) -> None:
        """Wait for the end of every connection that the server has called the application for, or is about to."""
        with anyio.move_on_after(_CALL_TIMEOUT):
            await self._called.wait()
        for ended in tuple(self._open):
            await ended.wait()


class _KitApplication:
    """A mount for each connection of the kit, and the kit itself by HTTP."""

    def __init__(self) -> None:
        """Begin with no mount."""
        self._mounts: dict[str, _Mount] = {}
        self._numbers = count()

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve a connection of the kit's, run a check, or complete the lifespan."""
        if scope["type"] == "http":
            await _respond(send, await self._report(dict(parse_qsl(scope["query_string"].decode()))))
            return
        root = "/".join(scope.get("path", "").split("/")[:2])
        mount = self._mounts.get(root)
        await (Application[Any]() if mount is None else mount.serve)(scope, receive, send)

    async def _report(self, query: Mapping[str, str]) -> Mapping[str, Any]:
        """Run the check of the query, where it has one, with the outcomes of what it needs."""

        @asynccontextmanager
        async def serve(handler: Any, /, *, route: str, content: Content, info: Any) -> AsyncGenerator[str]:
            root = f"/{next(self._numbers)}"
            mount = self._mounts[root] = _Mount(root, handler, route, content, info)
            try:
                yield query["url"] + root
                await mount.until_closed()
            finally:
                del self._mounts[root]

        trusting = ssl.create_default_context(cadata=query["ca"]) if "ca" in query else None
        backend = URLBackend(serve, reference.socket_type, logger=query.get("logger"), ssl_context=trusting)
        checks = [check for check in _all_checks() if check.requirement == query.get("check")]
        outcomes = {number: Outcome(value) for number, value in json.loads(query.get("outcomes", "{}")).items()}
        results = run_checks(checks, backend, deadline=float(query.get("deadline", 2)), outcomes=outcomes)
        return new_report(backend)._replace(results=tuple([result async for result in results])).as_json()


@cache
def _all_checks() -> tuple[Check, ...]:
    return tuple(iter_checks(["WS-"]))


async def _respond(send: Send, content: Mapping[str, Any]) -> None:
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


application: ASGIApplication = _KitApplication()
"""What the server serves; by HTTP it gives one result after the other to the command."""
