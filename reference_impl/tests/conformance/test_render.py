"""The Markdown that reports are written as, and what is no report."""

import copy
import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bareasgi_ws.conformance import Outcome
from bareasgi_ws.conformance._render.outcomes import OUTCOMES
from bareasgi_ws.conformance.render import html, markdown

from ..sample_reports import HOSTILE, Json, result_of, run_with, seven, unmet_outcomes

pytestmark = pytest.mark.slow
VISIBLE = HOSTILE.replace("\x1b", r"\x1b").replace("\u202e", r"\u202e").replace("\ud800", r"\ud800")
SIGNS = {
    "pass": "✓",
    "fail": "✗ fail",
    "blocked": "⊘ blocked",
    "non-strict": "! non-strict",
    "deviates": "≠ deviates",
    "not seen": "? not seen",
    "not offered": "○ not offered",
    "not announced": "◌ not announced",
}


def tokens(text: str) -> list[Token]:
    """Read the Markdown as GitHub does; of HTML it may have a line break alone."""
    found = MarkdownIt("commonmark").enable("table").parse(text)
    assert [token.content for token in found if token.type == "html_block"] == []
    inline = [child.content for token in found for child in token.children or [] if child.type == "html_inline"]
    assert set(inline) <= {"<br>"}
    return found


def said(token: Token) -> str:
    """Return what a reader sees of a line."""
    return "".join(child.content for child in token.children or [])


def tables(text: str) -> list[list[list[str]]]:
    found: list[list[list[str]]] = []
    for before, token in zip(tokens(text), tokens(text)[1:], strict=False):
        if before.type == "table_open":
            found.append([])
        elif before.type == "tr_open":
            found[-1].append([])
        if before.type in ("th_open", "td_open"):
            found[-1][-1].append(said(token))
    return found


def lines(text: str) -> list[str]:
    return [said(token) for token in tokens(text) if token.type == "inline"]


def after(text: str, beginning: str, count: int) -> list[str]:
    """Return the lines that follow the last one that begins so."""
    found = lines(text)
    index = max(index for index, line in enumerate(found) if line.startswith(beginning))
    return found[index + 1 : index + 1 + count]


def test_the_matrix_has_a_row_a_requirement_and_a_column_a_backend() -> None:
    _, matrix = tables(markdown(seven()))
    names = [VISIBLE if report["backend"] == HOSTILE else report["backend"] for report in seven()]
    columns = [f"{name}<br>{'<br>'.join(run_with(report))}" for name, report in zip(names, seven(), strict=True)]
    assert matrix[0] == ["Requirement", "Level", "Rule", *columns]
    by_id = [{result["requirement"]["id"]: result["outcome"] for result in report["results"]} for report in seven()]
    rules = {result["requirement"]["id"]: result["requirement"] for result in seven()[0]["results"]}
    assert [row[0] for row in matrix[1:]] == list(rules)
    for number, level, rule, *outcomes in matrix[1:]:
        assert (level, rule) == (rules[number]["level"], rules[number]["text"])
        assert outcomes == [SIGNS[actual[number]] if number in actual else "· not run" for actual in by_id]


def test_the_legend_explains_the_signs_of_the_matrix_and_no_others() -> None:
    def legend(*reports: Json) -> list[str]:
        found = [line.partition(": ") for line in lines(markdown(reports))]
        return [sign for sign, _, meaning in found if meaning and sign in ("✓ pass", "· not run", *SIGNS.values())]

    assert legend(seven()[0]) == ["✓ pass"]
    assert "≠ deviates" not in legend(seven()[0], seven()[1])
    assert set(legend(*seven())) == {"✓ pass", "· not run", *SIGNS.values()} - {"✓"}


