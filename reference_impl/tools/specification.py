"""The specification as a page: the requirements of each chapter below its introduction."""

from pathlib import Path

from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.conformance import Requirement, requirements
from tools.tables import table

PROSE = Path(__file__).with_suffix(".md")
HEADER = ("id", "level", "binds", "since", "rule", "source")


def page() -> str:
    """Write the page."""
    written = PROSE.read_text("utf-8").replace(
        "# The specification\n", f"# The specification, version {SPEC_VERSION}\n"
    )
    for chapter in dict.fromkeys(requirement.chapter for requirement in requirements().values()):
        introduction = _section(written, chapter)
        rows = (_row(one) for one in requirements().values() if one.chapter == chapter)
        written = written.replace(introduction, f"{introduction}{table(HEADER, rows)}\n")
    return written


def _section(text: str, chapter: str) -> str:
    """Return the text of a chapter, its heading included."""
    start = text.index(f"\n## {chapter}\n")
    return text[start : text.index("\n## ", start + 1) + 1]


def _row(requirement: Requirement) -> tuple[str, ...]:
    text = requirement.text.replace("*", r"\*")
    return requirement.id, requirement.level, requirement.binds, requirement.since, text, requirement.source
