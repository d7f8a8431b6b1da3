"""What ends a check before its end, and how a report writes it."""


class Failure(Exception):
    """A step did not go as the requirement asks.

    Attributes:
        step: The step: who did what.
        expected: What the requirement asks for.
        came: What came.
    """

    def __init__(self, step: str, expected: str, came: str) -> None:
        """Say what was expected and what came."""
        super().__init__(f"{step}: expected {expected}, got {came}")
        self.step, self.expected, self.came = step, expected, came


class Boom(Exception):
    """What a script raises on purpose."""


class NotOffered(Exception):
    """The backend or its peer does not offer what the check needs."""


def parted(step: str) -> tuple[str, str]:
    """Tell whose step it is from what is done; one that is neither end's is the kit's."""
    who, _, what = step.partition(": ")
    return (who, what) if who in ("handler", "client") else ("kit", step)


def shown(value: object) -> str:
    """Write a value so that it fits into a report."""
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}... ({len(text)} characters)"


def said(error: BaseException) -> str:
    """Write an exception as the last line of a traceback."""
    return f"{type(error).__name__}: {error}"
