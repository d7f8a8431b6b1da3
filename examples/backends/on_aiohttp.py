"""Handlers on aiohttp's server: show each connection as an ASGI server would, and the reference does the rest."""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.log import server_logger

from bareasgi_ws import Router
from bareasgi_ws.backends.asgi import serve


async def serve_request(request: web.Request, router: Router[Any], info: Any = None, close_timeout: float = 10) -> Any:
    """Serve the handler that the router finds: what aiohttp's own route calls."""
    if (route := router.resolve(request.path)) is None:
        raise web.HTTPNotFound
    to = _Connection(request)
    how: dict[str, Any] = {"info": info, "matches": route.matches, "content": route.content}
    how["close_timeout"] = close_timeout
    try:
        await serve(route.handler, to.scope, to.receive, to.send, **how)
    except (asyncio.CancelledError, TimeoutError) as error:  # aiohttp takes these for its own, and logs neither
        if (task := asyncio.current_task()) and task.cancelling():
            raise
        server_logger.error("The handler failed", exc_info=error)
        return to.answer if to.answer.prepared else web.Response(status=500)
    return to.answer


class _Connection:
    """A connection of aiohttp's as an ASGI server has it: a scope, ``receive`` and ``send``."""

    def __init__(self, request: web.Request) -> None:
        offered = map(str.strip, ",".join(request.headers.getall("sec-websocket-protocol", ())).split(","))
        headers = [(name.lower(), value) for name, value in request.raw_headers]
        self.scope: dict[str, Any] = {"type": "websocket", "asgi": {"version": "3.0"}, "path": request.path}
        self.scope |= {"query_string": request.rel_url.raw_query_string.encode(), "headers": headers}
        self.scope |= {"subprotocols": [*filter(None, offered)], "extensions": {"websocket.http.response": {}}}
        self.answer: Any = web.Response(status=403, text="Forbidden")
        self._request = request
        self._before: list[Any] = [{"type": "websocket.disconnect", "code": 1006}, {"type": "websocket.connect"}]

    async def receive(self) -> Any:
        while not self._before:
            with suppress(ConnectionResetError):  # aiohttp 3.14, of a ping that it can answer no more: go on reading
                message = await self.answer.receive()
                if kind := {WSMsgType.TEXT: "text", WSMsgType.BINARY: "bytes"}.get(message.type):
                    return {"type": "websocket.receive", kind: message.data}
                return {"type": "websocket.disconnect", "code": self.answer.close_code or 1005, "reason": message.extra}
        return self._before.pop()

    async def send(self, event: Mapping[str, Any]) -> None:
        headers = [(name.decode(), value.decode()) for name, value in event.get("headers", ())]
        match event:
            case {"type": "websocket.accept", "subprotocol": subprotocol}:
                self.answer = web.WebSocketResponse(protocols=[subprotocol] if subprotocol else ())
                self.answer.headers.extend(headers)
                await self.answer.prepare(self._request)
                self._before.clear()
            case {"type": "websocket.send", **content}:
                await _drained(
                    (self.answer.send_str if "text" in content else self.answer.send_bytes)(*content.values())
                )
            case {"type": "websocket.close", "code": code, "reason": reason} if not self._before:
                await _drained(self.answer.close(code=code, message=reason.encode()))
            case {"type": "websocket.http.response.start", "status": status}:
                self.answer = web.Response(status=status, headers=headers)
            case {"type": "websocket.http.response.body", "body": body}:
                self.answer.body = body


async def _drained(sending: Awaitable[Any]) -> None:
    """Await what sends: aiohttp 3.14 raises CancelledError there once an earlier one was cancelled that waited."""
    try:
        await sending
    except asyncio.CancelledError:
        if (task := asyncio.current_task()) and task.cancelling():
            raise
