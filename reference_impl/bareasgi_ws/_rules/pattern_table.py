"""Many patterns, of which the first that was added and matches is found without trying them all."""

from math import inf
from typing import Any, Final, Generic, TypeAlias, TypeVar

from .patterns import Pattern, Variable

ValueT = TypeVar("ValueT")
_Entry: TypeAlias = tuple[int, Pattern, Any]
"""When a pattern was added, itself, and what it leads to."""


class PatternTable(Generic[ValueT]):
    """Patterns, and what each leads to."""

    def __init__(self) -> None:
        """Begin with none."""
        self._count = 0
        self._literals: Final[dict[str, ValueT]] = {}
        """By their path, those without a variable."""
        self._heads: Final[dict[str, tuple[int, str, ValueT]]] = {}
        """By what stands before it, those with one variable, a str that comes last."""
        self._tree: Final = _Node()
        """All others."""
        self._first_in_tree: float = inf

    def add(self, pattern: Pattern, value: ValueT) -> None:
        """Add a pattern after the others."""
        order = self._count
        self._count += 1
        if not pattern.variables:
            if self.find(pattern.path) is None:  # else the only path that it matches is another's
                self._literals[pattern.path] = value
        elif (last := _only_last(pattern)) is not None:
            self._heads.setdefault(pattern.path.rpartition("/")[0], (order, last.name, value))
        else:
            self._first_in_tree = min(self._first_in_tree, order)
            self._tree.add((order, pattern, value))

    def find(self, path: str) -> tuple[ValueT, dict[str, Any]] | None:
        """Return what the first pattern that matches leads to, and what its variables matched; None without one."""
        value = self._literals.get(path)
        if value is not None:
            return value, {}
        head, slash, last = path.rpartition("/")
        # A trailing slash is significant, but that of "/" is what its one segment follows.
        found = self._heads.get(head) if slash and (last or not head) else None
        order = self._count if found is None else found[0]
        if self._first_in_tree < order:
            for earlier, pattern, leads_to in self._tree.candidates(path):
                if earlier < order and (matches := pattern.match(path)) is not None:
                    return leads_to, matches
        if found is None:
            return None
        _, name, value = found
        return value, {name: last}


def _only_last(pattern: Pattern) -> Variable | None:
    """Return the variable of a pattern that has one, a str that comes last."""
    last = pattern.segments[-1]
    is_only = len(pattern.variables) == 1 and not pattern.slash
    return last if is_only and isinstance(last, Variable) and last.kind == "str" else None


class _Node:
    """What patterns have in common up to one of their segments."""

    __slots__ = ("_ends", "_literals", "_rests", "_variable")

    def __init__(self) -> None:
        self._literals: dict[str, _Node] = {}
        self._variable: _Node | None = None
        # By the kinds of their variables: of those that have the same ones, only the first is ever found.
        self._ends: dict[tuple[str, ...], _Entry] = {}
        self._rests: dict[tuple[str, ...], _Entry] = {}

    def add(self, entry: _Entry) -> None:
        """Add a pattern to those below."""
        _, pattern, _ = entry
        node = self
        for segment in pattern.segments[:-1] if pattern.rest else pattern.segments:
            node = node._below(segment)
        if pattern.slash:
            node = node._below("")
        kinds = tuple(segment.kind for segment in pattern.segments if isinstance(segment, Variable))
        (node._rests if pattern.rest else node._ends).setdefault(kinds, entry)

    def _below(self, segment: str | Variable) -> "_Node":
        if isinstance(segment, str):
            return self._literals.setdefault(segment, _Node())
        if self._variable is None:
            self._variable = _Node()
        return self._variable

    def candidates(self, path: str) -> list[_Entry]:
        """Return the patterns below whose literal segments the path has, in their order."""
        found: list[_Entry] = []
        nodes = [self]
        for segment in path[1:].split("/"):
            for node in nodes:
                found += node._rests.values()
            below = [(node._literals.get(segment), node._variable) for node in nodes]
            nodes = [node for pair in below for node in pair if node is not None]
        for node in nodes:
            found += node._ends.values()
        return sorted(found)
