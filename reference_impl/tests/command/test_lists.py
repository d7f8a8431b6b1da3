"""``bareasgi-ws requirements`` and ``bareasgi-ws matrix``."""

import json
import re
from pathlib import Path

import pytest

from bareasgi_ws.conformance import requirements

from .backends import EMPTY_IS_THE_END, REFERENCE
from .running import Command, write

pytestmark = pytest.mark.slow


def test_the_requirements_are_listed_one_a_line_their_ids_first(command: Command, tmp_path: Path) -> None:
    done = command("requirements", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == list(requirements())
    for line, requirement in zip(done.out.splitlines(), requirements().values(), strict=True):
        assert line.split()[1:3] == [requirement.level, requirement.binds]
        assert line.endswith(requirement.text)


def test_a_selection_of_the_requirements_is_listed(command: Command, tmp_path: Path) -> None:
    done = command("requirements", "--select", "WS-CLOSE", "--select", "WS-SEND", "--level", "MUST", cwd=tmp_path)
    listed = [line.split()[0] for line in done.out.splitlines()]
    expected = [r.id for r in requirements().values() if r.chapter in ("close", "send") and r.level == "MUST"]
    assert listed == expected
    done = command("requirements", "--select", "WS-NOTHING", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.err == "bareasgi-ws: no requirement begins with WS-NOTHING (bareasgi-ws requirements lists them).\n"


def test_requirements_are_shown_whole(command: Command, tmp_path: Path) -> None:
    done = command("requirements", "ws-close-03", "WS-SEND-01", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    shown = done.out.split("\n\n")
    assert [one.split()[0] for one in shown] == ["WS-SEND-01", "WS-CLOSE-03"]  # in the order of the chapters
    for one in shown:
        for part in requirements()[one.split()[0]]:
            assert part in one


def test_all_of_a_chapter_is_shown_whole(command: Command, tmp_path: Path) -> None:
    done = command("requirements", "ws-code", "--level", "MUST", cwd=tmp_path)
    shown = [one.split()[0] for one in done.out.split("\n\n")]
    assert shown == [r.id for r in requirements().values() if r.chapter == "code" and r.level == "MUST"]


@pytest.mark.parametrize(
    ("unknown", "near"),
    [
        ("WS-CLOSE-99", "near it: WS-CLOSE-09, "),
        ("ws-clsoe-03", "near it: WS-CLOSE-03, "),
        ("ws_close_03", "near it: WS-CLOSE-03, "),
        ("close-03", "near it: WS-CLOSE-03, "),
        ("close", "near it: WS-CLOSE)"),
        ("everything", "(bareasgi-ws requirements lists them)"),
    ],
)
def test_an_unknown_id_is_told_with_those_near_it(command: Command, tmp_path: Path, unknown: str, near: str) -> None:
    for arguments in ([unknown], ["--select", unknown], [unknown, "WS-CLOSE-03"]):
        done = command("requirements", *arguments, cwd=tmp_path)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"bareasgi-ws: no requirement begins with {unknown.upper()} (")
        assert near in done.err


def test_reports_are_put_side_by_side(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"good.py": REFERENCE, "bad.py": EMPTY_IS_THE_END})
    for name in ("good", "bad"):
        some = ("--select", "WS-RECEIVE-04", "--json", f"{name}.json", "--no-static")
        command("conformance", f"{name}:backend", *some, cwd=tmp_path)
    done = command("matrix", "good.json", "bad.json", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    header = next(line for line in done.out.splitlines() if line.startswith("| Requirement"))
    assert header.index("good:backend") < header.index("bad:backend")
    assert any("WS-RECEIVE-04" in line for line in done.out.splitlines())
    done = command("matrix", "good.json", "bad.json", "--html", "both.html", cwd=tmp_path)
    assert (done.status, done.out, done.err) == (0, "", "")
    page = re.sub("<[^>]*>", "", (tmp_path / "both.html").read_text("utf-8"))
    assert "good:backend" in page
    assert "bad:backend" in page
    write(tmp_path, {"hidden/sitecustomize.py": "import sys\n\nsys.modules['jinja2'] = None\n"})
    environment = {"PYTHONPATH": str(tmp_path / "hidden")}
    assert command("matrix", "good.json", cwd=tmp_path, environment=environment).status == 0
    done = command("matrix", "good.json", "--html", "good.html", cwd=tmp_path, environment=environment)
    sentence = "--html needs jinja2: pip install 'bareasgi-ws[conformance]'"
    assert (done.status, done.out, done.err) == (2, "", f"bareasgi-ws: {sentence}\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "cannot read report.json: No such file or directory."),
        ("{", "report.json is not a report: Expecting property name"),
        ("[1]", "report.json is not a report: expected a JSON object, got 1."),
        ("[]", "expected at least one report, got none."),
        (json.dumps({"format": 1}), "format"),
    ],
    ids=["none", "no JSON", "no object", "an empty list", "another format"],
)
def test_what_is_no_report_is_said_in_a_sentence(
    command: Command, tmp_path: Path, text: str | None, sentence: str
) -> None:
    write(tmp_path, {} if text is None else {"report.json": text})
    done = command("matrix", "report.json", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
