"""The pages of the documentation, parsed."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

SESSIONS = [
    ROOT / "docs" / f"{page}.md"
    for page in ("backend-from-nothing", "ci", "implementing-a-backend", "testing-a-server")
]
"""Pages of several files and commands, each a session in a folder of its own: they have tests of their own."""

MODULES = [page for page in PAGES if page not in SESSIONS]
"""Pages whose Python is one module."""

SPEAKER = r"(mypy|pyright|run): "
"""Who is quoted below a Python block: a checker, or the block itself when it runs."""


class Block(NamedTuple):
    """A fenced block: its language, its title (a file's name, or empty), and the lines before its first one."""

    language: str
    title: str
    before: int
    code: str


def tokens(page: Path) -> list[Token]:
    """Return every token, those inside a line of text too."""
    return _tokens(page.read_text("utf-8"))


@cache
def _tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    return [token for one in parsed for token in (one, *(one.children or ()))]


def blocks(page: Path, language: str) -> list[Block]:
    return [block for block in all_blocks(page) if block.language == language]


def all_blocks(page: Path) -> Iterator[Block]:
    for token in tokens(page):
        if token.type == "fence" and token.map:
            match = re.fullmatch(r"(\w*)(?: title=([\w./-]+))?", token.info.strip())
            assert match, f"{page.name}:{token.map[0] + 1}: expected a language, and a title or nothing: {token.info!r}"
            yield Block(match[1], match[2] or "", token.map[0] + 1, token.content)


def quotes(page: Path) -> Iterator[tuple[Block, dict[str, list[str]]]]:
    """Yield each Python block with what the text block right after it quotes, by who says it: a SPEAKER."""
    for block, after in pairwise([*all_blocks(page), None]):
        assert block is not None
        quoting = after is not None and after.language == "text" and re.match(SPEAKER, after.code)
        if block.language == "python":
            yield block, parse_quotes(page, after) if after and quoting else {}
        else:
            assert not quoting, f"{page.name}:{block.before}: expected a Python block before the quotation"


def parse_quotes(page: Path, block: Block) -> dict[str, list[str]]:
    """Read lines of the form ``mypy: its message``; one that goes on in the next line has that indented."""
    said: dict[str, list[str]] = {}
    speaker = ""
    for number, line in enumerate(block.code.splitlines(), block.before + 1):
        if match := re.match(SPEAKER, line):
            speaker = match[1]
            said.setdefault(speaker, []).append(line[match.end() :])
        else:
            assert line.startswith("  "), f"{page.name}:{number}: expected a speaker, or an indented line: {line!r}"
            said[speaker][-1] += f" {line.strip()}"
    return said


def module(page: Path) -> str:
    """Return the page's Python as one module, in which each line has the number that it has in the page."""
    lines = [""] * len(page.read_text("utf-8").splitlines())
    for block in blocks(page, "python"):
        code = block.code.splitlines()
        lines[block.before : block.before + len(code)] = code
    return "\n".join(lines) + "\n"


def save_files(page: Path, folder: Path) -> None:
    """Write the blocks that have a title, as the reader is told to."""
    for block in blocks(page, "python"):
        if block.title:
            (folder / block.title).write_text(block.code, "utf-8")


def commands(page: Path) -> list[str]:
    """Return the commands of the page: the lines of its console blocks that begin with a prompt."""
    lines = [line for block in blocks(page, "console") for line in block.code.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def code_spans(page: Path) -> list[str]:
    return [token.content for token in tokens(page) if token.type == "code_inline"]
