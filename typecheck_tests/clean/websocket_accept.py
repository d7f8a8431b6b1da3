"""Accepting, with and without a subprotocol and headers."""

from typing import assert_type

from bareasgi_ws import Header, Headers, WebSocket


async def case_with_nothing(web_socket: WebSocket) -> None:
    await web_socket.accept()


async def case_gives_none(web_socket: WebSocket) -> None:
    assert_type(await web_socket.accept(), None)


async def case_with_a_subprotocol(web_socket: WebSocket) -> None:
    await web_socket.accept("chat")


async def case_with_both_by_name(web_socket: WebSocket) -> None:
    await web_socket.accept(subprotocol="chat", headers=[(b"x-one", b"1")])


async def case_with_none_for_both(web_socket: WebSocket) -> None:
    await web_socket.accept(None, None)


async def case_with_headers_of_the_named_type(web_socket: WebSocket) -> None:
    header: Header = (b"x-one", b"1")
    headers: Headers = [header]
    assert_type(headers, list[tuple[bytes, bytes]])
    await web_socket.accept(headers=headers)
