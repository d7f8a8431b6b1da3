"""The WebSocket routes that stand beside each HTTP application."""

from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket, messages


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    """Send each message back."""
    await web_socket.accept()
    async for message in messages(web_socket):
        await web_socket.send(message)


async def state(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    """Tell what the lifespan's start left for every connection."""
    await web_socket.accept()
    await web_socket.send(scope.get("state", {}).get("left", "nothing"))


def beside(http: Any) -> Application[Info]:
    """Make an application with the routes and an HTTP application."""
    application = Application(http=http)
    application.ws_router.add("/echo", echo)
    application.ws_router.add("/state", state)
    return application
