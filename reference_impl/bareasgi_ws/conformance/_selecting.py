"""Which requirements are asked for."""

from typing import Any, get_args

from .._rules.values import came, check_type
from ._arguments import is_several, near, requirement_id
from .requirements import Level, Requirement, requirements

LEVELS: tuple[Level, ...] = get_args(Level)


def selected(select: Any, level: Level, *, servers: bool = True) -> list[Requirement]:
    """Return the requirements whose id begins so, of this level or one above it.

    Args:
        select: Beginnings of ids; empty selects all.
        level: The lowest level.
        servers: Whether all has the chapter on servers.

    Raises:
        TypeError: ``select`` is one str, which would be read letter by letter, or has something else than a str.
        ValueError: There is no such level, no requirement has such an id, or none of these has the level.
    """
    if not is_several(select):
        raise TypeError(f"select: expected several beginnings of ids, as in ['WS-CLOSE'], got {came(select)}")
    if level not in LEVELS:
        raise ValueError(f"expected a level out of {', '.join(LEVELS)}, got {level!r}")
    beginnings = tuple(map(_beginning, select))

    def is_meant(one: Requirement) -> bool:
        return one.id.startswith(beginnings) if beginnings else servers or one.chapter != "server"

    levels = LEVELS[: LEVELS.index(level) + 1]
    found = [one for one in requirements().values() if one.level in levels and is_meant(one)]
    if not found:
        raise ValueError(f"no requirement that begins with {' or '.join(beginnings)} is a {' or a '.join(levels)}")
    return found


def _beginning(text: Any) -> str:
    check_type("select", "the beginning of an id as a str", text, str)
    beginning = requirement_id(text)
    if not any(number.startswith(beginning) for number in requirements()):
        raise ValueError(f"no requirement begins with {text}{near(text)}")
    return beginning
