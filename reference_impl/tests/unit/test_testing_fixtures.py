"""``connect`` and ``lifespan`` in fixtures of every scope: real runs of pytest, with its two asynchronous plugins."""

import re
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws import Application, messages
from bareasgi_ws.testing import Client, connect

PAGE = Path(__file__).parents[3] / "docs" / "websockets.md"
SCOPES = ("function", "class", "module", "package", "session")
NEEDS_PYTEST_ASYNCIO = pytest.mark.skipif(find_spec("pytest_asyncio") is None, reason="pytest-asyncio is missing")
RUNS = [pytest.param("asyncio", marks=NEEDS_PYTEST_ASYNCIO), "anyio-asyncio", "anyio-trio"]

IMPORTS = """
from collections.abc import AsyncGenerator

import pytest

from echo import application
"""
"""What the page says that its files import beside."""

HANDLERS = """
from contextlib import AsyncExitStack

import anyio
import anyio.lowlevel
import pytest

from bareasgi_ws import Application, messages
from bareasgi_ws.testing import connect, lifespan

ended = []


async def echo(scope, info, matches, web_socket):
    try:
        await web_socket.accept()
        async for message in messages(web_socket):
            if message == "raise":
                raise LookupError("the handler's own")
            await web_socket.send(message)
    finally:
        ended.append(scope["path"])


application = Application()
application.ws_router.add("/echo", echo)
"""

PYTEST_ASYNCIO = """
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="{scope}")


def fixture(function):
    return pytest_asyncio.fixture(scope="{scope}", loop_scope="{scope}")(function)
"""

ANYIO = """
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="session")
def anyio_backend():
    return "{library}"


def fixture(function):
    return pytest.fixture(scope="{scope}")(function)
"""

CONVERSATION = """
@fixture
async def client():
    async with connect(echo) as client:
        yield client


@fixture
async def second():
    async with AsyncExitStack() as stack:
        state = await stack.enter_async_context(lifespan(application))
        yield await stack.enter_async_context(connect(application, "/echo", state=state))


class TestConversation:
    async def test_one(self, client, second):
        for one in (client, second):
            await one.send("hello")
            assert await one.receive() == "hello"

    async def test_two(self, second, client):
        for one in (client, second):
            await one.send(b"again")
            assert await one.receive() == b"again"
"""

FAILURES = """
@fixture
async def client():
    async with connect(echo) as client:
        yield client


@fixture
async def bystander():
    async with connect(echo, "/bystander") as client:
        yield client


async def test_fails(bystander):
    await bystander.handshake()
    assert False, "the test's own"


async def test_raises(client):
    await client.send("raise")
    assert await client.receive() is None


async def test_the_application_of_the_failed_test_has_ended():
    assert ended[0] == "/bystander"
"""


def run(folder: Path, how: str, body: str, *scopes: str) -> tuple[dict[str, int], str]:
    """Run pytest on a module for each scope."""
    library = how.removeprefix("anyio-")
    head = PYTEST_ASYNCIO if how == "asyncio" else ANYIO
    modules = {scope: HANDLERS + head.format(scope=scope, library=library) + body for scope in scopes}
    return pytest_on(folder, how, modules)


# Loading Hypothesis takes longer than all that is tried here.
WITHOUT = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]


