"""The state table: every state, every step; and the socket's flags, which are derived from it."""

import itertools
from collections import deque
from contextlib import suppress
from typing import Any

import pytest

from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import BEFORE, CLOSED, EXPECTED, GONE, OPEN, STATES, TABLE, State, Step

REJECTED, ENDED = WebSocketStateError, WebSocketClosedError

# Written from the rules, not from the table: what each call and report leads to, before, open, gone and closed.
RULES: dict[Step, tuple[Any, ...]] = {
    Step.ACCEPT: (OPEN, REJECTED, REJECTED, REJECTED),
    Step.RECEIVE: (REJECTED, OPEN, GONE, CLOSED),
    Step.SEND: (REJECTED, OPEN, ENDED, ENDED),
    Step.CLOSE: (CLOSED, CLOSED, CLOSED, CLOSED),
    Step.DENY: (CLOSED, REJECTED, REJECTED, REJECTED),
    Step.DISCONNECT: (CLOSED, CLOSED, CLOSED, CLOSED),
    Step.FAILED_SEND: (BEFORE, GONE, GONE, CLOSED),
}


def after(state: State, step: Step) -> Any:
    """Return what the socket looks up."""
    return getattr(state, step.name.lower())


@pytest.mark.parametrize(("state", "step"), list(itertools.product(STATES, Step)), ids=str)
def test_every_state_answers_every_step(state: State, step: Step) -> None:
    assert after(state, step) == RULES[step][[BEFORE, OPEN, GONE, CLOSED].index(state)]


def test_the_table_is_whole() -> None:
    assert list(TABLE) == list(Step)
    assert all(len(row) == len(STATES) for row in TABLE.values())


def test_the_states_are_those_that_the_steps_reach() -> None:
    reached, pending = {BEFORE}, deque([BEFORE])
    while pending:
        state = pending.popleft()
        for following in (after(state, step) for step in Step):
            if isinstance(following, State) and following not in reached:
                reached.add(following)
                pending.append(following)
    assert reached == set(STATES)


def test_every_rejection_says_what_the_call_would_have_needed() -> None:
    rejected = {step for state in STATES for step in Step if not isinstance(after(state, step), State)}
    assert rejected == set(EXPECTED)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_flags_say_what_the_table_says(state: State) -> None:
    assert state.can_send is (after(state, Step.SEND) == state)
    assert state.can_receive is (after(state, Step.RECEIVE) == state and state != CLOSED)


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
