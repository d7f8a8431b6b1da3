"""How a URLBackend begins and stops the server: bounded, in order, and with its errors told plainly."""

import gc
import logging
import re
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance import SupportsServerError, _serving
from bareasgi_ws.conformance.url import URLBackend, URLPeer

from .raw_server import Wire, listening, unserved

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module", autouse=True)
def few_objects() -> Iterator[None]:
    """Keep the thousands of tests that there may be out of each collection of garbage."""
    gc.freeze()
    yield
    gc.unfreeze()


def backend(serve: Any, logger: str | None = None) -> URLBackend:
    return URLBackend(serve, ReferenceWebSocket, logger=logger)


def serving(handled: Callable[[Any, Wire], Any]) -> Any:
    """Return a serve, which gives the handler and each connection to a function."""

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        async with listening(lambda wire: handled(handler, wire)) as url:
            yield url

    return serve


async def accepts(handler: Any, wire: Wire) -> None:
    await wire.accept()
    await wire.frame()


async def accepts_and_waits(handler: Any, wire: Wire) -> None:
    await wire.accept()
    await wire.ended()


async def hangs(handler: Any, wire: Wire) -> None:
    await wire.accept()
    await anyio.sleep(5)  # more than a test may take


async def calls_the_handler(handler: Any, wire: Wire) -> None:
    await wire.accept()
    await handler({}, None, {}, None)


@asynccontextmanager
async def connected(backend: URLBackend, handler: Any = unserved) -> AsyncGenerator[URLPeer]:
    """Connect, and see that it ends well before the backend's own deadline, with all sockets closed."""
    began = anyio.current_time()
    try:
        with anyio.fail_after(10):
            async with backend.connect(handler) as peer:
                yield peer
    finally:
        gc.collect()  # a socket that was left open warns now, and a warning is an error
        assert anyio.current_time() - began < 4


async def test_serve_is_given_what_connect_is() -> None:
    given: list[Any] = []

    @asynccontextmanager
    async def serve(handler: Any, /, **how: Any) -> AsyncGenerator[str]:
        given.append(how)
        assert handler.__wrapped__ is unserved
        async with listening(lambda wire: accepts(handler, wire)) as url:
            yield url

    with anyio.fail_after(10):
        async with backend(serve).connect(unserved, route="/{a}", path="/1", content=str, info=given) as peer:
            await peer.handshake()
    assert given == [{"route": "/{a}", "content": str, "info": given}]


class OfServe(Exception):
    pass


@pytest.mark.parametrize("moment", ["call", "enter", "leave"])
async def test_what_serve_raises_is_raised(moment: str) -> None:
    @asynccontextmanager
    async def context() -> AsyncGenerator[str]:
        async with anyio.create_task_group(), listening(lambda wire: accepts(None, wire)) as url:
            if moment == "enter":
                raise OfServe
            yield url
            raise OfServe

    def serve(*arguments: Any, **how: Any) -> Any:
        if moment == "call":
            raise OfServe
        return context()

    with pytest.raises(OfServe):
        async with connected(backend(serve)) as peer:
            await peer.handshake()


async def test_a_server_that_fails_ends_the_body() -> None:
    async def fails(handler: Any, wire: Wire) -> None:
        await wire.read_request()
        raise OfServe

    with pytest.raises(OfServe):
        async with connected(backend(serving(fails))):
            await anyio.sleep_forever()


async def test_what_the_body_raises_is_raised_and_cancels_the_handler() -> None:
    error = LookupError("of the body")
    calling, cancelled = anyio.Event(), anyio.Event()

    async def handler(*arguments: Any) -> None:
        calling.set()
        try:
            await anyio.sleep_forever()
        finally:
            cancelled.set()

    async def body() -> None:
        async with connected(backend(serving(calls_the_handler)), handler):
            await calling.wait()
            raise error

    with pytest.raises(LookupError) as raised:
        await body()
    assert raised.value is error
    assert cancelled.is_set()


