"""The client's end of a URLBackend by itself: messages and closes, against a server that does what the test says."""

import socket
import struct
from contextlib import suppress

import anyio
import pytest
from anyio.abc import SocketAttribute

from bareasgi_ws import WebSocketClosedError, WebSocketError
from bareasgi_ws.conformance.url import URLPeer

from .raw_server import Wire, raw

pytestmark = pytest.mark.anyio

NORMAL_CLOSE = b"\x88\x02\x03\xe8"


async def expect_end(peer: URLPeer, code: int, reason: str = "") -> None:
    for _ in range(2):
        assert await peer.receive() is None
    assert (peer.code, peer.reason) == (code, reason)


async def test_messages_both_ways() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        assert await wire.frame() == b"\x81\x03\xe2\x82\xac"
        assert await wire.frame() == b"\x82\x02\x00\xff"
        assert await wire.frame() == b"\x82\x00"
        await wire.stream.send(
            b"\x81\x00" + b"\x82\x00" + b"\x82\x7f" + struct.pack("!Q", 3_000_000) + bytes(3_000_000)
        )
        await wire.frame()

    async with raw(script) as peer:
        for message in ("€", b"\x00\xff", b""):
            await peer.send(message)
        assert [await peer.receive() for _ in range(3)] == ["", b"", bytes(3_000_000)]
        await peer.close()


async def test_concurrent_sends_wait_for_each_other() -> None:
    size = 3_000_000

    async def script(wire: Wire) -> None:
        await wire.accept()
        actual = 0
        while actual < 2 * (size + 14):  # RFC 6455 section 5.2: so long is the head of such a frame
            actual += len(await wire.stream.receive())

    async with raw(script) as peer, anyio.create_task_group() as tasks:
        for _ in range(2):
            tasks.start_soon(peer.send, bytes(size))


async def test_fragments_are_one_message() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        await wire.stream.send(
            b"\x01\x01\xe2" + b"\x00\x01\x82" + b"\x89\x01p" + b"\x80\x01\xac" + b"\x02\x00" + b"\x80\x01a"
        )
        assert await wire.frame() == b"\x8a\x01p"
        await wire.frame()

    async with raw(script) as peer:
        assert [await peer.receive(), await peer.receive()] == ["€", b"a"]
        await peer.close()


async def test_a_ping_is_answered_while_nobody_reads() -> None:
    ponged = anyio.Event()

    async def script(wire: Wire) -> None:
        await wire.accept()
        await wire.stream.send(b"\x89\x04ping")
        assert await wire.frame() == b"\x8a\x04ping"
        ponged.set()
        await wire.frame()

    async with raw(script) as peer:
        await ponged.wait()
        await peer.close()


@pytest.mark.parametrize(
    ("frame", "code", "reason"),
    [(b"\x88\x00", 1005, ""), (b"\x88\x05\x0f\xa1bye", 4001, "bye"), (NORMAL_CLOSE, 1000, "")],
)
async def test_the_servers_close_is_answered_and_known(frame: bytes, code: int, reason: str) -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        await wire.stream.send(b"\x81\x01a" + frame)
        assert await wire.frame() == frame

    async with raw(script) as peer:
        assert await peer.receive() == "a"
        await expect_end(peer, code, reason)
        await peer.close(4000)
        await peer.drop()
        await expect_end(peer, code, reason)
        with pytest.raises(WebSocketClosedError, match=rf"^send: the connection is closed with {code}$"):
            await peer.send("late")


async def test_a_lost_connection_is_1006() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        await wire.stream.send(b"\x81\x01a")

    async with raw(script) as peer:
        assert await peer.receive() == "a"
        await expect_end(peer, 1006)


async def test_a_reset_connection_is_1006() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        assert await wire.frame() == b"\x81\x05reset"
        linger = struct.pack("ii", 1, 0)
        wire.stream.extra(SocketAttribute.raw_socket).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    async with raw(script) as peer:
        await peer.send("reset")
        await expect_end(peer, 1006)


@pytest.mark.parametrize(
    ("arguments", "frame"),
    [
        ((), NORMAL_CLOSE),
        ((None,), b"\x88\x00"),
        ((4000, "why"), b"\x88\x05\x0f\xa0why"),
        ((1001, ""), b"\x88\x02\x03\xe9"),
    ],
)
async def test_close_sends_one_close_frame(arguments: tuple[int | None, str], frame: bytes) -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        assert await wire.frame() == frame
        await wire.stream.send(b"\x81\x01a" + b"\x88\x02\x0f\xa2")
        await wire.stream.send_eof()
        assert not await wire.ended()

    async with raw(script) as peer:
        await peer.handshake()
        await peer.close(*arguments)
        await peer.close(4009)
        assert await peer.receive() == "a"
        await expect_end(peer, 4002)


async def test_drop_resets_and_sends_no_close_frame() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        assert await wire.ended()

    async with raw(script) as peer:
        await peer.handshake()
        await peer.drop()
        with pytest.raises(WebSocketClosedError, match=r"^send: the connection is closed with 1006$"):
            await peer.send("late")
        await expect_end(peer, 1006)


async def test_what_was_sent_before_drop_arrives() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept()
        assert await wire.frame() == b"\x81\x01a"
        ping = await wire.frame()
        await wire.stream.send(b"\x8a" + ping[1:])
        assert await wire.ended()

    async with raw(script) as peer:
        await peer.handshake()
        await peer.send("a")
        await peer.drop()


async def test_what_was_sent_before_drop_arrives_although_the_server_does_not_read() -> None:
    dropped = anyio.Event()

    async def script(wire: Wire) -> None:
        await wire.accept()
        await dropped.wait()
        with suppress(anyio.BrokenResourceError):
            await wire.stream.send(b"\x81\x00")  # after a reset, this would lose what is not read yet
        assert await wire.frame() == b"\x81\x01a"

    async with raw(script) as peer:
        await peer.handshake()
        await peer.send("a")
        await peer.drop()
        dropped.set()


@pytest.mark.parametrize("frames", [b"\xc1\x00", b"\x81\x80abcd", b"\x81\x01\xff", b"\x88\x02\x03\xed"])
async def test_what_the_protocol_does_not_allow_is_an_error(frames: bytes) -> None:
    seen = anyio.Event()

    async def script(wire: Wire) -> None:
        await wire.accept()
        await wire.stream.send(b"\x81\x01a" + frames)
        assert (await wire.frame())[:1] == b"\x88"
        await seen.wait()

    async with raw(script) as peer:
        assert await peer.receive() == "a"
        with pytest.raises(WebSocketError, match=r"^receive: the server broke the protocol: ."):
            await peer.receive()
        assert peer.code == 1006
        seen.set()
