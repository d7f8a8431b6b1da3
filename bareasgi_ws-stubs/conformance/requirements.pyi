# Written by `make stubs` from the module of this name.
"""The numbered requirements, read from their file."""

from typing import Literal, NamedTuple, TypeAlias

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
    """

    id: str
    chapter: str
    level: Level
    binds: Literal["handler", "backend", "server"]
    since: str
    text: str
    source: str

def requirements() -> dict[str, Requirement]:
    """Return all requirements by their ids, in the order of the chapters.

    Returns:
        The requirements of this version of the specification.
    """
