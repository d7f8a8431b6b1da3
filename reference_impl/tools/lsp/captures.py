"""What a person sees, as text: captured to be read, and compared so that it stays true."""

from collections.abc import Callable

from .editor import Editor
from .features import TUTORIAL, pointing_at
from .project import CARET


def hover(editor: Editor) -> str:
    """Capture what is shown over ``close``."""
    return editor.hover(editor.inside(pointing_at("close")))


def signature(editor: Editor) -> str:
    """Capture what is shown after ``accept(``, without the docstring that the hover shows too."""
    shown = editor.signature(f"await web_socket.accept({CARET})")
    return "\n".join(filter(None, [shown.label, shown.of_the_active_parameter()])) if shown else ""


def errors(editor: Editor) -> str:
    """Capture what is reported of the tutorial's handlers."""
    return "\n".join(f"line {line}: {message}" for line, message in editor.errors(TUTORIAL))


CAPTURES: dict[str, Callable[[Editor], str]] = {"hover": hover, "signature": signature, "errors": errors}
"""What is captured of each server: the name of each capture in the table, and what makes it."""


def capture(name: str, editor: Editor) -> str:
    """Capture one, without what differs in blanks alone."""
    text = CAPTURES[name](editor).replace("\xa0", " ")
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