def pytest_on(folder: Path, how: str, modules: dict[str, str]) -> tuple[dict[str, int], str]:
    """Return the outcomes of one run of pytest, warnings being errors, and what it said."""
    for name, text in modules.items():
        (folder / f"test_{name}.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    plugin = ["-p", "no:anyio", "-o", "asyncio_default_fixture_loop_scope=function"] if how == "asyncio" else []
    other = plugin or ["-p", "no:asyncio"]
    command = [sys.executable, "-m", "pytest", *WITHOUT, *other]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    said = done.stdout + done.stderr
    summary = said.splitlines()[-1]
    return {word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|error)", summary)}, said


@pytest.mark.slow
@pytest.mark.parametrize("how", RUNS)
def test_clients_in_fixtures_of_every_scope(how: str, tmp_path: Path) -> None:
    outcomes, said = run(tmp_path, how, CONVERSATION, *SCOPES)
    assert outcomes == {"passed": 2 * len(SCOPES)}, said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "how"),
    [
        pytest.param("test_with_pytest_asyncio.py", "asyncio", marks=NEEDS_PYTEST_ASYNCIO),
        ("test_with_anyio.py", "anyio-trio"),
    ],
)
def test_the_fixtures_of_the_documentation(title: str, how: str, tmp_path: Path) -> None:
    blocks = re.findall(r"```python title=([\w.]+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "echo.py").write_text(dict(blocks)["echo.py"])
    outcomes, said = pytest_on(tmp_path, how, {"page": IMPORTS + dict(blocks)[title]})
    assert outcomes == {"passed": 2}, said


@pytest.mark.slow
@pytest.mark.parametrize("how", RUNS)
def test_a_test_that_failed_and_a_handler_that_raised(how: str, tmp_path: Path) -> None:
    outcomes, said = run(tmp_path, how, FAILURES, "function")
    assert outcomes == {"passed": 2, "failed": 1, "error": 1}, said
    assert "the test's own" in said
    assert "LookupError: the handler's own" in said


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    async for message in messages(web_socket):
        await web_socket.send(message)


@pytest.mark.anyio
async def test_a_stack_entered_in_one_task_and_closed_in_another() -> None:
    stack = AsyncExitStack()
    clients: list[Client] = []

    async def enter() -> None:
        clients.append(await stack.enter_async_context(connect(echo)))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(enter)
    await clients[0].send("x")
    assert await clients[0].receive() == "x"
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(stack.aclose)
    assert clients[0].code == 1000


@pytest.mark.anyio
async def test_a_generator_closed_by_hand_ends_the_application() -> None:
    ended = anyio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        try:
            await echo(scope, info, matches, web_socket)
        finally:
            ended.set()

    async def fixture() -> AsyncGenerator[Client]:
        async with connect(handler) as client:
            yield client

    generator = fixture()
    client = await anext(generator)
    await client.handshake()
    await generator.aclose()
    assert ended.is_set()


@pytest.mark.anyio
async def test_a_body_that_is_cancelled_waits_for_the_applications_end() -> None:
    cleaned = False

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        nonlocal cleaned
        try:
            await echo(scope, info, matches, web_socket)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.lowlevel.checkpoint()
            cleaned = True

    with anyio.CancelScope() as scope:
        async with connect(handler) as client:
            await client.handshake()
            scope.cancel()
            await anyio.sleep_forever()
    assert scope.cancelled_caught
    assert cleaned


@pytest.mark.anyio
async def test_an_application_that_goes_on_after_its_cancellation_is_told_of() -> None:
    over = anyio.Event()

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await web_socket.accept()
        while not over.is_set():
            with suppress(anyio.get_cancelled_exc_class()), anyio.CancelScope(shield=True):
                await over.wait()

    async def fail() -> None:
        async with connect(handler, deadline=1) as client:
            await client.handshake()
            raise LookupError("the test's own")

    with pytest.raises(LookupError, match="the test's own") as raised:
        await fail()
    over.set()
    assert raised.value.__notes__ == ["the application has been cancelled, and is still running"]


@pytest.mark.anyio
async def test_an_application_that_swallows_one_cancellation_meets_another() -> None:
    swallowed = False

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        nonlocal swallowed
        await web_socket.accept()
        try:
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class():
            swallowed = True
        await anyio.sleep_forever()

    failure = LookupError("the test's own")

    async def fail() -> None:
        async with connect(handler, deadline=1) as client:
            await client.handshake()
            raise failure

    with pytest.raises(LookupError):
        await fail()
    assert swallowed
    assert not hasattr(failure, "__notes__")


@pytest.mark.parametrize("library", ["asyncio", "trio"])
def test_a_loop_that_ends_leaves_no_task_behind(library: str, caplog: pytest.LogCaptureFixture) -> None:
    ended: list[str] = []

    async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        try:
            await echo(scope, info, matches, web_socket)
        finally:
            ended.append("handler")

    stack = AsyncExitStack()

    async def main() -> None:
        client = await stack.enter_async_context(connect(handler))
        await client.handshake()

    anyio.run(main, backend=library)
    assert ended == ["handler"]
    assert caplog.messages == []


@pytest.mark.parametrize("library", ["asyncio", "trio"])
def test_a_step_in_another_loop_says_so(library: str) -> None:
    clients: list[Client] = []
    stack = AsyncExitStack()

    async def enter() -> None:
        clients.append(await stack.enter_async_context(connect(Application())))

    anyio.run(enter, backend=library)
    with pytest.raises(RuntimeError, match="handshake: expected the event loop in which connect was entered"):
        anyio.run(clients[0].receive, backend=library)
