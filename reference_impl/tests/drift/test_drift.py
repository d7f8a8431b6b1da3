"""The drift gate sees each way in which the runtime can leave its stubs behind, one at a time."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

from tools import drift
from tools.stubs import RUNTIME, STUBS, write


class Drift(NamedTuple):
    """One edit of the runtime: in this file, this text becomes that."""

    name: str
    file: str
    old: str
    new: str


SOCKET = "websocket.py"
ROUTER = "_reference/router.py"
SCOPE = "scope.py"
APPLICATION = "_reference/application.py"
WEBSOCKETS = "backends/websockets.py"
MEMORY = "conformance/memory.py"
PROFILE = "testing/profiles.py"
TESTING = "testing/__init__.py"
PYTEST = "conformance/pytest.py"

SERVE = "    handler: Any,\n    host: str | None"
HTTP = "ws_router: Any = None,\n        http: ASGIApplication | None = None"
"""In an implementation, and in none of its overloads."""

DRIFTS = [
    Drift("parameter renamed", SOCKET, "async def close(self, code: int", "async def close(self, number: int"),
    Drift("parameter with a default added", SOCKET, "code: int = 1000)", 'code: int = 1000, reason: str = "")'),
    Drift(
        "required parameter added",
        SOCKET,
        "send(self, content: bytes | str)",
        "send(self, content: bytes | str, flush: bool)",
    ),
    Drift("default changed", SOCKET, "code: int = 1000", "code: int = 1001"),
    Drift("default removed", SOCKET, "code: int = 1000", "code: int"),
    Drift("method removed", ROUTER, "    def resolve(", "    def _resolve("),
    Drift(
        "public method added",
        ROUTER,
        "    def resolve(",
        "    def remove(self, path: str) -> None: ...\n\n    def resolve(",
    ),
    Drift(
        "property turned method",
        SOCKET,
        "    @property\n    @abstractmethod\n    def code",
        "    @abstractmethod\n    def code",
    ),
    Drift(
        "positional-only marker removed",
        "conformance/url.py",
        "Any, Any, Any], /, *, route",
        "Any, Any, Any], *, route",
    ),
    Drift(
        "keyword-only turned positional",
        ROUTER,
        "handler: Any, *, content: Any = None)",
        "handler: Any, content: Any = None)",
    ),
    Drift(
        "alias changed to another class",
        SCOPE,
        "Headers: TypeAlias = list[Header]",
        "Headers: TypeAlias = tuple[Header, ...]",
    ),
    Drift("public class added", "conformance/check.py", "class Check(", "class Another:\n    pass\n\n\nclass Check("),
    Drift("name left out of __all__", "__init__.py", '    "CloseCode",\n', ""),
    Drift("submodule removed", PYTEST, "", ""),
    Drift("submodule added", "extra.py", "", '"""One more."""\n'),
    Drift("async turned sync", SOCKET, "    async def receive(self)", "    def receive(self)"),
    Drift("abstractmethod removed", SOCKET, "    @abstractmethod\n    async def send", "    async def send"),
    Drift("parameter's type narrowed", SOCKET, "send(self, content: bytes | str)", "send(self, content: str)"),
    Drift("returned type changed", SOCKET, "receive(self) -> ContentT_co | None", "receive(self) -> int"),
    Drift(
        "Protocol turned ordinary class",
        SOCKET,
        "class WebSocket(Protocol[ContentT_co])",
        "class WebSocket(Generic[ContentT_co])",
    ),
    Drift("TypeVar's default removed", SOCKET, 'TypeVar("InfoT_contra", default=Info, ', 'TypeVar("InfoT_contra", '),
    Drift("TypedDict's key renamed", SCOPE, "    query_string: ReadOnly", "    query: ReadOnly"),
    Drift("TypedDict's key removed", SCOPE, "    raw_path: ReadOnly[NotRequired[bytes | None]]\n", ""),
    Drift("TypedDict's totality changed", SCOPE, "class Scope(TypedDict)", "class Scope(TypedDict, total=False)"),
    Drift("TypedDict's value type changed", SCOPE, "path: ReadOnly[str]", "path: ReadOnly[bytes]"),
    Drift(
        "alias changed in its arguments only",
        SCOPE,
        "Info: TypeAlias = dict[str, Any]",
        "Info: TypeAlias = dict[str, str]",
    ),
    Drift("instance attribute removed", APPLICATION, "    info: InfoT\n", ""),
    Drift("instance attribute given a default", APPLICATION, "    info: InfoT\n", "    info: InfoT = None\n"),
    Drift(
        "class attribute's default changed",
        PYTEST,
        "deadline: ClassVar[float] = 2.0",
        "deadline: ClassVar[float] = 5.0",
    ),
    Drift("class attribute's default removed", PYTEST, 'level: ClassVar[Level] = "INFO"', "level: ClassVar[Level]"),
    Drift("class attribute's mutable default changed", PYTEST, "str]] = {}", 'str]] = {"WS-CLOSE-01": "why not"}'),
    Drift("dataclass's field given a default", PROFILE, "    both_keys: bool\n", "    both_keys: bool = False\n"),
    Drift("dataclass's options changed", PROFILE, "frozen=True, kw_only=True", "kw_only=True"),
    Drift("NamedTuple's default changed", PROFILE, "reason: Reason = Reason.NEVER", "reason: Reason = Reason.RECEIVED"),
    Drift("NamedTuple's default removed", "conformance/report.py", "seconds: float = 0.0", "seconds: float"),
    Drift("NamedTuple's default added", "testing/client.py", "    body: bytes\n", '    body: bytes = b""\n'),
    Drift("IntEnum's value changed", "close_code.py", "TIMEOUT = 3008", "TIMEOUT = 3009"),
    Drift("Enum's value changed", PROFILE, 'ENDLESS = "endless"', 'ENDLESS = "without end"'),
    Drift("Final constant changed", "_version.py", 'SPEC_VERSION: Final = "1.0"', 'SPEC_VERSION: Final = "2.0"'),
    Drift("overload's default changed", WEBSOCKETS, "host: str | None = None", 'host: str | None = "0.0.0.0"'),
    Drift("implementation's default changed", WEBSOCKETS, f"{SERVE} = None", f'{SERVE} = "0.0.0.0"'),
    Drift("implementation's default removed", WEBSOCKETS, f"{SERVE} = None", SERVE),
    Drift("implementation's parameter renamed", WEBSOCKETS, f"{SERVE} =", f"{SERVE.replace('host', 'address')} ="),
    Drift("implementation's parameter added", WEBSOCKETS, SERVE, f"{SERVE} = None, backlog: int = 100, _: int"),
    Drift("implementation's keyword-only default changed", APPLICATION, HTTP, HTTP.replace("= None", "= not_found")),
    Drift("method's implementation's default changed", ROUTER, "content: Any = None)", "content: Any = str)"),
    Drift("implementation's positional parameter turned keyword-only", ROUTER, "handler: Any, *", "*, handler: Any"),
    Drift("default changed behind a decorator", TESTING, "deadline: float = 5.0", "deadline: float = 10.0"),
    Drift("default removed behind a decorator", MEMORY, 'path: str = "/"', "path: str"),
    Drift(
        "parameter added behind a decorator",
        "conformance/requirements.py",
        "def requirements(*, ",
        "def requirements(*, x: int = 1, ",
    ),
    Drift(
        "parameter renamed behind a decorator", MEMORY, "handler: WebSocketHandler[", "its_handler: WebSocketHandler["
    ),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the runtime, with the stubs beside it, as a wheel lays them out."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(STUBS, tmp_path / "bareasgi_ws-stubs")
    return Path(shutil.copytree(RUNTIME, tmp_path / "bareasgi_ws", ignore=ignored))


def introduce(edit: Drift, runtime: Path) -> None:
    file = runtime / edit.file
    if edit.name == "submodule removed":
        file.unlink()
        return
    text = file.read_text() if file.exists() else ""
    assert edit.old in text, "the drift does not apply any more"
    file.write_text(text.replace(edit.old, edit.new, 1) if edit.old else edit.new)


def test_the_51_drifts_are_all_there() -> None:
    assert len({edit.name for edit in DRIFTS}) == len(DRIFTS) == 51


@pytest.mark.parametrize("edit", DRIFTS, ids=lambda edit: edit.name)
def test_the_gate_sees_the_drift(edit: Drift, copy: Path) -> None:
    introduce(edit, copy)
    drifted = drift.differences(copy.parent / "bareasgi_ws-stubs", copy)
    assert drifted


@pytest.mark.slow
def test_the_stubs_and_the_runtime_have_not_drifted() -> None:
    assert drift.differences() == []
    assert drift.stubtest() == []


def test_a_coroutine_with_a_generator_inside_stays_one(tmp_path: Path) -> None:
    """The one form that no module has: of all others the stubs themselves are the proof."""
    (tmp_path / "runtime").mkdir()
    (tmp_path / "runtime" / "__init__.py").write_text(
        "async def f() -> None:\n    async def inner() -> None:\n        yield\n\n    print(inner)\n"
    )
    write(tmp_path / "runtime", tmp_path / "stubs")
    assert "\nasync def f() -> None: ..." in (tmp_path / "stubs" / "__init__.pyi").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["default changed", "public class added"])
def test_stubtest_runs_and_sees(name: str, copy: Path) -> None:
    introduce(next(edit for edit in DRIFTS if edit.name == name), copy)
    assert drift.stubtest(str(interpreter(copy.parent))) != []


@pytest.mark.slow
def test_the_gate_is_silent_on_a_copy_without_drift(copy: Path) -> None:
    assert drift.differences(copy.parent / "bareasgi_ws-stubs", copy) == []
    assert drift.stubtest(str(interpreter(copy.parent))) == []


def interpreter(folder: Path) -> Path:
    """An interpreter that sees this folder in the place of the installed package, and mypy."""
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "sees.pth").write_text(f"{folder}\n{sysconfig.get_path('purelib')}\n")
    return environment / "bin" / "python"
