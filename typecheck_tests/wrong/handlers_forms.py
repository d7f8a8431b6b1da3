"""What is no handler, given to a variable, to the router and to the protocol of one."""

from collections.abc import AsyncIterator, Generator
from functools import partial
from typing import Any

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket, WebSocketHandler

router = Router()


async def three(scope: Scope, info: Info, matches: RouteMatches) -> None: ...
async def five(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket, limit: int) -> None: ...
async def six(a: int, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket, limit: int) -> None: ...
async def keyword_only(scope: Scope, info: Info, matches: RouteMatches, *, web_socket: WebSocket) -> None: ...
async def a_keyword_beside(
    scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket, *, limit: int
) -> None: ...
async def wrong_scope(scope: str, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def plain_dict(scope: dict[str, Any], info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def wrong_info(scope: Scope, info: int, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def wrong_matches(scope: Scope, info: Info, matches: int, web_socket: WebSocket) -> None: ...
async def dict_matches(scope: Scope, info: Info, matches: dict[str, Any], web_socket: WebSocket) -> None: ...
async def wrong_web_socket(scope: Scope, info: Info, matches: RouteMatches, web_socket: str) -> None: ...
async def swapped(info: Info, scope: Scope, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def generator(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> AsyncIterator[None]:
    yield


async def gives_a_code(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> int:
    return 1000


def synchronous(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
def old_coroutine(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> Generator[None]:
    yield


class Chat:
    async def talk(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


class SyncCall:
    def __call__(self, scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...


too_few: WebSocketHandler = three  # E
too_many: WebSocketHandler = five  # E
by_keyword: WebSocketHandler = keyword_only  # E
with_a_keyword: WebSocketHandler = a_keyword_beside  # E
of_a_wrong_scope: WebSocketHandler = wrong_scope  # E
of_a_plain_dict: WebSocketHandler = plain_dict  # E
of_a_wrong_info: WebSocketHandler = wrong_info  # E
of_wrong_matches: WebSocketHandler = wrong_matches  # E
of_dict_matches: WebSocketHandler = dict_matches  # E
of_a_wrong_web_socket: WebSocketHandler = wrong_web_socket  # E
of_swapped_parameters: WebSocketHandler = swapped  # E
that_yields: WebSocketHandler = generator  # E
that_gives_a_code: WebSocketHandler = gives_a_code  # E
that_gives_nothing: WebSocketHandler = synchronous  # E
that_is_a_generator: WebSocketHandler = old_coroutine  # E
not_bound: WebSocketHandler = Chat.talk  # E
not_called: WebSocketHandler = Chat  # E
not_callable: WebSocketHandler = Chat()  # E
object_that_gives_nothing: WebSocketHandler = SyncCall()  # E
text: WebSocketHandler = "handler"  # E
called_already: WebSocketHandler = lambda web_socket: web_socket.close()  # E
left_five: WebSocketHandler = partial(six, 10)  # E !mypy !pyright !basedpyright !zuban

router.add("/", partial(six, "ten"))  # E !zuban
router.add("/", three)  # E
router.add("/", five)  # E
router.add("/", wrong_web_socket)  # E
router.add("/", synchronous)  # E
router.add("/", generator)  # E
router.add("/", None)  # E
