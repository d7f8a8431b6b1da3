"""What is registered need not be the function whose annotations can be read: no right handler is rejected.

Each form is given ``room`` by the path and adds ``number`` to it, for a handler that asks for both, and is then called
through a connection.
"""

import operator
from collections.abc import Callable, Generator
from contextvars import copy_context
from functools import partial, partialmethod, singledispatch, singledispatchmethod, update_wrapper, wraps
from inspect import Parameter, Signature, signature
from types import MethodType, coroutine
from typing import Any, TypeVar, get_type_hints
from unittest.mock import AsyncMock, MagicMock, Mock, create_autospec
from weakref import proxy

import pytest

from bareasgi_ws import Application, Route, RouteMatches, Router
from bareasgi_ws.testing import connect

from .typed_matches import Seat, add, seat_handler

MatchesT = TypeVar("MatchesT", bound=RouteMatches)
FORMS: dict[str, Any] = {}


def form(make: Callable[[], Any]) -> None:
    FORMS[make.__name__] = make()


@form
def wrapped_with_the_four_names() -> Any:
    @wraps(seat_handler)
    async def wrapper(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    return wrapper


@form
def wrapped_with_other_names() -> Any:
    @wraps(seat_handler)
    async def wrapper(matches: Any, scope: Any, web_socket: Any, info: Any) -> None:
        await add(matches, scope, web_socket, info)

    return wrapper


@form
def wrapped_of_any_arguments() -> Any:
    @wraps(seat_handler)
    async def wrapper(*args: Any, **kwargs: Any) -> None:
        await add(*args, **kwargs)

    return wrapper


@form
def wrapped_and_then_without_the_mark() -> Any:
    @wraps(seat_handler)
    async def wrapper(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    del wrapper.__wrapped__
    return wrapper


@form
def wrapped_twice() -> Any:
    return wraps(FORMS["wrapped_with_the_four_names"])(partial(add))


class Adding:
    def __init__(self, handler: Any) -> None:
        update_wrapper(self, handler)

    async def __call__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)


@form
def object_that_wraps() -> Any:
    return Adding(seat_handler)


@form
def object_of_any_arguments_that_wraps() -> Any:
    class Any_(Adding):
        async def __call__(self, *args: Any) -> None:
            await add(*args)

    return Any_(seat_handler)


class Methods:
    @wraps(seat_handler)
    async def wrapped(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    @staticmethod
    @wraps(seat_handler)
    async def static(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    @classmethod
    @wraps(seat_handler)
    async def of_class(cls, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    async def with_one_more(self, extra: int, scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    a_partial = partialmethod(with_one_more, 1)

    @singledispatchmethod
    async def dispatched(self, scope: Any, info: Any, matches: Seat, web_socket: Any) -> None:
        raise AssertionError("the scope is a dict")

    @dispatched.register
    async def _(self, scope: dict, info: Any, matches: Any, web_socket: Any) -> None:  # type: ignore[type-arg]
        await add(scope, info, matches, web_socket)


@coroutine
def generator_based(scope: Any, info: Any, matches: Any, web_socket: Any) -> Generator[Any, Any, None]:
    yield from add(scope, info, matches, web_socket).__await__()


methods = Methods()
call: Any = operator.call
run: Any = copy_context().run
bind: Any = MethodType

FORMS |= {
    "method_that_wraps": methods.wrapped,
    "static_method_that_wraps": Methods.static,
    "static_method_itself": vars(Methods)["static"],
    "class_method_that_wraps": Methods.of_class,
    "partial_method": methods.a_partial,
    "single_dispatch_method": methods.dispatched,
    "partial_of_wrapped": partial(FORMS["wrapped_with_the_four_names"]),
    "partial_of_a_method": partial(methods.with_one_more, 1),
    "partial_of_an_object": partial(Adding(seat_handler)),
    "partial_that_wraps": update_wrapper(partial(add), seat_handler),
    "bound_by_hand": bind(partial(Methods.with_one_more, methods), 1),
    "proxy": proxy(add),
    "coroutine_of_a_generator": generator_based,
    "lambda": lambda scope, info, matches, web_socket: add(scope, info, matches, web_socket),
    "written_in_c": partial(call, add),
    "run_in_a_context": partial(run, add),
    "async_mock": AsyncMock(side_effect=add),
    "async_mock_with_a_spec": AsyncMock(spec=seat_handler, side_effect=add),
    "mock": Mock(side_effect=add),
    "mock_that_wraps": Mock(wraps=add),
    "mock_with_a_spec": Mock(spec=seat_handler, side_effect=add),
    "magic_mock": MagicMock(side_effect=add),
    "mock_with_an_automatic_spec": create_autospec(seat_handler, side_effect=add),
}


@form
def single_dispatch() -> Any:
    @singledispatch
    async def dispatched(scope: Any, info: Any, matches: Seat, web_socket: Any) -> None:
        raise AssertionError("the scope is a dict")

    dispatched.register(dict, add)
    return dispatched


class Passing:
    """What a C extension's decorator is like: it says that it is the function, and passes calls on."""

    def __init__(self, function: Any, called: Any) -> None:
        self.__wrapped__, self.called = function, called

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__wrapped__, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.called(*args, **kwargs)

    __class__: Any = property(lambda self: type(self.__wrapped__))


FORMS["object_that_says_it_is_a_function"] = Passing(seat_handler, add)


@form
def signature_of_another() -> Any:
    async def wrapper(*arguments: Any) -> None:
        await add(*arguments)

    wrapper.__signature__ = signature(seat_handler)  # type: ignore[attr-defined]
    return wrapper


@form
def signature_without_what_is_injected() -> Any:
    async def wrapper(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await add(scope, info, matches, web_socket)

    wrapper.__signature__ = Signature([Parameter("web_socket", Parameter.KEYWORD_ONLY)])  # type: ignore[attr-defined]
    return wrapper


@form
def signature_with_what_is_injected() -> Any:
    def injecting(inner: Any) -> Any:
        @wraps(inner)
        async def wrapper(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            await inner(scope, info, matches, web_socket, "a database")

        wrapper.__signature__ = signature(inner)  # type: ignore[attr-defined]
        return wrapper

    async def with_a_database(scope: Any, info: Any, matches: Any, web_socket: Any, database: Any) -> None:
        await add(scope, info, matches, web_socket)

    return injecting(with_a_database)


@form
def wrapped_without_a_source() -> Any:
    names = dict(globals())
    exec("@wraps(seat_handler)\nasync def wrapper(*arguments): await add(*arguments)", names)
    return names["wrapper"]


@form
def wrapped_without_a_source_with_the_four_names() -> Any:
    names = dict(globals())
    exec(
        "@wraps(seat_handler)\nasync def wrapper(scope, info, matches, web_socket): "
        "await add(scope, info, matches, web_socket)",
        names,
    )
    return names["wrapper"]


@form
def signature_of_another_without_a_source() -> Any:
    names = dict(globals())
    text = "async def wrapper(scope, info, matches: Seat, web_socket): await add(scope, info, matches, web_socket)"
    exec(text, names)
    names["wrapper"].__signature__ = signature(seat_handler)
    return names["wrapper"]


@form
def object_with_a_signature() -> Any:
    adding = Adding(seat_handler)
    adding.__signature__ = Signature()  # type: ignore[attr-defined]
    return adding


def plain() -> Any:
    async def wrapper(scope, info, matches, web_socket):  # type: ignore[no-untyped-def]
        await add(scope, info, matches, web_socket)

    return wrapper


def typed() -> Any:
    async def wrapper(scope: Any, info: Any, matches: MatchesT, web_socket: Any) -> None:  # pyright: ignore[reportInvalidTypeVarUse]
        await add(scope, info, matches, web_socket)

    return wrapper


async def global_wrapper(scope, info, matches, web_socket):  # type: ignore[no-untyped-def]
    await add(scope, info, matches, web_socket)


global_wrapper.__annotations__ = seat_handler.__annotations__
FORMS["annotations_by_hand_of_a_global_function"] = global_wrapper


async def annotated_arguments(*arguments: Seat) -> None:
    await add(*arguments)


FORMS |= {"annotated_arguments": annotated_arguments, "unannotated": plain()}

COPIES: dict[str, Callable[[Any], None]] = {
    "the_same": lambda wrapper: setattr(wrapper, "__annotations__", seat_handler.__annotations__),
    "a_copy": lambda wrapper: setattr(wrapper, "__annotations__", dict(seat_handler.__annotations__)),
    "resolved": lambda wrapper: setattr(wrapper, "__annotations__", get_type_hints(seat_handler)),
    "updated": lambda wrapper: wrapper.__annotations__.update(seat_handler.__annotations__),
    "as_text": lambda wrapper: wrapper.__annotations__.update(matches="Seat"),
}
for name, copy in COPIES.items():
    for make in (plain, typed):
        wrapper = make()
        copy(wrapper)
        FORMS[f"annotations_by_hand_{make.__name__}_{name}"] = wrapper


@pytest.mark.anyio
@pytest.mark.parametrize("name", FORMS)
async def test_a_right_handler_is_taken_and_called(name: str) -> None:
    application = Application()
    application.ws_router.add("/{room}", FORMS[name])
    route = application.ws_router.resolve("/attic")
    assert route is not None
    assert route.handler is FORMS[name]
    async with connect(application, "/attic") as client:
        assert await client.receive() == "attic 7"


class Making(Router[Any]):
    """A router that makes other matches of what the path has."""

    def resolve(self, path: str) -> Route[Any] | None:
        route = super().resolve(path)
        return route and route._replace(matches={**route.matches, "number": 7})


@pytest.mark.anyio
async def test_what_a_router_of_ones_own_makes_of_the_path_is_its_matter() -> None:
    application = Application(ws_router=Making())
    application.ws_router.add("/{room}", seat_handler)
    async with connect(application, "/attic") as client:
        assert await client.receive() == "attic 7"
