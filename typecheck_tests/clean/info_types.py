"""An application's info has a type, and its handlers take that type."""

from dataclasses import dataclass
from typing import Any, assert_type

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket, WebSocketHandler, WebSocketRouter


@dataclass
class Counter:
    connections: int = 0


async def count(scope: Scope, info: Counter, matches: RouteMatches, web_socket: WebSocket) -> None:
    info.connections += 1


async def count_text(scope: Scope, info: Counter, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def count_bytes(scope: Scope, info: Counter, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def any_info(scope: Scope, info: object, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def a_dict(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


def case_a_dict_by_default() -> None:
    application = Application()
    assert_type(application, Application[dict[str, Any]])
    assert_type(application.info, dict[str, Any])
    application.info["connections"] = 1


def case_a_dict_that_is_given() -> None:
    application = Application(info={"connections": 1})
    assert_type(application, Application[dict[str, Any]])


def case_a_dict_by_annotation() -> None:
    application: Application = Application(info=None)
    assert_type(application, Application[dict[str, Any]])


def case_an_object() -> None:
    application = Application(info=Counter())
    assert_type(application, Application[Counter])
    assert_type(application.info, Counter)
    assert application.info.connections == 0


def case_a_handler_of_this_info() -> None:
    application = Application(info=Counter())
    application.ws_router.add("/", count)
    application.ws_router.add("/text", count_text, content=str)
    application.ws_router.add("/bytes", count_bytes, content=bytes)


def case_a_handler_of_any_info() -> None:
    Application(info=Counter()).ws_router.add("/", any_info)
    Application().ws_router.add("/", any_info)


def case_a_router_of_this_info() -> None:
    router = Router[Counter]()
    router.add("/", count)
    application = Application(info=Counter(), ws_router=router)
    assert_type(application.ws_router, WebSocketRouter[Counter])


def case_a_router_of_the_default() -> None:
    router = Router()
    assert_type(router, Router[dict[str, Any]])
    router.add("/", a_dict)
    application = Application(ws_router=router)
    assert_type(application.ws_router, WebSocketRouter[dict[str, Any]])


def case_a_router_made_in_place() -> None:
    application = Application(info=Counter())
    application.ws_router = Router()  # FP zuban
    Application(info=Counter(), ws_router=Router())  # FP mypy pyrefly


def case_none_for_the_router() -> None:
    Application(ws_router=None)
    Application(info=Counter(), ws_router=None)


def case_a_handler_type_of_this_info() -> None:
    handler: WebSocketHandler[Counter] = count
    Application(info=Counter()).ws_router.add("/", handler)


def case_a_function_for_any_application() -> None:
    def connections(application: Application[Counter]) -> int:
        return application.info.connections

    assert connections(Application(info=Counter(2))) == 2
