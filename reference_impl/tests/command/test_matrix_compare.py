"""``bareasgi-ws matrix --compare`` says what changed between two reports."""

import json
from pathlib import Path

import pytest

from bareasgi_ws._command import main
from bareasgi_ws.conformance import Outcome, Report, Result, requirements

OLD = {"WS-SERVER-05": Outcome.FAIL, "WS-SERVER-06": Outcome.PASS, "WS-SERVER-08": Outcome.NON_STRICT}
NEW = {"WS-SERVER-05": Outcome.PASS, "WS-SERVER-06": Outcome.PASS, "WS-SERVER-09": Outcome.FAIL}


def report_of(
    outcomes: dict[str, Outcome], name: str = "mine", select: tuple[str, ...] = (), **versions: str
) -> Report:
    results = tuple(Result(requirements()[number], outcome) for number, outcome in outcomes.items())
    date = "2026-11-30T00:00:00+00:00"
    return Report(name, "1.0", "asyncio", versions, date, results, subject="server", select=select)


def save(file: Path, *reports: Report) -> str:
    written = [report.as_json() for report in reports]
    file.write_text(json.dumps(written if len(written) > 1 else written[0]), "utf-8")
    return str(file)


def line(number: str, change: str) -> str:
    requirement = requirements()[number]
    return f"- {number} ({requirement.level}) {change}: {requirement.text}"


def test_each_change_is_a_line_below_the_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = save(tmp_path / "old.json", report_of(OLD, uvicorn="0.53.0", Python="3.13.1", wsproto="1.2"))
    new = save(tmp_path / "new.json", report_of(NEW, uvicorn="0.54.0", Python="3.13.1", loop="uvloop"))
    assert main(["matrix", "--compare", old, new]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "mine, since 2026-11-30: uvicorn 0.53.0 -> 0.54.0, loop absent -> uvloop, wsproto 1.2 -> absent",
        "",
        line("WS-SERVER-05", "fail -> pass"),
        line("WS-SERVER-08", "non-strict -> not run"),
        line("WS-SERVER-09", "not run -> fail"),
    ]


@pytest.mark.parametrize("partial", ["old", "new"])
def test_what_a_partial_run_did_not_look_at_did_not_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], partial: str
) -> None:
    whole = {"WS-SERVER-05": Outcome.PASS, "WS-SERVER-06": Outcome.PASS}
    part = report_of({"WS-SERVER-05": Outcome.FAIL}, select=("WS-SERVER-05",))
    old, new = (part, report_of(whole)) if partial == "old" else (report_of(whole), part)
    main(["matrix", "--compare", save(tmp_path / "old.json", old), save(tmp_path / "new.json", new)])
    change = "fail -> pass" if partial == "old" else "pass -> fail"
    assert capsys.readouterr().out.splitlines()[2:] == [line("WS-SERVER-05", change)]


def test_that_nothing_changed_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = save(tmp_path / "both.json", report_of(OLD), report_of(NEW, "other"))
    assert main(["matrix", "--compare", both, both]) == 0
    said = [f"{name}, since 2026-11-30: the same versions\n\nnothing changed\n" for name in ("mine", "other")]
    assert capsys.readouterr().out == "\n".join(said)


def test_a_failure_does_not_alter_the_exit_status(tmp_path: Path) -> None:
    met = {"WS-SERVER-05": Outcome.PASS}
    failed = save(tmp_path / "new.json", report_of({"WS-SERVER-05": Outcome.FAIL}))
    assert main(["matrix", "--compare", save(tmp_path / "old.json", report_of(met)), failed]) == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "cannot read old.json: No such file or directory."),
        ("{", "old.json is not a report: Expecting property name"),
        ('{"findings": []}', "old.json is not a report: report: expected format 3, got None."),
        ("[]", "old.json has no report of mine on asyncio: those that it has are none."),
        (
            json.dumps(report_of(OLD, "other").as_json()),
            "old.json has no report of mine on asyncio: those that it has are other on asyncio.",
        ),
    ],
    ids=["none", "no JSON", "another kind", "an empty list", "another server"],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str | None,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if text is not None:
        Path("old.json").write_text(text, "utf-8")
    assert main(["matrix", "--compare", "old.json", save(Path("new.json"), report_of(NEW))]) == 2
    told = capsys.readouterr()
    assert (told.out, sentence in told.err) == ("", True), told.err
