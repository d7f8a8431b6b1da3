"""The page about type checkers, and the table of the README: from the results that are kept. It runs no checker."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bareasgi_ws._command.checkers import CHECKERS
from tools.tables import filled, table
from typecheck_tests import results
from typecheck_tests.results import Note

PROSE = Path(__file__).with_suffix(".md")
NAMES = [checker.name for checker in CHECKERS]
Kept = dict[str, Any]


def page() -> str:
    """Write the page."""
    kept = _all_kept()
    parts = {
        "CLEAN": str(kept[0]["clean"]),
        "ERRONEOUS": str(kept[0]["erroneous"]),
        "SUPPORT": support(),
        "STRICT": "\n".join(f"```toml\n{results.STRICT[name]}\n```\n" for name in NAMES),
        "MISSED": _by_note(kept, "gap"),
        "SWITCHES": table(["mistake", "checker", "line"], _switches()),
        "FALSE_POSITIVES": _by_note(kept, "false positive"),
    }
    return filled(PROSE, parts)


def support() -> str:
    """Write the table of what each checker reports."""
    return table(["checker", "mistakes reported", "right code reported"], map(_support, _all_kept()))


def _all_kept() -> list[Kept]:
    return [results.read(name) for name in NAMES]


def _support(kept: Kept) -> list[str]:
    caught = kept["erroneous"] - kept["gaps"]
    share = 100 * caught / kept["erroneous"]
    return [
        f"{kept['checker']} {kept['version']}",
        f"{caught} of {kept['erroneous']} ({share:.1f} %)",
        f"{kept['false_positives']} of {kept['clean']}",
    ]


def _by_note(kept: Sequence[Kept], kind: str) -> str:
    """Write a row for each kind of line that checkers are wrong about: an example, and the lines of each."""
    rows: list[list[str]] = []
    for text, notes in _notes_by_text().items():
        lines = [_lines(one, notes, kind) for one in kept]
        if any(lines):
            example = next(filter(None, lines))[0]
            rows.append([text, _code(example), *(str(len(one) or "") for one in lines)])
    return table(["", "for example", *NAMES], rows)


def _notes_by_text() -> dict[str, list[Note]]:
    by_text: dict[str, list[Note]] = {}
    for note in results.notes():
        by_text.setdefault(note.text, []).append(note)
    return by_text


def _lines(kept: Kept, notes: Sequence[Note], kind: str) -> list[str]:
    wrong = [one for one in kept["wrong"] if one["kind"] == kind]
    return [one["code"] for one in wrong if any(note.matches(one["file"], one["code"]) for note in notes)]


def _switches() -> Iterator[list[str]]:
    for note in results.notes():
        for checker, line in note.switch.items():
            yield [note.text, checker, _code(line)]


def _code(text: str) -> str:
    return f"`{text}`".replace("|", r"\|")
