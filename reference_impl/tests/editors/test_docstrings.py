"""Docstrings are written so that every editor shows them well; each rule is one that some server asks for."""

import re

from .features import shows
from .public_names import KINDS, described, names, public_names

TEXTS = {name.full: name.documentation for name in names()}


def test_no_line_is_taken_for_a_parameters() -> None:
    """Pyright 1.1.414 shows for ``code`` the first line that has ``code: `` or ``code (`` in it, wherever that is."""
    for name, text in TEXTS.items():
        for parameter in described(text):
            first = next(line for line in text.splitlines() if f"{parameter}: " in line or f"{parameter} (" in line)
            assert first.startswith(f"    {parameter}: "), name


def test_no_line_within_a_paragraph_is_taken_for_a_field() -> None:
    """Pyright 1.1.414 begins a line of its own with each that has a colon and something behind it."""
    for name, text in TEXTS.items():
        for paragraph in text.split("\n\n"):
            first, *lines = paragraph.splitlines()
            assert re.fullmatch(r"\w+:", first) or not [line for line in lines if re.search(r":.", line)], name


def test_what_is_returned_is_one_line() -> None:
    """jedi-language-server 0.47.0 makes a paragraph of each line, and puts a space behind each colon."""
    for name, text in TEXTS.items():
        section = re.search(r"^Returns:\n((?:    .*\n?)+)", text, re.MULTILINE)
        assert section is None or (section[1].count("\n") <= 1 and not re.search(r":\S", section[1])), name


def test_no_name_has_two_underscores() -> None:
    """jedi-language-server 0.47.0 writes a backslash before each underscore of ``__cause__``."""
    assert [name for name, text in TEXTS.items() if "__" in text] == []


def test_an_attribute_is_described_alike_in_its_class_and_by_itself() -> None:
    """A class's hover lists its attributes; five servers show an attribute's own docstring on the attribute."""
    for full, name in public_names().items():
        if name.kind in ("attributes", "keys"):
            of, _, attribute = full.rpartition(".")
            assert " ".join(name.documentation.split()) == described(TEXTS[of], "Attributes")[attribute], full


def test_the_names_are_of_every_kind() -> None:
    found = {full.partition(":")[2]: name.kind for full, name in public_names().items()}
    assert set(found.values()) == set(KINDS)
    assert {"WebSocket.close", "CloseCode.GOING_AWAY", "Scope.path", "Info", "connect", "Peer.drop"} <= found.keys()


def test_all_of_a_docstring_must_be_shown() -> None:
    documentation = "Close it.\n\nArgs:\n    code: The ``code``,\n        a number.\n"
    assert described(documentation) == {"code": "The ``code``, a number."}
    assert shows("Close it.\n\n## Arguments\n**code**\nThe `code`,\na number.", documentation)
    assert not shows("Close it.\n\nArgs:\n    code: The code,", documentation)
