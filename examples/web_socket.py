"""Echo what the client says. Run this file, and open the address that it prints in a browser."""

import sys
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket, WebSocketClosedError

PAGE = Path(__file__).with_name("web_socket.html")


async def websocket_handler(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None:
    """Answer each text message until the client closes."""
    # A client that leaves before its response is not an error of the server's.
    with suppress(WebSocketClosedError):
        await web_socket.accept()

        while True:
            text = await web_socket.receive()
            if text is None:
                break
            await web_socket.send("You said: " + text)

    await web_socket.close()


async def http_handler(
    scope: Mapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Answer ``GET /`` with the page, and everything else with 404."""
    if scope["type"] != "http":
        raise ValueError(f"expected a scope of type 'http', got {scope['type']!r}")
    if scope["path"] == "/" and scope["method"] in ("GET", "HEAD"):
        status, content_type, body = 200, b"text/html; charset=utf-8", PAGE.read_bytes()
    else:
        status, content_type, body = 404, b"text/plain; charset=utf-8", b"Not Found"
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


application = Application(http=http_handler)
application.ws_router.add("/ws", websocket_handler, content=str)


def main() -> None:
    """Serve the application with uvicorn."""
    missing = [name for name in ("uvicorn", "websockets") if find_spec(name) is None]
    if missing:
        sys.exit(f"This example needs {' and '.join(missing)}: pip install 'bareasgi-ws[servers]'")
    import uvicorn

    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=9009, help="the port, or 0 for any free one (default: %(default)s)")
    options = parser.parse_args()
    uvicorn.run(application, host=options.host, port=options.port, lifespan="off")


if __name__ == "__main__":
    main()
