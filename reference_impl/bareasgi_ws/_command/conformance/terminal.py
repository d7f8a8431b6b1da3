"""The report in a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...conformance._render.outcomes import NO_CHECKER, OUTCOMES, verdict
from ...conformance.report import Report, Result, StaticResult

FITS = {"pass": "its types fit", "fail": "its types do not fit"}


def print_report(report: Report) -> None:
    """Print what is not met, a table of the chapters, and the verdict."""
    console = Console(highlight=False)
    for result in report.unmet:
        for text in _unmet(result):
            console.print(text, soft_wrap=not console.is_terminal)
    console.print(_table(report))
    console.print()
    if report.subject == "backend":
        for text in _static(report.static):
            console.print(text, soft_wrap=not console.is_terminal)
    console.print(_verdict(report), soft_wrap=True)


def _unmet(result: Result) -> Iterator[Text]:
    requirement, outcome = result.requirement, result.outcome
    yield Text.assemble((requirement.id, "bold"), " ", (outcome, OUTCOMES[outcome].colour), ": ", requirement.text)
    if result.expected:
        yield Text.assemble("  ", (result.step, "bold"))
        yield Text(f"    expected {result.expected}")
        yield Text(f"    got      {result.actual}")
    else:
        yield Text(f"  {result.step}")
    if result.reason:
        yield Text(f"  reason: {result.reason}")
    yield Text()


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
    if not static:
        yield Text(NO_CHECKER)


def _verdict(report: Report) -> Text:
    style = OUTCOMES["pass" if report.conforms else "fail"].colour
    where = f"specification {report.spec_version}, on {report.library}"
    return Text.assemble((report.backend, "bold"), " ", (verdict(report), f"bold {style}"), f" ({where}).")
