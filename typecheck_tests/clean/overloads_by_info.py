"""What an info is given beside: each parameter of each overload that an info chooses, with right values."""

from collections import Counter
from typing import Any

from bareasgi_ws import Application, Info, Router
from bareasgi_ws.backends.websockets import serve_routes


class Services: ...


async def http(scope: Any, receive: Any, send: Any) -> None: ...


def case_an_application_without_info() -> None:
    Application(ws_router=Router[Info]())
    Application(ws_router=None)
    Application(http=http)
    Application(http=None)
    Application(close_timeout=0.5)
    Application(close_timeout=None)


def case_an_application_of_a_counter() -> None:
    Application(info=Counter[str](), ws_router=Router[Counter[str]]())
    Application(info=Counter[str](), ws_router=None)
    Application(info=Counter[str](), http=http)
    Application(info=Counter[str](), http=None)
    Application(info=Counter[str](), close_timeout=0.5)
    Application(info=Counter[str](), close_timeout=None)


def case_an_application_of_a_display() -> None:
    Application(info={"size": 1}, ws_router=Router[Info]())
    Application(info={"size": 1}, ws_router=None)
    Application(info={"size": 1}, http=http)
    Application(info={"size": 1}, http=None)
    Application(info={"size": 1}, close_timeout=0.5)
    Application(info={"size": 1}, close_timeout=None)


def case_an_application_of_services() -> None:
    Application(info=Services(), ws_router=Router[Services]())
    Application(info=Services(), ws_router=None)
    Application(info=Services(), http=http)
    Application(info=Services(), http=None)
    Application(info=Services(), close_timeout=0.5)
    Application(info=Services(), close_timeout=None)


async def routes_without_info(router: Router[Info]) -> None:
    serve_routes(router, None, None)
    serve_routes(router, "127.0.0.1", 0)
    serve_routes(router, info=None)
    serve_routes(router, info={"size": 1})


async def routes_of_services(router: Router[Services]) -> None:
    serve_routes(router, None, None, info=Services())
    serve_routes(router, "127.0.0.1", 0, info=Services())
