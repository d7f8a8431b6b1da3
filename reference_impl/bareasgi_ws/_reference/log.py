"""The logger ``bareasgi_ws``: at debug what the runtime decides for a handler, at error what would else be lost."""

import sys
from collections.abc import Mapping
from typing import Any

NAME = "bareasgi_ws"
DEBUG = 10
"""logging's own, which is not imported for it."""

_logger: Any = None


def debug(scope: Mapping[str, Any], message: str, *values: object) -> None:
    """Say what was decided for a connection; ``values`` are formatted only where somebody asked for debug."""
    global _logger
    if _logger is None:
        if "logging" not in sys.modules:
            return  # so nobody has asked
        _logger = sys.modules["logging"].getLogger(NAME)
    if _logger.isEnabledFor(DEBUG):
        _logger.debug(f"%s: {message}", _Connection(scope), *map(_OnOneLine, values), stacklevel=2)


def error(scope: Mapping[str, Any], message: str, raised: BaseException) -> None:
    """Say what nobody else may say, with its traceback."""
    import logging

    logging.getLogger(NAME).error(f"%s: {message}", _Connection(scope), exc_info=raised, stacklevel=2)


class _OnOneLine:
    """Writes a value late, and so that nothing in it can look like a line of its own."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __str__(self) -> str:
        text = repr(self._value) if isinstance(self._value, BaseException) else str(self._value)
        return text if text.isprintable() else text.encode("unicode_escape").decode()


class _Connection:
    """Writes which connection it is: path and client are the client's to choose, so they are quoted."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self._scope = scope

    def __str__(self) -> str:
        return f"WebSocket {self._scope.get('path')!r} from {self._scope.get('client')!r}"
