"""An await that was forgotten."""

from bareasgi_ws import Info, RouteMatches, Scope, SupportsCloseReason, SupportsDenial, WebSocket, WebSocketHandler


async def accept(web_socket: WebSocket) -> None:
    web_socket.accept()  # E !zuban


async def send(web_socket: WebSocket) -> None:
    web_socket.send("text")  # E !zuban


async def close(web_socket: WebSocket) -> None:
    web_socket.close()  # E !zuban


async def receive(web_socket: WebSocket) -> None:
    web_socket.receive()  # E !zuban


async def receive_compared_with_none(web_socket: WebSocket) -> None:
    if web_socket.receive() is None:  # E !mypy !ty !pyrefly !zuban
        await web_socket.close()


async def received_until_none(web_socket: WebSocket) -> None:
    while (message := web_socket.receive()) is not None:  # E !mypy !pyrefly !zuban
        print(message)


async def receive_given_to_send(web_socket: WebSocket) -> None:
    await web_socket.send(web_socket.receive())  # E


async def receive_joined(web_socket: WebSocket[str]) -> None:
    print("You said: " + web_socket.receive())  # E


async def deny(web_socket: SupportsDenial) -> None:
    web_socket.deny(401)  # E !zuban


async def close_with_reason(web_socket: SupportsCloseReason) -> None:
    web_socket.close_with_reason(1000, "")  # E !zuban


async def code(web_socket: WebSocket) -> None:
    print(await web_socket.code)  # E


async def handler(
    handler: WebSocketHandler, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket
) -> None:
    handler(scope, info, matches, web_socket)  # E !mypy !pyright !basedpyright !ty !pyrefly !zuban
