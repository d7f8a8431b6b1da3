"""A handler for one kind is registered with that kind, and only then."""

from typing import Any

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


class Text(str): ...


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def binary(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[bytes]) -> None: ...
async def of_a_subclass(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[Text]) -> None: ...
async def numbers(scope: Scope, info: Info, matches: RouteMatches, web_socket: int) -> None: ...
async def of_an_int(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket[Any]) -> None: ...


router = Router()
router.add("/", text)  # E
router.add("/", binary)  # E
router.add("/", text, content=None)  # E
router.add("/", binary, content=None)  # E
router.add("/", text, content=bytes)  # E
router.add("/", binary, content=str)  # E
router.add("/", either, content=int)  # E
router.add("/", either, content="str")  # E
router.add("/", either, content=bytes | str)  # E !pyright !basedpyright !pyrefly
router.add("/", of_a_subclass, content=Text)  # E
router.add("/", of_a_subclass, content=str)  # E
router.add("/", of_a_subclass)  # E
router.add("/", numbers, content=str)  # E
router.add("/", numbers, content=bytes)  # E
router.add("/", of_an_int)  # E
router.add("/", of_an_int, content=str)  # E
router.add("/", of_an_int, content=bytes)  # E
router.add("/", text, str)  # E
router.add("/", either, None)  # E
router.add("/", either).nothing()  # E
router.add("/", text, content=str).nothing()  # E
router.add("/", binary, content=bytes).nothing()  # E
router.add(1, either)  # E
router.add(1, text, content=str)  # E
router.add(1, binary, content=bytes)  # E
router.add("/")  # E
router.add("/", either, methods=["GET"])  # E
router.resolve(1)  # E
router.resolve()  # E

own = Application().ws_router
own.add("/", text)  # E
own.add("/", binary)  # E
own.add("/", text, content=None)  # E
own.add("/", text, content=bytes)  # E
own.add("/", binary, content=str)  # E
own.add("/", either, content=int)  # E
own.add("/", of_a_subclass, content=Text)  # E
own.add("/", numbers, content=str)  # E
own.add("/", numbers, content=bytes)  # E
own.add("/", of_an_int)  # E
own.add("/", of_an_int, content=str)  # E
own.add("/", of_an_int, content=bytes)  # E
own.add(1, either)  # E
own.add(1, text, content=str)  # E
own.add(1, binary, content=bytes)  # E
own.resolve(1)  # E
own.add("/", either).nothing()  # E
own.add("/", text, content=str).nothing()  # E
own.add("/", binary, content=bytes).nothing()  # E
