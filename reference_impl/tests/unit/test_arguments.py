"""What is rejected: events that no server may give, and each code and status; the calls are in ``bad_input.toml``."""

from collections.abc import Callable
from typing import Any

import pytest

from bareasgi_ws import WebSocketError
from bareasgi_ws._rules import arguments, events

REJECTED: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: events.read({"type": "websocket.receive", "text": "a", "bytes": b"a"}),
        "with either a str as its text or bytes as its bytes, got text of type str and bytes of type bytes",
    ),
    (lambda: events.read({"type": "x"}), "'websocket.receive' or 'websocket.disconnect', got 'x'"),
    (lambda: events.disconnected({"code": "1000"}), "as an int or None, got '1000'"),
    (lambda: events.connected({}), "expected 'websocket.connect' as the first event, got None"),
]


@pytest.mark.parametrize(("call", "said"), REJECTED, ids=[said for _, said in REJECTED])
def test_a_wrong_event_is_told_of(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(WebSocketError) as rejected:
        call()
    assert said in str(rejected.value)


def test_every_code_is_sent_or_rejected_as_rfc_6455_says() -> None:
    sent = {code for code in range(-1, 6000) if _is_sent(code)}
    assert sent == (set(range(1000, 1015)) - {1004, 1005, 1006}) | set(range(3000, 5000))


def test_a_denial_has_a_status_that_rejects() -> None:
    assert [status for status in range(1000) if _rejects(status)] == list(range(300, 600))


def _rejects(status: int) -> bool:
    try:
        return arguments.denial_status(status) == status
    except ValueError:
        return False


def _is_sent(code: int) -> bool:
    try:
        return arguments.close_code(code) == code
    except ValueError:
        return False


def test_a_content_length_is_added_to_a_denial() -> None:
    assert arguments.denial_headers([(b"X", b"1")], b"abc") == [(b"x", b"1"), (b"content-length", b"3")]
    assert arguments.denial_headers([(b"Content-Length", b"3")], b"abc") == [(b"content-length", b"3")]


class Text(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "shown otherwise"


class Binary(bytes):
    __slots__ = ()

    def __bytes__(self) -> bytes:
        return b"shown otherwise"


def test_a_server_is_given_plain_str_and_bytes() -> None:
    header = arguments.accept_headers([(Binary(b"X-One"), Binary(b"1"))])[0]
    written = [*header, arguments.subprotocol(Text("a"), ("a",))]
    written += [events.send(Text("ä"))["text"], events.send(Binary(b"b"))["bytes"]]
    assert [(type(value), value) for value in written] == [
        (bytes, b"x-one"),
        (bytes, b"1"),
        (str, "a"),
        (str, "ä"),
        (bytes, b"b"),
    ]
