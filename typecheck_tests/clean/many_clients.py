"""What helps a handler of many clients: a queue before each, and a block that ends with the connection."""

from collections import deque
from typing import assert_type

from bareasgi_ws import Application, Info, Outbox, RouteMatches, Scope, WebSocket, messages, until_closed


async def a_room(scope: Scope, info: set[Outbox], matches: RouteMatches, web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    async with Outbox(web_socket) as outbox:
        assert_type(outbox, Outbox)
        info.add(outbox)
        async for text in messages(web_socket):
            for member in info:
                member.put(text)
                member.put(text.encode())


def case_a_room_is_served() -> None:
    members: set[Outbox] = set()
    Application(info=members).ws_router.add("/", a_room, content=str)


async def case_an_outbox_of_any_content(
    either: WebSocket, text: WebSocket[str], binary: WebSocket[bytes], code: int, seconds: float
) -> None:
    assert_type(Outbox(either), Outbox)
    Outbox(text, limit=1)
    Outbox(binary, code=code)
    Outbox(web_socket=either, flush_timeout=seconds)


async def case_a_block_of_text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    async with until_closed(web_socket) as unread:
        assert_type(unread, deque[str])
        await web_socket.send("tick")
    while unread:
        print(unread.popleft().upper())


async def case_a_block_of_binary(web_socket: WebSocket[bytes]) -> None:
    await web_socket.accept()
    async with until_closed(web_socket, limit=1) as unread:
        assert_type(unread, deque[bytes])


async def case_a_block_of_either(web_socket: WebSocket) -> None:
    await web_socket.accept()
    async with until_closed(web_socket) as unread:
        assert_type(unread, deque[bytes | str])
