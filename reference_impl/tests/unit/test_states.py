"""The state table: every state, every step; and the socket's flags, which are derived from it."""

import itertools
from collections import deque
from contextlib import suppress
from typing import Any

import pytest

from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import (
    BEFORE,
    CALLS,
    CLOSED,
    EXPECTED,
    GONE,
    OPEN,
    RECEIVING,
    REPORTS,
    SENDING,
    STATES,
    Receiving,
    Sending,
    State,
    Step,
    state_of,
)

REFUSED, ENDED = WebSocketStateError, WebSocketClosedError

# Written from the rules, not from the table: what each call and report leads to.
RULES: dict[State, dict[Step, Any]] = {
    BEFORE: {
        Step.ACCEPT: OPEN,
        Step.RECEIVE: REFUSED,
        Step.SEND: REFUSED,
        Step.CLOSE: CLOSED,
        Step.DENY: CLOSED,
        Step.DISCONNECT: CLOSED,
        Step.FAILED_SEND: state_of(Sending.GONE, Receiving.BEFORE),
    },
    OPEN: {
        Step.ACCEPT: REFUSED,
        Step.RECEIVE: OPEN,
        Step.SEND: OPEN,
        Step.CLOSE: CLOSED,
        Step.DENY: REFUSED,
        Step.DISCONNECT: CLOSED,
        Step.FAILED_SEND: GONE,
    },
    GONE: {
        Step.ACCEPT: REFUSED,
        Step.RECEIVE: GONE,
        Step.SEND: ENDED,
        Step.CLOSE: CLOSED,
        Step.DENY: REFUSED,
        Step.DISCONNECT: CLOSED,
        Step.FAILED_SEND: GONE,
    },
    CLOSED: {
        Step.ACCEPT: REFUSED,
        Step.RECEIVE: CLOSED,
        Step.SEND: ENDED,
        Step.CLOSE: CLOSED,
        Step.DENY: REFUSED,
        Step.DISCONNECT: CLOSED,
        Step.FAILED_SEND: CLOSED,
    },
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(STATES, Step)), ids=str)
def test_every_state_answers_every_step(state: State, step: Step) -> None:
    assert state.after(step) == RULES[state][step]


def test_the_table_is_whole() -> None:
    assert set(CALLS) | set(REPORTS) == set(Step)
    for half, table in ((Sending, SENDING), (Receiving, RECEIVING)):
        assert set(table) == set(half)
        assert all(set(row) == set(Step) for row in table.values())


def test_the_states_are_those_that_the_calls_and_reports_reach() -> None:
    # The server fails to send only what was sent: after accept.
    reached, pending = {BEFORE}, deque([BEFORE])
    while pending:
        state = pending.popleft()
        steps = [step for step in Step if not (state == BEFORE and step is Step.FAILED_SEND)]
        for following in (state.after(step) for step in steps):
            if isinstance(following, State) and following not in reached:
                reached.add(following)
                pending.append(following)
    assert reached == set(STATES)


def test_every_refusal_says_what_the_call_would_have_needed() -> None:
    refused = {step for state in STATES for step in Step if not isinstance(state.after(step), State)}
    assert refused == set(EXPECTED)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_flags_say_what_the_table_says(state: State) -> None:
    assert state.can_send is (state.after(Step.SEND) == state)
    assert state.can_receive is (state.after(Step.RECEIVE) == state and state != CLOSED)


CONNECT = {"type": "websocket.connect"}
MESSAGE = {"type": "websocket.receive", "text": "x"}
DISCONNECT = {"type": "websocket.disconnect", "code": 1001}


class Server:
    """What the socket stands on: the step that is tried decides how it answers."""

    def __init__(self) -> None:
        self.step = Step.ACCEPT

    async def receive(self) -> dict[str, Any]:
        return DISCONNECT if self.step is Step.DISCONNECT else MESSAGE

    async def send(self, event: Any) -> None:
        if self.step is Step.FAILED_SEND:
            raise ConnectionResetError


async def _take(web_socket: DenyingWebSocket[Any], server: Server, step: Step) -> None:
    server.step = step
    with suppress(WebSocketStateError, WebSocketClosedError):
        match step:
            case Step.SEND | Step.FAILED_SEND:
                await web_socket.send("x")
            case Step.RECEIVE | Step.DISCONNECT:
                await web_socket.receive()
            case Step.ACCEPT:
                await web_socket.accept()
            case Step.CLOSE:
                await web_socket.close()
            case Step.DENY:
                await web_socket.deny(404)


@pytest.mark.anyio
async def test_the_sockets_flag_follows_its_state() -> None:
    seen = set()
    for steps in itertools.product(Step, repeat=4):
        server = Server()
        web_socket: DenyingWebSocket[Any] = DenyingWebSocket({}, CONNECT, server.receive, server.send, None)
        for step in steps:
            await _take(web_socket, server, step)
            state = web_socket.state
            assert (web_socket._waiting is None) is state.can_receive, steps
            assert (web_socket.code is None) is (state != CLOSED), steps
            seen.add(state)
    assert seen == set(STATES)
