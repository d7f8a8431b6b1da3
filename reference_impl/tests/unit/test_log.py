"""The logger ``bareasgi_ws``: what is decided for a handler, at debug; and as good as nothing where that is off."""

import logging
import subprocess
import sys
from contextlib import suppress
from typing import Any

import anyio
import pytest

from bareasgi_ws import Application, WebSocketError
from bareasgi_ws.backends.asgi import serve

from .scripted_server import CONNECT, DENIAL, DISCONNECT, SCOPE, ScriptedServer

pytestmark = pytest.mark.anyio

BINARY = {"type": "websocket.receive", "bytes": b"x"}
UNKNOWN = {"type": "websocket.unheard-of"}


async def nothing(web_socket: Any) -> None: ...


async def accepts(web_socket: Any) -> None:
    await web_socket.accept()


async def rejects(web_socket: Any) -> None:
    await web_socket.close(4000)


async def denies(web_socket: Any) -> None:
    await web_socket.deny(401)


async def fails(web_socket: Any) -> None:
    raise LookupError("x")


async def fails_open(web_socket: Any) -> None:
    await web_socket.accept()
    raise LookupError("x")


async def receives(web_socket: Any) -> None:
    await web_socket.accept()
    await web_socket.receive()


async def sends_to_nobody(web_socket: Any) -> None:
    await web_socket.accept()
    with pytest.raises(OSError, match="client has gone"):
        await web_socket.send("x")


async def is_not_let_accept(web_socket: Any) -> None:
    with pytest.raises(LookupError):
        await web_socket.accept()


WEBSOCKET_ERROR = (
    "WebSocketError(\"receive: expected 'websocket.receive' or 'websocket.disconnect', got 'websocket.unheard-of'\")"
)
RETURNED = ["its handler returned", "closed with 1000: close()"]

DECIDED: list[tuple[Any, dict[str, Any], list[str]]] = [
    (nothing, {}, RETURNED),
    (accepts, {}, ["open", *RETURNED]),
    (rejects, {}, ["closed with 4000: close()"]),
    (denies, {}, ["closed with 1005: deny()"]),
    (fails, {}, ["its handler raised LookupError('x')", "closed with 1005: deny()"]),
    (fails, {"scope": SCOPE}, ["its handler raised LookupError('x')", "closed with 1005: the server's response"]),
    (fails_open, {}, ["open", "its handler raised LookupError('x')", "closed with 1011: close()"]),
    (receives, {"events": [DISCONNECT]}, ["open", "closed with 1006: the server reports the end"]),
    (
        receives,
        {"events": [BINARY], "content": str},
        ["open", "a message came as bytes where the handler takes str", "closed with 1003: close()"],
    ),
    (
        receives,
        {"events": [UNKNOWN]},
        [
            "open",
            f"it cannot go on: {WEBSOCKET_ERROR}",
            "closed with 1011: close()",
            f"its handler raised {WEBSOCKET_ERROR}",
        ],
    ),
    (
        sends_to_nobody,
        {"fails": {"websocket.send": OSError("gone"), "websocket.close": OSError("gone")}},
        [
            "open",
            "send() found the client gone: OSError('gone')",
            *RETURNED,
            "its end was not sent, for the client has gone: OSError('gone')",
        ],
    ),
    (
        is_not_let_accept,
        {"fails": {"websocket.accept": LookupError("no")}},
        ["not accepted again, for the server would not send this response: LookupError('no')", *RETURNED],
    ),
]


async def served(script: Any, *, events: Any = (), fails: Any = None, scope: Any = DENIAL, content: Any = None) -> None:
    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await script(web_socket)

    server = ScriptedServer(CONNECT, *events, fails=fails)
    with suppress(LookupError, WebSocketError):
        await serve(handler, scope, server.receive, server.send, content=content)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "bareasgi_ws"]


@pytest.mark.parametrize(("script", "how", "expected"), DECIDED)
async def test_what_is_decided_for_a_handler_is_said_at_debug(
    script: Any, how: Any, expected: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")
    await served(script, **how)
    texts = [text.removeprefix("WebSocket '/' from None: ") for text in said(caplog)]
    assert texts == expected
    assert {record.levelno for record in caplog.records} == {logging.DEBUG}


@pytest.mark.parametrize(("script", "how", "expected"), DECIDED)
async def test_above_debug_nothing_is_said(
    script: Any, how: Any, expected: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bareasgi_ws")
    await served(script, **how)
    assert said(caplog) == []


async def test_a_cancelled_handler_is_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")
    with anyio.CancelScope() as scope:

        async def script(web_socket: Any) -> None:
            await web_socket.accept()
            scope.cancel()
            await anyio.sleep_forever()

        await served(script)
    opened, cancelled, closed = (text.removeprefix("WebSocket '/' from None: ") for text in said(caplog))
    assert (opened, closed) == ("open", "closed with 1001: close()")
    assert cancelled.startswith("its handler was cancelled: Cancelled")


async def test_a_path_without_a_route_is_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")
    server = ScriptedServer(CONNECT)
    await Application()({**DENIAL, "client": ("127.0.0.1", 5)}, server.receive, server.send)
    assert said(caplog) == [
        "WebSocket '/' from ('127.0.0.1', 5): its path has no route, so the handshake is rejected",
        "WebSocket '/' from ('127.0.0.1', 5): closed with 1005: deny()",
    ]


async def test_nothing_is_said_of_a_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")

    async def script(web_socket: Any) -> None:
        await web_socket.accept()
        for _ in range(20):
            await web_socket.send(await web_socket.receive())

    await served(script, events=[BINARY] * 20)
    assert len(said(caplog)) == len(["open", *RETURNED])


class Hostile(LookupError):
    """Whoever wrote it did not think of logs."""

    def __repr__(self) -> str:
        return "Hostile\nERROR: all is lost"


@pytest.mark.parametrize("error", [Hostile(), LookupError("\nERROR: all is lost"), LookupError("\x1b[2J\u2028")])
async def test_no_line_can_be_forged(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bareasgi_ws")

    async def script(web_socket: Any) -> None:
        await web_socket.accept()
        raise error

    scope = {**SCOPE, "path": "/a\r\nERROR: all is lost\x1b[2J", "client": "\nERROR: all is lost"}
    await served(script, scope=scope)
    assert len(said(caplog)) == 3
    assert all(text.isprintable() for text in said(caplog)), said(caplog)


async def test_a_bug_that_is_hidden_by_another_is_said_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    await served(fails_open, fails={"websocket.close": KeyError("the server's own")})
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage() == "WebSocket '/' from None: the server failed to end it"
    assert 'KeyError: "the server\'s own"' in caplog.text


SILENT = """
import sys
from bareasgi_ws import Application, WebSocketError

application = Application()

@application.on_ws_request("/")
async def handler(scope, info, matches, web_socket):
    await web_socket.accept()

async def receive():
    return {"type": "websocket.connect"}

async def send(event):
    pass

for path in "/", "/nowhere":
    try:
        application({"type": "websocket", "path": path}, receive, send).send(None)
    except StopIteration:
        pass
print([name for name in ("logging", "asyncio", "trio", "anyio") if name in sys.modules])
"""


def test_a_connection_imports_no_logging_of_its_own() -> None:
    done = subprocess.run([sys.executable, "-c", SILENT], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
