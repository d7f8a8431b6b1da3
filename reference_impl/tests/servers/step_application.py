"""What a server is given to serve: an application on the reference that takes steps.

Another, in raw ASGI, writes down all that it is told. The path of a WebSocket is ``/reference`` or ``/recording``; its
query string has its ``name`` and, in ``do``, the steps. By HTTP, ``/began``, ``/go_on`` and ``/said`` with the name
drive it from another process.
"""

import json
from collections import defaultdict
from contextlib import suppress
from enum import IntEnum
from typing import Any
from urllib.parse import parse_qs

import anyio

from bareasgi_ws import Application, SupportsCloseReason, SupportsDenial, WebSocketClosedError
from bareasgi_ws.backends.asgi import serve

STEP_TIMEOUT = 8.0
"""How long an application may take before it is said to wait for ever, in seconds."""

FLOOD = 1024
CHUNK = "x" * (1 << 16)
"""So many of these are 64 MiB."""

GONE = (OSError, RuntimeError)


class ConnectionLog:
    """One connection: what its application noted, and the signs that its driver gives and gets."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.began, self.going_on, self.ended = anyio.Event(), anyio.Event(), anyio.Event()


connection_logs: defaultdict[str, ConnectionLog] = defaultdict(ConnectionLog)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await Application()(scope, receive, send)
        return
    query = parse_qs(scope["query_string"].decode(), keep_blank_values=True)
    connection = connection_logs[query["name"][0]]
    if scope["type"] == "http":
        await respond(scope["path"], connection, send)
        return
    try:
        run = {"/reference": run_on_reference, "/recording": run_recording}[scope["path"]]
        await run(query["do"][0].split(), connection, scope, receive, send)
    finally:
        connection.ended.set()


async def respond(path: str, connection: ConnectionLog, send: Any) -> None:
    if path == "/go_on":
        connection.going_on.set()
    with anyio.move_on_after(STEP_TIMEOUT) as waiting:
        await (connection.ended if path == "/said" else connection.began).wait()
    body = json.dumps([*connection.notes, *(["waits"] if waiting.cancelled_caught else [])]).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def run_on_reference(steps: list[str], connection: ConnectionLog, scope: Any, receive: Any, send: Any) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        connection.began.set()
        await run_steps(steps, Steps(web_socket, connection), connection)

    await serve(handler, scope, receive, send)


async def run_steps(steps: list[str], steps_taker: "Steps", connection: ConnectionLog) -> None:
    for step in steps:
        name, _, value = step.partition("=")
        try:
            await getattr(steps_taker, name.replace("-", "_"))(*([value] if "=" in step else []))
        except Exception as error:
            connection.notes.append(f"{step}: {exception_name(error)}")
            raise


def exception_name(error: Exception) -> str:
    """Name an exception by what is known of it; a server has classes of its own."""
    known = (WebSocketClosedError, *GONE, ValueError, LookupError)
    return next((one.__name__ for one in known if isinstance(error, one)), "an exception")


class Steps:
    """Takes the steps by the reference's WebSocket."""

    def __init__(self, web_socket: Any, connection: ConnectionLog) -> None:
        self._web_socket, self._connection = web_socket, connection

    async def gone(self) -> None:
        await self._connection.going_on.wait()

    async def fail(self) -> None:
        raise LookupError("by its application")

    async def both(self) -> None:
        waiting = anyio.Event()

        async def wait() -> None:
            waiting.set()
            await self.receive()

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(wait)
            await waiting.wait()
            await self.close("3000")

    async def flood(self) -> None:
        for _ in range(FLOOD):
            await self.text(CHUNK)
        self._connection.notes.append("64 MiB are sent")

    async def accept(self, subprotocol: str | None = None) -> None:
        await self._web_socket.accept(subprotocol)

    async def accept_headers(self) -> None:
        await self._web_socket.accept(headers=[(b"x-one", b"1")])

    async def accept_late(self) -> None:
        with suppress(WebSocketClosedError):
            await self._web_socket.accept()

    async def text(self, content: str) -> None:
        await self._web_socket.send(content)

    async def binary(self, content: str) -> None:
        await self._web_socket.send(content.encode())

    async def surrogate(self) -> None:
        await self._web_socket.send("\ud800")

    async def send_late(self) -> None:
        with suppress(WebSocketClosedError):
            await self._web_socket.send("late")

    async def receive(self) -> None:
        message = await self._web_socket.receive()
        shown = f"end {self._web_socket.code!r}" if message is None else repr(message)
        self._connection.notes.append(f"receive: {shown}")

    async def reason(self) -> None:
        await self._web_socket.receive()
        self._connection.notes.append(f"reason: {self._web_socket.reason!r}")

    async def echo(self) -> None:
        await self._web_socket.send(await self._web_socket.receive())

    async def close(self, code: str) -> None:
        await self._web_socket.close(int(code))

    async def close_with_reason(self, length: str) -> None:
        assert isinstance(self._web_socket, SupportsCloseReason)
        await self._web_socket.close_with_reason(3000, "x" * int(length))

    async def deny(self) -> None:
        if isinstance(self._web_socket, SupportsDenial):
            await self._web_socket.deny(401, [], b"no entry")


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


async def run_recording(steps: list[str], connection: ConnectionLog, scope: Any, receive: Any, send: Any) -> None:
    await receive()
    connection.began.set()
    for step in steps:
        if step == "gone":
            await connection.going_on.wait()
        elif step == "scope":
            connection.notes.append(scope_summary(scope))
        elif step in ("receive", "further"):
            connection.notes.append(f"{step}: {await receive_event(receive)}")
        else:
            connection.notes.append(f"{step}: {await send_event(send, step)}")


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
