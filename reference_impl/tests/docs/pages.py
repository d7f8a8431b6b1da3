"""The pages of the documentation, parsed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


class Block(NamedTuple):
    """A fenced block: its language, its title (a file's name, or empty), and the lines before its first one."""

    language: str
    title: str
    before: int
    code: str


def tokens(page: Path) -> Iterator[Token]:
    """Give every token, those inside a line of text too."""
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text("utf-8")):
        yield token
        yield from token.children or ()


def blocks(page: Path, language: str) -> list[Block]:
    return [block for block in all_blocks(page) if block.language == language]


def all_blocks(page: Path) -> Iterator[Block]:
    for token in tokens(page):
        if token.type == "fence" and token.map:
            match = re.fullmatch(r"(\w*)(?: title=([\w.]+))?", token.info.strip())
            assert match, f"{page.name}:{token.map[0] + 1}: expected a language, and a title or nothing: {token.info!r}"
            yield Block(match[1], match[2] or "", token.map[0] + 1, token.content)


def module(page: Path) -> str:
    """Give the page's Python as one module, in which each line has the number that it has in the page."""
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
    """Give the commands of the page: the lines of its console blocks that begin with a prompt."""
    lines = [line for block in blocks(page, "console") for line in block.code.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def code_spans(page: Path) -> list[str]:
    return [token.content for token in tokens(page) if token.type == "code_inline"]
