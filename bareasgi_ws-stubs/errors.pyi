# Written by `make stubs` from the module of this name.
"""What goes wrong on a WebSocket."""

class WebSocketError(Exception):
    """The base of this package's errors, and what an event that the server should not send raises.

    After such an event the WebSocket is closed with 1011 (WS-RECEIVE-09).
    """

class WebSocketStateError(WebSocketError, RuntimeError):
    """A call that the state of the WebSocket does not allow: a mistake in the handler.

    The rejected call changed nothing and sent nothing (WS-HANDSHAKE-10, WS-HANDSHAKE-11, WS-RECEIVE-01,
    WS-SEND-01, WS-CONCURRENCY-01).
    """

class WebSocketClosedError(WebSocketError, ConnectionError):
    """The WebSocket is closed, or the client has gone: nothing can be sent any more.

    Where the server raised an error of its own, that is chained as the cause (WS-SEND-06, WS-SEND-07, WS-SEND-10).
    """
