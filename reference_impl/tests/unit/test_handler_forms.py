"""Handlers that are no function, and names that another thing has too: no right one is rejected, a wrong one is."""

import sys
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from types import MethodType
from typing import TYPE_CHECKING, Any, TypedDict

import pytest

from bareasgi_ws import Application
from bareasgi_ws.testing import connect

from .postponed_annotations import postponed
from .typed_matches import Seat, add, seat_handler

if TYPE_CHECKING:
    from somewhere import Unknown  # type: ignore[import-not-found]  # pyright: ignore[reportMissingImports]

FORMS: dict[str, Any] = {}


class Calls:
    async def __call__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)


class Sitting:
    def __init__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        self.given = scope, info, matches, web_socket

    def __await__(self) -> Generator[Any, Any, None]:
        return add(*self.given).__await__()


@dataclass
class SittingData:
    scope: Any
    info: Any
    matches: Mapping[str, str]
    web_socket: Any

    def __await__(self) -> Generator[Any, Any, None]:
        return add(self.scope, self.info, self.matches, self.web_socket).__await__()


class MadeAnew:
    def __new__(cls, scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
        return add(scope, info, matches, web_socket)


class Metaclass(type):
    def __call__(cls, *arguments: Any) -> Any:
        return add(*arguments)


class ByMetaclass(metaclass=Metaclass):
    def __init__(self) -> None: ...


class ByBoth:
    def __new__(cls, *arguments: Any) -> Any:
        return super().__new__(cls)

    def __init__(self, *arguments: Any) -> None:
        self.given = arguments

    __await__ = Sitting.__await__


class CallsStatic:
    @staticmethod
    async def __call__(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)


class CallsOfClass:
    @classmethod
    async def __call__(cls, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)


class CallsAnObject:
    __call__ = Calls()


FORMS |= {
    "class_that_is_awaited": Sitting,
    "wrapped_class": update_wrapper(type("Wrapped", (Sitting,), {}), seat_handler, updated=()),
    "dataclass_that_is_awaited": SittingData,
    "class_that_makes_a_coroutine": MadeAnew,
    "class_with_a_metaclass": ByMetaclass,
    "class_with_new_and_init": ByBoth,
    "object_with_a_static_call": CallsStatic(),
    "object_with_a_class_call": CallsOfClass(),
    "object_with_an_object_as_its_call": CallsAnObject(),
}

NEWER = """
import inspect


def marked(scope, info, matches, web_socket):
    return add(scope, info, matches, web_socket)


inspect.markcoroutinefunction(marked)


async def generic[MatchesT: RouteMatches](scope: Any, info: Any, matches: MatchesT, web_socket: Any) -> None:
    await add(scope, info, matches, web_socket)


async def shadowing[Seat: RouteMatches](scope: Any, info: Any, matches: "Seat", web_socket: Any) -> None:
    await add(scope, info, matches, web_socket)


class Generic[Seat: RouteMatches]:
    async def __call__(self, scope: Any, info: Any, matches: "Seat", web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)


type Alias = RouteMatches


async def aliased(scope: Any, info: Any, matches: Alias, web_socket: Any) -> None:
    await add(scope, info, matches, web_socket)
"""
if sys.version_info >= (3, 12):
    names = dict(globals())
    exec(NEWER, names)
    FORMS |= {name: names[name] for name in ("marked", "generic", "shadowing", "aliased")}
    FORMS["generic_class"] = names["Generic"]()


def local_with_the_name_of_a_global() -> Any:
    class Seat(TypedDict):
        room: str

    async def handler(scope: Any, info: Any, matches: "Seat", web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    return handler


class Nested:
    class Seat(TypedDict):
        room: str

    async def __call__(self, scope: Any, info: Any, matches: "Seat", web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)


FORMS["local_with_the_name_of_a_global"] = local_with_the_name_of_a_global()
FORMS["nested_with_the_name_of_a_global"] = Nested()


@pytest.mark.anyio
@pytest.mark.parametrize("name", FORMS)
async def test_a_right_handler_is_taken_and_called(name: str) -> None:
    application = Application()
    application.ws_router.add("/{room}", FORMS[name])
    async with connect(application, "/attic") as client:
        assert await client.receive() == "attic 7"


class Says:
    async def method(self, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...

    @classmethod
    async def of_class(cls, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...

    async def __call__(self, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...

    async def with_one_more(self, extra: int, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...


class SaysInInit(Sitting):
    def __init__(self, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...


class SaysInNew:
    def __new__(cls, scope: Any, info: Any, matches: Seat, web_socket: Any) -> Any: ...


@dataclass
class SaysAsData:
    scope: Any
    info: Any
    matches: Seat
    web_socket: Any


class SaysStatically:
    @staticmethod
    async def __call__(scope: Any, info: Any, matches: Seat, web_socket: Any) -> None: ...


async def others_unknown(scope: "Unknown", info: "Unknown", matches: "Seat", web_socket: "Unknown") -> "Unknown": ...


def says_locally() -> Any:
    class Place(TypedDict):
        number: int

    async def handler(scope: Any, info: Any, matches: Place, web_socket: Any) -> None: ...

    return handler


def says_by_a_variable(annotation: Any) -> Any:
    async def handler(scope: Any, info: Any, matches: annotation, web_socket: Any) -> None: ...  # pyright: ignore[reportInvalidTypeForm]

    return handler


def says_without_a_source() -> Any:
    names = {"Seat": Seat}
    exec("async def handler(scope, info, matches: Seat, web_socket): ...", names)
    return names["handler"]


SAYS: dict[str, Any] = {
    "function": seat_handler,
    "method": Says().method,
    "class_method": Says.of_class,
    "object": Says(),
    "object_that_wraps": update_wrapper(Says(), add),
    "object_with_a_static_call": SaysStatically(),
    "partial": partial(Says().with_one_more, 1),
    "partial_that_wraps": update_wrapper(partial(seat_handler), add),
    "class": SaysInInit,
    "class_with_new": SaysInNew,
    "dataclass": SaysAsData,
    "wrapped_class": update_wrapper(type("Wrapped", (SaysInInit,), {}), add, updated=()),
    "bound_by_hand": MethodType(Says.method, Says()),
    "local": says_locally(),
    "by_a_variable": says_by_a_variable(Seat),
    "without_a_source": says_without_a_source(),
    "postponed": postponed,
    "partial_of_postponed": partial(postponed),
    "others_unknown": others_unknown,
}


@pytest.mark.parametrize("name", SAYS)
def test_what_the_function_that_is_called_says_itself_is_compared(name: str) -> None:
    application = Application()
    with pytest.raises(TypeError, match=r"^add: expected a path pattern with \{number\} as int, which .* asks for"):
        application.ws_router.add("/{room}", SAYS[name])
    assert application.ws_router.resolve("/attic") is None
    application.ws_router.add("/{room}/{number:int}", SAYS[name])
    application.ws_router.add("/more/{room}/{number:int}/{more:path}", SAYS[name])
