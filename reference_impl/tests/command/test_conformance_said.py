"""What the command says of a run: the verdict first, what was left out, what it was run with, and how far it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws._command import progress

from .backends import EMPTY_IS_THE_END, REFERENCE, around
from .running import Command, write

pytestmark = pytest.mark.slow

FRAMEWORK_RAISES = """\
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import MemoryBackend


def make_application(handler, route, content, info):
    async def application(scope, receive, send):
        raise LookupError("no route")

    return application


backend = MemoryBackend(make_application, reference.socket_type)
"""
RENAMED = (
    around("")
    .replace("async def send(self, content:", "async def send(self, data:")
    .replace("send(content)", "send(data)")
)


def test_the_verdict_is_first_then_what_failed_then_the_rest_in_short(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": FRAMEWORK_RAISES})
    done = command("conformance", "mine:backend", "--no-static", "--json", "mine.json", cwd=tmp_path)
    report = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    lines = done.out.splitlines()
    python = report["versions"]["Python"]
    assert lines[0] == "mine:backend does not conform (specification 1.0, on asyncio)."
    assert lines[1].startswith(f"Python {python}, bareasgi-ws ")
    assert lines[1].endswith("; profile strict")
    failed = next(number for number, line in enumerate(lines) if line.startswith("WS-HANDSHAKE-01 fail"))
    assert lines[failed + 2 : failed + 4] == ["    expected 101", "    actual   500"]
    assert lines[failed + 4].startswith("    why      the server got LookupError: no route")
    [blocked] = [line for line in lines if " blocked, for what they need is not met: " in line]
    assert blocked.startswith(f"{report['counts']['blocked']} blocked")
    assert failed < lines.index(blocked) < len(lines)
    [total] = [line for line in lines if line.startswith("all ")]
    assert total.split() == ["all", *(str(count) for count in report["counts"].values() if count)]


def test_a_partial_run_does_not_say_that_it_conforms(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    some = ("--select", "WS-RECEIVE", "--no-static", "--json", "mine.json", "--html", "mine.html")
    done = command("conformance", "mine:backend", *some, cwd=tmp_path)
    assert done.status == 0
    assert "conforms" not in done.out
    assert done.out.startswith("mine:backend met what was looked at: 12 of 12 (specification 1.0, on asyncio).\n")
    assert "\nRun too: WS-HANDSHAKE-01, needed by WS-RECEIVE-01, " in done.out
    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["conforms"] is None
    assert "conforms" not in (tmp_path / "mine.html").read_text("utf-8")
    assert "conforms" not in command("matrix", "mine.json", cwd=tmp_path).out


def test_a_name_tells_a_run_from_another(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    for name, library in (("one", "asyncio"), ("two", "trio")):
        how = ("--name", name, "--library", library, "--profile", "daphne", "--select", "WS-SEND-01", "--no-static")
        done = command("conformance", "mine:backend", *how, "--json", f"{name}.json", cwd=tmp_path)
        assert done.out.startswith(f"{name} met what was looked at: ")
    matrix = command("matrix", "one.json", "two.json", cwd=tmp_path).out
    [heading] = [line for line in matrix.splitlines() if line.startswith("| Requirement")]
    assert all(f"| {name}<br>" in heading for name in ("one", "two"))
    assert heading.count("<br>profile daphne") == 2


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        ("deep", "cannot import deep: ZeroDivisionError: division by zero ({folder}/broken.py, line 3, in build)"),
        ("syntax", "cannot import syntax: SyntaxError: '(' was never closed ({folder}/syntax.py, line 2)"),
        ("exits", "cannot import exits: SystemExit: 3 ({folder}/exits.py, line 2, in <module>)"),
        ("nothing", "cannot import nothing: ModuleNotFoundError: No module named 'nothing'\n"),
        ("crashes", "expected it to be imported, got a process that ended by itself, by SIGSEGV."),
    ],
)
def test_what_cannot_be_imported_is_told_with_its_place(
    command: Command, tmp_path: Path, module: str, sentence: str
) -> None:
    files = {
        "deep.py": "import broken\n",
        "broken.py": "\ndef build():\n    return 1 / 0\n\nbackend = build()\n",
        "syntax.py": "\nx = (1,\n",
        "exits.py": "import sys\nsys.exit(3)\n",
        "crashes.py": "import ctypes\nctypes.string_at(0)\n",
    }
    write(tmp_path, files)
    done = command("conformance", f"{module}:backend", "--no-static", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert sentence.format(folder=tmp_path) in done.err


def test_the_static_half_says_who_decides_and_that_names_count(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": RENAMED})
    done = command("conformance", "mine:backend", "--select", "WS-HANDSHAKE-01", "--json", "mine.json", cwd=tmp_path)
    static = json.loads((tmp_path / "mine.json").read_text("utf-8"))["static"]
    failed = [one for one in static if one["outcome"] == "fail"]
    count = "send() calls content data: names of parameters count, for a handler may write content=..."
    # mypy 2.4 does not compare the names of parameters.
    assert {one["checker"] for one in static if one["outcome"] == "pass"} == {"mypy"}
    assert all(one["messages"][0] == count for one in failed)
    assert "Each type checker that is installed decides: an error of one is enough.\n" in done.out


def test_where_no_terminal_is_a_line_says_now_and_then_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr("bareasgi_ws._command.progress.time.monotonic", lambda: now)
    with progress.counting(92) as tell:
        for done in range(12):
            now = float(done)
            tell(done, "WS-CLOSE-03 handler: close()")
    said = [f"bareasgi-ws: {done} of 92 done, now WS-CLOSE-03 handler: close()" for done in (5, 10)]
    assert capsys.readouterr().err.splitlines() == said


def test_a_run_that_is_soon_over_says_nothing_on_the_way(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": EMPTY_IS_THE_END})
    done: Any = command("conformance", "mine:backend", "--select", "WS-RECEIVE-04", "--no-static", cwd=tmp_path)
    assert done.err == ""
