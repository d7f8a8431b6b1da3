"""Docstrings are written so that every editor shows them well; each rule is one that some server asks for."""

import re

import pytest

from tools.lsp.docstrings import described, docstrings, shows
from tools.lsp.names import KINDS, public_names
from tools.lsp.rendering import render

NAMES = docstrings()


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_taken_for_a_parameters(name: str) -> None:
    """Pyright 1.1.414 shows for ``code`` the first line that has ``code: `` or ``code (`` in it, wherever that is."""
    text = docstrings()[name]
    for parameter in described(text):
        first = next(line for line in text.splitlines() if f"{parameter}: " in line or f"{parameter} (" in line)
        assert first.startswith(f"    {parameter}: ")


@pytest.mark.parametrize("name", NAMES)
def test_no_line_within_a_paragraph_is_taken_for_a_field(name: str) -> None:
    """Pyright 1.1.414 begins a line of its own with each that has a colon and something behind it."""
    for paragraph in docstrings()[name].split("\n\n"):
        first, *lines = paragraph.splitlines()
        assert re.fullmatch(r"\w+:", first) or not [line for line in lines if re.search(r":.", line)]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_returned_is_one_line(name: str) -> None:
    """jedi-language-server 0.47.0 makes a paragraph of each line, and puts a space behind each colon."""
    section = re.search(r"^Returns:\n((?:    .*\n?)+)", docstrings()[name], re.MULTILINE)
    assert section is None or (section[1].count("\n") <= 1 and not re.search(r":\S", section[1]))


@pytest.mark.parametrize("name", NAMES)
def test_no_name_has_two_underscores(name: str) -> None:
    """jedi-language-server 0.47.0 writes a backslash before each underscore of ``__cause__``."""
    assert "__" not in docstrings()[name]


def test_an_attribute_is_described_alike_in_its_class_and_by_itself() -> None:
    """A class's hover lists its attributes; five servers show an attribute's own docstring on the attribute."""
    listed = {
        f"{name}.{attribute}": said
        for name, text in docstrings().items()
        for attribute, said in described(text, "Attributes").items()
    }
    for full, name in public_names().items():
        if name.kind in ("attributes", "keys"):
            assert " ".join(name.documentation.split()) == listed[full], full


def test_the_names_are_of_every_kind() -> None:
    names = public_names()
    assert {name.kind for name in names.values()} == set(KINDS)
    assert {"WebSocket.close", "CloseCode.GOING_AWAY", "Scope.path", "Info", "connect", "Peer.drop"} <= names.keys()


def test_the_rules_see_the_members() -> None:
    assert {"WebSocket.close", "SupportsDenial.deny", "Router.resolve", "messages"} <= docstrings().keys()
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
