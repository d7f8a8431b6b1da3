"""A backend that serves one handler to several clients, and a peer that has the very exception: in memory, over TCP."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest

from bareasgi_ws import messages
from bareasgi_ws.backends.asgi import backend as in_memory
from bareasgi_ws.conformance import (
    Backend,
    SupportsServe,
    SupportsServerError,
    SupportsServerException,
    SupportsServerScope,
)
from bareasgi_ws.conformance._context import CheckContext
from bareasgi_ws.conformance._ends import HandlerEnd

from ..sample_reports import SmallBackend
from .test_url import on_uvicorn

pytestmark = pytest.mark.anyio

ERRORS = LookupError("boom"), ExceptionGroup("of a task group", [LookupError("one"), LookupError("two")])


@pytest.fixture(params=["in memory", "on uvicorn"])
def backend(request: pytest.FixtureRequest, anyio_backend: str) -> Any:
    if request.param == "in memory":
        return in_memory
    if anyio_backend == "trio":
        pytest.skip("uvicorn runs on asyncio")
    return on_uvicorn("wsproto")


async def test_each_client_has_a_call_of_the_one_handler(backend: Any) -> None:
    assert isinstance(backend, SupportsServe)
    info: list[Any] = []

    async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        info.append(dict(matches))
        await web_socket.accept()
        async for message in messages(web_socket):
            await web_socket.send(message)

    with anyio.fail_after(10):
        async with backend.serve(echo, route="/{name}", info=info) as connect:
            async with connect("/one") as one, connect("/two", subprotocols=["a"]) as two:
                for client in (two, one):
                    await client.send(f"{id(client)}")
                for client in (one, two):
                    assert await client.receive() == f"{id(client)}"
            async with connect("/three", headers=[(b"x-one", b"1")]) as three:
                assert (await three.handshake()).status == 101
    assert sorted(matches["name"] for matches in info) == ["one", "three", "two"]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
async def test_the_very_exception_is_given(backend: Any, error: Exception) -> None:
    async def raises(*arguments: Any) -> None:
        raise error

    with anyio.fail_after(10):
        async with backend.connect(raises) as peer:
            assert isinstance(peer, SupportsServerException)
            assert isinstance(peer, SupportsServerError)
            assert await peer.server_exception() is error
            assert await peer.server_error() == f"{type(error).__name__}: {error}"


async def test_no_exception_is_none(backend: Any) -> None:
    async def returns(*arguments: Any) -> None: ...

    with anyio.fail_after(10):
        async with backend.connect(returns) as peer:
            assert await peer.server_exception() is None


async def test_the_scope_is_the_servers_whatever_the_application_does_to_it() -> None:
    async def changes(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        del scope["path"]

    async with in_memory.connect(changes) as peer:
        assert isinstance(peer, SupportsServerScope)
        assert await peer.server_exception() is None
        assert peer.server_scope["path"] == "/"


class Exits(BaseException):
    """As pytest.fail raises one."""


@pytest.mark.parametrize("checked", [in_memory, SmallBackend()])
async def test_a_check_serves_on_each_backend_and_waits_for_every_handler(checked: Backend) -> None:
    context, ended = CheckContext(checked, 1), list[str]()

    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.expect_receive(None)
        ended.append(ws.arguments.matches["name"])

    async def check(context: CheckContext) -> None:
        async with context.serve(handler, route="/{name}") as connect:
            async with connect(path="/one") as one:
                await one.expect_accepted()
                async with connect(path="/two") as two:
                    await two.expect_accepted()
                assert ended == ["two"]
            assert ended == ["two", "one"]

    assert await context.run(check) is None


@pytest.mark.parametrize("error", [OSError("boom"), Exits("boom")], ids=repr)
async def test_what_a_check_has_its_handler_raise_is_no_failure(error: BaseException) -> None:
    context = CheckContext(in_memory, 1)

    async def raises(ws: HandlerEnd) -> None:
        raise context.deliberate(error)

    async def check(context: CheckContext) -> None:
        async with context.connect(raises) as client:
            assert isinstance(client.peer, SupportsServerException)
            assert await client.peer.server_exception() is error

    assert await context.run(check) is None


async def test_what_a_handler_raises_out_of_the_backend_is_a_failure() -> None:
    class InATaskGroup(SmallBackend):
        @asynccontextmanager
        async def connect(self, handler: Any, **how: Any) -> AsyncGenerator[Any]:
            async with in_memory.connect(handler, **how) as peer:
                await peer.handshake()
                yield peer
                if error := await peer.server_exception():
                    raise BaseExceptionGroup("of a task group", [error])

    context = CheckContext(InATaskGroup(), 1)

    async def raises(ws: HandlerEnd) -> None:
        raise context.deliberate(Exits("boom"))

    async def check(context: CheckContext) -> None:
        async with context.connect(raises):
            pass

    failure = await context.run(check)
    assert failure is not None
    assert failure.expected == "that it goes to the server, and no further"


async def test_a_second_call_for_a_connection_is_noted_and_returns_at_once() -> None:
    class CallsTwice(SmallBackend):
        def connect(self, handler: Any, **how: Any) -> Any:
            async def twice(*call: Any) -> None:
                await handler(*call)
                await handler(*call)

            return super().connect(twice, **how)

    context, calls = CheckContext(CallsTwice(), 1), list[HandlerEnd]()

    async def handler(ws: HandlerEnd) -> None:
        calls.append(ws)

    async def check(context: CheckContext) -> None:
        async with context.connect(handler) as client:
            await client.handshake()

    assert await context.run(check) is None
    assert (len(calls), context.calls_too_many) == (1, 1)
