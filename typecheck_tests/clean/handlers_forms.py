"""Whatever takes the four arguments and gives an awaitable is a handler."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial, wraps
from typing import Any, ParamSpec, TypeAlias

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket, WebSocketHandler

P = ParamSpec("P")


async def function(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.close()


def case_a_function() -> None:
    handler: WebSocketHandler = function
    Router().add("/", handler)


def case_parameters_of_other_names() -> None:
    async def renamed(_: Scope, state: Info, _matches: RouteMatches, ws: WebSocket) -> None:
        await ws.close()

    handler: WebSocketHandler = renamed
    Router().add("/", handler)


def case_wider_parameters() -> None:
    async def wide(scope: object, info: Any, matches: Mapping[str, object], web_socket: WebSocket) -> None:
        await web_socket.close()

    handler: WebSocketHandler = wide
    Router().add("/", handler)


def case_any_number_of_parameters() -> None:
    async def starred(*arguments: object) -> None: ...

    handler: WebSocketHandler = starred
    Router().add("/", handler)


def case_a_fifth_parameter_with_a_default() -> None:
    async def fifth(scope: Scope, info: Info, matches: RouteMatches, ws: WebSocket, limit: int = 10) -> None: ...

    handler: WebSocketHandler = fifth
    Router().add("/", handler)


def case_a_partial() -> None:
    async def five(limit: int, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    handler: WebSocketHandler = partial(five, 10)
    Router().add("/", handler)


def case_a_partial_by_name() -> None:
    async def named(scope: Scope, info: Info, matches: RouteMatches, ws: WebSocket, *, limit: int) -> None: ...

    handler: WebSocketHandler = partial(named, limit=10)
    Router().add("/", handler)


class Chat:
    async def talk(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    @classmethod
    async def of_the_class(cls, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    @staticmethod
    async def of_nobody(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


def case_a_bound_method() -> None:
    handler: WebSocketHandler = Chat().talk
    Router().add("/", handler)


def case_a_class_method_and_a_static_method() -> None:
    handlers: list[WebSocketHandler] = [Chat.of_the_class, Chat.of_nobody]
    for number, handler in enumerate(handlers):
        Router().add(f"/{number}", handler)


def case_a_callable_object() -> None:
    class Callable4:
        async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    handler: WebSocketHandler = Callable4()
    Router().add("/", handler)


def case_an_explicit_subclass() -> None:
    class Explicit(WebSocketHandler):
        async def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket, /) -> None: ...

    handler: WebSocketHandler = Explicit()
    Router().add("/", handler)


def case_a_lambda() -> None:
    handler: WebSocketHandler = lambda scope, info, matches, web_socket: web_socket.close()  # noqa: E731
    Router().add("/", handler)


def case_a_lambda_given_to_add() -> None:
    Router().add("/", lambda scope, info, matches, web_socket: web_socket.close())
    Router().add("/text", lambda scope, info, matches, web_socket: web_socket.close(), content=str)  # FP pyrefly
    Router().add("/bytes", lambda scope, info, matches, web_socket: web_socket.close(), content=bytes)  # FP pyrefly
    router = Application().ws_router
    router.add("/", lambda scope, info, matches, web_socket: web_socket.close())
    router.add("/text", lambda scope, info, matches, web_socket: web_socket.close(), content=str)  # FP pyrefly
    router.add("/bytes", lambda scope, info, matches, web_socket: web_socket.close(), content=bytes)  # FP pyrefly


def logged(function: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    @wraps(function)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        await function(*args, **kwargs)

    return wrapper


def case_decorated_with_wraps() -> None:
    @logged
    async def decorated(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...

    handler: WebSocketHandler = decorated
    Router().add("/", handler)


def case_a_function_that_gives_a_task() -> None:
    def tasked(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> asyncio.Task[None]:
        return asyncio.create_task(function(scope, info, matches, web_socket))

    handler: WebSocketHandler = tasked
    Router().add("/", handler)


def case_a_function_that_gives_an_awaitable() -> None:
    def delayed(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> Awaitable[None]:
        return function(scope, info, matches, web_socket)

    handler: WebSocketHandler = delayed
    Router().add("/", handler)


Handler: TypeAlias = Callable[[Scope, Info, RouteMatches, WebSocket], Coroutine[Any, Any, None]]


def case_an_alias_of_the_authors_own() -> None:
    aliased: Handler = function
    handler: WebSocketHandler = aliased
    Router().add("/", handler)
