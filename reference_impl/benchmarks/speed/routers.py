"""The same routes in every library's router: each function adds so many, and gives what finds the last of them."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from bareasgi_ws import Router

from .libraries import from_bareasgi

Find = Callable[[], object]
"""Finds the last route."""

SHAPES = {
    "text": "/r{number}/end",
    "variable last": "/r{number}/{{name}}",
    "variable in the middle": "/r{number}/{{name}}/end",
    "variable first": "/{{name}}/r{number}",
    "two variables": "/r{number}/{{name}}/{{other}}",
    "number last": "/r{number}/{{name:int}}",
    "path last": "/r{number}/{{name:path}}",
    "long": "/a/long/way/r{number}/to/{{name}}/go",
}
"""Patterns of a route, by what they are like."""

USUAL = "variable last"


async def handler(*arguments: Any) -> None:
    """Do nothing: no connection is served."""


def paths(shape: str, number: int) -> list[str]:
    """Return so many patterns."""
    return [SHAPES[shape].format(number=one) for one in range(number)]


def last_path(shape: str, number: int) -> str:
    """Return a path that the last of the patterns matches, and no other."""
    pattern = paths(shape, number)[-1]
    return (
        pattern.replace("{name:int}", "7").replace("{name:path}", "x/y").replace("{name}", "x").replace("{other}", "y")
    )


def reference(number: int, shape: str = USUAL) -> Find:
    """Make the reference's router."""
    router: Any = Router()
    for path in paths(shape, number):
        router.add(path, handler)
    last = last_path(shape, number)
    return lambda: router.resolve(last)


def bareasgi(generation: int) -> Callable[[int], Find]:
    """Make bareASGI's router."""

    def make(number: int) -> Find:
        router = from_bareasgi(generation, "bareasgi").Application().ws_router
        for path in paths(USUAL, number):
            router.add(path, handler)
        last = last_path(USUAL, number)
        return lambda: router.resolve(last)

    return make


def starlette(number: int) -> Find:
    """Make starlette's router."""
    routing = import_module("starlette.routing")
    routes = [routing.WebSocketRoute(path, handler) for path in paths(USUAL, number)]
    scope = {"type": "websocket", "path": last_path(USUAL, number), "root_path": ""}
    full = routing.Match.FULL
    return lambda: next(route for route in routes if route.matches(scope)[0] is full)


def falcon(number: int) -> Find:
    """Make falcon's router."""
    if number > 1_000:
        raise NotImplementedError("it takes minutes to add them")

    class Resource:
        async def on_websocket(self, request: Any, web_socket: Any, name: str) -> None: ...

    application: Any = import_module("falcon.asgi").App()
    for path in paths(USUAL, number):
        application.add_route(path, Resource())
    last = last_path(USUAL, number)
    return lambda: application._router.find(last)


def blacksheep(number: int) -> Find:
    """Make blacksheep's router, of which the cache is left out."""
    router: Any = import_module("blacksheep").Router()
    for path in paths(USUAL, number):
        router.add_ws(path, handler)
    router.apply_routes()
    last = last_path(USUAL, number).encode()
    uncached = type(router).get_match_by_method_and_path.__wrapped__
    return lambda: uncached(router, b"GET_WS", last)


def litestar(number: int) -> Find:
    """Make litestar's router, of which the cache is left out: it holds 1,024 paths."""
    library: Any = import_module("litestar")

    def endpoint(some: list[str]) -> Any:
        async def function(socket: Any, name: str) -> None: ...

        function.__annotations__.update(socket=library.WebSocket, name=str)
        return library.websocket(some)(function)

    every = [path.replace("{name}", "{name:str}") for path in paths(USUAL, number)]
    # With a function for each path, or one for all, adding 10,000 takes a minute.
    endpoints = [endpoint(every[begin : begin + 100]) for begin in range(0, number, 100)]
    application = library.Litestar(endpoints, openapi_config=None)
    last = last_path(USUAL, number)
    return lambda: application.asgi_router._handle_routing(path=last, method=None)


def quart(number: int) -> Find:
    """Make quart's router, which is werkzeug's."""
    application: Any = import_module("quart").Quart("speed")
    for path in paths(USUAL, number):
        application.add_websocket(path.replace("{name}", "<name>"), view_func=handler)
    adapter = application.url_map.bind("localhost")
    last = last_path(USUAL, number)
    return lambda: adapter.match(last, websocket=True)


ROUTERS: dict[str, Callable[[int], Find]] = {
    "bareasgi_ws": reference,
    "bareasgi 3": bareasgi(3),
    "bareasgi 5": bareasgi(5),
    "starlette": starlette,
    "falcon": falcon,
    "blacksheep": blacksheep,
    "litestar": litestar,
    "quart": quart,
}
