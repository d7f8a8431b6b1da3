"""One handler, which the other files here serve on one library each."""

from contextlib import suppress

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket, WebSocketClosedError, messages


async def hello(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None:
    """Answer each text message by name, until the client closes."""
    await web_socket.accept()
    with suppress(WebSocketClosedError):  # the client left before its response
        async for text in messages(web_socket):
            await web_socket.send(f"{info['greeting']} {matches['name']}, you said: {text}")
