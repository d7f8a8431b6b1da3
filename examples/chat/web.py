"""What is HTTP: the page, signing in and out, and the start and end of the worker."""

import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from hmac import compare_digest
from pathlib import Path
from typing import Any, NamedTuple

from bareasgi_ws import Header

from .handler import Chat
from .store import StoreError
from .tokens import COOKIE, NAME, SECONDS_VALID, is_ours, name_of, sign

PAGE = Path(__file__).with_name("page.html")
LONGEST_BODY = 4096

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Answer(NamedTuple):
    """A response to a request."""

    status: int
    body: bytes = b""
    content_type: bytes = b"text/plain; charset=utf-8"
    headers: tuple[Header, ...] = ()


class Web:
    """The ASGI application for everything but WebSockets."""

    def __init__(self, chat: Chat) -> None:
        """Serve the chat."""
        self._chat = chat

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or run the chat while the server runs."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        answer = await self._answer(scope, receive)
        headers = [
            (b"content-type", answer.content_type),
            (b"content-length", str(len(answer.body)).encode()),
            (b"cache-control", b"no-store"),
            *answer.headers,
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._chat.rooms.running())
            except StoreError as error:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> Answer:
        match scope["method"], scope["path"]:
            case "GET", "/":
                return Answer(200, PAGE.read_bytes(), b"text/html; charset=utf-8")
            case "GET", "/name":
                name = name_of(scope["headers"], self._chat.settings)
                return Answer(401) if name is None else Answer(200, name.encode())
            case "POST", ("/sign-in" | "/sign-out") as path:
                if not is_ours(scope["headers"], self._chat.settings):
                    return Answer(403, b"This page may not sign anybody in or out")
                if path == "/sign-in":
                    return self._sign_in(scope, await _body(receive))
                return Answer(204, headers=(_cookie(scope, "", 0),))
            case _:
                return Answer(404, b"Not Found")

    def _sign_in(self, scope: Mapping[str, Any], body: bytes) -> Answer:
        try:
            asked: Any = json.loads(body)
            name, password = asked["name"], asked["password"]
            known = compare_digest(password.encode(), self._chat.settings.password.encode())
        except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
            return Answer(400, b"This is not a name and a password in JSON")
        if self._chat.settings.password and not known:
            return Answer(401, b"The password is wrong")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            return Answer(400, b"A name has 1 to 30 letters, digits, spaces and .'-_")
        return Answer(204, headers=(_cookie(scope, sign(name, self._chat.settings), SECONDS_VALID),))


async def _body(receive: Receive) -> bytes:
    """Read the request's body; of one that is too long, nothing."""
    body, more = b"", True
    while more and len(body) <= LONGEST_BODY:
        event = await receive()
        body += event.get("body", b"")
        more = event.get("more_body", False)
    return body if len(body) <= LONGEST_BODY else b""


def _cookie(scope: Mapping[str, Any], token: str, seconds: int) -> Header:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return b"set-cookie", f"{COOKIE}={token}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Strict{secure}".encode()
