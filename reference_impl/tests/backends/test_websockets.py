"""The backend on the websockets library, beyond what the kit asks of any backend, over real connections."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect, unix_connect

from bareasgi_ws.backends.websockets import serve

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def served(handler: Any, **how: Any) -> AsyncGenerator[tuple[Any, str]]:
    async with asyncio.timeout(20), serve(handler, "127.0.0.1", 0, **how) as server:
        yield server, "ws://{}:{}".format(*server.sockets[0].getsockname())


@pytest.mark.parametrize("path", ["/", "", "/any/path%20at%20all?x=%20"])
async def test_every_path_is_the_handlers(path: str) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await web_socket.send(f"{scope['path']} {scope['query_string']!r} {info} {matches}")

    async with served(handler, info="info") as (_, url), connect(url + path) as client:
        called = {"/": "/ b''", "": "/ b''"}.get(path, "/any/path at all b'x=%20'")
        assert await client.recv() == f"{called} info {{}}"


async def test_a_request_that_is_no_handshake_calls_nobody() -> None:
    called: list[Any] = []

    async def handler(*arguments: Any) -> None:
        called.append(arguments)

    async with served(handler) as (server, _):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 426 ")
        writer.close()
    assert called == []


async def test_leaving_closes_what_is_open_with_1001_and_waits_for_the_handlers() -> None:
    codes: list[Any] = []
    accepted = asyncio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        accepted.set()
        assert await web_socket.receive() is None
        codes.append(web_socket.code)

    async with served(handler) as (_, url):
        client = await connect(url)
        await accepted.wait()
    await client.wait_closed()
    assert (client.close_code, codes) == (1001, [1001])


async def test_leaving_waits_for_a_handler_that_has_rejected() -> None:
    ends: list[str] = []
    rejected, answered = asyncio.Event(), asyncio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.close()
        rejected.set()
        await answered.wait()
        await asyncio.sleep(0)
        ends.append("end")

    async with served(handler) as (server, _):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(HANDSHAKE)
        assert (await reader.readline()).startswith(b"HTTP/1.1 403 ")
        writer.close()
        answered.set()
    assert ends == ["end"]


async def test_leaving_by_an_exception_waits_too() -> None:
    ends: list[str] = []
    rejected = asyncio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.close()
        rejected.set()
        for _ in range(10):
            await asyncio.sleep(0)
        ends.append("end")

    async def left() -> None:
        async with served(handler) as (server, _):
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(HANDSHAKE)
            await rejected.wait()
            writer.close()
            raise LookupError

    with pytest.raises(LookupError):
        await left()
    assert ends == ["end"]


async def test_a_send_beside_an_accept_goes_out_after_it() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await asyncio.gather(web_socket.accept(), web_socket.send("at once"))

    async with served(handler) as (_, url), connect(url) as client:
        assert await client.recv() == "at once"


@pytest.mark.parametrize("chosen", ["b", None])
async def test_the_handler_chooses_the_subprotocol_and_not_the_library(chosen: str | None) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept(chosen)

    how: Any = {"subprotocols": ["a", "b"]}
    async with served(handler, **how) as (_, url), connect(url, **how) as client:
        assert client.subprotocol == chosen


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="there is no IPv6")
async def test_client_and_server_are_two_parts_each_on_ipv6() -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await web_socket.send(f"{len(scope['client'])} {len(scope['server'])}")

    async with asyncio.timeout(20), serve(handler, "::1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect(f"ws://[::1]:{port}") as client:
            assert await client.recv() == "2 2"


async def test_a_unix_socket_has_no_client_and_a_path_as_its_server(tmp_path: Path) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        await web_socket.send(f"{scope['client']} {scope['server']}")

    path = str(tmp_path / "socket")
    async with (
        asyncio.timeout(20),
        serve(handler, unix=True, path=path),
        unix_connect(path, "ws://here/") as client,
    ):
        assert await client.recv() == f"None {(path, None)}"


async def test_a_handler_that_does_not_answer_in_time_is_cancelled(caplog: pytest.LogCaptureFixture) -> None:
    cancelled = asyncio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    caplog.set_level(logging.CRITICAL, "websockets.server")
    async with served(handler, open_timeout=0.05) as (server, _):
        with socket.create_connection(server.sockets[0].getsockname()) as client:
            client.sendall(HANDSHAKE)
            await cancelled.wait()
    assert [record for record in caplog.records if record.name == "bareasgi_ws"] == []


async def raises() -> None:
    raise LookupError("boom")


async def awaits_what_was_cancelled() -> None:
    future = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


@pytest.mark.parametrize("fails", [raises, awaits_what_was_cancelled])
async def test_a_handlers_error_is_logged(fails: Any, caplog: pytest.LogCaptureFixture) -> None:
    raised: list[BaseException] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        try:
            await fails()
        except BaseException as error:
            raised.append(error)
            raise

    async with served(handler) as (server, _):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(HANDSHAKE)
        assert (await reader.readline()) == b"HTTP/1.1 500 Internal Server Error\r\n"
        writer.close()
    (record,) = [record for record in caplog.records if record.name == "websockets.server" and record.exc_info]
    assert record.exc_info is not None
    assert record.levelno == logging.ERROR
    assert record.exc_info[1] is raised[0]


HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
