"""What receive gives."""

from typing import Any, assert_type

from bareasgi_ws import WebSocket


async def case_bytes_or_text_or_none(web_socket: WebSocket) -> None:
    await web_socket.accept()
    assert_type(await web_socket.receive(), bytes | str | None)


async def case_text_or_none(web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    assert_type(await web_socket.receive(), str | None)


async def case_bytes_or_none(web_socket: WebSocket[bytes]) -> None:
    await web_socket.accept()
    assert_type(await web_socket.receive(), bytes | None)


async def case_the_default_is_either_kind(web_socket: WebSocket) -> None:
    either: WebSocket[bytes | str] = web_socket
    assert_type(web_socket, WebSocket[bytes | str])
    assert either is web_socket


async def case_narrowed_by_none_and_by_kind(web_socket: WebSocket) -> None:
    await web_socket.accept()
    content = await web_socket.receive()
    if content is None:
        return
    assert_type(content, bytes | str)
    if isinstance(content, str):
        assert_type(content, str)
    else:
        assert_type(content, bytes)


async def case_the_tutorials_loop(web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    while True:
        text = await web_socket.receive()
        if text is None:
            break
        await web_socket.send("You said: " + text)


async def case_a_loop_with_an_assignment_expression(web_socket: WebSocket[bytes]) -> None:
    await web_socket.accept()
    while (content := await web_socket.receive()) is not None:
        assert_type(content, bytes)
        await web_socket.send(content.upper())


async def case_any_content_on_purpose(web_socket: WebSocket[Any]) -> None:
    await web_socket.accept()
    anything: int | None = await web_socket.receive()
    assert anything is not None
