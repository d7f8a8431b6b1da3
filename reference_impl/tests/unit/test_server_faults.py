"""What mends a server's fault is for that server: the same exception from elsewhere is somebody's bug, and passes."""

import logging
from types import FunctionType
from typing import Any

import pytest

from bareasgi_ws._rules.states import CLOSED

from .scripted_server import CONNECT, DENIAL, SCOPE, Event, ScriptedServer, make_application

pytestmark = pytest.mark.anyio


class LocalProtocolError(Exception):
    """wsproto's name."""


def fail(error: Exception) -> None:
    raise error


def call(inner: Any, error: Exception) -> None:
    inner(error)


def within(modules: str, error: Exception) -> Exception:
    """Return an exception that was raised by way of modules with these names, the innermost last."""
    *outer, innermost = modules.split(" > ")
    raising: Any = FunctionType(fail.__code__, {"__name__": innermost})
    for module in reversed(outer):
        raising = _calling(module, raising)
    return _Raised(raising, error)


def _calling(module: str, inner: Any) -> Any:
    outer = FunctionType(call.__code__, {"__name__": module})
    return lambda error: outer(inner, error)


class _Raised(Exception):
    """What a scripted server raises by calling it."""

    def __init__(self, raising: Any, error: Exception) -> None:
        self.raising, self.error = raising, error


class Faulty(ScriptedServer):
    """A server that raises from within."""

    async def send(self, event: Event) -> None:
        try:
            await super().send(event)
        except _Raised as raised:
            raised.raising(raised.error)


def behind(send: Any) -> Any:
    async def sent(event: Event) -> None:
        await send(event)

    return sent


LEGACY = "uvicorn.protocols.websockets.websockets_impl > websockets.legacy.protocol"
SANSIO = "uvicorn.protocols.websockets.websockets_sansio_impl > websockets.server > websockets.protocol"
WSPROTO = "uvicorn.protocols.websockets.wsproto_impl > wsproto > wsproto.handshake"
DAPHNE = "daphne.server > daphne.ws_protocol > autobahn.websocket.protocol"

STOPPING = [(LEGACY, AttributeError), (SANSIO, AssertionError), (WSPROTO, LocalProtocolError)]
OTHERS = [
    ("a_middleware", AttributeError),
    ("a_middleware", AssertionError),
    ("a_middleware > a_library", LocalProtocolError),
    ("websockets.protocol", AssertionError),  # another server's use of the library
    (LEGACY, KeyError),
    (LEGACY + " > logging > a_filter_of_logs", AttributeError),
    ("uvicorn_middleware > websockets.protocol", AttributeError),
    (DAPHNE, AttributeError),
]


async def close(web_socket: Any) -> None:
    await web_socket.close(4000)


async def deny(web_socket: Any) -> None:
    await web_socket.deny(401)


async def nothing(web_socket: Any) -> None: ...


async def served(server: ScriptedServer, script: Any, scope: Any = DENIAL, *, accepts: bool = False) -> Any:
    seen: list[Any] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        seen.append(web_socket)
        if accepts:
            await web_socket.accept()
        await script(web_socket)

    await make_application(handler)(scope, server.receive, behind(behind(server.send)))
    return seen[0]


@pytest.mark.parametrize(("modules", "error"), STOPPING)
@pytest.mark.parametrize(
    ("script", "at", "code"),
    [
        (close, "close", 4000),
        (nothing, "close", 1000),
        (deny, "http.response.start", 1005),
        (deny, "http.response.body", 1005),
    ],
)
async def test_an_answer_of_a_uvicorn_that_stops_is_no_error(
    modules: str, error: type[Exception], script: Any, at: str, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")
    server = Faulty(CONNECT, fails={f"websocket.{at}": within(modules, error("stopped"))})
    web_socket = await served(server, script)
    assert (web_socket.state, web_socket.code) == (CLOSED, code)
    assert "uvicorn has ended the handshake" in caplog.text


@pytest.mark.parametrize(("modules", "error"), OTHERS)
@pytest.mark.parametrize("script", [close, nothing])
async def test_the_same_from_elsewhere_passes(modules: str, error: type[Exception], script: Any) -> None:
    server = Faulty(CONNECT, fails={"websocket.close": within(modules, error("a bug"))})
    with pytest.raises(error, match="a bug"):
        await served(server, script)


@pytest.mark.parametrize(("modules", "error"), STOPPING)
@pytest.mark.parametrize("script", [close, nothing])
async def test_so_is_a_close_where_uvicorn_took_the_accept_of_a_client_that_had_gone(
    modules: str, error: type[Exception], script: Any
) -> None:
    server = Faulty(CONNECT, fails={"websocket.close": within(modules, error("gone"))})
    assert (await served(server, script, accepts=True)).state == CLOSED


class SupportsRejectedCodes(Faulty):
    """A server that rejects each code but 1000, by raising from within these modules."""

    def __init__(self, modules: str, error: type[Exception] = Exception) -> None:
        super().__init__(CONNECT)
        self._modules, self._error = modules, error

    async def send(self, event: Event) -> None:
        await super().send(event)
        if event.get("code", 1000) != 1000:
            raised: Any = within(self._modules, self._error("invalid close code (must be 1000 or from [3000, 4999])"))
            raised.raising(raised.error)


async def test_a_code_that_daphne_rejects_becomes_1000(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")

    async def going_away(web_socket: Any) -> None:
        await web_socket.close_with_reason(1001, "why")

    server = SupportsRejectedCodes(DAPHNE)
    web_socket = await served(server, going_away, accepts=True)
    assert [(event["code"], event["reason"]) for event in server.sent[1:]] == [(1001, "why"), (1000, "why")]
    assert (web_socket.code, web_socket.reason) == (1001, "why")
    assert "daphne rejects the code 1001" in caplog.text


async def test_a_client_that_has_gone_before_the_1000_for_daphne_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")

    class Gone(SupportsRejectedCodes):
        async def send(self, event: Event) -> None:
            await super().send(event)
            if event.get("code") == 1000:
                raise ConnectionResetError("gone")

    async def going_away(web_socket: Any) -> None:
        await web_socket.close(1001)

    assert (await served(Gone(DAPHNE), going_away, accepts=True)).code == 1001
    assert "its end was not sent, for the client has gone: ConnectionResetError('gone')" in caplog.text


async def test_1011_for_an_error_is_left_to_daphne(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")

    async def fails(web_socket: Any) -> None:
        raise LookupError("the handler's own")

    server = SupportsRejectedCodes(DAPHNE)
    with pytest.raises(LookupError, match="the handler's own"):
        await served(server, fails, SCOPE, accepts=True)
    assert [event["code"] for event in server.sent[1:]] == [1011]
    assert {record.levelno for record in caplog.records} == {logging.DEBUG}


@pytest.mark.parametrize(
    ("modules", "error"),
    [
        ("a_middleware", Exception),
        ("daphne_middleware > autobahn.websocket.protocol", Exception),
        (DAPHNE, KeyError),
        (DAPHNE + " > a_filter_of_logs", Exception),
    ],
)
async def test_a_code_that_anything_else_rejects_is_its_error(modules: str, error: type[Exception]) -> None:
    server = SupportsRejectedCodes(modules, error)
    with pytest.raises(error, match="invalid close code"):
        await served(server, close, accepts=True)
    assert [event["code"] for event in server.sent[1:]] == [4000]
