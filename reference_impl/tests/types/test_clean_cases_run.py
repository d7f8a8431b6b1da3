"""The clean cases hold at run time too: what a checker finds nothing in, runs."""

import importlib
import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Any, get_args, get_type_hints

import pytest

from bareasgi_ws import Info, RouteMatches, Scope, WebSocket, WebSocketClosedError
from bareasgi_ws.testing import connect
from typecheck_tests import case_files
from typecheck_tests.case_files import CASE
from typecheck_tests.runner import NAMES

MODULES = [
    importlib.import_module(f"typecheck_tests.{file.name.replace('/', '.')}")
    for file in case_files.read(case_files.HOME, NAMES)
    if file.name.startswith("clean/")
]
RECEIVED = {"scope", "info", "matches", "web_socket"}
# A case that wants anything else (another library's application, say) is only checked.
FUNCTIONS = [
    pytest.param(function, id=f"{module.__name__}.{name}")
    for module in MODULES
    for name, function in vars(module).items()
    if name.startswith(CASE) and inspect.signature(function).parameters.keys() <= RECEIVED
]


@pytest.mark.anyio
@pytest.mark.parametrize("case", FUNCTIONS)
async def test_the_case_runs(case: Callable[..., Any]) -> None:
    wanted = inspect.signature(case).parameters.keys()
    if wanted:
        await serve(case, *wanted)
    else:
        await called(case)


async def serve(case: Callable[..., Any], *wanted: str) -> None:
    """Call the case in a handler, with what it wants of the handler's arguments; the client sends two messages."""

    async def handler(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[Any]) -> None:
        arguments = {"scope": scope, "info": info, "matches": matches, "web_socket": web_socket}
        # The client leaves as soon as it has sent: that a case then sends to nobody is no error of the case.
        with suppress(WebSocketClosedError):
            await called(case, **{name: arguments[name] for name in wanted})

    content = content_of(case)
    async with connect(handler, content=content, subprotocols=["chat"]) as client:
        if (await client.handshake()).status == 101:
            with suppress(WebSocketClosedError):
                await client.send(b"one" if content is bytes else "one")
                await client.send(b"two" if content is bytes else "two")


async def called(case: Callable[..., Any], **arguments: Any) -> None:
    result = case(**arguments)
    if inspect.isawaitable(result):
        await result


def content_of(case: Callable[..., Any]) -> Any:
    """Return what the case's web_socket receives, as it is registered."""
    (kind, *_) = get_args(get_type_hints(case).get("web_socket")) or (None,)
    return kind if kind in (str, bytes) else None
