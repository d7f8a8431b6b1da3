"""Serving on the websockets library with wrong arguments."""

from typing import Any

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket
from bareasgi_ws.backends.websockets import backend, serve, serve_routes


class Services: ...


class Others: ...


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


async def what_parameters_does_not_generate() -> None:
    serve("handler")  # E
    serve(either, "127.0.0.1", 80, {})  # E
    await serve(either)  # E
    serve(either).sockets  # E
    with serve(either):  # E
        pass


async def the_routes(router: Router[Any]) -> None:
    serve_routes(either)  # E
    serve_routes(router, 1)  # E
    serve_routes(router, port="80")  # E
    serve_routes(router, "127.0.0.1", 80, {})  # E
    await serve_routes(router)  # E
    serve_routes(router).sockets  # E


async def the_routes_without_info(router: Router[Info]) -> None:
    serve_routes(router, info=1)  # E
    number: int = serve_routes(router)  # E
    print(number)


async def the_routes_of_services(router: Router[Services]) -> None:
    serve_routes(router, 1, info=Services())  # E
    serve_routes(router, port="80", info=Services())  # E
    serve_routes(router, info=Others())  # E
    serve_routes(router)  # E
    serve_routes(1, info=Services())  # E
    number: int = serve_routes(router, info=Services())  # E
    print(number)


def a_member_that_the_backend_has_not() -> None:
    print(backend.run)  # E
