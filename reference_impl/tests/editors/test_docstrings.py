"""Docstrings are written so that every editor shows them well; each rule is one that some server asks for."""

import re

import pytest
from lsp.docstrings import described, docstrings, shows
from lsp.rendering import render

SPECIFICATION = (
    "WebSocket",
    "Supports",
    "Route",
    "Scope",
    "ASGIVersions",
    "CloseCode",
    "Header",
    "Info",
    "Application",
)
PUBLIC = [name for name in docstrings() if name.startswith((*SPECIFICATION, "messages"))]


@pytest.mark.parametrize("name", PUBLIC)
def test_no_line_is_taken_for_a_parameters(name: str) -> None:
    """Pyright 1.1.414 shows for ``code`` the first line that has ``code: `` or ``code (`` in it, wherever that is."""
    text = docstrings()[name]
    for parameter in described(text):
        first = next(line for line in text.splitlines() if f"{parameter}: " in line or f"{parameter} (" in line)
        assert first.startswith(f"    {parameter}: ")


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_returned_is_one_line(name: str) -> None:
    """jedi-language-server 0.47.0 makes a paragraph of each line."""
    section = re.search(r"^Returns:\n((?:    .*\n?)+)", docstrings()[name], re.MULTILINE)
    assert section is None or section[1].count("\n") <= 1


def test_the_rules_see_the_members() -> None:
    assert {"WebSocket.close", "SupportsDenial.deny", "Router.resolve", "messages"} <= set(PUBLIC)
    assert described(docstrings()["WebSocket.accept"]).keys() == {"subprotocol", "headers"}
    assert described(docstrings()["WebSocket.send"])["content"].endswith("(WS-SEND-02 to WS-SEND-04).")


def test_all_of_a_docstring_must_be_shown() -> None:
    documentation = "Close it.\n\nArgs:\n    code: The ``code``,\n        a number.\n"
    assert shows("Close it.\n\n## Arguments\n**code**\nThe `code`,\na number.", documentation)
    assert not shows("Close it.\n\nArgs:\n    code: The code,", documentation)


def test_markdown_is_read_as_it_is_shown() -> None:
    markdown = (
        "Args:\n    code: A\n    number.\n\nRaises:  \n&nbsp;&nbsp;TypeError: `it`\n\n```python\ndef f(\n)\n```\n"
    )
    assert render(markdown) == "Args: code: A number.\n\nRaises:\n  TypeError: it\n\ndef f(\n)"
    assert render("[bytes](file:///builtins.pyi)") == "bytes"
