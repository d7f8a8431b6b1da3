"""Wrong arguments, and members that are not there."""

from bareasgi_ws import Scope, WebSocket


async def accept(web_socket: WebSocket) -> None:
    await web_socket.accept(1)  # E
    await web_socket.accept(b"chat")  # E
    await web_socket.accept(headers={b"x-one": b"1"})  # E
    await web_socket.accept(headers=[("x-one", "1")])  # E
    await web_socket.accept(headers=[(b"x-one", "1")])  # E
    await web_socket.accept(headers=[(b"x-one", b"1", b"2")])  # E
    await web_socket.accept(headers=[[(b"x-one", b"1")]])  # E
    await web_socket.accept(protocol="chat")  # E
    await web_socket.accept("chat", None, 1)  # E


async def accept_what_the_scope_has(scope: Scope, web_socket: WebSocket) -> None:
    await web_socket.accept(headers=scope["headers"])  # E


async def receive(web_socket: WebSocket) -> None:
    await web_socket.receive(10)  # E


async def send(web_socket: WebSocket, text_or_none: str | None) -> None:
    await web_socket.send(1)  # E
    await web_socket.send()  # E
    await web_socket.send(["text"])  # E
    await web_socket.send(text_or_none)  # E
    await web_socket.send(text="text")  # E
    await web_socket.send("text", b"bytes")  # E


async def send_to_a_socket_of_text(web_socket: WebSocket[str]) -> None:
    await web_socket.send(1)  # E


async def close(web_socket: WebSocket) -> None:
    await web_socket.close("1000")  # E
    await web_socket.close(1000.0)  # E
    await web_socket.close(None)  # E
    await web_socket.close(1000, "a reason")  # E
    await web_socket.close(reason="a reason")  # E


async def members_of_other_libraries(web_socket: WebSocket) -> None:
    await web_socket.send_text("text")  # E
    await web_socket.receive_json()  # E
    await web_socket.wait_closed()  # E
    print(web_socket.state)  # E


async def results(web_socket: WebSocket) -> None:
    nothing: str = await web_socket.accept()  # E
    print(nothing)


async def result_of_send(web_socket: WebSocket) -> None:
    nothing: int = await web_socket.send("")  # E
    print(nothing)


async def result_of_close(web_socket: WebSocket) -> None:
    nothing: int = await web_socket.close()  # E
    print(nothing)
