"""A TypedDict of matches is compared with the path pattern when the handler is registered."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, NewType, NotRequired, Required, TypedDict

import pytest

from bareasgi_ws import RouteMatches, Router
from bareasgi_ws._typing import ReadOnly

from .postponed_annotations import postponed, postponed_local, postponed_not_required

if TYPE_CHECKING:
    from somewhere import Unknown  # type: ignore[import-not-found]  # pyright: ignore[reportMissingImports]


class Seat(TypedDict):
    room: str
    number: int


class SeatOrNone(TypedDict):
    room: str
    number: NotRequired[int]


class Loose(TypedDict, total=False):
    room: Required[str]
    number: int


class Later(Seat):
    day: datetime


RoomId = NewType("RoomId", str)


class Disconnect(TypedDict):
    room: Annotated[str | None, "the room's"]
    number: ReadOnly[float]


class Untold(TypedDict):
    room: Literal["attic"]
    number: Any
    id: RoomId


class Functional(TypedDict("Functional", {"room-id": str})):
    pass


async def sit(scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...
async def sit_or_none(scope: Any, info: Any, matches: SeatOrNone, web_socket: Any) -> None: ...
async def loose(scope: Any, info: Any, matches: Loose, web_socket: Any) -> None: ...
async def later(scope: Any, info: Any, matches: Later, web_socket: Any) -> None: ...
async def told(scope: Any, info: Any, matches: Disconnect, web_socket: Any) -> None: ...
async def untold(scope: Any, info: Any, matches: Untold, web_socket: Any) -> None: ...
async def functional(scope: Any, info: Any, matches: Functional, web_socket: Any) -> None: ...
async def mapping(scope: Any, info: Any, matches: RouteMatches, web_socket: Any) -> None: ...
async def unannotated(scope, info, matches, web_socket): ...  # type: ignore[no-untyped-def]
async def star(*arguments: Seat) -> None: ...
async def by_a_checker_only(scope: Any, info: Any, matches: "Unknown", web_socket: Any) -> None: ...
async def others_unknown(scope: "Unknown", info: "Unknown", matches: "Seat", web_socket: "Unknown") -> "Unknown": ...


class Handlers:
    async def method(self, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...

    @staticmethod
    async def static(scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...

    @classmethod
    async def of_class(cls, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...

    async def __call__(self, scope: Any, info: Any, matches: "Seat", web_socket: Any) -> None: ...


async def with_one_more(extra: int, scope: Any, info: Any, matches: "Seat", web_socket: Any) -> None: ...


handlers = Handlers()
FORMS: list[Any] = [
    sit,
    handlers.method,
    handlers.static,
    Handlers.of_class,
    handlers,
    handlers.__call__,
    partial(with_one_more, 1),
    partial(partial(with_one_more), 1),
    postponed,
    partial(postponed),
    others_unknown,
]


def add(path: str, handler: Any) -> None:
    router: Router[Any] = Router()
    router.add(path, handler)


@pytest.mark.parametrize("handler", FORMS)
def test_every_form_of_handler_is_compared(handler: Any) -> None:
    add("/{room}/{number:int}", handler)
    add("/{room}/{number:int}/{more:path}", handler)
    with pytest.raises(TypeError, match=r"expected a path pattern with \{number\} as int, which .* asks for"):
        add("/{room}/{number}", handler)
    with pytest.raises(TypeError, match=r"'/\{room\}' gives room as str"):
        add("/{room}", handler)


GOOD = [
    ("/{room}", sit_or_none),
    ("/{room}/{number:int}", sit_or_none),
    ("/{room}", loose),
    ("/{room}/{number:int}/{day:datetime}", later),
    ("/{room}/{number:int}/{day:datetime:%Y-%m-%d}", later),
    ("/{room}/{number:int}", told),
    ("/{room}/{number:float}", told),
    ("/{room}/{number}/{id}", untold),
    ("/{room-id}", functional),
    ("/{room-id:path}", functional),
    ("/", mapping),
    ("/{x}", unannotated),
    ("/", star),
    ("/", by_a_checker_only),
    ("/", postponed_local()),
    ("/{room}", postponed_not_required),
]
BAD = [
    ("/", sit, "'/' gives no variables"),
    ("/{number:int}", sit_or_none, "{room} as str"),
    ("/{room}/{number}", sit_or_none, "{number} as int"),
    ("/{number:int}", loose, "{room} as str"),
    ("/{room}/{number:int}/{day}", later, "{day} as datetime"),
    ("/{room}/{number:int}", later, "{day} as datetime"),
    ("/{room:int}/{number:int}", told, "{room} as str | None"),
    ("/{room}/{number}", told, "{number} as float"),
    ("/{room}/{number}", untold, "{id} as"),
    ("/{room_id}", functional, "{room-id} as str"),
    ("/{number:int}", postponed_not_required, "{room} as str"),
]


@pytest.mark.parametrize(("path", "handler"), GOOD)
def test_what_the_pattern_gives_is_taken(path: str, handler: Any) -> None:
    add(path, handler)


@pytest.mark.parametrize(("path", "handler", "said"), BAD)
def test_what_the_pattern_does_not_give_is_rejected(path: str, handler: Any, said: str) -> None:
    router: Router[Any] = Router()
    with pytest.raises(TypeError, match="expected a path pattern with") as rejected:
        router.add(path, handler)
    assert said in str(rejected.value)
    assert router._handlers == {}  # a rejected call adds nothing
