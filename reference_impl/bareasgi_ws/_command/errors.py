"""The error that every subcommand shares, and what most of them need."""

from importlib import import_module


class CannotRunError(Exception):
    """The command could not do its work; the text is a sentence that says what to do."""


def require_rich(extra: str) -> None:
    """See to it that the report can be printed.

    Raises:
        CannotRunError: rich, of this extra, is not installed.
    """
    try:
        import_module("rich")
    except ImportError:
        raise CannotRunError(f"the report needs rich: pip install 'bareasgi-ws[{extra}]'") from None
