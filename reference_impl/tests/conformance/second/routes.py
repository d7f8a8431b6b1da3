# pyright: strict
"""Matching a path: the pattern becomes one regular expression with a group for each variable (WS-LIFETIME-10)."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

VARIABLE = re.compile(r"\{(?P<name>\w+)(?::(?P<kind>\w+)(?::(?P<form>[^}]*))?)?\}")


def matches_of(route: str, path: str) -> Mapping[str, Any] | None:
    """Return what the variables of a pattern stand for in a path; None where it does not match, or does not convert."""
    found = re.fullmatch(_expression(route), path, re.DOTALL)
    if found is None:
        return None
    try:
        return MappingProxyType(
            {each["name"]: _convert(each)(found[each["name"]]) for each in VARIABLE.finditer(route)}
        )
    except ValueError:
        return None


def _expression(route: str) -> str:
    written, end = "", 0
    for each in VARIABLE.finditer(route):
        written += re.escape(route[end : each.start()])
        written += f"(?P<{each['name']}>{'.*' if each['kind'] == 'path' else '[^/]+'})"
        end = each.end()
    return written + re.escape(route[end:])


def _convert(variable: re.Match[str]) -> Callable[[str], Any]:
    convert: dict[str | None, Callable[[str], Any]] = {
        "int": int,
        "float": float,
        "datetime": lambda text: datetime.strptime(text, variable["form"]),
    }
    return convert.get(variable["kind"], str)
