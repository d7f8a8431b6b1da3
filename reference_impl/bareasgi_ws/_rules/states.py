"""The state of a WebSocket: two halves, and one table for each.

Sending and receiving end separately. A send that finds the client gone ends sending only: what had arrived before can
still be received (WS-SEND-11). Everything else that ends, ends both.

A step is a call of the handler's, or something that the server told. A half answers each step with its next state, or
with the error that the step is refused with; a step refused by either half changes neither.
"""

from enum import StrEnum
from typing import Final, TypeAlias

from ..errors import WebSocketClosedError, WebSocketStateError


class Sending(StrEnum):
    """The half that sends."""

    BEFORE = "not accepted"
    OPEN = "open"
    GONE = "client gone"
    CLOSED = "closed"


class Receiving(StrEnum):
    """The half that receives."""

    BEFORE = "not accepted"
    OPEN = "open"
    CLOSED = "closed"


class Step(StrEnum):
    """What can happen to a WebSocket."""

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

EXPECTED: Final = {
    Step.ACCEPT: "a WebSocket that was neither accepted nor closed before",
    Step.RECEIVE: "an accepted WebSocket",
    Step.SEND: "an open WebSocket",
    Step.DENY: "a WebSocket that was neither accepted nor closed before",
}
"""What a refused call would have needed."""

CALLS: Final = (Step.ACCEPT, Step.RECEIVE, Step.SEND, Step.CLOSE, Step.DENY)
REPORTS: Final = (Step.DISCONNECT, Step.FAILED_SEND)

Refusal: TypeAlias = type[WebSocketStateError] | type[WebSocketClosedError]
_STATE: Final = WebSocketStateError
_CLOSED: Final = WebSocketClosedError

SENDING: Final[dict[Sending, dict[Step, Sending | Refusal]]] = {
    Sending.BEFORE: {
        Step.ACCEPT: Sending.OPEN,
        Step.RECEIVE: _STATE,
        Step.SEND: _STATE,
        Step.CLOSE: Sending.CLOSED,
        Step.DENY: Sending.CLOSED,
        Step.DISCONNECT: Sending.CLOSED,
        Step.FAILED_SEND: Sending.GONE,
    },
    Sending.OPEN: {
        Step.ACCEPT: _STATE,
        Step.RECEIVE: Sending.OPEN,
        Step.SEND: Sending.OPEN,
        Step.CLOSE: Sending.CLOSED,
        Step.DENY: _STATE,
        Step.DISCONNECT: Sending.CLOSED,
        Step.FAILED_SEND: Sending.GONE,
    },
    Sending.GONE: {
        Step.ACCEPT: _STATE,
        Step.RECEIVE: Sending.GONE,
        Step.SEND: _CLOSED,
        Step.CLOSE: Sending.CLOSED,
        Step.DENY: _STATE,
        Step.DISCONNECT: Sending.CLOSED,
        Step.FAILED_SEND: Sending.GONE,
    },
    Sending.CLOSED: {
        Step.ACCEPT: _STATE,
        Step.RECEIVE: Sending.CLOSED,
        Step.SEND: _CLOSED,
        Step.CLOSE: Sending.CLOSED,
        Step.DENY: _STATE,
        Step.DISCONNECT: Sending.CLOSED,
        Step.FAILED_SEND: Sending.CLOSED,
    },
}

RECEIVING: Final[dict[Receiving, dict[Step, Receiving | Refusal]]] = {
    Receiving.BEFORE: {
        Step.ACCEPT: Receiving.OPEN,
        Step.RECEIVE: _STATE,
        Step.SEND: _STATE,
        Step.CLOSE: Receiving.CLOSED,
        Step.DENY: Receiving.CLOSED,
        Step.DISCONNECT: Receiving.CLOSED,
        Step.FAILED_SEND: Receiving.BEFORE,
    },
    Receiving.OPEN: {
        Step.ACCEPT: _STATE,
        Step.RECEIVE: Receiving.OPEN,
        Step.SEND: Receiving.OPEN,
        Step.CLOSE: Receiving.CLOSED,
        Step.DENY: _STATE,
        Step.DISCONNECT: Receiving.CLOSED,
        Step.FAILED_SEND: Receiving.OPEN,
    },
    Receiving.CLOSED: {
        Step.ACCEPT: _STATE,
        Step.RECEIVE: Receiving.CLOSED,
        Step.SEND: _CLOSED,
        Step.CLOSE: Receiving.CLOSED,
        Step.DENY: _STATE,
        Step.DISCONNECT: Receiving.CLOSED,
        Step.FAILED_SEND: Receiving.CLOSED,
    },
}


class State:
    """Both halves, and where each step leads. There is one object for each, so that ``is`` compares them."""

    __slots__ = (
        "accept",
        "can_receive",
        "can_send",
        "close",
        "deny",
        "disconnect",
        "failed_send",
        "receive",
        "receiving",
        "send",
        "sending",
    )

    accept: "State | Refusal"
    receive: "State | Refusal"
    send: "State | Refusal"
    close: "State | Refusal"
    deny: "State | Refusal"
    disconnect: "State | Refusal"
    failed_send: "State | Refusal"

    def __init__(self, sending: Sending, receiving: Receiving) -> None:
        """Begin with no step."""
        self.sending: Final = sending
        self.receiving: Final = receiving
        self.can_send: Final = sending is Sending.OPEN
        """Whether messages may be sent."""
        self.can_receive: Final = receiving is Receiving.OPEN
        """Whether messages may still come."""

    def after(self, step: Step) -> "State | Refusal":
        """Return the state that the step leads to, or the error it is refused with."""
        following: State | Refusal = getattr(self, step.name.lower())
        return following

    def __str__(self) -> str:
        """Name the state as an error message does."""
        if self.sending is Sending.GONE:
            return "open, but its client has gone"
        return str(self.sending)


_states: dict[tuple[Sending, Receiving], State] = {}


def state_of(sending: Sending, receiving: Receiving) -> State:
    """Return the one state with these halves, its steps read from the table."""
    known = _states.get((sending, receiving))
    if known is None:
        known = _states[sending, receiving] = State(sending, receiving)
        for step in Step:
            setattr(known, step.name.lower(), _following(SENDING[sending][step], RECEIVING[receiving][step]))
    return known


def _following(sending: Sending | Refusal, receiving: Receiving | Refusal) -> State | Refusal:
    if not isinstance(sending, Sending):
        return sending
    if not isinstance(receiving, Receiving):
        return receiving
    return state_of(sending, receiving)


BEFORE: Final = state_of(Sending.BEFORE, Receiving.BEFORE)
"""Before accept: where every WebSocket begins."""

OPEN: Final = state_of(Sending.OPEN, Receiving.OPEN)
"""Accepted: messages go both ways."""

GONE: Final = state_of(Sending.GONE, Receiving.OPEN)
"""A send found the client gone; what had arrived is still to be received."""

CLOSED: Final = state_of(Sending.CLOSED, Receiving.CLOSED)
"""Closed by either side."""

STATES: Final = (BEFORE, OPEN, GONE, CLOSED)
"""The states that a WebSocket can be in: what the table reaches from the first of them."""
