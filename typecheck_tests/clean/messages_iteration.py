"""Iterating over messages, on any WebSocket."""

from collections.abc import AsyncIterator
from typing import assert_type

from bareasgi_ws import WebSocket, messages


async def case_either_kind(web_socket: WebSocket) -> None:
    await web_socket.accept()
    async for content in messages(web_socket):
        assert_type(content, bytes | str)


async def case_text(web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    async for text in messages(web_socket):
        assert_type(text, str)
        await web_socket.send(text.upper())


async def case_bytes(web_socket: WebSocket[bytes]) -> None:
    await web_socket.accept()
    async for content in messages(web_socket):
        assert_type(content, bytes)


async def case_it_is_an_iterator(web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    iterator = messages(web_socket)
    assert_type(iterator, AsyncIterator[str])
    assert_type(await anext(iterator), str)


async def case_a_comprehension(web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    lengths = [len(text) async for text in messages(web_socket)]
    assert_type(lengths, list[int])
