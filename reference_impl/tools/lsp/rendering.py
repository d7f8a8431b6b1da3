"""Markdown as a person sees it: what an editor shows of an answer, as plain text."""

from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token


def text_of(contents: Any) -> str:
    """Return what is shown of a hover's contents, or of a signature's documentation."""
    if isinstance(contents, str):
        return contents
    if not contents:
        return ""
    value: str = contents["value"]
    return render(value) if contents["kind"] == "markdown" else value


def render(markdown: str) -> str:
    """Return each block with an empty line after it; in a paragraph only a marked line break is one."""
    return "\n\n".join(_blocks(_Parser("commonmark").parse(markdown)))


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Follow links to files too, as an editor does."""
        return True


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            lines = "".join(map(_inline, token.children or ())).splitlines()
            yield "\n".join(line.replace("\xa0", " ").rstrip() for line in lines)
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip()
        elif token.type == "hr":
            yield "---"


def _inline(token: Token) -> str:
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
