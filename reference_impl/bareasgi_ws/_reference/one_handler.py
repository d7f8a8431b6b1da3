"""A handler that somebody else has found."""

from collections.abc import Mapping
from typing import Any

from .application import Application
from .socket import Content


class OneHandler(Application[Any]):
    """An application that has one handler for every connection."""

    def __init__(
        self, handler: Any, info: Any, matches: Mapping[str, Any], content: Content, close_timeout: float | None
    ) -> None:
        """Take what was checked already."""
        self.info = info
        self._found = handler, matches, content
        self._close_timeout = close_timeout

    def _route(self, scope: Mapping[str, Any]) -> tuple[Any, Any, Content]:
        return self._found
