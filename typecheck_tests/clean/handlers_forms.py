"""Whatever takes the four arguments and gives an awaitable is a handler."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any, TypeAlias

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket, WebSocketHandler
from typecheck_tests.clean import matrix_handlers as forms


async def function(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.close()


def case_the_forms_of_the_matrix() -> None:
    handlers: list[WebSocketHandler] = [
        forms.function_either_plain_info,
        forms.awaitable_either_plain_info,
        forms.Object_either_plain_info(),
        forms.Frozen_either_plain_info(),
        forms.Methods_either_plain_info().method,
        forms.Methods_either_plain_info.of_class,
        forms.Methods_either_plain_info.static,
        partial(forms.more_either_plain_info, 1),
        forms.timed(forms.function_either_plain_info),
        forms.Subclass_either_plain_info(),
    ]
    for number, handler in enumerate(handlers):
        Router().add(f"/{number}", handler)


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


def case_a_partial_by_name() -> None:
    async def named(scope: Scope, info: Info, matches: RouteMatches, ws: WebSocket, *, limit: int) -> None: ...

    handler: WebSocketHandler = partial(named, limit=10)
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


def case_a_function_that_gives_a_task() -> None:
    def tasked(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> asyncio.Task[None]:
        return asyncio.create_task(function(scope, info, matches, web_socket))

    handler: WebSocketHandler = tasked
    Router().add("/", handler)


Handler: TypeAlias = Callable[[Scope, Info, RouteMatches, WebSocket], Coroutine[Any, Any, None]]


def case_an_alias_of_the_authors_own() -> None:
    aliased: Handler = function
    handler: WebSocketHandler = aliased
    Router().add("/", handler)