async def test_a_handler_that_begins_too_late_is_cancelled() -> None:
    async def handler(*arguments: Any) -> None:
        await anyio.sleep_forever()

    async def after_the_end(handler: Any, wire: Wire) -> None:
        await wire.read_request()
        await wire.ended()
        await handler({}, None, {}, None)

    with pytest.raises(ZeroDivisionError):
        async with connected(backend(serving(after_the_end)), handler):
            raise ZeroDivisionError


async def test_nothing_listens_there() -> None:
    @asynccontextmanager
    async def serve(*arguments: Any, **how: Any) -> AsyncGenerator[str]:
        async with listening(lambda wire: accepts(None, wire)) as url:
            pass
        yield url

    with pytest.raises(OSError, match="connect"):
        async with connected(backend(serve)):
            pass


async def test_a_server_that_does_not_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_serving, "STOPPING", 0.05)
    with pytest.raises(TimeoutError, match=r"^serve did not end within 0.05 s of being left$"):
        async with connected(backend(serving(hangs))) as peer:
            await peer.handshake()
    with pytest.raises(ZeroDivisionError):
        async with connected(backend(serving(hangs))):
            raise ZeroDivisionError
    with anyio.move_on_after(10) as scope:
        async with connected(backend(serving(hangs))):
            scope.cancel()
            await anyio.sleep_forever()


async def test_a_cancelled_body_stops_the_server() -> None:
    stopped = anyio.Event()

    @asynccontextmanager
    async def serve(handler: Any, *, route: str, content: Any, info: Any) -> AsyncGenerator[str]:
        async with listening(lambda wire: accepts_and_waits(handler, wire)) as url:
            yield url
            await anyio.lowlevel.checkpoint()  # raises where the server is cancelled too
            stopped.set()

    with anyio.move_on_after(10) as scope:
        async with backend(serve).connect(unserved) as peer:
            await peer.handshake()
            scope.cancel()
            await peer.receive()
    assert stopped.is_set()


LOGGER = logging.getLogger("tests.url")


def boom() -> None:
    raise ExceptionGroup("of a task group", [LookupError("boom")])


async def logs_nothing(handler: Any, wire: Wire) -> None:
    LOGGER.warning("no error")
    await accepts(handler, wire)


async def logs_an_error(handler: Any, wire: Wire) -> None:
    LOGGER.error("first")
    logging.getLogger("tests.url.below").critical("%s\n", "second")
    await accepts(handler, wire)


async def logs_late(handler: Any, wire: Wire) -> None:
    await accepts(handler, wire)
    await anyio.lowlevel.checkpoint()
    try:
        boom()
    except ExceptionGroup:
        LOGGER.exception("of the handler")


@pytest.mark.parametrize(
    ("play", "expected"), [(logs_nothing, None), (logs_an_error, "second"), (logs_late, "LookupError: boom")]
)
async def test_the_servers_log_is_told(play: Any, expected: str | None) -> None:
    async with connected(backend(serving(play), "tests.url")) as peer:
        assert isinstance(peer, SupportsServerError)
        assert await peer.server_error() == expected
        assert await peer.server_error() == expected
    assert LOGGER.handlers == []


@pytest.mark.parametrize(
    ("owner", "attribute", "value", "why"),
    [
        (LOGGER, "level", logging.CRITICAL, "its level is CRITICAL"),
        (LOGGER, "disabled", True, "it is disabled"),
        (LOGGER.manager, "disable", logging.CRITICAL, "logging.disable() is in force"),
    ],
)
async def test_a_log_that_takes_no_errors_is_told(
    owner: Any, attribute: str, value: Any, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, attribute, value)
    monkeypatch.setattr(LOGGER, "_cache", {})  # of what isEnabledFor said before
    expected = re.escape(f"expected logger 'tests.url' to take errors, but {why}")
    with pytest.raises(ValueError, match=f"{expected}$"):
        async with connected(backend(serving(accepts), "tests.url")):
            pass
