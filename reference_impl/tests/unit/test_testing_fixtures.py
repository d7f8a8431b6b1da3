"""``connect`` in fixtures of every scope, under real pytests with pytest-asyncio's plugin and with anyio's."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from programs import missing

COMMON = """
import pytest
from bareasgi_ws import messages
from bareasgi_ws.testing import connect

SCOPES = {
    "function": "function",
    "other": "function",
    "class_": "class",
    "module": "module",
    "package": "package",
    "session": "session",
}


async def echo(scope, info, matches, web_socket):
    await web_socket.accept()
    async for message in messages(web_socket):
        if message == "boom":
            raise LookupError("boom")
        await web_socket.send(message)


def fixture(make, name, **scopes):
    async def connected():
        async with connect(echo) as client:
            yield client

    return make(connected, name=name, **scopes)


async def talk(client, message="hello"):
    await client.send(message)
    assert await client.receive() == message
"""

PYTEST_ASYNCIO = """
import pytest_asyncio

function, other, class_, module, package, session = [
    fixture(pytest_asyncio.fixture, name, scope=scope, loop_scope=scope) for name, scope in SCOPES.items()
]


def marked(scope):
    return pytest.mark.asyncio(loop_scope=scope)
"""

ANYIO = """
@pytest.fixture(scope="session", params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


function, other, class_, module, package, session = [
    fixture(pytest.fixture, name, scope=scope) for name, scope in SCOPES.items()
]


def marked(scope):
    return pytest.mark.anyio
"""

TESTS = """
@marked("function")
async def test_function(function):
    await talk(function)


@marked("function")
async def test_two_clients(other, function):
    await talk(other, "one")
    await talk(function, "two")


@marked("class")
class TestClass:
    async def test_first(self, class_):
        await talk(class_, "first")

    async def test_second(self, class_):
        await talk(class_, "second")


@marked("module")
async def test_module(module):
    await talk(module)


@marked("package")
async def test_package(package):
    await talk(package)


@marked("session")
async def test_session(session):
    await talk(session)


@marked("session")
async def test_session_goes_on(session):
    await talk(session)


@marked("function")
async def test_fails(function):
    await talk(function)
    assert False, "on purpose"


@marked("function")
async def test_the_handler_raises(function):
    await function.send("boom")
"""

PASS = [
    *("function", "two_clients", "module", "package", "session", "session_goes_on", "the_handler_raises"),
    *("TestClass::first", "TestClass::second"),
]
"""The tests that pass; where a fixture's end fails, that is an error beside."""

ANOTHER_LOOP = """
@pytest.mark.asyncio(loop_scope="function")
async def test_another_loop(session):
    await talk(session)
"""


def outcomes(folder: Path, code: str, plugin: str) -> list[str]:
    """Run a file of tests under pytest, and give what became of them, as pytest's summary says."""
    if find_spec(plugin) is None:
        missing(plugin)
    (folder / "package").mkdir()
    (folder / "package" / "__init__.py").write_text("")
    (folder / "package" / "test_it.py").write_text(code)
    loads = ["-p", plugin.replace("pytest_asyncio", "pytest_asyncio.plugin").replace("anyio", "anyio.pytest_plugin")]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rA", "-W", "error", *loads]
    settings = ["-o", "asyncio_default_fixture_loop_scope=function"] if plugin == "pytest_asyncio" else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"}
    done = subprocess.run(
        [*command, *settings], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    said = re.findall(r"^(PASSED|FAILED|ERROR) package/test_it\.py::(.*)$", done.stdout, re.MULTILINE)
    assert said, done.stdout + done.stderr
    return sorted(f"{outcome} {test.replace('test_', '')}" for outcome, test in said)


def test_fixtures_of_pytest_asyncio(tmp_path: Path) -> None:
    expected = [
        *(f"PASSED {name}" for name in PASS),
        "FAILED fails - AssertionError: on purpose",
        "ERROR the_handler_raises - LookupError: boom",
    ]
    assert outcomes(tmp_path, COMMON + PYTEST_ASYNCIO + TESTS, "pytest_asyncio") == sorted(expected)


def test_fixtures_of_anyio(tmp_path: Path) -> None:
    expected = [
        line
        for library in ("asyncio", "trio")
        for line in (
            *(f"PASSED {name}[{library}]" for name in PASS),
            f"FAILED fails[{library}] - AssertionError: on purpose",
            f"ERROR the_handler_raises[{library}] - LookupError: boom",
        )
    ]
    assert outcomes(tmp_path, COMMON + ANYIO + TESTS, "anyio") == sorted(expected)


def test_a_fixture_of_another_loop_is_named(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, COMMON + PYTEST_ASYNCIO + ANOTHER_LOOP, "pytest_asyncio")
    assert outcome.startswith("FAILED another_loop - RuntimeError: handshake: expected the event loop in which connect")
