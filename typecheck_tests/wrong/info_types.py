"""A handler, a router or an application of another info."""

from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


class Counter:
    connections = 0


async def count(scope: Scope, info: Counter, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def a_dict(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...


plain = Application()
counting = Application(info=Counter())

plain.ws_router.add("/", count)  # E
counting.ws_router.add("/", a_dict)  # E
counting.ws_router.add("/", text, content=str)  # E
counting.ws_router.add("/", binary, content=bytes)  # E
Router[Counter]().add("/", a_dict)  # E
Router[Counter]().add("/", text, content=str)  # E
Router[Counter]().add("/", binary, content=bytes)  # E

counting.on_ws_request("/")(a_dict)  # E !mypy !pyright !basedpyright !ty !pyrefly !zuban

Application(ws_router=Router[Counter]())  # E
Application(info=Counter(), ws_router=Router[str]())  # E
Application(info=1, ws_router=Router[Counter]())  # E
Application(info={}, ws_router=Router[Counter]())  # E
Application(ws_router="router")  # E
Application(info=1, ws_router="router")  # E
Application({})  # E
Application(Counter())  # E
Application(state={})  # E

print(plain.info.connections)  # E
print(counting.info["connections"])  # E
counting.info = {}  # E
plain.info = Counter()  # E
counting.ws_router = Router[str]()  # E
plain.ws_router = "router"  # E

of_another_info: Application[int] = counting  # E
of_the_default: Application = counting  # E
of_none: Application[None] = Application()  # E


def for_any_object(application: Application[object]) -> None:
    application.info = 1


for_any_object(counting)  # E


def a_router_for_any_object(router: Router[object]) -> None:
    print(router)


a_router_for_any_object(Router[Counter]())  # E


async def an_item_that_is_no_key(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    print(info[1])  # E
    info.connections = 1  # E


async def wrong_use(scope: Scope, info: Counter, matches: RouteMatches, web_socket: WebSocket[Any]) -> None:
    info.connection += 1  # E
