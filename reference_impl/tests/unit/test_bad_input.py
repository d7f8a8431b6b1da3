"""Bad input: what each call says of it, word for word, and that the rejected call registers and sends nothing.

The table is in bad_input.toml: a call, and what it raises.
"""

import inspect
import tomllib
from functools import partial, wraps
from pathlib import Path
from typing import Any, Literal

import pytest

import bareasgi_ws
from bareasgi_ws import Application
from bareasgi_ws._reference.socket import open_web_socket
from bareasgi_ws.backends.asgi import serve

from .scripted_server import ScriptedServer

TABLE: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("bad_input.toml").read_text("utf-8"))


async def chat(scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...
async def three(scope: Any, info: Any, matches: Any) -> None: ...
async def app(scope: Any, receive: Any, send: Any) -> None: ...
async def of_text(scope: Any, info: Any, matches: str, web_socket: Any) -> None: ...


@wraps(chat)
async def wrapping(scope: Any, info: Any, matches: Any) -> None: ...


async def stream(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
    yield


async def limited(scope: Any, info: Any, matches: Any, web_socket: Any, *, limit: int) -> None: ...


class Chat:
    async def __call__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...
    async def method(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...


class Streams:
    __call__ = staticmethod(stream)


class OnlyResolves:
    def resolve(self, path: str) -> None: ...


class OnlyAdds:
    def add(self, path: str, handler: Any, *, content: Any = None) -> None: ...


async def iterate(web_socket: Any) -> None:
    async for _ in web_socket:
        pass


CALLED = chat(1, 2, 3, 4)
CALLED.close()
SCOPE = {"type": "websocket", "path": "/", "subprotocols": ["a"], "extensions": {"websocket.http.response": {}}}
NAMES = {
    **globals(),
    **{name: getattr(bareasgi_ws, name) for name in bareasgi_ws.__all__},
    "partial": partial,
    "Literal": Literal,
    "serve": serve,
}


def rows(*sections: str) -> list[Any]:
    return [pytest.param(call, said, id=call) for section in sections for call, said in TABLE[section].items()]


async def rejection(call: str, **names: Any) -> str:
    """What a call raises, as the last line of a traceback."""
    try:
        given = eval(call, {**NAMES, **names})
        if inspect.isawaitable(given):
            given = await given
    except NameError:
        raise  # the row is wrong, not the call
    except Exception as error:
        # From Python 3.12 on inspect says which kind of argument is missing.
        return f"{type(error).__name__}: {error}".replace("required keyword-only argument", "required argument")
    pytest.fail(f"expected {call} to be rejected, but it gave {given!r}")


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "said"), rows("application", "router"))
async def test_what_cannot_be_registered(call: str, said: str) -> None:
    application = Application()
    router: Any = application.ws_router
    router.add("/taken", chat)
    handlers = dict(router._handlers)
    assert await rejection(call, application=application, router=router) == said
    assert router._handlers == handlers


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "said"), rows("messages", "serve"))
async def test_what_cannot_be_served(call: str, said: str) -> None:
    server = ScriptedServer({"type": "websocket.connect"})
    assert await rejection(call, receive=server.receive, send=server.send, application=Application()) == said
    assert server.sent == []
    assert await server.receive() == {"type": "websocket.connect"}  # which the rejected call has left alone


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "said"), rows("new", "closing", "outbox", "until_closed"))
async def test_what_a_new_web_socket_rejects(call: str, said: str) -> None:
    server = ScriptedServer()
    await rejects(server, web_socket_of(server), call, said)


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "said"), rows("open", "closing", "outbox", "until_closed"))
async def test_what_an_open_web_socket_rejects(call: str, said: str) -> None:
    server = ScriptedServer()
    web_socket = web_socket_of(server)
    await web_socket.accept()
    await rejects(server, web_socket, call, said)


def web_socket_of(server: ScriptedServer) -> Any:
    return open_web_socket(SCOPE, {"type": "websocket.connect"}, server.receive, server.send, None)


async def rejects(server: ScriptedServer, web_socket: Any, call: str, said: str) -> None:
    """A rejected call changes nothing: a right one after it does its work."""
    sent = list(server.sent)
    assert await rejection(call, web_socket=web_socket) == said
    assert server.sent == sent
    await web_socket.close(4000)
    assert (web_socket.code, len(server.sent)) == (4000, len(sent) + 1)
