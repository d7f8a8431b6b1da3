"""A WebSocket that receives one kind stands where either kind is expected, and never the other way."""

from collections.abc import Sequence
from typing import assert_type

from bareasgi_ws import WebSocket


async def hang_up(web_socket: WebSocket) -> None:
    await web_socket.close()


async def case_text_stands_for_either(web_socket: WebSocket[str]) -> None:
    await hang_up(web_socket)


async def case_bytes_stands_for_either(web_socket: WebSocket[bytes]) -> None:
    either: WebSocket[bytes | str] = web_socket
    await hang_up(either)


async def case_in_a_sequence(web_socket: WebSocket[str]) -> None:
    async def hang_up_all(web_sockets: Sequence[WebSocket]) -> None:
        for each in web_sockets:
            assert_type(each, WebSocket[bytes | str])
            await each.close()

    of_text: list[WebSocket[str]] = [web_socket]
    await hang_up_all(of_text)