def test_the_legend_says_what_the_docstring_of_the_outcomes_says() -> None:
    said = re.findall(r"^ {8}([A-Z_]+): (.+)\.$", Outcome.__doc__ or "", re.MULTILINE)
    meanings = {line[2:].lower() for line in lines(markdown(seven()))}
    meanings.add(f"not announced: {OUTCOMES['not announced'].meaning}".lower())  # of servers alone
    assert {f"{Outcome[name]}: {meaning}".lower() for name, meaning in said} <= meanings
    assert [Outcome[name] for name, _ in said] == list(Outcome)


def test_the_backends_are_listed_with_their_verdicts() -> None:
    overview, _ = tables(markdown(seven()))
    assert [row[2] for row in overview[1:]] == [", ".join(run_with(report)) for report in seven()]
    assert [row[3] for row in overview[1:]] == [report["verdict"] for report in seven()]
    for row, report in zip(overview[1:], seven(), strict=True):
        counts = [counted.split(" ", 1) for counted in row[4].split(", ")]
        assert {outcome: int(count) for count, outcome in counts} == {
            outcome: count for outcome, count in report["counts"].items() if count
        }
    assert overview[1][5] == "none asked"
    assert overview[2][5] == "mypy 2.4.1: pass, pyright 1.1.414: fail, ty 0.1: could not run"


def test_a_failure_says_the_step_what_was_expected_and_what_came() -> None:
    text = markdown([seven()[1]])
    heading = "WS-RECEIVE-04 (MUST) fail: An empty binary message is a message: receive() gives b''."
    assert heading in lines(text)
    assert after(text, "WS-RECEIVE-04 (", 3) == ["step: handler: receive()", "expected: b''", "actual: returned None"]


def test_a_deviation_says_its_reason() -> None:
    assert after(markdown([seven()[2]]), "WS-RECEIVE-04 (MUST) deviates", 4)[-1] == f"reason: {VISIBLE}"


def test_what_is_blocked_or_not_offered_says_why() -> None:
    for report in seven()[3:5]:
        text = markdown([report])
        for result in report["results"]:
            if result["outcome"] in ("blocked", "not seen", "not offered", "not announced"):
                assert after(text, f"{result['requirement']['id']} (", 1) == [f"why: {result['step']}"]


def test_everything_that_is_no_pass_is_told_worst_first() -> None:
    text = markdown([seven()[3]])
    unmet = [line for line in lines(text) if line.startswith("WS-") and "(" in line and ") " in line and ": " in line]
    outcomes = [line.split(") ", 1)[1].split(":")[0] for line in unmet]
    assert outcomes == unmet_outcomes(seven()[3])
    assert {"fail", "blocked", "non-strict"} <= set(outcomes)
    assert "Every requirement passed." in lines(markdown([seven()[0]]))


@pytest.mark.parametrize("said", [HOSTILE, "``", "` x `", " x ", "a\n\nb\n", "a | b", "<!-- ", "\\", "*x*"])
def test_what_came_is_shown_as_it_is(said: str) -> None:
    report = changed(seven()[1], lambda one: result_of(one, "WS-RECEIVE-04").update(actual=said))
    expected = VISIBLE if said == HOSTILE else said.replace("\n", " ⏎ ")
    assert after(markdown([report]), "WS-RECEIVE-04 (", 3)[-1] == f"actual: {expected}"


@pytest.mark.parametrize("said", [HOSTILE, "a | b", "[a](b)", "<b>", "&amp;", "# a", "- a", "_a_", "~~a~~", "\\| a"])
def test_text_is_never_read_as_markdown(said: str) -> None:
    def change(report: Json) -> None:
        report["backend"] = said
        result = result_of(report, "WS-RECEIVE-04")
        result["requirement"]["text"] = result["reason"] = said

    text = markdown([changed(seven()[2], change)])
    expected = VISIBLE if said == HOSTILE else said
    overview, matrix = tables(text)
    assert overview[1][1] == expected
    assert next(row for row in matrix if row[0] == "WS-RECEIVE-04")[2] == expected
    assert after(text, "WS-RECEIVE-04 (", 4)[-1] == f"reason: {expected}"
    assert "@y" not in text.replace(r"\@y", "").replace("`@y", "")


