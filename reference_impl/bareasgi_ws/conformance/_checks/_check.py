"""The decorator of a check."""

from collections.abc import Callable

from ..check import Check, CheckFunction


def check(requirement: str, *, needs: tuple[str, ...] = ("WS-HANDSHAKE-01",)) -> Callable[[CheckFunction], Check]:
    """Make a check of a function; what it needs comes before it."""

    def checked(function: CheckFunction) -> Check:
        return Check(requirement, function.__name__, needs, function)

    return checked
