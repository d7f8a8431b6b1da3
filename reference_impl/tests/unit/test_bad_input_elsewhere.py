"""Bad input to the backends and to the conformance kit: what each call says of it, word for word.

The table is in bad_input_elsewhere.toml: a call, and what it raises.
"""

import tomllib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws import WebSocket, conformance
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance.pytest import ConformanceTests
from bareasgi_ws.conformance.render import html, markdown

from . import test_bad_input
from .test_bad_input import rejection

TABLE: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("bad_input_elsewhere.toml").read_text("utf-8")
)
WITH_LIBRARIES = ("endpoint", "with_absolute_paths", "websockets")

pytestmark = pytest.mark.anyio


class Socket(WebSocket):
    """Never made."""


def make(handler: Any, route: Any, content: Any, info: Any) -> Any: ...


def gives(url: Any) -> Any:
    @asynccontextmanager
    async def serve(handler: Any, **how: Any) -> AsyncGenerator[Any]:
        yield url

    return serve


async def entered(context: Any) -> None:
    async with context:
        pass


class Metafunc:
    def parametrize(self, *arguments: Any) -> None:
        raise AssertionError("the tests are collected")


def door(**attributes: Any) -> None:
    mine: Any = type("TestMine", (ConformanceTests,), attributes)
    mine().pytest_generate_tests(Metafunc())


@pytest.fixture
async def names(tmp_path: Path) -> dict[str, Any]:
    def file(text: str) -> Path:
        (tmp_path / "deviations.toml").write_text(text.strip(), "utf-8")
        return tmp_path / "deviations.toml"

    report = await conformance.run(backend, select=["WS-CODE-01"])
    kit = {name: getattr(conformance, name) for name in conformance.__all__}
    own: dict[str, Any] = {"Socket": Socket, "make": make, "gives": gives, "entered": entered, "door": door}
    return {
        **vars(test_bad_input),
        **kit,
        **own,
        "backend": backend,
        "html": html,
        "markdown": markdown,
        "file": file,
        "report": report,
    }


def rows(*sections: str) -> list[Any]:
    return [pytest.param(call, said, id=call) for section in sections for call, said in TABLE[section].items()]


@pytest.mark.parametrize(("call", "said"), rows(*(section for section in TABLE if section not in WITH_LIBRARIES)))
async def test_what_the_kit_rejects(call: str, said: str, names: dict[str, Any]) -> None:
    assert await rejection(call, **names) == said


@pytest.mark.parametrize("library", ["starlette", "bareasgi"])
@pytest.mark.parametrize(("call", "said"), rows("endpoint"))
async def test_what_can_be_no_endpoint(library: str, call: str, said: str) -> None:
    pytest.importorskip(library)
    adapter = import_module(f"bareasgi_ws.backends.{library}")
    assert await rejection(call, endpoint=adapter.endpoint) == said


@pytest.mark.parametrize(("call", "said"), rows("with_absolute_paths"))
async def test_what_has_no_absolute_paths(call: str, said: str) -> None:
    pytest.importorskip("bareasgi")
    adapter = import_module("bareasgi_ws.backends.bareasgi")
    assert await rejection(call, with_absolute_paths=adapter.with_absolute_paths) == said


@pytest.mark.parametrize(("call", "said"), rows("websockets"))
async def test_what_the_websockets_library_cannot_serve(call: str, said: str) -> None:
    """It is rejected before anything listens."""
    pytest.importorskip("websockets", minversion="17")
    adapter = import_module("bareasgi_ws.backends.websockets")
    assert await rejection(call, websockets=adapter) == said
