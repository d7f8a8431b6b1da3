"""WS-LIFETIME: how a handler is called."""

from collections.abc import Awaitable, Callable, Generator
from functools import partial
from typing import Any, TypeAlias, cast

from .._context import CheckContext
from .._ends import HandlerEnd
from ..backend import SupportsServerScope
from ._check import check
from .lifetime import must_not_be_called

Handler: TypeAlias = Callable[..., Awaitable[None]]


@check("WS-LIFETIME-14")
async def a_handler_is_called_once(context: CheckContext) -> None:
    async def returns(ws: HandlerEnd) -> None: ...

    async def returns_while_open(ws: HandlerEnd) -> None:
        await ws.accept()

    async def closes(ws: HandlerEnd) -> None:
        await ws.accept()
        await ws.close(4000)

    async def rejects(ws: HandlerEnd) -> None:
        await ws.close()

    async def raises(ws: HandlerEnd) -> None:
        raise context.deliberate(LookupError("boom"))

    async def raises_while_open(ws: HandlerEnd) -> None:
        await ws.accept()
        raise context.deliberate(OSError("boom"))

    for handler in (returns, returns_while_open, closes, rejects, raises, raises_while_open):
        async with context.connect(handler) as client:
            if (await client.handshake()).status == 101:
                await client.receive()
        context.expect("handler: calls beyond one for the connection", 0, context.calls_too_many)


class AwaitableCall:
    """What can be awaited and is no coroutine: a call of a handler."""

    def __init__(self, handler: Handler, *arguments: Any) -> None:
        """Begin nothing: the handler is called when it is awaited."""
        self._handler, self._arguments = handler, arguments

    def __await__(self) -> Generator[Any, Any, None]:
        """Call the handler, and wait for its end."""
        return self._handler(*self._arguments).__await__()


class CallableHandler:
    """A handler that is an object, or a method of one."""

    def __init__(self, handler: Handler) -> None:
        """Make one of a handler."""
        self._handler = handler

    async def __call__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        """Do as the handler does."""
        await self._handler(scope, info, matches, web_socket)

    async def method(self, a: Any, b: Any, c: Any, d: Any) -> None:
        """Do as the handler does."""
        await self._handler(a, b, c, d)


def handler_forms(context: CheckContext) -> dict[str, Callable[[Handler], Any]]:
    """Return what makes a handler of each form of a coroutine function, by the form's name."""

    async def with_handler(handler: Handler, scope: Any, info: Any, matches: Any, web_socket: Any, /) -> None:
        await handler(scope, info, matches, web_socket)

    def plain(handler: Handler) -> Handler:
        def function(*call: Any) -> Awaitable[None]:
            return handler(*call)

        return function

    def future(handler: Handler) -> Handler:
        import asyncio

        def function(*call: Any) -> Awaitable[None]:
            return asyncio.ensure_future(AwaitableCall(handler, *call))

        return function

    forms: dict[str, Callable[[Handler], Any]] = {
        "a method": lambda handler: CallableHandler(handler).method,
        "an object with __call__": CallableHandler,
        "a partial": lambda handler: partial(with_handler, handler),
        "a function that gives a coroutine": plain,
        "a function that gives an object with __await__": lambda handler: partial(AwaitableCall, handler),
    }
    return forms | ({"a function that gives a Future": future} if context.library == "asyncio" else {})


@check("WS-LIFETIME-15")
async def a_handler_has_any_form(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        await ws.accept()

    for name, form in handler_forms(context).items():
        context.begin(f"handler: it is {name}")
        async with context.connect(handler, form=form) as client:
            handshake = await client.handshake()
            context.expect(f"client: status of the handshake, where the handler is {name}", 101, handshake.status)


@check("WS-LIFETIME-16")
async def a_route_matches_the_whole_path(context: CheckContext) -> None:
    matching: dict[tuple[str, str], dict[str, str]] = {
        ("/room/{name}", "/room/a%2525"): {"name": "a%25"},
        ("/room/{name}", "/room/A+b;c=d&e:f@g"): {"name": "A+b;c=d&e:f@g"},
        ("/room/{name}", "/room/%C3%A9%0A%3F%23"): {"name": "\u00e9\n?#"},
        ("/room/{name}/", "/room/a/"): {"name": "a"},
        ("/room/{rest:path}", "/room/a%2Fb/"): {"rest": "a/b/"},
        ("/Room", "/Room"): {},
        ("/a b", "/%61%20b"): {},
    }
    others = {
        "/room": ("/room/", "/Room", "/ROOM", "//room", "/room%0A", "/rooms", "/a/room", "/room/b", "/ro%256Fm"),
        "/room/": ("/room", "/room//"),
        "/room/{name}": ("/room/a/b", "/room/a%2Fb", "/room/a/", "/room//a", "/Room/a", "/x/room/a"),
        "/a.b": ("/axb",),
    }
    for (route, path), expected in matching.items():
        await expect_matches(context, route, path, expected)
    for route, paths in others.items():
        for path in paths:
            async with context.connect(must_not_be_called, route=route, path=path) as client:
                context.begin(f"client: {path} is asked for, and the route is {route}")
                await client.expect_rejected()


async def expect_matches(context: CheckContext, route: str, path: str, expected: dict[str, str]) -> None:
    """Show that a path reaches a route's handler, and what it matches."""

    async def handler(ws: HandlerEnd) -> None:
        context.expect(f"handler: matches of {path} on the route {route}", expected, dict(ws.arguments.matches))
        await ws.accept()

    async with context.connect(handler, route=route, path=path) as client:
        status = (await client.handshake()).status
        context.expect(f"client: status of the handshake for {path} on the route {route}", 101, status)


@check("WS-LIFETIME-19")
async def the_scope_is_the_servers(context: CheckContext) -> None:
    scopes: list[Any] = []

    async def handler(ws: HandlerEnd) -> None:
        scopes.append(ws.arguments.scope)
        await ws.accept()

    headers = ((b"X-One", b"1"), (b"cookie", b"a=b"), (b"x-one", b"\xff2"))
    how: dict[str, Any] = {"subprotocols": ("b", "a"), "headers": headers}
    async with context.connect(handler, route="/{name}", path="/a%20b?q=%20x&y", **how) as client:
        server_scope = client.require(SupportsServerScope).server_scope
        await client.expect_accepted()
        for name, value in server_scope.items():
            step = f"handler: scope[{name!r}]"
            if name not in scopes[0]:
                context.fail(step, repr(value), "no such item")
            context.expect(step, _as_lists(value), _as_lists(scopes[0][name]))


def _as_lists(value: Any) -> Any:
    """Return a value with lists for its tuples, and dicts for its mappings: the scope's type is content with either."""
    if hasattr(value, "items"):
        return {name: _as_lists(one) for name, one in value.items()}
    return [_as_lists(one) for one in cast("Any", value)] if isinstance(value, list | tuple) else value
