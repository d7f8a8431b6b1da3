"""The ASGI 3 application: scopes in, handlers called."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from types import CoroutineType
from typing import Any, Generic, Never, Protocol, overload

from .._rules import arguments
from .._rules.arguments import check_events, check_scope, check_type, describe_value
from .._rules.root_path import routed_path
from .._rules.states import CLOSED
from .._typing import TypeVar
from ..asgi import ASGIApplication, Receive, Send
from ..routing import InfoT, WebSocketRouter
from ..scope import Info
from ..websocket import WebSocketHandler
from . import log
from .lifetime import NOT_FOUND, Found, begun, check_awaitable, failed
from .router import Router
from .socket import open_web_socket


class _Anything:
    """What only Any can be assigned from."""


class _TakesAnything(Protocol):
    """A dict of str to Any, or of a class that is one."""

    def __setitem__(self, key: str, value: _Anything, /) -> None:
        """Take any value."""


# A dict of anything, of its own class too, and the generic subclasses of dict. What another dict display is, such as
# {"n": 1}, is none of them: that becomes Info.
_DictT = TypeVar("_DictT", bound=_TakesAnything | Counter[Any] | OrderedDict[Any, Any] | defaultdict[Any, Any])
HandlerT = TypeVar("HandlerT", bound=WebSocketHandler[Any, Any])
TextHandlerT = TypeVar("TextHandlerT", bound=WebSocketHandler[Any, Any, str])
BinaryHandlerT = TypeVar("BinaryHandlerT", bound=WebSocketHandler[Any, Any, bytes])


class Application(Generic[InfoT]):
    """An ASGI 3 application that serves WebSocket handlers.

    A path without a route is answered with HTTP 404, or 403 where the server cannot answer otherwise
    (WS-LIFETIME-08). Where the application is mounted, ``root_path`` is taken off the path before it is routed. It may
    be told as ``/api``, ``/api/`` or ``api``, and goes off as whole segments. A path that does not begin with it is
    routed as it is, and an empty one as ``/`` (ASGI specification, HTTP connection scope; RFC 9110 section 4.2.3).

    An ASGI server runs it, as in ``uvicorn module:application``.

    Attributes:
        info: What the application shares with its handlers: each is given this very object.
        ws_router: The router that finds the handlers.

    Example:
        application = Application(info=Services())
        application.ws_router.add("/chat/{room}", chat, content=str)
    """

    info: InfoT
    """What the application shares with its handlers: each is given this very object."""
    ws_router: WebSocketRouter[InfoT]
    """The router that finds the handlers."""
    _open_web_socket = staticmethod(open_web_socket)

    @overload
    def __init__(
        self: "Application[Info]",
        *,
        info: dict[Never, Never] | None = None,
        ws_router: WebSocketRouter[Info] | None = None,
        http: ASGIApplication | None = None,
        close_timeout: float | None = 10.0,
    ) -> None: ...
    @overload
    def __init__(
        self: "Application[_DictT]",
        *,
        info: _DictT,
        ws_router: WebSocketRouter[_DictT] | None = None,
        http: ASGIApplication | None = None,
        close_timeout: float | None = 10.0,
    ) -> None: ...
    @overload
    def __init__(
        self: "Application[Info]",
        *,
        info: Info | None,
        ws_router: WebSocketRouter[Info] | None = None,
        http: ASGIApplication | None = None,
        close_timeout: float | None = 10.0,
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        info: InfoT,
        ws_router: WebSocketRouter[InfoT] | None = None,
        http: ASGIApplication | None = None,
        close_timeout: float | None = 10.0,
    ) -> None: ...
    def __init__(
        self,
        *,
        info: Any = None,
        ws_router: Any = None,
        http: ASGIApplication | None = None,
        close_timeout: float | None = 10.0,
    ) -> None:
        """Make an application.

        Args:
            info: What its handlers share; an empty dict where it is left out. Give it a type: then each handler's
                ``info`` is compared with that when it is added.
            ws_router: Finds the handlers; a new Router where it is left out.
            http: The ASGI application for the http scope, and then for the lifespan scope too. Without one, HTTP
                is answered with 404, and the lifespan is completed.
            close_timeout: How long a close, and so a handler's end, waits for a client that does not read, in seconds;
                None for as long as the client likes (WS-CLOSE-12, WS-LIFETIME-12).

        Raises:
            TypeError: ``http`` cannot be called with three arguments, ``ws_router`` lacks ``add`` or ``resolve``, or
                ``close_timeout`` is not a number.
            ValueError: ``close_timeout`` is not above 0 and finite.
        """
        if http is not None or ws_router is not None:
            _check_given(http, ws_router)
        empty: Any = {}
        self.info = empty if info is None else info
        self.ws_router = Router() if ws_router is None else ws_router
        self._http = http
        self._close_timeout = arguments.close_timeout("Application", close_timeout)

    @overload
    def on_ws_request(self, path: str, *, content: None = None) -> Callable[[HandlerT], HandlerT]: ...
    @overload
    def on_ws_request(self, path: str, *, content: type[str]) -> Callable[[TextHandlerT], TextHandlerT]: ...
    @overload
    def on_ws_request(self, path: str, *, content: type[bytes]) -> Callable[[BinaryHandlerT], BinaryHandlerT]: ...
    def on_ws_request(self, path: str, *, content: Any = None) -> Callable[[Any], Any]:
        """Route a path to the decorated handler, which stays the very function that it was.

        Unlike the router's ``add``, it does not let a checker compare the handler's ``info``.

        Args:
            path: The path's pattern, as the router's ``add`` takes it.
            content: What the handler receives: ``str`` for text only, ``bytes`` for binary only, None for both. A
                handler that takes a ``WebSocket[str]`` needs ``content=str``.

        Returns:
            The decorator. It raises what the router's ``add`` raises.

        Raises:
            TypeError: The path is not a str, as where the parentheses were left out.

        Example:
            @application.on_ws_request("/chat/{room}", content=str)
            async def chat(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
        """
        check_type("on_ws_request", 'a path, as in @application.on_ws_request("/chat")', path, str)

        def register(handler: Any) -> Any:
            self.ws_router.add(path, handler, content=content)
            return handler

        return register

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection, or the server's lifespan (ASGI 3).

        Args:
            scope: The connection scope.
            receive: Gives the server's next event.
            send: Takes an event to the server.

        Raises:
            ValueError: The scope's type is none of websocket, http and lifespan.
        """
        if scope.__class__ is not dict:
            check_scope("Application", scope)
        if scope.get("type") != "websocket":
            await self._serve_other(scope, receive, send)
            return
        if not (callable(receive) and callable(send)):
            check_events("Application", receive, send)
        (handler, content), matches = self._found(scope)
        scope, web_socket = begun(
            self._open_web_socket, scope, await receive(), receive, send, content, self._close_timeout
        )
        try:
            result: Any = handler(scope, self.info, matches, web_socket)
            if result.__class__ is not CoroutineType:
                check_awaitable(handler, result)
            await result
        except GeneratorExit:
            raise  # nothing can be awaited any more
        except BaseException as error:
            await failed(web_socket, scope, error)
            raise
        if web_socket.state is not CLOSED:
            log.debug(scope, "its handler returned")
            await web_socket.close(1000)

    def _found(self, scope: Mapping[str, Any]) -> Found:
        """Return what serves the connection: the handler with the content that it takes, and the matches."""
        router, path = self.ws_router, routed_path(scope)
        if type(router) is Router and path.__class__ is str:
            return router.table.find(path) or NOT_FOUND
        route = router.resolve(path)
        return NOT_FOUND if route is None else ((route.handler, route.content), route.matches)

    async def _serve_other(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        kind = scope.get("type")
        if kind not in ("http", "lifespan"):
            expected = "a scope of type 'websocket', 'http' or 'lifespan'"
            raise ValueError(f"Application: expected {expected}, got {kind!r}")
        if self._http is not None:
            await self._http(scope, receive, send)
        elif kind == "http":
            await _answer_not_found(send)
        else:
            await _complete_lifespan(receive, send)


def _check_given(http: Any, ws_router: Any) -> None:
    from .._rules.handlers import check_application, has_method

    if http is not None:
        check_application("Application", "http as an ASGI application", http)
    if ws_router is not None and not (
        has_method(ws_router, "add", "path", "handler") and has_method(ws_router, "resolve", "path")
    ):
        expected = "ws_router as a router, an object with add(path, handler) and resolve(path)"
        raise TypeError(f"Application: expected {expected}, got {describe_value(ws_router)}")


async def _answer_not_found(send: Send) -> None:
    body = b"Not Found"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _complete_lifespan(receive: Receive, send: Send) -> None:
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
