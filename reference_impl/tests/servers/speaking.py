"""What a server is given to serve: an application that does what it is asked, and writes down what it is told."""

import json
from collections import defaultdict
from enum import IntEnum
from typing import Any
from urllib.parse import parse_qs

import anyio

KEYS = {
    "type",
    "asgi",
    "http_version",
    "scheme",
    "path",
    "raw_path",
    "query_string",
    "root_path",
    "headers",
    "client",
    "server",
    "subprotocols",
    "state",
    "extensions",
}
"""Of the connection scope, in the ASGI specification."""

SILENCE = 0.5
"""How long a receive may be silent before it is taken to stay so, in seconds."""

EVENTS: dict[str, dict[str, Any]] = {
    "accept": {"type": "websocket.accept"},
    "send": {"type": "websocket.send", "text": "x"},
    "deny": {"type": "websocket.http.response.start", "status": 401, "headers": []},
    "part": {"type": "websocket.http.response.body", "body": b"n", "more_body": True},
    "body": {"type": "websocket.http.response.body", "body": b"o"},
}


class Conversation:
    """One connection: what was said, and the signs that its driver gives and gets."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.began, self.going_on, self.ended = anyio.Event(), anyio.Event(), anyio.Event()


class Speaking:
    """The application. The query string of a WebSocket has its ``name`` and, in ``do``, the steps to take.

    By HTTP, ``/began``, ``/go_on`` and ``/said`` with the name drive it from another process.
    """

    def __init__(self) -> None:
        self.conversations: defaultdict[str, Conversation] = defaultdict(Conversation)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while (await receive())["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        query = parse_qs(scope["query_string"].decode())
        conversation = self.conversations[query["name"][0]]
        if scope["type"] == "http":
            await answer(scope["path"], conversation, send)
        else:
            await take(query["do"][0].split(), conversation, scope, receive, send)


async def answer(path: str, conversation: Conversation, send: Any) -> None:
    if path == "/go_on":
        conversation.going_on.set()
    await (conversation.ended if path == "/said" else conversation.began).wait()
    body = json.dumps(conversation.said).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def take(steps: list[str], conversation: Conversation, scope: Any, receive: Any, send: Any) -> None:
    await receive()
    conversation.began.set()
    try:
        for step in steps:
            if step == "gone":
                await conversation.going_on.wait()
            elif step == "scope":
                conversation.said.append(in_short(scope))
            elif step in ("receive", "further"):
                conversation.said.append(f"{step}: {await told(receive)}")
            else:
                conversation.said.append(f"{step}: {await taken(send, step)}")
    finally:
        conversation.ended.set()


def in_short(scope: Any) -> str:
    """Write what is there of a scope; its values are the connection's."""
    denial = "websocket.http.response" in scope.get("extensions", {})
    return f"lacks {sorted(KEYS - set(scope))}, {scope['asgi'].get('spec_version')}, denial: {denial}"


async def told(receive: Any) -> str:
    with anyio.move_on_after(SILENCE):
        event = await receive()
        return " ".join(f"{key}={shown(event[key])}" for key in sorted(set(event) - {"type"}))
    return "silence"


def shown(value: object) -> str:
    return f"IntEnum({int(value)})" if isinstance(value, IntEnum) else repr(value)


async def taken(send: Any, step: str) -> str:
    code = step.removeprefix("close=")
    try:
        await send(EVENTS[step] if step in EVENTS else {"type": "websocket.close", "code": int(code), "reason": "why"})
    except Exception as error:
        kinds = (OSError, RuntimeError, AttributeError, Exception)
        return next(kind.__name__ for kind in kinds if isinstance(error, kind))
    return "taken"


application = Speaking()
