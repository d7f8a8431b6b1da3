"""The client's end of a URLBackend by itself: the handshake request and its responses."""

import pytest

from bareasgi_ws import WebSocketClosedError, WebSocketError
from bareasgi_ws.conformance import Peer, SupportsServerError
from bareasgi_ws.conformance.url import URLPeer

from .raw_server import Wire, raw

pytestmark = pytest.mark.anyio


async def hangs_up(wire: Wire) -> None:
    await wire.read_request()


async def expect_no_answer(peer: URLPeer) -> None:
    with pytest.raises(WebSocketClosedError, match=r"^handshake: the connection ended before the response(: where |$)"):
        await peer.handshake()


async def test_the_opening_request_is_sent_on_entering() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept(b"X-One: 1", b"x-one: 2", b"Sec-WebSocket-Protocol: b")
        assert wire.request.startswith(b"GET /below/room?a=b HTTP/1.1\r\n")
        assert wire.header(b"sec-websocket-protocol") == b"a, b"
        assert wire.header(b"x-client") == b"1, 2"
        assert wire.header(b"sec-websocket-extensions") == b"", "no compression is offered"
        await wire.frame()

    headers = [(b"X-Client", b"1"), (b"x-client", b"2")]
    async with raw(script, prefix="/below/", path="/room?a=b", subprotocols=["a", "b"], headers=headers) as peer:
        answer = await peer.handshake()
        assert (answer.status, answer.subprotocol, answer.body) == (101, "b", b"")
        assert answer.headers[-3:-1] == [(b"X-One", b"1"), (b"x-one", b"2")]
        assert (peer.code, peer.reason) == (None, None)
        await peer.close()


@pytest.mark.parametrize("leave", ["close", "drop"])
async def test_the_handshake_can_be_abandoned(leave: str) -> None:
    async def script(wire: Wire) -> None:
        await wire.read_request()
        assert await wire.ended()

    async with raw(script) as peer:
        await getattr(peer, leave)()
        await expect_no_answer(peer)
        assert (await peer.receive(), peer.code, peer.reason) == (None, 1006, "")


BODIES = {
    "length": (b"Content-Length: 9\r\n\r\nNot Found", b"Not Found"),
    "chunked": (b"Transfer-Encoding: chunked\r\n\r\n4\r\nNot \r\n5\r\nFound\r\n0\r\n\r\n", b"Not Found"),
    "until the end": (b"\r\nNot Found", b"Not Found"),
    "empty": (b"Content-Length: 0\r\n\r\n", b""),
}


@pytest.mark.parametrize("body", BODIES)
async def test_a_rejection_is_known_with_its_body(body: str) -> None:
    async def script(wire: Wire) -> None:
        await wire.read_request()
        await wire.stream.send(b"HTTP/1.1 404 Not Found\r\nX-One: 1\r\n" + BODIES[body][0])

    async with raw(script) as peer:
        answer = await peer.handshake()
        assert (answer.status, answer.subprotocol, answer.body) == (404, None, BODIES[body][1])
        assert answer.headers[0] == (b"X-One", b"1")
        assert peer.code == 1006, "RFC 6455 section 7.1.5: the connection never was"
        for step, call in (("receive", peer.receive()), ("send", peer.send("a"))):
            with pytest.raises(WebSocketClosedError, match=rf"^{step}: the handshake was rejected with HTTP 404$"):
                await call
        await peer.close()


NO_ANSWERS = {
    b"SSH-2.0-OpenSSH_9.6 banner\r\n": "SSH-2.0-OpenSSH_9.6",
    b"x" * 100_000: "(no more than|too long)",
    b"HTTP/1.1 101 OK\r\nUpgrade: websocket\r\n\r\n": "Connection",
}


@pytest.mark.parametrize("answer", NO_ANSWERS, ids=NO_ANSWERS.values())
async def test_what_is_no_answer_is_an_error(answer: bytes) -> None:
    async def script(wire: Wire) -> None:
        await wire.read_request()
        await wire.stream.send(answer)

    async with raw(script) as peer:
        expected = rf"^handshake: what came is not a response to it: .*{NO_ANSWERS[answer]}"
        with pytest.raises(WebSocketError, match=expected) as error:
            await peer.handshake()
        assert type(error.value) is WebSocketError
        assert peer.code == 1006


async def test_a_subprotocol_that_was_not_offered_is_no_answer() -> None:
    async def script(wire: Wire) -> None:
        await wire.accept(b"Sec-WebSocket-Protocol: c")

    async with raw(script, subprotocols=["a"]) as peer:
        with pytest.raises(WebSocketError, match=r"not a response to it: .*subprotocol: c"):
            await peer.handshake()


async def test_no_answer_at_all() -> None:
    async with raw(hangs_up) as peer:
        await expect_no_answer(peer)


async def test_it_is_a_peer_without_the_servers_log() -> None:
    async with raw(hangs_up) as given:
        peer: Peer = given
        assert not isinstance(peer, SupportsServerError)
