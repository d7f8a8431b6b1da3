"""A raw ASGI application that does what the kit asks for, and writes down every event that it received and sent.

Serve ``bareasgi_ws.conformance.application:application``, at the root, in one process, and ask for the report:
``bareasgi-ws conformance --url http://127.0.0.1:8000``; with TLS, ``https://`` and ``--ca-file``. Nothing of the
reference implementation is between it and the server. It is not for the public: whoever reaches it can have it send
what it is asked to.

The kit asks by HTTP, with a POST of a dict as a literal of Python::

    {"connection": "0a1b2c3d-1", "steps": [{"do": "receive"}, {"do": "send", "event": {...}}], "until": 2, "wait": 2.0}

The connection is the one whose path begins so, and the response has its record: what was called, with which result.
"""

import asyncio
import logging
import os
import platform
import re
import time
from ast import literal_eval
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from secrets import token_hex
from typing import Any

import anyio
from anyio.lowlevel import checkpoint

from .._rules.arguments import is_a
from ..asgi import ASGIApplication, Receive, Send
from ._scope_types import wrong_items

__all__ = ["application"]

PROCESS = f"{os.getpid()}-{token_hex(8)}"
"""Tells this process from any other that serves the application."""

LONGEST = 1 << 12
"""A longer content is written down as its length and its digest."""

DENIAL = "websocket.http.response"

OF_THE_KIT = re.compile(r"[0-9a-f]{8}-\d+")
"""What the path of a connection of the kit's begins with: its run, and its number."""

STATE = "bareasgi-ws"
"""What the lifespan's state is given."""


class DeliberateError(Exception):
    """Raised where the kit asks for it."""


def described(value: Any) -> Any:
    """Return a value as built-in types alone, so that it can be written as a literal."""
    base: Any = next((base for base in (bool, int, float, str, bytes) if is_a(value, base)), None)
    if base in (str, bytes) and len(value) > LONGEST:
        content: bytes = value if base is bytes else value.encode("utf-8", "surrogatepass")
        return {"type": base.__name__, "length": len(value), "sha256": sha256(content).hexdigest()}
    if value is None:
        return None
    if base is not None:
        return value if type(value) is base else base(value)
    if is_a(value, Mapping):
        return {described(key): described(item) for key, item in value.items()}
    if is_a(value, Iterable) and iter(value) is not value:
        return [described(item) for item in value]
    return {"unknown": f"{type(value).__module__}.{type(value).__qualname__}"}


