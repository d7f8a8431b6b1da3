"""Path patterns, as bareASGI writes them.

``/chat/{room}``, ``/page/{n:int}``, ``/at/{x:float}``, ``/on/{day:datetime:%Y-%m-%d}``, ``/files/{rest:path}``.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

TYPES: Final[dict[str, Callable[[str], Any]]] = {"str": str, "int": int, "float": float, "path": str}
"""What converts a segment, by the type that it is written with; datetime is one more."""
_NAMES: Final = "str, int, float, datetime, path"
_OTHERS_VARIABLE: Final = r"<(?:(\w+):)?(\w+)>|^:([^\W\d]\w*)"
"""How other routers write one: Flask and Django with its type before it, Express and Rails behind a colon."""
_ENCODED: Final = "%[0-9A-Fa-f]{2}"


class Variable(NamedTuple):
    """A segment that stands for a value.

    Attributes:
        name: Its name.
        kind: What decides what it takes, as it is written: the type, and the format of a datetime.
        gives: The type of its values.
        convert: Makes a value of a segment.
    """

    name: str
    kind: str
    gives: Any
    convert: Callable[[str], Any]


class Pattern:
    """A parsed path pattern.

    Attributes:
        path: The pattern as it was written.
        segments: What stands between its slashes, each literal text or a variable.
        variables: The variables' types by their names.
        rest: Whether its last variable takes the rest of the path.
        slash: Whether it ends with a slash.
    """

    __slots__ = ("path", "rest", "segments", "slash", "variables")

    def __init__(self, path: str) -> None:
        """Parse a pattern; ValueError says what is malformed in it."""
        if not path.startswith("/"):
            raise _malformed(path, "a path that begins with '/'")
        self.path = path
        self.slash = path[1:].endswith("/")
        body = path[1:-1] if self.slash else path[1:]
        self.segments = [_segment(path, segment) for segment in body.split("/")]
        variables = [segment for segment in self.segments if isinstance(segment, Variable)]
        self.variables: dict[str, type] = {variable.name: variable.gives for variable in variables}
        if len(self.variables) < len(variables):
            raise _malformed(path, f"each name once, got {', '.join(repr(variable.name) for variable in variables)}")
        paths = [variable for variable in variables if variable.kind == "path"]
        self.rest = bool(paths)
        if paths and (paths[0] is not self.segments[-1] or self.slash):
            raise _malformed(path, f"nothing after {{{paths[0].name}:path}}, which takes the rest of the path")

    def match(self, path: str) -> dict[str, Any] | None:
        """Return what the variables matched, converted, or None where the path is another."""
        if not self.variables:
            return {} if path == self.path else None
        parts = self._parts(path)
        if parts is None:
            return None
        matches: dict[str, Any] = {}
        for part, segment in zip(parts, self.segments, strict=True):
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
        count = len(self.segments)
        if self.rest:
            parts = path[1:].split("/", count - 1)
        else:
            slash = path[1:].endswith("/")
            if slash != self.slash:
                return None
            parts = (path[1:-1] if slash else path[1:]).split("/")
        return parts if len(parts) == count else None


def _segment(path: str, segment: str) -> str | Variable:
    if segment.startswith("{") and segment.endswith("}"):
        return _variable(path, segment)
    if "{" in segment or "}" in segment:
        raise _malformed(path, f"a variable as a whole segment, got {segment!r}")
    import re

    if others := re.search(_OTHERS_VARIABLE, segment):
        kind, name, colon_name = others.groups()
        written = f"{name}:{kind}" if kind in TYPES or kind == "datetime" else name or colon_name
        raise _malformed(path, f"a variable as a whole segment, '{{{written}}}', got {segment!r}")
    if "?" in segment or "#" in segment:
        raise _malformed(path, f"a path alone, without a query string or a fragment, got {segment!r}")
    if re.search(_ENCODED, segment):
        from urllib.parse import unquote

        raise _malformed(path, f"decoded text, {unquote(segment)!r}, got {segment!r}")
    return segment


def _variable(path: str, segment: str) -> Variable:
    # The format is everything after the second colon, for "%H:%M" has one of its own.
    name, *rest = segment[1:-1].split(":", 2)
    if not name or "{" in segment[1:-1] or "}" in segment[1:-1]:
        raise _malformed(path, f"a variable with a name, as in '{{name}}' or '{{name:type}}', got {segment!r}")
    kind = rest[0] if rest else "str"
    if kind == "datetime":
        return _datetime(path, name, *rest[1:])
    if kind not in TYPES:
        raise _malformed(path, f"one of the types {_NAMES} in {segment!r}, got {kind!r}")
    if len(rest) == 2:
        raise _malformed(path, f"'{{{name}:{kind}}}' without a format, got {segment!r}")
    return Variable(name, kind, TYPES[kind], TYPES[kind])


def _datetime(path: str, name: str, form: str | None = None) -> Variable:
    from datetime import UTC, datetime

    if form is None:
        return Variable(name, "datetime", datetime, datetime.fromisoformat)

    def convert(value: str) -> datetime:
        return datetime.strptime(value, form)

    try:
        convert(datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC).strftime(form))
    except ValueError as error:
        raise _malformed(path, f"a format that datetime.strptime understands, got {form!r} ({error})") from None
    return Variable(name, f"datetime:{form}", datetime, convert)


def _malformed(path: str, expected: str) -> ValueError:
    return ValueError(f"add: malformed path pattern {path!r}: expected {expected}")
