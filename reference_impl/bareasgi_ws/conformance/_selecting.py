"""Which requirements are asked for."""

from collections.abc import Iterable
from typing import get_args

from .requirements import Level, Requirement, requirements

LEVELS: tuple[Level, ...] = get_args(Level)


def selected(select: Iterable[str], level: Level, *, servers: bool = True) -> list[Requirement]:
    """Give the requirements whose id begins so, of this level or one above it.

    Args:
        select: Beginnings of ids; empty selects all.
        level: The lowest level.
        servers: Whether all has the chapter on servers.

    Raises:
        TypeError: ``select`` is one str, which would be read letter by letter.
        ValueError: There is no such level, no requirement has such an id, or none of these has the level.
    """
    if isinstance(select, str):
        raise TypeError(f"expected select as several beginnings of ids, got the str {select!r}")
    if level not in LEVELS:
        raise ValueError(f"expected a level out of {', '.join(LEVELS)}, got {level!r}")
    beginnings = tuple(select)
    for beginning in beginnings:
        if not any(number.startswith(beginning) for number in requirements()):
            raise ValueError(f"no requirement begins with {beginning}")

    def is_meant(one: Requirement) -> bool:
        return one.id.startswith(beginnings) if beginnings else servers or one.chapter != "server"

    levels = LEVELS[: LEVELS.index(level) + 1]
    found = [one for one in requirements().values() if one.level in levels and is_meant(one)]
    if not found:
        raise ValueError(f"no requirement that begins with {' or '.join(beginnings)} is a {' or a '.join(levels)}")
    return found
