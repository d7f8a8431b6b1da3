# Written by `make stubs` from the module of this name.
"""The numbered requirements, read from their file."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Level", "Requirement", "requirements", "select_requirements"]

Level: TypeAlias = Literal["MUST", "SHOULD", "INFO"]
"""How much a requirement asks for, most first."""

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

def requirements(*, own_server: bool = False) -> dict[str, Requirement]:
    """Return all requirements by their ids, in the order of the chapters.

    Args:
        own_server: Whether they are for a backend that is its own server: some that bind servers are its MUSTs.

    Returns:
        The requirements of this version of the specification.
    """

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
