"""What send takes: either kind, whatever kind is received."""

from bareasgi_ws import WebSocket


async def case_text(web_socket: WebSocket) -> None:
    await web_socket.accept()
    await web_socket.send("text")


async def case_bytes(web_socket: WebSocket) -> None:
    await web_socket.accept()
    await web_socket.send(b"bytes")


async def case_either(web_socket: WebSocket) -> None:
    await web_socket.accept()
    for content in ("text", b"bytes"):
        await web_socket.send(content)


async def case_bytes_where_text_is_received(web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    await web_socket.send(b"bytes")


async def case_by_name(web_socket: WebSocket[bytes]) -> None:
    await web_socket.accept()
    await web_socket.send(content="text")


async def case_what_was_received(web_socket: WebSocket) -> None:
    await web_socket.accept()
    content = await web_socket.receive()
    if content is not None:
        await web_socket.send(content)
