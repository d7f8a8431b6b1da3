"""The error that every subcommand shares, and what most of them need."""

from importlib import import_module


class CannotRunError(Exception):
    """The command could not do its work; the text is a sentence that says what to do."""


def require(package: str, extra: str, what: str = "the report") -> None:
    """See to it that a package of an extra is there.

    Raises:
        CannotRunError: It is not installed.
    """
    try:
        import_module(package)
    except ImportError:
        raise CannotRunError(f"{what} needs {package}: pip install 'bareasgi-ws[{extra}]'") from None
