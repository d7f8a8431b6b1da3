"""The kit in the process of a server: both ends of its connections are there, and the command asks by HTTP."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from .._reference.application import Application
from .._reference.server_workarounds import UNMENDED
from .._reference.socket import Content, ReferenceWebSocket
from ..asgi import Receive, Send
from ._ends import TOLD

CALLED = 1.0
"""How long a server may take to call the application for a client that has gone already, in seconds."""


class Place:
    """The beginning of a path that one handler has to itself."""

    def __init__(self, root: str, handler: Any, route: str, content: Content, info: Any) -> None:
        """Serve the handler on a route below the root."""
        from anyio import Event

        self._root, self._application = root, Application[Any](info=info)
        self._application.ws_router.add(route, handler, content=content)
        self._called, self._open = Event(), set[Event]()

    async def serve(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection."""
        from anyio import Event

        ended = Event()
        self._open.add(ended)
        self._called.set()
        try:
            given = {**scope, "root_path": self._root, UNMENDED: True, TOLD: scope}
            await self._application(given, receive, send)
        finally:
            self._open.remove(ended)
            ended.set()

    async def end(self) -> None:
        """Wait for the end of every connection that the server has called the application for, or is about to."""
        from anyio import move_on_after

        with move_on_after(CALLED):
            await self._called.wait()
        for ended in tuple(self._open):
            await ended.wait()


class Examination:
    """The application: a place for each connection of the kit's, and the kit itself by HTTP."""

    def __init__(self) -> None:
        """Begin with no place."""
        self._places: dict[str, Place] = {}
        self._numbers = count()

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve a connection of the kit's, run a check, or complete the lifespan."""
        if scope["type"] == "http":
            await _answer(send, await self._report(dict(parse_qsl(scope["query_string"].decode()))))
            return
        root = "/".join(scope.get("path", "").split("/")[:2])
        place = self._places.get(root)
        await (Application[Any]() if place is None else place.serve)(scope, receive, send)

    async def _report(self, asked: Mapping[str, str]) -> Mapping[str, Any]:
        """Run the check that is asked for, if one is, with what its needs came to."""
        from ._playing import describe, play_all
        from .report import Outcome
        from .runner import iter_checks
        from .url import URLBackend

        @asynccontextmanager
        async def serve(handler: Any, /, *, route: str, content: Content, info: Any) -> AsyncGenerator[str]:
            root = f"/{next(self._numbers)}"
            place = self._places[root] = Place(root, handler, route, content, info)
            try:
                yield asked["url"] + root
                await place.end()
            finally:
                del self._places[root]

        backend = URLBackend(serve, ReferenceWebSocket, logger=asked.get("logger"))
        checks = [check for check in iter_checks(["WS-"]) if check.requirement == asked.get("check")]
        outcomes = {number: Outcome(came) for number, came in json.loads(asked.get("outcomes", "{}")).items()}
        results = play_all(checks, backend, float(asked.get("deadline", 2)), outcomes=outcomes)
        return describe(backend, None)._replace(results=tuple([result async for result in results])).as_json()


async def _answer(send: Send, content: Mapping[str, Any]) -> None:
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