def test_what_the_type_checkers_said_is_told() -> None:
    text = markdown([seven()[1]])
    assert after(text, "pyright 1.1.414: fail", 1) == [f"its web_socket is not a WebSocket: ⏎   {VISIBLE}"]
    assert after(text, "ty 0.1: could not run", 1) == ["it wrote no JSON"]


def test_it_can_be_written_to_a_file() -> None:
    markdown(seven()).encode("utf-8")


def test_the_order_is_that_of_the_report_with_most() -> None:
    _, matrix = tables(markdown([seven()[6], seven()[0]]))
    assert [row[0] for row in matrix[1:]] == [result["requirement"]["id"] for result in seven()[0]["results"]]


def test_reports_of_any_iterable_and_any_mapping() -> None:
    assert markdown(MappingProxyType(report) for report in seven()) == markdown(seven())
    assert html(MappingProxyType(report) for report in seven()) == html(seven())


def changed(report: Json, change: Callable[[Json], Any]) -> Json:
    copied = copy.deepcopy(report)
    change(copied)
    return copied


WRONG = [
    (lambda one: one.update(format=1), "expected format 3, got 1"),
    (lambda one: one.pop("library"), "expected an object with library, got a dict"),
    (lambda one: one.update(backend=None), "backend: expected a str, got None"),
    (lambda one: one.update(conforms=1), "conforms: expected False, as its results say, got 1"),
    (lambda one: one["versions"].update(Python=3.13), "versions, Python: expected a str, got 3.13"),
    (lambda one: one.update(versions=[]), "versions: expected an object, got a list"),
    (lambda one: one.update(conforms=True), "conforms: expected False, as its results say, got True"),
    (lambda one: one["counts"].update(fail=7), "counts: expected {"),
    (lambda one: one.update(static={}), "static: expected a list, got a dict"),
    (
        lambda one: one["static"][0].update(outcome="passed"),
        "static[0], outcome: expected 'pass' or 'fail' or 'could not run', got 'passed'",
    ),
    (lambda one: one["static"][0].update(messages="no"), "static[0], messages: expected a list, got 'no'"),
    (lambda one: one.update(results=[[]]), "results[0]: expected an object, got a list"),
    (lambda one: one["results"][3].update(outcome="not run"), "results[3], outcome: expected 'pass' or 'fail' or "),
    (lambda one: one["results"][3]["requirement"].pop("text"), "results[3], requirement: expected an object with "),
    (
        lambda one: result_of(one, "WS-RECEIVE-04")["steps"][1].update(began="0"),
        "steps[1], began: expected a number, got '0'",
    ),
    (lambda one: one["results"][0].update(seconds=True), "results[0], seconds: expected a number, got True"),
]


@pytest.mark.parametrize("form", [markdown, html])
@pytest.mark.parametrize(("change", "message"), WRONG)
def test_what_has_another_form_is_rejected(form: Any, change: Callable[[Json], Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"^report 2") as rejected:
        form([seven()[0], changed(seven()[1], change)])
    assert message in str(rejected.value)
    assert len(str(rejected.value)) < 500


@pytest.mark.parametrize("form", [markdown, html])
def test_what_is_no_report_is_rejected(form: Any) -> None:
    with pytest.raises(ValueError, match=r"^expected at least one report, got none$"):
        form([])
    with pytest.raises(TypeError, match=r"^reports: expected several, as in \[report\], got a dict$"):
        form(seven()[0])


@pytest.mark.parametrize("form", [markdown, html])
def test_what_a_later_version_says_beside_it_does_no_harm(form: Any) -> None:
    assert form([{**seven()[0], "later": [1]}]) == form([seven()[0]])
    whole = changed(seven()[1], lambda one: result_of(one, "WS-RECEIVE-04")["steps"][0].update(began=0))
    assert form([whole])
