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

RECEIVE_TIMEOUT = 0.5
"""How long a receive may be silent before it is taken to stay so, in seconds."""

EVENTS: dict[str, dict[str, Any]] = {
    "accept": {"type": "websocket.accept"},
    "send": {"type": "websocket.send", "text": "x"},
    "deny": {"type": "websocket.http.response.start", "status": 401, "headers": []},
    "part": {"type": "websocket.http.response.body", "body": b"n", "more_body": True},
    "body": {"type": "websocket.http.response.body", "body": b"o"},
}


class Recording:
    """One connection: what was said, and the signs that its driver gives and gets."""

    def __init__(self) -> None:
        self.recorded: list[str] = []
        self.began, self.going_on, self.ended = anyio.Event(), anyio.Event(), anyio.Event()


class RecordingApplication:
    """The application. The query string of a WebSocket has its ``name`` and, in ``do``, the steps to take.

    By HTTP, ``/began``, ``/go_on`` and ``/said`` with the name drive it from another process.
    """

    def __init__(self) -> None:
        self.recordings: defaultdict[str, Recording] = defaultdict(Recording)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while (await receive())["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        query = parse_qs(scope["query_string"].decode())
        recording = self.recordings[query["name"][0]]
        if scope["type"] == "http":
            await respond(scope["path"], recording, send)
        else:
            await run_steps(query["do"][0].split(), recording, scope, receive, send)


async def respond(path: str, recording: Recording, send: Any) -> None:
    if path == "/go_on":
        recording.going_on.set()
    await (recording.ended if path == "/said" else recording.began).wait()
    body = json.dumps(recording.recorded).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def run_steps(steps: list[str], recording: Recording, scope: Any, receive: Any, send: Any) -> None:
    await receive()
    recording.began.set()
    try:
        for step in steps:
            if step == "gone":
                await recording.going_on.wait()
            elif step == "scope":
                recording.recorded.append(scope_summary(scope))
            elif step in ("receive", "further"):
                recording.recorded.append(f"{step}: {await receive_event(receive)}")
            else:
                recording.recorded.append(f"{step}: {await send_event(send, step)}")
    finally:
        recording.ended.set()


def scope_summary(scope: Any) -> str:
    """Write what is there of a scope; its values are the connection's."""
    denial = "websocket.http.response" in scope.get("extensions", {})
    return f"lacks {sorted(KEYS - set(scope))}, {scope['asgi'].get('spec_version')}, denial: {denial}"


async def receive_event(receive: Any) -> str:
    with anyio.move_on_after(RECEIVE_TIMEOUT):
        event = await receive()
        return " ".join(f"{key}={value_repr(event[key])}" for key in sorted(set(event) - {"type"}))
    return "silence"


def value_repr(value: object) -> str:
    return f"IntEnum({int(value)})" if isinstance(value, IntEnum) else repr(value)


async def send_event(send: Any, step: str) -> str:
    code = step.removeprefix("close=")
    try:
        await send(EVENTS[step] if step in EVENTS else {"type": "websocket.close", "code": int(code), "reason": "why"})
    except Exception as error:
        kinds = (OSError, RuntimeError, AttributeError, Exception)
        return next(kind.__name__ for kind in kinds if isinstance(error, kind))
    return "taken"


application = RecordingApplication()
