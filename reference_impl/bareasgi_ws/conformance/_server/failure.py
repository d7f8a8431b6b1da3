"""What a check of a server ends with where the server does not pass."""

from typing import Any

SHORT = 120


class NotMetError(Exception):
    """The server does not meet the requirement.

    Attributes:
        step: The step that failed.
        expected: What it should have given.
        actual: What it gave.
        shows: An expression that is true where the requirement is met, for a program that shows the fault.
    """

    def __init__(self, step: str, expected: str, actual: str, shows: str = "") -> None:
        """Say what is not met."""
        super().__init__(f"{step}: expected {expected}, got {actual}")
        self.step, self.expected, self.actual, self.shows = step, expected, actual, shows


class NotSeenError(Exception):
    """It cannot be seen, for the reason that is given."""


class NotOfferedError(Exception):
    """The server does not have what is optional: the text is its name."""


class NoResponseError(Exception):
    """The application does not respond to the kit."""


class SeveralProcessesError(Exception):
    """More than one process serves the application."""


def shortened(value: Any, longest: int = SHORT) -> str:
    """Write a value, in short where it is long."""
    text = repr(value[: longest + 1]) if isinstance(value, (str, bytes)) else str(value)
    if len(text) <= longest:
        return text
    length = (
        f"{len(value)} bytes"
        if isinstance(value, bytes)
        else f"{len(value if isinstance(value, str) else text)} characters"
    )
    return f"{text[:longest]}... ({length})"
