"""The report of the type checkers in a terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .checkers.base import CheckerRun
from .files import display_path
from .findings import Finding, Severity, by_line, count
from .report import CheckReport, outcome

STYLES: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


def print_report(report: CheckReport, cwd: Path) -> None:
    """Print the findings by file and line, then the table of the checkers."""
    console = Console(highlight=False)
    label_width = max(len(run.name) for run in report.runs) + 4
    for file, line, findings in by_line(report.findings):
        # Soft wrap: a path is never broken, so that a terminal can open it and `grep` find it.
        console.print(_place(file, line, cwd), soft_wrap=True)
        for text in _messages(findings, label_width, console):
            console.print(text, soft_wrap=True)
        console.print()
    console.print(_table(report.runs))
    console.print()
    for sentence in _closing(report):
        console.print(sentence, markup=False, soft_wrap=not console.is_terminal)


def _place(file: Path, line: int, cwd: Path) -> Text:
    source = _source_line(file, line)
    return Text.assemble((f"{display_path(file, cwd)}:{line}", "bold"), (f"  {source}" if source else "", "dim"))


def _source_line(file: Path, line: int) -> str:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[line - 1].strip() if line <= len(lines) else ""


def _messages(findings: Sequence[Finding], label_width: int, console: Console) -> Iterator[Text]:
    """Yield the lines of the findings, each message indented beside its checker's name."""
    name = ""
    for one in findings:
        label = "" if one.checker == name else f"  {one.checker}"
        name = one.checker
        for text in _wrapped(_message(one), label_width, console):
            yield Text.assemble((label.ljust(label_width), "bold"), text)
            label = ""


def _message(one: Finding) -> Text:
    severity = ("" if one.severity == "error" else f"{one.severity}: ", STYLES[one.severity])
    first, newline, rest = one.message.partition("\n")
    code = (f"  [{one.code}]" if one.code else "", STYLES[one.severity])
    return Text.assemble(severity, first, code, newline, rest)


def _wrapped(message: Text, indent: int, console: Console) -> Iterator[Text]:
    """Yield the message's lines; on a terminal, what does not fit a line goes on below it, indented further."""
    for line in message.split():
        if not console.is_terminal:
            yield line
            continue
        own_indent = len(line.plain) - len(line.plain.lstrip())
        width = max(20, console.width - indent - own_indent - 2)
        for number, part in enumerate(line[own_indent:].wrap(console, width)):
            yield Text.assemble(" " * (own_indent + 2 * (number > 0)), part)


def _table(runs: Sequence[CheckerRun]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Checker", no_wrap=True)
    table.add_column("Version", no_wrap=True)
    table.add_column("Seconds", justify="right", no_wrap=True)
    table.add_column("Findings")
    for run in runs:
        style = {"failed": "red", "findings": "yellow", "clean": "green"}[outcome(run)]
        table.add_row(run.name, run.version, f"{run.seconds:.1f}", Text(_verdict(run), style))
    return table


def _verdict(run: CheckerRun) -> str:
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    counts = {severity: count(run.findings, severity) for severity in severities}
    words = [_counted(number, severity) for severity, number in counts.items() if number]
    return ", ".join(["failed"] * bool(run.crash) + words) or "none"


def _closing(report: CheckReport) -> Iterator[str]:
    yield from (f"Note: {note}" for run in report.runs for note in run.notes)
    findings = report.findings
    files = _counted(len(report.files), "file")
    if findings:
        yield f"{_counted(len(findings), 'finding')} in {len({one.file for one in findings})} of {files}."
    elif report.exit_status == 0:
        yield f"No findings in {files}."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
