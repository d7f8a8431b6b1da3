# Written by `make stubs` from the module of this name.
"""What a handler is told about its connection."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from ._typing import ReadOnly

Header: TypeAlias = tuple[bytes, bytes]
"""A header: its name in lower case, and its value."""

Headers: TypeAlias = list[Header]
"""Headers in their order; a name may occur more than once."""

Info: TypeAlias = dict[str, Any]
"""What the application shares with its handlers, where it gives no type of its own."""

RouteMatches: TypeAlias = Mapping[str, Any]
"""What the variables of the route's path matched: name to converted value."""

class ASGIVersions(TypedDict):
    """The versions that the server speaks (ASGI specification, connection scope); some servers leave one out.

    Attributes:
        version: The version of ASGI, such as ``"3.0"``.
        spec_version: The version of ASGI's HTTP and WebSocket specification, such as ``"2.4"``.
    """

    version: ReadOnly[NotRequired[str]]
    """The version of ASGI, such as ``"3.0"``."""
    spec_version: ReadOnly[NotRequired[str]]
    """The version of ASGI's HTTP and WebSocket specification, such as ``"2.4"``."""

class Scope(TypedDict):
    """The connection scope of a WebSocket (ASGI specification, WebSocket connection scope).

    All items are read-only, and those that a server may leave out are not required: read them with ``get``.
    A misspelt key is an error in ``scope["..."]``; through ``get`` no checker sees it.

    Attributes:
        type: Always ``"websocket"``.
        asgi: The versions that the server speaks.
        http_version: ``"1.1"``, or ``"2"`` for a WebSocket over HTTP/2 (RFC 8441). Missing means ``"1.1"``.
        scheme: ``"ws"`` or ``"wss"``. Missing means ``"ws"``.
        path: The path, percent-decoded, without the query string.
        raw_path: The path as it came, in bytes.
        query_string: What follows the ``?``, percent-encoded. Missing means empty.
        root_path: Where the application is mounted. Missing means empty.
        headers: The handshake request's headers, names in lower case. An iterable: it may have no length and no
            index, so iterate over it, or make a list of it. Over HTTP/2 there is no ``upgrade``, ``connection`` or
            ``sec-websocket-key`` among them.
        client: The client's host and port, where the server knows them.
        server: The server's host and port, or a socket's path and None.
        subprotocols: The subprotocols that the client offered, in its order. Missing means none.
        state: What the lifespan's start left for every connection.
        extensions: The extensions of ASGI that the server offers, such as ``"websocket.http.response"``.
    """

    type: ReadOnly[Literal["websocket"]]
    """Always ``"websocket"``."""
    asgi: ReadOnly[ASGIVersions]
    """The versions that the server speaks."""
    http_version: ReadOnly[NotRequired[str]]
    """``"1.1"``, or ``"2"`` for a WebSocket over HTTP/2 (RFC 8441). Missing means ``"1.1"``."""
    scheme: ReadOnly[NotRequired[str]]
    """``"ws"`` or ``"wss"``. Missing means ``"ws"``."""
    path: ReadOnly[str]
    """The path, percent-decoded, without the query string."""
    raw_path: ReadOnly[NotRequired[bytes | None]]
    """The path as it came, in bytes."""
    query_string: ReadOnly[NotRequired[bytes]]
    """What follows the ``?``, percent-encoded. Missing means empty."""
    root_path: ReadOnly[NotRequired[str]]
    """Where the application is mounted. Missing means empty."""
    headers: ReadOnly[Iterable[Header]]
    """The handshake request's headers, names in lower case. An iterable: it may have no length and no index, so iterate
    over it, or make a list of it. Over HTTP/2 there is no ``upgrade``, ``connection`` or ``sec-websocket-key`` among
    them.
    """
    client: ReadOnly[NotRequired[tuple[str, int] | None]]
    """The client's host and port, where the server knows them."""
    server: ReadOnly[NotRequired[tuple[str, int | None] | None]]
    """The server's host and port, or a socket's path and None."""
    subprotocols: ReadOnly[NotRequired[Iterable[str]]]
    """The subprotocols that the client offered, in its order. Missing means none."""
    state: ReadOnly[NotRequired[dict[str, Any]]]
    """What the lifespan's start left for every connection."""
    extensions: ReadOnly[NotRequired[Mapping[str, Mapping[Any, Any]] | None]]
    """The extensions of ASGI that the server offers, such as ``"websocket.http.response"``."""
