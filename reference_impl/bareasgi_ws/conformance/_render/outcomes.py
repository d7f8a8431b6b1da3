"""The outcomes as every form shows them, and what the forms say of reports."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..report import Report, Result
from ..requirements import Requirement

NOT_RUN = "not run"
NO_CHECKER = "No type checker was asked."
FOLDED = ("blocked", "not seen", "not offered", "not announced")
"""The outcomes of which one line says all that there is to say."""

TRANSCRIPT = 12
"""So many steps of a failure are shown."""

WAITED = 0.1
"""A step that takes so many seconds is shown with its end."""


class Look(NamedTuple):
    """How an outcome is shown.

    Attributes:
        sign: A sign, told from the others without colour.
        colour: A colour of rich, and a variable of report.css.
        meaning: What it means, as the docstring of Outcome says.
    """

    sign: str
    colour: str
    meaning: str


# In the order of Outcome; what is no requirement's outcome comes last.
OUTCOMES = {
    "pass": Look("✓", "green", "every check of the requirement passed"),
    "fail": Look("✗", "red", "a check failed, or what is said to deviate does not"),
    "blocked": Look("⊘", "magenta", "a requirement that it needs is not met, so that its check shows nothing"),
    "non-strict": Look("!", "yellow", "a check failed, and the requirement is not a MUST"),
    "deviates": Look("≠", "blue", "it is not met, as its deviation says"),
    "not seen": Look(
        "?", "cyan", "the kit cannot tell, for the check needs what the backend or its peer lacks, or what deviates"
    ),
    "not offered": Look("○", "cyan", "the web_socket, or the server, does not have the optional capability"),
    "not announced": Look("◌", "cyan", "the server announces a version of ASGI from before the requirement"),
    NOT_RUN: Look("·", "dim", "the report does not have the requirement"),
    "could not run": Look("⊘", "red", "the type checker did not do its work"),
}


class Row(NamedTuple):
    """A requirement, and its outcome in each report."""

    requirement: Requirement
    outcomes: list[str]

    @property
    def first(self) -> int:
        """The number of the first report that has it."""
        return next(number for number, outcome in enumerate(self.outcomes, 1) if outcome != NOT_RUN)


def rows(reports: Sequence[Report]) -> list[Row]:
    """Put the requirements of all reports into one list, in the order of the report that has most of them."""
    known: dict[str, Requirement] = {}
    for report in sorted(reports, key=lambda report: len(report.results), reverse=True):
        for result in report.results:
            known.setdefault(result.requirement.id, result.requirement)
    outcomes = [{result.requirement.id: result.outcome.value for result in report.results} for report in reports]
    return [Row(one, [found.get(number, NOT_RUN) for found in outcomes]) for number, one in known.items()]


def legend(matrix: Sequence[Row]) -> dict[str, Look]:
    """Return the outcomes that the rows have."""
    return {outcome: look for outcome, look in OUTCOMES.items() if any(outcome in row.outcomes for row in matrix)}


def signed(outcome: str) -> str:
    """Return the outcome's sign, and its name where it is not a pass."""
    return OUTCOMES[outcome].sign + ("" if outcome == "pass" else f" {outcome}")


def conditions(report: Report) -> list[str]:
    """Say what the run was made with, so that it can be told from another one of the same backend."""
    python = report.versions.get("Python")
    found = [
        report.library,
        python and f"Python {python}",
        report.profile and f"profile {report.profile}",
        report.is_partial and f"only {selected(report)}",
    ]
    return [str(one) for one in found if one]


def told_apart(reports: Sequence[Report]) -> list[list[str]]:
    """Say of each run its library, and what else it was made with that not all of the runs were."""
    found = [conditions(report) for report in reports]
    shared = set(found[0]).intersection(*found)
    return [[one for one in own if one not in shared or one == own[0]] for own in found]


def selected(report: Report) -> str:
    """Say what was asked for, of a partial run."""
    return ", ".join([*report.select, *([f"level {report.level}"] if report.level != "INFO" else [])])


def notes(report: Report) -> list[str]:
    """Say what else belongs to the verdict: what could not be seen, and why more was run than was selected."""
    found = [f"{one.requirement.id}, needed by {_few(one.needed_by, 2)}" for one in report.results if one.needed_by]
    needs = {
        missing: f"{count} need{'s' if count == 1 else ''} {missing}" for missing, count in report.not_seen.items()
    }
    # A server's says itself why it was not seen, but for a requirement that deviates.
    of_server = report.subject == "server"
    unseen = [said for missing, said in needs.items() if not of_server or missing.startswith("WS-")]
    return [
        *([f"Not seen: {', '.join(unseen)}."] if unseen else []),
        *([f"Run too: {'; '.join(found)}."] if found else []),
    ]


def folded(results: Sequence[Result], shown: int = 4) -> list[str]:
    """Say in a line each which requirements came to the same for the same reason; so many of them are shown."""
    alike: dict[tuple[str, str], list[str]] = {}
    for result in results:
        why = "for what they need is not met" if result.step.startswith("needs ") else result.step
        alike.setdefault((result.outcome, why), []).append(result.requirement.id)
    return [f"{len(ids)} {outcome}, {why}: {_few(ids, shown)}" for (outcome, why), ids in alike.items()]


def _few(ids: Sequence[str], count: int) -> str:
    shown, others = ids[:count], len(ids) - count
    return " and ".join([", ".join(shown), *([f"{others} more"] if others > 0 else [])])


def counted(report: Report) -> str:
    """Say how many requirements came to each outcome."""
    return ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items() if count)


def unmet(report: Report) -> list[Result]:
    """Return the results that are not a pass, the worst first."""
    return sorted(report.unmet, key=lambda result: list(OUTCOMES).index(result.outcome))


def explained(result: Result) -> dict[str, str]:
    """Return what there is to say of a result, each by its name."""
    step = "step" if result.expected else "why"
    said = {step: result.step, "expected": result.expected, "actual": result.actual}
    said |= {"why": "\n".join(result.explanation)} if result.explanation else {}
    said |= {"reason": result.reason}
    return {name: text for name, text in said.items() if text}


def transcript(result: Result) -> Iterator[str]:
    """Say in a line each what crossed the connection that failed, by both records."""
    last = max((step.connection for step in result.steps), default=0)
    steps = [step for step in result.steps if step.connection == last]
    if len(steps) > TRANSCRIPT:
        yield f"the last {TRANSCRIPT} of {len(steps)} steps (--json and --html have all):"
    for step in steps[-TRANSCRIPT:]:
        given = f" -> {step.result}" if step.result and step.side == "application" else f" {step.result}"
        until = f" (until {step.ended:.3f} s)" if step.ended - step.began >= WAITED else ""
        yield f"{step.began:7.3f} s  {step.side:11}  {step.action}{given}".rstrip() + until


def visible(text: str) -> str:
    """Write out what would not show, or would change how the text around it shows: control characters, for one."""
    return "".join(one if one.isprintable() or one == "\n" else repr(one)[1:-1] for one in text)
