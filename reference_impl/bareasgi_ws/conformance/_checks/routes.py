"""WS-LIFETIME: which path reaches a handler, and what its route matches."""

from collections.abc import Mapping
from datetime import datetime
from math import inf
from typing import Any

from .._context import CheckContext
from .._ends import HandlerEnd
from ._check import check
from .lifetime import expect_no_error


async def must_not_be_called(ws: HandlerEnd) -> None:
    """Fail: this handler's route does not match the path."""
    ws.context.fail("handler", "no call, for its route does not match the path", "a call")


async def expect_matches(context: CheckContext, route: str, path: str, expected: Mapping[str, Any]) -> None:
    """Show that a path reaches a route's handler, and what it matches."""

    async def handler(ws: HandlerEnd) -> None:
        context.expect(f"handler: matches of {path} on the route {route}", dict(expected), dict(ws.arguments.matches))
        await ws.accept()

    async with context.connect(handler, route=route, path=path) as client:
        status = (await client.handshake()).status
        context.expect(f"client: status of the handshake for {path} on the route {route}", 101, status)


@check("WS-LIFETIME-08", needs=())
async def no_route(context: CheckContext) -> None:
    statuses = {404, 403}

    async def routed(ws: HandlerEnd) -> None:
        if "websocket.http.response" in (ws.arguments.scope.get("extensions") or {}):
            statuses.discard(403)

    async with context.connect(routed, route="/somewhere", path="/somewhere") as client:
        await client.handshake()
    for path in ("/elsewhere", "/somewhere/else", "/"):
        async with context.connect(must_not_be_called, route="/somewhere", path=path) as client:
            await client.expect_status(*statuses)
            await expect_no_error(client)


@check("WS-LIFETIME-10")
async def the_variables_of_a_route_are_converted(context: CheckContext) -> None:
    route = "/{a}/{b:str}/{c:int}/{d:float}/{e:datetime:%Y-%m-%d}/{f:path}"
    converted = {"a": "1", "b": "2", "c": 3, "d": 4.5, "e": datetime(2006, 7, 8), "f": "9/x.y"}

    async def handler(ws: HandlerEnd) -> None:
        context.expect("handler: the names in matches", sorted(converted), sorted(ws.arguments.matches))
        for name, value in converted.items():
            context.expect(f"handler: matches[{name!r}]", value, ws.arguments.matches[name])
        await ws.accept()

    async with context.connect(handler, route=route, path="/1/2/3/4.5/2006-07-08/9/x.y") as client:
        await client.expect_accepted()
    numbers = {"/-3/1e5": (-3, 100000.0), "/0/-0.5": (0, -0.5), f"/{10**30}/7": (10**30, 7.0), "/007/inf": (7, inf)}
    for path, (whole, real) in numbers.items():
        await expect_matches(context, "/{c:int}/{d:float}", path, {"c": whole, "d": real})
    for path in ("/1/2/x/4.5/2006-07-08/9", "/1/2/3/x/2006-07-08/9", "/1/2/3/4.5/2006-07-32/9"):
        async with context.connect(must_not_be_called, route=route, path=path) as client:
            await client.handshake()


@check("WS-LIFETIME-16")
async def a_route_matches_the_whole_path(context: CheckContext) -> None:
    matching: dict[tuple[str, str], dict[str, str]] = {
        ("/room/{name}", "/room/a%2525"): {"name": "a%25"},
        ("/room/{name}", "/room/A+b;c=d&e:f@g"): {"name": "A+b;c=d&e:f@g"},
        ("/room/{name}", "/room/%C3%A9%0A%3F%23"): {"name": "\u00e9\n?#"},
        ("/room/{name}/", "/room/a/"): {"name": "a"},
        ("/room/{name}", "/room/%20a%20%20b%20"): {"name": " a  b "},
        ("/room/{rest:path}", "/room/a%2Fb/"): {"rest": "a/b/"},
        ("/room/{rest:path}", "/room/a//b%2F%2Fc//"): {"rest": "a//b//c//"},
        ("/Room", "/Room"): {},
        ("/a b", "/%61%20b"): {},
    }
    others = {
        "/room": ("/room/", "/Room", "/ROOM", "//room", "/room%0A", "/rooms", "/a/room", "/room/b", "/ro%256Fm"),
        "/room/": ("/room", "/room//"),
        "/room/{name}": ("/room/", "/room/a/b", "/room/a%2Fb", "/room/a/", "/room//a", "/Room/a", "/x/room/a"),
        "/a.b": ("/axb",),
    }
    for (route, path), expected in matching.items():
        await expect_matches(context, route, path, expected)
    for route, paths in others.items():
        async with context.serve(must_not_be_called, route=route) as connect:
            for path in paths:
                async with connect(path=path) as client:
                    context.begin(f"client: {path} is asked for, and the route is {route}")
                    await client.expect_rejected()
