"""WebSocket routes beside a function that speaks ASGI itself."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from .routes import beside

Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]
Send: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]


async def http(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Serve the lifespan and HTTP, and no other scope."""
    if scope["type"] == "lifespan":
        await live(scope, receive, send)
    else:
        assert scope["type"] == "http"
        await answer(scope, receive, send)


async def live(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    await receive()
    print("lifespan: started", flush=True)
    scope["state"]["left"] = "a state"
    await send({"type": "lifespan.startup.complete"})
    await receive()
    print("lifespan: stopped", flush=True)
    await send({"type": "lifespan.shutdown.complete"})


async def answer(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer ``/hello`` with what was said there; only one event's worth is looked at."""
    said = (await receive())["body"]
    if scope["path"] == "/hello":
        status, headers, body = 200, [], scope["method"].encode() + b" " + said
    else:
        status, headers, body = 404, [(b"answered-by", b"function")], b""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


application = beside(http)
