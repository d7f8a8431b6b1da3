"""What an info is given beside: each parameter of each overload that an info chooses, with wrong values."""

from collections import Counter

from bareasgi_ws import Application, Info, Router
from bareasgi_ws.backends.websockets import serve_routes


class Services: ...


class Others: ...


def synchronous(scope: object, receive: object, send: object) -> None: ...


def an_application_without_info() -> None:
    Application(ws_router=Router[Services]())  # E
    Application(ws_router=1)  # E
    Application(http=synchronous)  # E
    Application(close_timeout="1")  # E


def an_application_of_a_counter() -> None:
    Application(info=Counter[str](), ws_router=Router[Services]())  # E
    Application(info=Counter[str](), ws_router=1)  # E
    Application(info=Counter[str](), http=synchronous)  # E
    Application(info=Counter[str](), close_timeout="1")  # E


def an_application_of_a_display() -> None:
    Application(info={"size": 1}, ws_router=Router[Services]())  # E
    Application(info={"size": 1}, ws_router=1)  # E
    Application(info={"size": 1}, http=synchronous)  # E
    Application(info={"size": 1}, close_timeout="1")  # E


def an_application_of_services() -> None:
    Application(info=Services(), ws_router=Router[Others]())  # E
    Application(info=Services(), ws_router=1)  # E
    Application(info=Services(), http=synchronous)  # E
    Application(info=Services(), close_timeout="1")  # E


async def routes_without_info(router: Router[Info]) -> None:
    serve_routes(router, 1)  # E
    serve_routes(router, port="80")  # E
    serve_routes(router, info=1)  # E
    serve_routes(1)  # E
    async with serve_routes(router) as server:
        print(server)
    number: int = serve_routes(router)  # E
    print(number)


async def routes_of_services(router: Router[Services]) -> None:
    serve_routes(router, 1, info=Services())  # E
    serve_routes(router, port="80", info=Services())  # E
    serve_routes(router, info=Others())  # E
    serve_routes(router)  # E
    serve_routes(1, info=Services())  # E
    number: int = serve_routes(router, info=Services())  # E
    print(number)
