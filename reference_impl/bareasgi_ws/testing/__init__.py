"""Talk to a handler or an application in a test: the client's end, in memory, no server.

It needs anyio (``pip install 'bareasgi-ws[testing]'``) and runs on asyncio and on trio.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Literal, TypeVar, overload

from .._rules import arguments
from ..asgi import ASGIApplication
from ..scope import Header, Info, Scope
from ..websocket import WebSocket
from ._application import application_of, lifespan_of
from ._arguments import check_matches, check_profile, state_copied
from ._scope import connection_scope
from .client import Client, DeadlineError, Handshake
from .profiles import KIND, Profile

__all__ = ["Client", "DeadlineError", "Handshake", "connect", "lifespan"]

_InfoT = TypeVar("_InfoT")


@overload
def connect(
    app_or_handler: ASGIApplication,
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: None = None,
    matches: None = None,
    content: None = None,
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: Callable[[Scope, Info, Any, WebSocket], Awaitable[None]],
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: Info | None = None,
    matches: Mapping[str, Any] | None = None,
    content: type[str] | type[bytes] | None = None,
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: Callable[[Scope, _InfoT, Any, WebSocket], Awaitable[None]],
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: _InfoT,
    matches: Mapping[str, Any] | None = None,
    content: type[str] | type[bytes] | None = None,
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: Callable[[Scope, Info, Any, WebSocket[str]], Awaitable[None]],
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: Info | None = None,
    matches: Mapping[str, Any] | None = None,
    content: type[str],
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: Callable[[Scope, _InfoT, Any, WebSocket[str]], Awaitable[None]],
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: _InfoT,
    matches: Mapping[str, Any] | None = None,
    content: type[str],
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: Callable[[Scope, Info, Any, WebSocket[bytes]], Awaitable[None]],
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: Info | None = None,
    matches: Mapping[str, Any] | None = None,
    content: type[bytes],
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
@overload
def connect(
    app_or_handler: Callable[[Scope, _InfoT, Any, WebSocket[bytes]], Awaitable[None]],
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: _InfoT,
    matches: Mapping[str, Any] | None = None,
    content: type[bytes],
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]: ...
def connect(
    app_or_handler: Any,
    path: str = "/",
    *,
    subprotocols: list[str] | tuple[str, ...] = (),
    headers: Iterable[Header] = (),
    info: Any = None,
    matches: Mapping[str, Any] | None = None,
    content: type[str] | type[bytes] | None = None,
    deadline: float = 5.0,
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
    server: tuple[str, int | None] | None = ("127.0.0.1", 8000),
    scheme: Literal["ws", "wss"] = "ws",
    root_path: str = "",
    query_string: bytes | str | None = None,
    state: Mapping[str, Any] | None = None,
    lifespan: bool = False,
    profile: Profile | None = None,
) -> AbstractAsyncContextManager[Client]:
    """Connect to an ASGI application or a handler, in memory: a context manager that gives the client's end.

    It does not wait for the handshake: the first ``send`` or ``receive`` does, or ``handshake``. At its end it waits
    for the handshake, closes the connection with 1000 where that is still open, waits for the handler to return, and
    raises what the handler raised, unless ``server_error`` was asked. Where the body raises or is cancelled, the
    handler is cancelled instead, and has ``deadline`` seconds to end, or one second where that is infinite.

    The application runs in a task of its own, so one task can enter and another leave, as in a fixture of pytest's.
    The scope is what uvicorn gives for the same handshake request.

    Args:
        app_or_handler: An ASGI 3 application, called with three arguments, or a handler, called with four.
        path: The path, percent-encoded, with a query string behind ``?`` where there is one.
        subprotocols: What the client offers.
        headers: The handshake request's headers beside those of the handshake.
        info: What a handler is given as its info; an empty dict where it is left out.
        matches: What a handler is given as its matches; none where they are left out.
        content: What a handler receives: ``str`` for text only, ``bytes`` for binary only, None for both.
        deadline: How long each step may wait, in seconds.
        client: The client's host and port, or None where the server does not know them.
        server: The server's host and port, a socket's path and None, or None where the server does not know them.
        scheme: ``"ws"``, or ``"wss"`` as behind TLS.
        root_path: Where the application is mounted; it is put in front of the path.
        query_string: The query string, percent-encoded, where it is not in the path.
        state: What ``lifespan`` gave, or would give; the scope has a shallow copy.
        lifespan: Whether the application's lifespan is run around the connection, as ``lifespan`` does.
        profile: Which server speaks to the application, such as ``PROFILES["hypercorn"]`` of
            ``bareasgi_ws.testing.profiles``; where it is left out, one that tells of the end again and again.

    Returns:
        A context manager that gives the client's end.

    Raises:
        ImportError: anyio is not installed.
        TypeError: An argument is of the wrong type; or the first is neither an application nor a handler; or info,
            matches or content was given beside an application, which has its own; or a handler was to run a lifespan.
        ValueError: An argument is what no client can send, or no server tell.
        DeadlineError: The handler did not end after the client had gone.
        RuntimeError: The application's start or end failed (``lifespan``).
        Exception: What the handler raised.

    Example:
        async with connect(application, "/chat") as client:
            await client.send("Hello")
            assert await client.receive() == "Hello"
    """
    _check_anyio("connect")
    application = application_of(app_or_handler, info, matches, content)
    check_matches(matches)
    arguments.deadline("connect", deadline)
    check_profile(profile)
    scope = connection_scope(path, subprotocols, headers, client, server, scheme, root_path, query_string)
    copied = state_copied(state, lifespan)
    states = _lifespan_around(app_or_handler, deadline) if lifespan else nullcontext(copied)
    return _connected(application, scope, profile or KIND, deadline, states)


def lifespan(application: ASGIApplication, *, deadline: float = 5.0) -> AbstractAsyncContextManager[dict[str, Any]]:
    """Run an application's lifespan around connections to it: a context manager that gives its state.

    Before the body the application starts, after it the application stops, also where the body raises. One that raises
    or returns instead of answering the start has no lifespan, and is left alone, as servers do by default.

    Args:
        application: An ASGI 3 application, called with three arguments.
        deadline: How long the start, and the end, may take, in seconds.

    Returns:
        A context manager that gives the state, for ``connect(application, state=state)``.

    Raises:
        ImportError: anyio is not installed.
        TypeError: The application is a handler, which has no lifespan, or neither; or the deadline is not a number.
        ValueError: The deadline is not above 0.
        DeadlineError: The application neither started nor failed to, or did not stop.
        RuntimeError: The application answered that its start or its end failed; its own message is in the error's.
        Exception: What the application raised after its start.

    Example:
        async with lifespan(application) as state, connect(application, "/chat", state=state) as client:
            await client.send("Hello")
    """
    _check_anyio("lifespan")
    arguments.deadline("lifespan", deadline)
    return _lifespan_around(application, deadline)


def _check_anyio(call: str) -> None:
    try:
        import anyio
    except ImportError as error:
        raise ImportError(f"{call} needs anyio: pip install 'bareasgi-ws[testing]'") from error
    del anyio


def _lifespan_around(application: Any, deadline: float) -> AbstractAsyncContextManager[dict[str, Any]]:
    from ._lifespan import Lifespan

    return Lifespan(lifespan_of(application), deadline)


@asynccontextmanager
async def _connected(
    application: ASGIApplication,
    scope: dict[str, Any],
    profile: Profile,
    deadline: float,
    states: AbstractAsyncContextManager[dict[str, Any]],
) -> AsyncGenerator[Client]:
    """Run the application beside the body, in no task group or cancel scope, as another task may leave the body."""
    from ._server import MemoryServer

    async with states as state:
        server = MemoryServer(scope | {"state": state.copy()}, profile)
        client = Client(server, deadline)
        server.start(application)
        try:
            yield client
            client.resume()
            if client.code is None:
                await client.handshake()
                await client.close()
            with server.within(deadline, "the end of connect"):
                await server.ended.wait()
            if server.error is not None and not server.error_seen:
                raise server.error
        except BaseException as failure:
            await server.abandon(deadline, failure)
            raise
