"""WS-LIFETIME: how a handler is called."""

from collections.abc import Awaitable, Callable, Generator, Mapping
from functools import partial
from typing import Any, TypeAlias, cast

from ...testing import Client
from .._arguments import MIDDLEWARE_ITEM
from .._context import CheckContext, CheckHandler
from .._ends import HandlerEnd
from ..backend import SupportsServerScope
from ._check import check

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

    async def raises(error: Exception, ws: HandlerEnd) -> None:
        raise context.deliberate(error)

    async def raises_while_open(error: Exception, ws: HandlerEnd) -> None:
        await ws.accept()
        raise context.deliberate(error)

    async def expect_one_call(handler: CheckHandler) -> None:
        async with context.connect(handler) as client:
            if (await client.handshake()).status == 101:
                await client.receive()
        context.expect("handler: calls beyond one for the connection", 0, context.calls_too_many)

    for handler in (returns, returns_while_open, closes, rejects):
        await expect_one_call(handler)
    for error in (LookupError("boom"), OSError("boom"), TypeError("boom"), RuntimeError("boom"), TimeoutError("boom")):
        for raising in (raises, raises_while_open):
            await expect_one_call(partial(raising, error))


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


SCOPE_HEADERS = (
    *((b"X-One", b"1"), (b"cookie", b"a=b"), (b"x-one", b"\xff2"), (b"cookie", b"c=d; e=f")),
    *((b"x-long", b"x" * 5000), (b"x-one", b"1"), (b"authorization", b"Basic  eDp5==")),
)
SCOPE_PATHS = ("/a%20b?q=%20x&y", "/A//b/../c%2525/?a+b=%2B&%C3%A9=", "/%C3%A9%2F/", "/./", "/x?")


@check("WS-LIFETIME-19")
async def the_scope_is_the_servers(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        scopes.append(ws.arguments.scope)
        await ws.accept()

    how: dict[str, Any] = {"subprotocols": ("b", "a"), "headers": SCOPE_HEADERS}
    async with context.serve(handler, route="/{rest:path}") as connect:
        for path in SCOPE_PATHS:
            scopes: list[Any] = []
            async with connect(path=path, **how) as client:
                server_scope = dict(client.require(SupportsServerScope).server_scope)
                if isinstance(client.peer, Client):  # it is of a MemoryBackend
                    server_scope |= [MIDDLEWARE_ITEM]
                await client.expect_accepted()
                expect_scope(context, server_scope, scopes[0])


def expect_scope(context: CheckContext, expected: Mapping[str, Any], actual: Mapping[str, Any]) -> None:
    """Show that a handler's scope has each item of the server's."""
    for name, value in expected.items():
        step = f"handler: scope[{name!r}]"
        if name not in actual:
            context.fail(step, repr(value), "no such item")
        is_pair = name in ("client", "server")  # a tuple, as they are written
        context.expect(step, *((value, actual[name]) if is_pair else (_as_lists(value), _as_lists(actual[name]))))


def _as_lists(value: Any) -> Any:
    """Return a value with lists for its tuples, and dicts for its mappings: the scope's type is content with either."""
    if isinstance(value, Mapping):
        items: Any = dict(cast("Any", value)).items()
        return {name: _as_lists(one) for name, one in items}
    return [_as_lists(one) for one in cast("Any", value)] if isinstance(value, list | tuple) else value
