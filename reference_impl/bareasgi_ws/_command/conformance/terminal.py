"""The report in a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...conformance._render.outcomes import FOLDED, NO_CHECKER, OUTCOMES, explained, folded, notes, transcript, unmet
from ...conformance.report import Report, Result, StaticResult

FITS = {"pass": "its types fit", "fail": "its types do not fit"}
EACH_DECIDES = "Each type checker that is installed decides: an error of one is enough."


def print_report(report: Report) -> None:
    """Print the verdict, what is not met, and in short the rest."""
    console = Console(highlight=False)
    for text in _failures(report):
        console.print(text, soft_wrap=not console.is_terminal)
    console.print(_table(report))
    if report.subject == "backend":
        console.print()
        for text in _static([one for one in report.static if one.outcome == "pass"]):
            console.print(text, soft_wrap=not console.is_terminal)
        if not report.static:
            console.print(NO_CHECKER)


def _failures(report: Report) -> Iterator[Text]:
    yield _verdict(report)
    yield Text(_run_with(report))
    yield from map(Text, notes(report))
    yield Text()
    static = [one for one in report.static if one.outcome != "pass"]
    if static:
        yield Text(EACH_DECIDES)
        yield from _static(static)
        yield Text()
    results = unmet(report)
    for result in results:
        if result.outcome not in FOLDED:
            yield from _unmet(result)
            if report.subject == "server" and result.steps:
                yield Text(f"  source: {result.requirement.source}")
                yield from (Text(f"  {line}") for line in transcript(result))
            yield Text()
    lines = folded([result for result in results if result.outcome in FOLDED])
    yield from map(Text, [*lines, ""] if lines else [])


def _run_with(report: Report) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    return f"{versions}; profile {report.profile}" if report.profile else versions


def _unmet(result: Result) -> Iterator[Text]:
    requirement, outcome = result.requirement, result.outcome
    yield Text.assemble((requirement.id, "bold"), " ", (outcome, OUTCOMES[outcome].colour), ": ", requirement.text)
    said = explained(result)
    yield Text.assemble("  ", (said.pop("step"), "bold"))
    reason = said.pop("reason", None)
    for name, text in said.items():
        first, *others = text.splitlines()
        yield Text(f"    {name:8} {first}")
        yield from (Text(f"    {'':8} {line}") for line in others)
    if reason:
        yield Text(f"  reason: {reason}")


def _table(report: Report) -> Table:
    counts: dict[str, Counter[str]] = {}
    for result in report.results:
        counts.setdefault(result.requirement.chapter, Counter())[result.outcome] += 1
    totals = {outcome: count for outcome, count in report.counts.items() if count}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_footer=True)
    table.add_column("Chapter", no_wrap=True, footer="all")
    for outcome, total in totals.items():
        style = OUTCOMES[outcome].colour
        table.add_column(outcome, justify="right", no_wrap=True, style=style, footer=str(total))
    for chapter, count in counts.items():
        table.add_row(chapter, *(str(count[outcome] or "") for outcome in totals))
    return table


def _static(static: Sequence[StaticResult]) -> Iterator[Text]:
    for one in static:
        outcome: str = one.outcome
        said = FITS.get(outcome, outcome)
        yield Text.assemble((f"{one.checker} {one.version}", "bold"), ": ", (said, OUTCOMES[outcome].colour))
        for message in one.messages:
            yield Text(f"  {message}")


def _verdict(report: Report) -> Text:
    style = OUTCOMES["pass" if report.is_met else "fail"].colour
    where = f"specification {report.spec_version}, on {report.library}"
    return Text.assemble((report.backend, "bold"), " ", (report.verdict, f"bold {style}"), f" ({where}).")
