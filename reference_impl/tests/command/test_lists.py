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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "cannot read report.json: No such file or directory."),
        ("{", "report.json is no report: Expecting property name"),
        ("[1]", "report.json is no report: expected a JSON object, got int."),
        ("[]", "expected at least one report, got none."),
        (json.dumps({"format": 2}), "format"),
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
