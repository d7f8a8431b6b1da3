"""What the generated pages have in common: tables, and prose with places for what is generated."""

from collections.abc import Iterable, Mapping
from pathlib import Path


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a Markdown table."""
    lines = [list(header), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def filled(prose: Path, parts: Mapping[str, str]) -> str:
    """Return the prose with each part in its place, which is marked as ``@NAME@``."""
    text = prose.read_text("utf-8")
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part.strip())
    return text
