"""The types that a TypedDict of matches may have, each held against what a path gives: no right one is rejected."""

import re
from collections.abc import Hashable, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    LiteralString,
    NewType,
    NotRequired,
    Optional,
    Protocol,
    Required,
    SupportsFloat,
    SupportsIndex,
    TypedDict,
    TypeVar,
    Union,
    runtime_checkable,
)

import pytest
import typing_extensions

from bareasgi_ws import Application, RouteMatches, Router
from bareasgi_ws._typing import ReadOnly
from bareasgi_ws.testing import connect

from . import postponed_annotations

T = TypeVar("T")
Bound = TypeVar("Bound", bound=str)
Name = NewType("Name", str)
Alias = typing_extensions.TypeAliasType("Alias", int)
AliasOfAWord = typing_extensions.TypeAliasType("AliasOfAWord", str)
AWord: Any = Annotated[str, "a word"]


class Colour(Enum):
    RED = "red"


class Word(StrEnum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


class Text(str):
    pass


class Upper(Protocol):
    def upper(self) -> str: ...


@runtime_checkable
class Titled(Protocol):
    def title(self) -> str: ...


@runtime_checkable
class HasYear(Protocol):
    @property
    def year(self) -> int: ...


class Unaskable(type):
    def __subclasscheck__(cls, subclass: type) -> bool:
        raise RuntimeError("nobody asks me")


class Odd(metaclass=Unaskable):
    pass


FITS: list[tuple[Any, list[str]]] = [
    (str, ["{x}", "{x:str}", "{x:path}"]),
    (int, ["{x:int}"]),
    (float, ["{x:int}", "{x:float}"]),
    (complex, ["{x:int}", "{x:float}"]),
    (datetime, ["{x:datetime}", "{x:datetime:%Y}"]),
    (date, ["{x:datetime}"]),
    (object, ["{x}", "{x:int}", "{x:datetime}"]),
    (Any, ["{x}", "{x:int}", "{x:datetime}"]),
    (typing_extensions.Any, ["{x}"]),
    (None | str, ["{x}"]),
    (Optional[int], ["{x:int}"]),  # noqa: UP045
    (Union[str, int], ["{x}", "{x:int}"]),  # noqa: UP007
    (AWord, ["{x}"]),
    (AWord | None, ["{x}"]),
    (ReadOnly[int], ["{x:int}"]),
    (Required[int], ["{x:int}"]),
    (NotRequired[int], ["{x:int}", "fixed"]),
    (NotRequired[Annotated[ReadOnly[int], "a number"]], ["{x:int}", "fixed"]),
    (Literal["red"], ["{x}"]),
    (Literal[1, 2], ["{x:int}"]),
    (LiteralString, ["{x}"]),
    (Name, ["{x}"]),
    (T, ["{x}", "{x:int}"]),
    (Bound, ["{x}"]),
    (Hashable, ["{x}", "{x:int}"]),
    (Sequence, ["{x}"]),
    (Sequence[str], ["{x}"]),
    (SupportsIndex, ["{x:int}"]),
    (SupportsFloat, ["{x:int}", "{x:float}"]),
    (Upper, ["{x}"]),
    (Titled, ["{x}"]),
    (HasYear, ["{x:datetime}"]),
    (Odd, ["{x}"]),
    ("str", ["{x}"]),
    ("int | None", ["{x:int}"]),
    ("Word | Text | str", ["{x}"]),
    ("OnlyACheckerKnowsIt", ["{x}", "{x:int}"]),
    (Alias, ["{x:int}"]),
    (AliasOfAWord | None, ["{x}"]),
]
DOES_NOT_FIT: list[tuple[Any, list[str]]] = [
    (str, ["fixed", "{x:int}", "{x:float}", "{x:datetime}", "{y}"]),
    (int, ["{x}", "{x:float}", "{x:datetime}", "{x:path}"]),
    (bool, ["{x}", "{x:int}"]),
    (float, ["{x}", "{x:datetime}"]),
    (datetime, ["{x}", "{x:int}"]),
    (time, ["{x:datetime}"]),
    (tzinfo, ["{x:datetime}"]),
    (bytes, ["{x}"]),
    (None, ["{x}"]),
    (Decimal, ["{x:float}"]),
    (Text, ["{x}"]),
    (Colour, ["{x}"]),
    (Word, ["{x}"]),
    (Number, ["{x:int}"]),
    (str | bytes, ["{x:int}"]),
    (Titled, ["{x:int}"]),
    (Annotated[int, "a number"], ["{x}"]),
    (NotRequired[int], ["{x}"]),
    (Name, ["fixed"]),
    (Any, ["fixed"]),
]


def taking(item: Any) -> Any:
    Matches = TypedDict("Matches", {"x": item})  # noqa: UP013  # pyright: ignore[reportInvalidTypeForm]

    async def handler(scope: Any, info: Any, matches: Matches, web_socket: Any) -> None:
        await web_socket.accept()
        await web_socket.send(" ".join(matches))

    return handler


def rows(table: list[tuple[Any, list[str]]]) -> list[Any]:
    return [pytest.param(item, segment, id=f"{item}-{segment}") for item, segments in table for segment in segments]


SEGMENTS = {"{x:int}": "1", "{x:float}": "1.5", "{x:datetime}": "2026-11-22", "{x:datetime:%Y}": "2026"}


@pytest.mark.anyio
@pytest.mark.parametrize(("item", "segment"), rows(FITS))
async def test_a_type_that_fits_is_taken(item: Any, segment: str) -> None:
    application = Application()
    application.ws_router.add(f"/{segment}", taking(item))
    async with connect(application, f"/{SEGMENTS.get(segment, 'fixed')}") as client:
        assert await client.receive() == ("x" if "x" in segment[:2] else "")


@pytest.mark.parametrize(("item", "segment"), rows(DOES_NOT_FIT))
def test_a_type_that_does_not_fit_is_rejected(item: Any, segment: str) -> None:
    router: Router[Any] = Router()
    with pytest.raises(TypeError, match=r"^add: expected a path pattern with \{x\} as .*, which taking.* asks for"):
        router.add(f"/{segment}", taking(item))
    assert router.resolve(f"/{SEGMENTS.get(segment, 'fixed')}") is None


class Item(TypedDict, Generic[T]):
    x: T


class Total(TypedDict, total=False):
    x: int


class Loose(TypedDict, total=False):
    x: Required[str]
    y: int


class Inherited(Total):
    y: str


class Extended(typing_extensions.TypedDict, closed=True):
    x: int


class Extra(typing_extensions.TypedDict, extra_items=int):  # type: ignore[call-arg]
    x: int


class Refers(TypedDict):
    x: "Word | str"
    y: "NotRequired[Item[int]]"


class Texts(TypedDict):
    x: "int"
    y: "Annotated[Number, 'one']"


Functional = TypedDict("Functional", {"x-y": Annotated[str | None, "no name of Python's"]})


def local_items() -> Any:
    class Word(TypedDict):
        z: int

    class Local(TypedDict):
        x: "Word"  # to a reader of the module's names, a StrEnum

    return Local


class OfADict(dict[str, Any]):
    pass


TAKEN: list[tuple[str, Any]] = [
    ("/{x}", Item),
    ("/{x}", Item[str]),
    ("/{x:int}", Item[int]),
    ("/{x}", Annotated[Item[str], "matches"]),
    ("/fixed", Total),
    ("/{x}", Loose),
    ("/{y}", Inherited),
    ("/{y}/{x:int}", Inherited),
    ("/{x:int}", Extended),
    ("/{x:int}/{y:int}", Extended),
    ("/{x:int}/{y:int}", Extra),
    ("/{x}", Refers),
    ("/{x-y}", Functional),
    ("/fixed", RouteMatches),
    ("/{x}", local_items()),
    ("/{x}", postponed_annotations.local_items()),
    ("/{x}", OfADict),
    ("/{x}", dict),
    ("/{x}", dict[str, Any]),
    ("/{x}", object),
    ("/{x}", Any),
    ("/{x}", Sequence | dict[str, str]),
    ("/{x}", T),
    ("/{x}", Titled | None | Item[str]),
    ("/{x}", Upper),
    ("/{x}", NewType("Whatever", int)),
    ("/{x}", "OnlyACheckerKnowsIt"),
    ("/{x}", Hashable | Any),
    ("/{x}", Odd),
]
REJECTED: list[tuple[str, Any, str]] = [
    ("/fixed", Item, "'/fixed' gives no variables"),
    ("/{x}", Total, "{x} as int"),
    ("/{y:int}", Loose, "{x} as str"),
    ("/fixed", Inherited, "{y} as str"),
    ("/{y}/{x}", Inherited, "{x} as int"),
    ("/{x}", Extended, "{x} as int"),
    ("/{x}", Extra, "{x} as int"),
    ("/{x:int}", Refers, "{x} as "),
    ("/fixed", Refers, "{x} as "),
    ("/{x_y}", Functional, "{x-y} as str | None"),
    ("/{x}", Texts, "'/{x}' gives x as str"),
    ("/{x}", Texts, "{x} as int"),
    ("/{x:int}/{y:int}", Texts, "{y} as Number"),
]
NO_MAPPING: list[tuple[Any, str]] = [
    (str, "matches: str"),
    ("str", "matches: str"),
    (int, "matches: int"),
    (bytes, "matches: bytes"),
    (None, "matches: None"),
    (list, "matches: list"),
    (list[str], "matches: list[str]"),
    (tuple[str, int], "matches: tuple[str, int]"),
    (str | None, "matches: str | None"),
    (Colour, "matches: Colour"),
    (Router, "matches: Router"),
    (Annotated[int, "a number"], "matches: typing.Annotated[int, 'a number']"),
]


def stating(annotation: Any) -> Any:
    async def handler(scope: Any, info: Any, matches: annotation, web_socket: Any) -> None:  # pyright: ignore[reportInvalidTypeForm]
        await web_socket.accept()
        await web_socket.send(" ".join(matches))

    return handler


@pytest.mark.anyio
@pytest.mark.parametrize(("path", "annotation"), TAKEN)
async def test_a_mapping_that_fits_or_cannot_be_compared_is_taken(path: str, annotation: Any) -> None:
    application = Application()
    handler = stating(annotation)
    handler.__qualname__ = "handler"  # a text is then looked up in the module
    application.ws_router.add(path, handler)
    async with connect(application, re.sub("{.*?}", "1", path)) as client:
        assert await client.receive() == " ".join(re.findall(r"{([\w-]+)", path))


@pytest.mark.parametrize(("path", "annotation", "said"), REJECTED)
def test_a_mapping_that_does_not_fit_is_rejected(path: str, annotation: Any, said: str) -> None:
    with pytest.raises(TypeError, match=r"^add: expected a path pattern with ") as rejected:
        Router[Any]().add(path, stating(annotation))
    assert said in str(rejected.value)


@pytest.mark.parametrize(("annotation", "said"), NO_MAPPING)
def test_what_can_be_no_mapping_is_rejected(annotation: Any, said: str) -> None:
    application = Application()
    handler = stating(annotation)
    handler.__qualname__ = "handler"
    expected = f"add: expected a handler that takes its matches as a mapping, got handler, which takes {said}"
    for register in (application.on_ws_request("/{x}"), lambda handler: application.ws_router.add("/{x}", handler)):
        with pytest.raises(TypeError) as rejected:
            register(handler)
        assert str(rejected.value) == expected
    assert application.ws_router.resolve("/x") is None
