"""The router, and what it rejects at registration."""

from collections.abc import AsyncIterator
from functools import partial, wraps
from typing import Any

import pytest

from bareasgi_ws import Info, RouteMatches, Router, Scope, WebSocket


async def handler(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()


async def other(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.close()


class Handlers:
    async def method(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...

    async def __call__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...


@wraps(handler)
async def wrapper(*args: Any, **kwargs: Any) -> None:
    await handler(*args, **kwargs)


async def with_one_more(extra: int, scope: Any, info: Any, matches: Any, web_socket: Any) -> None: ...


async def takes_anything(*args: Any) -> None: ...


def with_extra(inner: Any) -> Any:
    @wraps(inner)
    async def injecting(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await inner(1, scope, info, matches, web_socket)

    return injecting


def with_three_only(inner: Any) -> Any:
    @wraps(inner)
    async def wrapping(scope: Any, info: Any, matches: Any) -> None: ...

    return wrapping


ACCEPTED = [
    with_extra(with_one_more),
    handler,
    Handlers().method,
    Handlers(),
    wrapper,
    partial(with_one_more, 1),
    takes_anything,
]


@pytest.mark.parametrize("good", ACCEPTED, ids=lambda good: getattr(good, "__qualname__", type(good).__name__))
def test_every_form_of_handler_is_taken(good: Any) -> None:
    router: Router[Any] = Router()
    router.add("/", good)
    route = router.resolve("/")
    assert route is not None
    assert route.handler is good


async def generator(scope: Any, info: Any, matches: Any, web_socket: Any) -> AsyncIterator[None]:
    yield


class Generator:
    async def __call__(self, scope: Any, info: Any, matches: Any, web_socket: Any) -> AsyncIterator[None]:
        yield


async def with_three(scope: Any, info: Any, matches: Any) -> None: ...


async def with_a_keyword(scope: Any, info: Any, matches: Any, web_socket: Any, *, limit: int) -> None: ...


REJECTED = [
    (None, "something to call"),
    ("handler", "something to call"),
    (generator, "has a yield"),
    (Generator(), "has a yield"),
    (partial(generator), "has a yield"),
    (
        with_three,
        "takes four positional arguments (scope, info, matches, web_socket), got with_three(scope, info, matches): too",
    ),
    (with_three_only(handler), "takes four positional arguments"),
    (with_one_more, "takes four positional arguments"),
    (partial(with_one_more, 1, 2), "takes four positional arguments"),
    (with_a_keyword, "takes four positional arguments"),
    (Handlers.method, "takes four positional arguments"),
]


@pytest.mark.parametrize(("bad", "said"), REJECTED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_no_handler_is_rejected(bad: Any, said: str) -> None:
    router: Router[Any] = Router()
    with pytest.raises(TypeError) as rejected:
        router.add("/", bad)
    assert said in str(rejected.value)
    assert router.resolve("/") is None


def test_the_first_registered_wins() -> None:
    router: Router[Any] = Router()
    router.add("/{name}", handler)
    router.add("/x", other, content=None)
    route = router.resolve("/x")
    assert route is not None
    assert (route.handler, route.matches, route.content) == (handler, {"name": "x"}, None)


def test_content_is_part_of_the_route() -> None:
    async def text(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None: ...

    router: Router[Any] = Router()
    router.add("/", text, content=str)
    route = router.resolve("/")
    assert route is not None
    assert route.content is str
