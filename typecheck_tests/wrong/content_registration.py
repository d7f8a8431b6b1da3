"""A handler for one kind is registered with that kind, and only then."""

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


class Text(str): ...


async def either(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...
async def of_a_subclass(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[Text]) -> None: ...
async def numbers(scope: Scope, info: Info, matches: RouteMatches, web_socket: int) -> None: ...


router = Router()
router.add("/", either, content=bytes | str)  # E !pyright !basedpyright !pyrefly
router.add("/", of_a_subclass, content=Text)  # E
router.add("/", of_a_subclass, content=str)  # E
router.add("/", of_a_subclass)  # E
router.add("/", numbers, content=str)  # E
router.add("/", numbers, content=bytes)  # E
router.add("/", text, content=None)  # E
router.add("/", text, str)  # E
router.add("/", either, None)  # E
router.add("/")  # E
router.add("/", either, methods=["GET"])  # E
router.resolve(1)  # E
router.resolve()  # E

own = Application().ws_router
own.add("/", text, content=None)  # E
own.add("/", of_a_subclass, content=Text)  # E
own.add("/", numbers, content=str)  # E
own.add("/", numbers, content=bytes)  # E
own.resolve(1)  # E