class _Connection:
    """The application's end of one connection.

    Attributes:
        record: Its steps, and what came of each; the first is the call of the application.
    """

    def __init__(self) -> None:
        """Begin before the call."""
        self.record: list[dict[str, Any]] = [{"do": "call", "calls": 0}]
        self._whole = anyio.CancelScope()
        self._scopes: dict[int, anyio.CancelScope] = {}
        self._taken = 1
        self._changed = anyio.Event()

    def add(self, step: Mapping[str, Any]) -> None:
        """Add a step to be taken."""
        self.record.append({**step})
        self._notify()

    def end(self) -> None:
        """Have the application return, whatever it waits for."""
        self._whole.cancel()

    def cancel(self, number: int) -> None:
        """Cancel a step that has begun."""
        self._scopes[id(self.record[number])].cancel()

    async def until(self, number: int) -> None:
        """Wait until a step has ended; or, of the first, until it has begun."""
        while ("ended" if number else "began") not in self.record[number]:
            await self._changed.wait()

    async def serve(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Take one step after the other."""
        call = self.record[0]
        call |= {
            "calls": call["calls"] + 1,
            "began": time.time(),
            "returned": described(scope),
            "wrong": wrong_items(scope),
        }
        self._notify()
        try:
            with self._whole:
                await self._serve(receive, send)
        except BaseException as error:
            call["raised"] = _names(error)
            raise
        finally:
            call["ended"] = time.time()
            self._notify()

    async def _serve(self, receive: Receive, send: Send) -> None:
        entry = await self._next()
        async with anyio.create_task_group() as beside:
            while entry["do"] not in ("return", "raise"):
                take = partial(self._take_for_turns if "cancelled_after" in entry else self._take, entry, receive, send)
                if entry.get("beside"):
                    beside.start_soon(take)
                else:
                    await take()
                entry = await self._next()
            beside.cancel_scope.cancel()
        entry["began"] = entry["ended"] = time.time()
        if entry["do"] == "raise":
            raise DeliberateError("the kit asked for it")

    async def _next(self) -> dict[str, Any]:
        while len(self.record) <= self._taken:
            await self._changed.wait()
        self._taken += 1
        return self.record[self._taken - 1]

    async def _take_for_turns(self, entry: dict[str, Any], receive: Receive, send: Send) -> None:
        """Take a step, and cancel it after some turns of the event loop."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._take, entry, receive, send)
            for _ in range(entry["cancelled_after"]):
                await checkpoint()
            tasks.cancel_scope.cancel()
        if "ended" not in entry:
            entry |= {"cancelled": True, "began": time.time(), "ended": time.time()}
            self._notify()

    async def _take(self, entry: dict[str, Any], receive: Receive, send: Send) -> None:
        entry["began"] = time.time()
        try:
            with anyio.CancelScope() as self._scopes[id(entry)]:
                entry["returned"] = described(await self._call(entry, receive, send))
        except Exception as error:
            entry |= {"raised": _names(error), "said": str(error)}
        finally:
            entry["ended"] = time.time()
            self._notify()

    async def _call(self, entry: dict[str, Any], receive: Receive, send: Send) -> Any:
        """Call what a step is for; where that is cancelled, say so."""
        try:
            return await self._do(entry, receive, send)
        except anyio.get_cancelled_exc_class():
            entry["cancelled"] = True
            raise

    async def _do(self, entry: dict[str, Any], receive: Receive, send: Send) -> Any:
        match entry["do"]:
            case "receive":
                return await receive()
            case "send":
                entry["sent"] = 0
                while entry["sent"] < entry.get("times", 1):
                    await send(entry["event"])
                    entry["sent"] += 1
            case "wait":
                for _ in range(entry["turns"]):
                    await checkpoint()
            case other:
                raise ValueError(f"expected a step that is known, got {other!r}")
        return None

    def _notify(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()


def _names(error: BaseException) -> list[str]:
    return [kind.__name__ for kind in type(error).__mro__]


class _Errors(logging.Handler):
    """Keeps what the server logs as an error."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's text, with the line of its exception."""
        error = record.exc_info[1] if record.exc_info else None
        self.texts.append(record.getMessage() + (f" ({type(error).__name__}: {error})" if error else ""))


_connections: dict[str, _Connection] = {}
_errors = _Errors()


async def _obey(command: Mapping[str, Any]) -> dict[str, Any]:
    """Do what the kit asks for, and return what it asks about."""
    if command.get("logger"):
        logging.getLogger(command["logger"]).addHandler(_errors)
    time.sleep(command.get("block", 0))  # noqa: ASYNC251  # see what asks for it: another process is to take the next
    found: dict[str, Any] = {"process": PROCESS, "python": platform.python_version()}
    is_trio = anyio.get_cancelled_exc_class().__module__.startswith("trio")
    found["library"] = "trio" if is_trio else "asyncio"
    found["loop"] = "trio" if is_trio else type(asyncio.get_running_loop()).__module__.partition(".")[0]
    if "connection" in command:
        connection = _connections.setdefault(command["connection"], _Connection())
        for step in command.get("steps", ()):
            connection.add(step)
        for number in command.get("cancel", ()):
            connection.cancel(number)
        with anyio.move_on_after(command.get("wait", 0)):
            await connection.until(command.get("until", 0))
        found["record"] = [{key: entry[key] for key in entry if key != "event"} for entry in connection.record]
        if command.get("end"):
            connection.end()
    return {**found, "errors": _errors.texts, "now": time.time()}


async def _control(receive: Receive, send: Send) -> None:
    body, more = b"", True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            return
        body += event.get("body", b"")
        more = event.get("more_body", False)
    written = ascii(await _obey(literal_eval(body.decode()) if body else {})).encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(written))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": written})


async def _live(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    if "state" in scope:
        scope["state"][STATE] = STATE
    for event in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{event}.complete"})


async def _not_found(scope: Mapping[str, Any], send: Send) -> None:
    """Reject a connection that nobody will ask anything of."""
    if DENIAL in (scope.get("extensions") or {}):
        await send({"type": f"{DENIAL}.start", "status": 404, "headers": []})
        await send({"type": f"{DENIAL}.body", "body": b""})
    else:
        await send({"type": "websocket.close"})


async def _application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    match scope["type"]:
        case "http":
            await _control(receive, send)
        case "lifespan":
            await _live(scope, receive, send)
        case _:
            number = scope.get("path", "").strip("/").partition("/")[0]
            if OF_THE_KIT.fullmatch(number):
                await _connections.setdefault(number, _Connection()).serve(scope, receive, send)
            else:
                await _not_found(scope, send)


application: ASGIApplication = _application
"""What the server serves; by HTTP it is told what to do, and gives its record."""
