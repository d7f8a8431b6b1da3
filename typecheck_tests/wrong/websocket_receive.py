"""What receive gives is taken for something else."""

from bareasgi_ws import WebSocket


async def text_without_looking(web_socket: WebSocket) -> None:
    content = await web_socket.receive()
    if content is not None:
        await web_socket.send("You said: " + content)  # E


async def none_without_looking(web_socket: WebSocket[str]) -> None:
    text = await web_socket.receive()
    await web_socket.send("You said: " + text)  # E


async def none_given_to_send(web_socket: WebSocket) -> None:
    await web_socket.send(await web_socket.receive())  # E


async def a_method_of_none(web_socket: WebSocket[str]) -> None:
    print((await web_socket.receive()).upper())  # E


async def bytes_from_a_socket_of_text(web_socket: WebSocket[str]) -> None:
    content: bytes | None = await web_socket.receive()  # E
    print(content)


async def text_from_a_socket_of_bytes(web_socket: WebSocket[bytes]) -> None:
    content: str | None = await web_socket.receive()  # E
    print(content)


async def text_from_a_socket_of_either(web_socket: WebSocket) -> None:
    content: str | None = await web_socket.receive()  # E
    print(content)


async def something_else(web_socket: WebSocket) -> None:
    content: int | None = await web_socket.receive()  # E
    print(content)


async def no_none(web_socket: WebSocket[bytes]) -> None:
    content: bytes = await web_socket.receive()  # E
    print(content)
