"""Path patterns, as bareASGI writes them.

``/chat/{room}``, ``/page/{n:int}``, ``/at/{x:float}``, ``/on/{day:datetime:%Y-%m-%d}``, ``/files/{rest:path}``.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

CONVERTERS: Final[dict[str, Callable[[str], Any]]] = {
    "str": str,
    "int": int,
    "float": float,
    "datetime": datetime.fromisoformat,
    "path": str,
}
TYPES: Final[dict[str, type]] = {"str": str, "int": int, "float": float, "datetime": datetime, "path": str}
_OTHERS_VARIABLE: Final = re.compile(r"<(?:(\w+):)?(\w+)>|^:([^\W\d]\w*)")
"""How other routers write one: Flask and Django with its type before it, Express and Rails behind a colon."""
_ENCODED: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_PROBE: Final = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


class Variable(NamedTuple):
    """A segment that stands for a value."""

    name: str
    type: str
    convert: Callable[[str], Any]


class Pattern:
    """A parsed path pattern.

    Attributes:
        path: The pattern as it was written.
        variables: The variables' types by their names.
    """

    __slots__ = ("_rest", "_segments", "_slash", "path", "variables")

    def __init__(self, path: str) -> None:
        """Parse a pattern; ValueError says what is malformed in it."""
        if not path.startswith("/"):
            raise _malformed(path, "a path that begins with '/'")
        self.path = path
        self._slash = path[1:].endswith("/")
        body = path[1:-1] if self._slash else path[1:]
        self._segments = [_segment(path, segment) for segment in body.split("/")]
        variables = [segment for segment in self._segments if isinstance(segment, Variable)]
        self.variables = {variable.name: TYPES[variable.type] for variable in variables}
        if len(self.variables) < len(variables):
            raise _malformed(path, f"each name once, got {', '.join(repr(variable.name) for variable in variables)}")
        paths = [variable for variable in variables if variable.type == "path"]
        self._rest = bool(paths)
        if paths and (paths[0] is not self._segments[-1] or self._slash):
            raise _malformed(path, f"nothing after {{{paths[0].name}:path}}, which takes the rest of the path")

    def match(self, path: str) -> dict[str, Any] | None:
        """Give what the variables matched, converted, or None where the path is another."""
        if not self.variables:
            return {} if path == self.path else None
        parts = self._parts(path)
        if parts is None:
            return None
        matches: dict[str, Any] = {}
        for part, segment in zip(parts, self._segments, strict=True):
            if isinstance(segment, str):
                if part != segment:
                    return None
                continue
            try:
                matches[segment.name] = segment.convert(part)
            except ValueError:
                return None
        return matches

    def _parts(self, path: str) -> list[str] | None:
        """Split a path into as many parts as there are segments, or give None."""
        if not path.startswith("/"):
            return None
        count = len(self._segments)
        if self._rest:
            parts = path[1:].split("/", count - 1)
        else:
            slash = path[1:].endswith("/")
            if slash != self._slash:
                return None
            parts = (path[1:-1] if slash else path[1:]).split("/")
        return parts if len(parts) == count else None


def _segment(path: str, segment: str) -> str | Variable:
    if segment.startswith("{") and segment.endswith("}"):
        return _variable(path, segment)
    if "{" in segment or "}" in segment:
        raise _malformed(path, f"a variable as a whole segment, got {segment!r}")
    if others := _OTHERS_VARIABLE.search(segment):
        kind, name, colon_name = others.groups()
        written = f"{name}:{kind}" if kind in CONVERTERS else name or colon_name
        raise _malformed(path, f"a variable as a whole segment, '{{{written}}}', got {segment!r}")
    if "?" in segment or "#" in segment:
        raise _malformed(path, f"a path alone, without a query string or a fragment, got {segment!r}")
    if _ENCODED.search(segment):
        from urllib.parse import unquote

        raise _malformed(path, f"decoded text, {unquote(segment)!r}, got {segment!r}")
    return segment


def _variable(path: str, segment: str) -> Variable:
    # The format is everything after the second colon, for "%H:%M" has one of its own.
    name, *rest = segment[1:-1].split(":", 2)
    if not name or "{" in segment[1:-1] or "}" in segment[1:-1]:
        raise _malformed(path, f"a variable with a name, as in '{{name}}' or '{{name:type}}', got {segment!r}")
    kind = rest[0] if rest else "str"
    if kind not in CONVERTERS:
        raise _malformed(path, f"one of the types {', '.join(CONVERTERS)} in {segment!r}, got {kind!r}")
    if len(rest) < 2:
        return Variable(name, kind, CONVERTERS[kind])
    if kind != "datetime":
        raise _malformed(path, f"'{{{name}:{kind}}}' without a format, got {segment!r}")
    return Variable(name, kind, _datetime_converter(path, rest[1]))


def _datetime_converter(path: str, form: str) -> Callable[[str], datetime]:
    def convert(value: str) -> datetime:
        return datetime.strptime(value, form)

    try:
        convert(_PROBE.strftime(form))
    except ValueError as error:
        raise _malformed(path, f"a format that datetime.strptime understands, got {form!r} ({error})") from None
    return convert


def _malformed(path: str, expected: str) -> ValueError:
    return ValueError(f"add: malformed path pattern {path!r}: expected {expected}")
