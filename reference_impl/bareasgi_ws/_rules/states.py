"""The states of a WebSocket: one table says what each call, and each thing that the server tells, does in each.

What awaits the server, and walks through this table, is the socket: ``_reference/socket.py``. ``docs/states.md`` shows
the table; it is written from it.
"""

from enum import StrEnum
from typing import Final, TypeAlias

from ..errors import WebSocketClosedError, WebSocketStateError

# Theory
# ======
#
# Why these four. A client's handshake waits until the handler answers it (RFC 6455 section 4.2.2; ASGI
# websocket.accept, websocket.close): BEFORE. Then messages go both ways: OPEN. In the end none go: CLOSED. GONE lies
# between the last two: one way has ended, and the other has not.
#
# Why only one state lies between. Sending and receiving begin together, with accept, and nearly everything that ends
# one of them ends both. After its close frame an endpoint sends no more data (section 5.5.1), and a handler that closes
# asks for no more either (WS-RECEIVE-07). The end that a server reports comes after every message (ASGI
# websocket.disconnect): nothing is left to receive, and nobody is there to send to.
#
# Why a failed send ends sending only. A send fails as soon as the connection is lost, but what arrived before is still
# in the server's queue, and stays to be received (WS-SEND-11). The close code is last in that queue, for only the
# disconnect event has it, so ``code`` is None in GONE (WS-CODE-11).
#
# Why there is no state for closing. RFC 6455 has one (section 7.1.3), between the two close frames. There the server
# waits for the client. A handler has nothing left to do in it, and ASGI has no event for it.
#
# Why a call moves first. ``accept``, ``close`` and ``deny`` enter their next state before they await the server. Other
# tasks run meanwhile: a send must not follow the close frame (WS-CLOSE-11), and a second accept must find the first
# (WS-CONCURRENCY-05). And where the call is cancelled, nobody can tell how much has gone out: the state is that of a
# call that is done (WS-CANCELLATION-03, WS-CANCELLATION-04). There is one way back. A server that would not send the
# answer at all leaves the handshake unanswered, and the socket goes back to BEFORE. A send beside it may fail after
# that. It says nothing of the next answer, so it changes nothing.
#
# Why there are two errors. WebSocketStateError is a mistake of the handler's author: the call is out of order, whatever
# the client does. WebSocketClosedError comes to correct handlers, as a client may go at any time. A handler that ends
# needs neither: ``receive`` goes on to give None (WS-RECEIVE-06, WS-RECEIVE-07), and a second ``close`` returns
# (WS-CLOSE-04, WS-CLOSE-05).
#
# How it is used. A state has its column of the table as attributes, so that a call looks up one. A message looks up
# nothing: ``send`` reads ``can_send``, and ``receive`` a flag that the socket keeps. Both follow from the table, as
# tests/unit/test_states.py proves.


class State:
    """A state, and where each step leads from it. There is one object for each, so that ``is`` compares them."""

    __slots__ = (
        "_words",
        "accept",
        "can_receive",
        "can_send",
        "close",
        "deny",
        "disconnect",
        "failed_send",
        "name",
        "receive",
        "send",
    )

    accept: "State | Rejection"
    receive: "State | Rejection"
    send: "State | Rejection"
    close: "State | Rejection"
    deny: "State | Rejection"
    disconnect: "State | Rejection"
    failed_send: "State | Rejection"
    can_send: bool
    """Whether messages may be sent."""
    can_receive: bool
    """Whether messages may still come."""

    def __init__(self, name: str, words: str) -> None:
        """Begin with no step."""
        self.name: Final = name
        self._words: Final = words

    def __str__(self) -> str:
        """Name the state as an error message does."""
        return self._words


class Step(StrEnum):
    """A call of the handler's, or what the server tells: the last two."""

    ACCEPT = "accept()"
    RECEIVE = "receive()"
    SEND = "send()"
    CLOSE = "close()"
    DENY = "deny()"
    DISCONNECT = "the server reports the end"
    FAILED_SEND = "the server fails to send"


CLOSE: Final = Step.CLOSE
DISCONNECT: Final = Step.DISCONNECT
"""A member of an enumeration is looked up slowly where it is needed for each connection."""

Rejection: TypeAlias = type[WebSocketStateError] | type[WebSocketClosedError]
_ORDER: Final = WebSocketStateError
_ENDED: Final = WebSocketClosedError

BEFORE: Final = State("before", "not accepted")
OPEN: Final = State("open", "open")
GONE: Final = State("gone", "open, but its client has gone")
CLOSED: Final = State("closed", "closed")
STATES: Final = (BEFORE, OPEN, GONE, CLOSED)

# fmt: off
TABLE: Final[dict[Step, tuple[State | Rejection, ...]]] = {
    # in:              BEFORE  OPEN    GONE    CLOSED
    Step.ACCEPT:      (OPEN,   _ORDER, _ORDER, _ORDER),
    Step.RECEIVE:     (_ORDER, OPEN,   GONE,   CLOSED),
    Step.SEND:        (_ORDER, OPEN,   _ENDED, _ENDED),
    Step.CLOSE:       (CLOSED, CLOSED, CLOSED, CLOSED),
    Step.DENY:        (CLOSED, _ORDER, _ORDER, _ORDER),
    Step.DISCONNECT:  (CLOSED, CLOSED, CLOSED, CLOSED),
    Step.FAILED_SEND: (BEFORE, GONE,   GONE,   CLOSED),
}
# fmt: on
"""Where each step leads, or the error that rejects it; a rejected step changes nothing and sends nothing."""

for _step, _row in TABLE.items():
    for _state, _following in zip(STATES, _row, strict=True):
        setattr(_state, _step.name.lower(), _following)

for _state in STATES:
    _state.can_send = _state.send is _state
    _state.can_receive = _state.receive is _state is not _state.disconnect  # in CLOSED it gives None

EXPECTED: Final = {
    Step.ACCEPT: "a WebSocket that was neither accepted nor closed before",
    Step.RECEIVE: "an accepted WebSocket",
    Step.SEND: "an open WebSocket",
    Step.DENY: "a WebSocket that was neither accepted nor closed before",
}
"""What a rejected call would have needed."""
