"""A handler that somebody else has found."""

from collections.abc import Mapping
from typing import Any

from .application import Application
from .lifetime import Found
from .socket import Content


class OneHandler(Application[Any]):
    """An application that has one handler for every connection."""

    def __init__(
        self, handler: Any, info: Any, matches: Mapping[str, Any], content: Content, close_timeout: float | None
    ) -> None:
        """Take what was checked already."""
        self.info = {} if info is None else info
        self._http = None
        self._served = (handler, content), matches
        self._close_timeout = close_timeout

    def _found(self, scope: Mapping[str, Any]) -> Found:
        return self._served
