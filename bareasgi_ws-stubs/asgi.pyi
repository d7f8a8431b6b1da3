# Written by `make stubs` from the module of this name.
"""What ASGI calls an application with."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]
"""Gives the server's next event."""

Send: TypeAlias = Callable[[Any], Awaitable[None]]
"""Takes an event to the server."""

ASGIApplication: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI 3 application of anybody's: its own types for scope, receive and send are as good as any."""
