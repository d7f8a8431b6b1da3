"""What a report says of a whole run, of one that could not see everything, and of one that looked at a part."""

import json
import re
from typing import Any

import pytest

from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import Outcome, Report, iter_checks, run
from bareasgi_ws.conformance.render import html, markdown

from ..sample_reports import SmallBackend
from .broken import FAULTS

pytestmark = pytest.mark.anyio

WHOLE = len(list(iter_checks()))


def shown(report: Report) -> tuple[str, str]:
    """Return what a reader sees of the two forms for people."""
    page = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", html([report])))
    return page, markdown([report]).replace("\\", "")


async def test_a_whole_run_conforms() -> None:
    report = await run(reference)
    assert (report.conforms, report.verdict, report.not_seen, report.is_partial) == (True, "conforms", {}, False)
    assert report.as_json()["verdict"] == "conforms"
    assert all("conforms" in text for text in shown(report))


async def test_what_cannot_be_seen_is_named_and_is_not_met() -> None:
    report = await run(SmallBackend(), deadline=1)
    counts = report.counts
    bound = WHOLE - counts[Outcome.NOT_OFFERED]
    assert counts[Outcome.NOT_SEEN] > 10
    assert counts[Outcome.PASS] + counts[Outcome.NOT_SEEN] == bound
    verdict = f"conforms in what could be seen: {counts[Outcome.PASS]} of {bound}"
    assert (report.conforms, report.verdict) == (True, verdict)
    assert sum(report.not_seen.values()) == counts[Outcome.NOT_SEEN]
    assert {"SupportsServerError", "SupportsPause", "SupportsInject", "SupportsCancel"} <= set(report.not_seen)
    assert list(report.not_seen.values()) == sorted(report.not_seen.values(), reverse=True)
    for text in shown(report):
        assert verdict in text
        assert f"{report.not_seen['SupportsPause']} need SupportsPause" in text


@pytest.mark.parametrize(
    ("how", "only"),
    [
        ({"select": ["ws-receive"]}, "WS-RECEIVE"),
        ({"level": "MUST"}, "level MUST"),
        ({"select": ["WS-SEND"], "level": "MUST"}, "WS-SEND, level MUST"),
    ],
    ids=str,
)
async def test_a_partial_run_never_says_that_it_conforms(how: Any, only: str) -> None:
    report = await run(reference, **how)
    count = len(report.results)
    assert (report.conforms, report.is_met, report.is_partial) == (None, True, True)
    assert report.verdict == f"met what was looked at: {count} of {count}"
    written = json.loads(json.dumps(report.as_json()))
    assert written["conforms"] is None
    assert Report.from_json(written) == report
    for text in shown(report):
        assert report.verdict in text
        assert "conforms" not in text
    page, table = shown(report)
    assert f"Only{only}" in page
    assert f", only {only} |" in table


async def test_a_partial_run_shows_that_a_backend_does_not_conform() -> None:
    report = await run(FAULTS["EmptyBinaryIsTheEnd"].backend, select=["WS-RECEIVE"])
    assert (report.conforms, report.verdict) == (False, "does not conform")


async def test_of_a_partial_run_too_it_is_told_what_could_not_be_seen() -> None:
    report = await run(SmallBackend(), select=["WS-CLOSE-11", "WS-SEND-01"])
    assert report.verdict == "met what was looked at and could be seen: 2 of 3"


async def test_a_partial_run_counts_what_is_excused() -> None:
    deviations = {"WS-RECEIVE-04": "as the library has it"}
    report = await run(FAULTS["EmptyBinaryIsTheEnd"].backend, select=["WS-RECEIVE-04"], deviations=deviations)
    assert (report.is_met, report.verdict) == (True, "met what was looked at: 1 of 2, 1 deviates")


async def test_what_was_run_for_another_says_so() -> None:
    report = await run(reference, select=["WS-CLOSE-10"])
    needed = {one.requirement.id: one.needed_by for one in report.results}
    assert needed == {
        "WS-HANDSHAKE-01": ("WS-CLOSE-07", "WS-CLOSE-10"),
        "WS-CLOSE-07": ("WS-CLOSE-10",),
        "WS-CLOSE-10": (),
    }
    for text in shown(report):
        assert (
            "Run too: WS-HANDSHAKE-01, needed by WS-CLOSE-07, WS-CLOSE-10; WS-CLOSE-07, needed by WS-CLOSE-10." in text
        )


async def test_the_counts_agree_in_every_form() -> None:
    report = await run(FAULTS["AcceptsWithTheFirstMessage"].backend, deadline=1)
    written = report.as_json()
    counts = ", ".join(f"{count} {outcome}" for outcome, count in written["counts"].items() if count)
    assert sum(written["counts"].values()) == len(written["results"]) == WHOLE
    page, table = shown(report)
    assert f"| {counts} |" in table
    signs = {"pass": "✓", "fail": "✗", "blocked": "⊘", "not offered": "○"}
    assert all(f"{count} {signs[outcome]} {outcome}" in page for outcome, count in report.counts.items() if count)


async def test_a_deviation_from_what_cannot_be_seen_stays_unseen() -> None:
    report = await run(SmallBackend(), select=["WS-CLOSE-11"], deviations={"WS-CLOSE-11": "as it is"})
    result = report.results[-1]
    assert (result.outcome, result.reason, result.missing) == (Outcome.NOT_SEEN, "as it is", "SupportsPause")
    assert report.is_met


async def test_two_runs_can_be_told_apart(anyio_backend: str) -> None:
    names = ("daphne", "hypercorn")
    runs = [await run(reference.with_profile(name), select=["WS-SEND-01"], name="mine") for name in names]
    assert [one.profile for one in runs] == ["daphne", "hypercorn"]
    python = f"Python {runs[0].versions['Python']}"
    for name in names:
        assert f"mine<br>{anyio_backend}<br>{python}<br>profile {name}" in markdown(runs).replace("\\", "")
        assert f">{anyio_backend}, profile {name}</small>" in html(runs)
        assert f"{anyio_backend}, {python}, profile {name}, only WS-SEND-01: " in html(runs)
        assert f"{anyio_backend}, profile {name}" in "".join(map(str, runs))
