"""Small pieces of the page."""

import re
from urllib.parse import quote

from .markup import HTML, joined, tag
from .outcomes import SIGNS


def outcome(name: str, words: str | None = None) -> HTML:
    """Write an outcome: its sign and its name, or other words for it."""
    return tag("span", sign(name), " ", words or name, class_=f"outcome {kind(name)}")


def sign(name: str) -> HTML:
    """Write an outcome's sign, which is not read out: a word stands beside it."""
    return tag("span", SIGNS[name], class_="sign", aria_hidden="true")


def kind(name: str) -> str:
    """Return an outcome's name as the style sheet knows it."""
    return name.replace(" ", "-")


def mark(name: str) -> HTML:
    """Write a dotted name so that a narrow line can break where it has a joint."""
    first, *others = re.split(r"(?<=[.:_/])", name)
    return joined(first, *(piece for other in others for piece in (tag("wbr"), other)))


def report_anchor(number: int) -> str:
    """Return the id of a report's section."""
    return f"report-{number}"


def anchor(number: int, requirement: str) -> str:
    """Return the id of a requirement in a report: the first report's are the requirements' own."""
    own = quote(requirement, safe="")
    return own if number == 1 else f"{report_anchor(number)}-{own}"
