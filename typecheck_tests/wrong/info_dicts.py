"""An info that is a dict, and a handler or an application of another."""

from typing import Any, TypedDict

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


class State(dict[str, Any]): ...


class Objects(dict[str, object]): ...


class Config(TypedDict):
    size: int


class Services: ...


async def of_info(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_state(scope: Scope, info: State, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_services(scope: Scope, info: Services, matches: RouteMatches, web_socket: WebSocket) -> None: ...


config: Config = {"size": 1}
numbers: dict[int, str] = {}

Application().ws_router.add("/", of_state)  # E
Application(info={}).ws_router.add("/", of_state)  # E
Application(info={}).ws_router.add("/", of_services)  # E
Application(info=Objects()).ws_router.add("/", of_state)  # E
Application(info=Services()).ws_router.add("/", of_state)  # E
Application(info=State()).ws_router.add("/", of_services)  # E
Application(info=config).ws_router.add("/", of_info)  # E
Application(info=numbers).ws_router.add("/", of_info)  # E
Application(info=State(), ws_router=Router[Objects]())  # E
Application(info=State(), ws_router=Router[Services]())  # E
Application(info={}, ws_router=Router[State]())  # E

Application[Services]()  # E !mypy
Application[Services](info=None)  # E !mypy
Application[Services](info={})  # E !mypy
Application[State]()  # E !mypy
Application[State](info={})  # E !mypy
Application[Config](info={"size": "large"})  # E !mypy
Application[Info](info=Services())  # E
by_annotation: Application[Services] = Application()  # E
of_another: Application[Services] = Application(info=State())  # E
