"""The numbered requirements, read from their file."""

import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from .._rules.arguments import check_type, describe_value, is_several

__all__ = ["Level", "Requirement", "requirements", "select_requirements"]

Level: TypeAlias = Literal["MUST", "SHOULD", "INFO"]
"""How much a requirement asks for, most first."""

_LEVELS: Final[tuple[Level, ...]] = get_args(Level)


class Requirement(NamedTuple):
    """One rule of the specification.

    Attributes:
        id: Its number, such as ``"WS-CLOSE-03"``; it never changes and is never given to another.
        chapter: The chapter it stands in.
        level: ``"MUST"``, ``"SHOULD"`` or ``"INFO"``.
        binds: Whom it binds: ``"handler"``, ``"backend"`` or ``"server"``.
        since: The version of the specification that it came with.
        text: The rule, in one sentence.
        source: Where the rule comes from.
        asgi: The version of the ASGI specification (``spec_version``) that it came with: it binds no server that
            announces one before; empty where it binds all.
    """

    id: str
    chapter: str
    level: Level
    binds: Literal["handler", "backend", "server"]
    since: str
    text: str
    source: str
    asgi: str = ""


@cache
def requirements(*, own_server: bool = False) -> dict[str, Requirement]:
    """Return all requirements by their ids, in the order of the chapters.

    Args:
        own_server: Whether they are for a backend that is its own server: some that bind servers are its MUSTs.

    Returns:
        The requirements of this version of the specification.
    """
    return {
        number: requirement._replace(level="MUST", binds="backend") if own_server and binds_own else requirement
        for number, (requirement, binds_own) in _read().items()
    }


@cache
def _read() -> dict[str, tuple[Requirement, bool]]:
    """Read each requirement, and whether it binds a backend that is its own server too."""
    with files("bareasgi_ws.conformance").joinpath("requirements.toml").open("rb") as file:
        chapters = tomllib.load(file)
    return {
        number: (Requirement(number, chapter, **fields), is_own)
        for chapter, numbered in chapters.items()
        for number, fields in numbered.items()
        for is_own in [fields.pop("own_server", False)]
    }


def select_requirements(
    select: Iterable[str] = (), level: Level = "INFO", *, own_server: bool = False
) -> list[Requirement]:
    """Return the requirements whose ids begin so, of a level or one above it.

    Args:
        select: Beginnings of requirement ids, such as ``"WS-CLOSE"``, in either case; empty selects all.
        level: The lowest level that is selected: ``"MUST"``, ``"SHOULD"``, or ``"INFO"`` for all.
        own_server: Whether they are for a backend that is its own server.

    Returns:
        The requirements, in the order of the chapters.

    Raises:
        TypeError: ``select`` is one str, which would be read letter by letter, or has something else than a str.
        ValueError: There is no such level, no requirement has such an id, or none of these has the level.
    """
    if not is_several(select):
        raise TypeError(f"select: expected several beginnings of ids, as in ['WS-CLOSE'], got {describe_value(select)}")
    if level not in _LEVELS:
        raise ValueError(f"expected a level out of {', '.join(_LEVELS)}, got {level!r}")
    beginnings = tuple(map(_beginning, select))
    levels = _LEVELS[: _LEVELS.index(level) + 1]
    of_all = requirements(own_server=own_server).values()
    found = [one for one in of_all if one.level in levels and one.id.startswith(beginnings or "")]
    if not found:
        raise ValueError(f"no requirement that begins with {' or '.join(beginnings)} is a {' or a '.join(levels)}")
    return found


def _beginning(text: Any) -> str:
    check_type("select", "the beginning of an id as a str", text, str)
    beginning = requirement_id(text)
    if not any(number.startswith(beginning) for number in requirements()):
        raise ValueError(f"no requirement begins with {text}{similar_ids(text)}")
    return beginning


def requirement_id(text: str) -> str:
    """Return the id of a requirement, or its beginning, as the specification writes it."""
    return text.strip().upper()


def similar_ids(text: str) -> str:
    """Say which ids, or beginnings of them, are like one that no requirement has."""
    ids = list(requirements())
    chapters = dict.fromkeys(number.rpartition("-")[0] for number in ids)
    close = get_close_matches(requirement_id(text), [*chapters, *ids], n=3, cutoff=0.7)
    return f" (near it: {', '.join(close)})" if close else " (bareasgi-ws requirements lists them)"
