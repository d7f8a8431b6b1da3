"""What became otherwise between two reports of the same backend or server."""

from collections.abc import Iterator

from ..conformance._render.outcomes import NOT_RUN, Row, rows
from ..conformance.report import Report


def changes(old: Report, new: Report) -> str:
    """Say which versions and outcomes changed, as lines that are Markdown too."""
    return "\n".join([_heading(old, new), "", *(_outcomes(old, new) or ["nothing changed"])]) + "\n"


def identity(report: Report) -> tuple[str, str, str]:
    """Return what two reports that are compared have in common."""
    return report.backend, report.library, report.profile


def _heading(old: Report, new: Report) -> str:
    before = {"specification": old.spec_version, **old.versions}
    after = {"specification": new.spec_version, **new.versions}
    versions = [
        f"{name} {before.get(name, 'absent')} -> {after.get(name, 'absent')}"
        for name in dict.fromkeys([*after, *before])
        if before.get(name) != after.get(name)
    ]
    return f"{new.backend}, since {old.date[:10]}: {', '.join(versions) or 'the same versions'}"


def _outcomes(old: Report, new: Report) -> list[str]:
    return [
        f"- {row.requirement.id} ({row.requirement.level}) {' -> '.join(row.outcomes)}: {row.requirement.text}"
        for row in rows([old, new])
        if row.outcomes[0] != row.outcomes[1] and not any(_left_out(row, old, new))
    ]


def _left_out(row: Row, *reports: Report) -> Iterator[bool]:
    """Tell of each report whether it lacks the requirement because only some were asked for."""
    for report, outcome in zip(reports, row.outcomes, strict=True):
        yield report.is_partial and outcome == NOT_RUN
