"""Rejected arguments: the message says what was expected and what came."""

from collections.abc import Callable
from typing import Any

import pytest

from bareasgi_ws import CloseCode, WebSocketError
from bareasgi_ws._rules import arguments, events

OFFERED = ("a", "b")

REJECTED: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: arguments.close_code("1000"), TypeError, "close: expected the code as an int, got '1000'"),
    (lambda: arguments.close_code(True), TypeError, "as an int, got True"),
    (
        lambda: arguments.close_code(CloseCode.NO_STATUS_RCVD),
        ValueError,
        "close: 1005 is a code that is never sent",
    ),
    (lambda: arguments.close_code(999), ValueError, "expected a code in 1000-1014 or 3000-4999, got 999"),
    (lambda: arguments.close_reason(b"x"), TypeError, "expected the reason as a str, got b'x'"),
    (lambda: arguments.close_reason("é" * 62), ValueError, "expected a reason of at most 123 bytes, got 124"),
    (lambda: arguments.close_reason("a\ud800"), ValueError, "got U+D800 at index 1"),
    (lambda: arguments.subprotocol("c", OFFERED), ValueError, "that the client offered ('a', 'b'), got 'c'"),
    (lambda: arguments.subprotocol("c", ()), ValueError, "that the client offered (it offered none), got 'c'"),
    (lambda: arguments.subprotocol(b"a", OFFERED), TypeError, "as a str or None, got b'a'"),
    (lambda: arguments.accept_headers({}), TypeError, "as a list of pairs of bytes, got a dict"),
    (
        lambda: arguments.accept_headers([("a", b"b")]),
        TypeError,
        "as a tuple (name, value), both of them bytes, got ('a', b'b')",
    ),
    (lambda: arguments.accept_headers([(b"a b", b"")]), ValueError, "a header's name to be a token"),
    (
        lambda: arguments.accept_headers([(b"a", b"\r\n")]),
        ValueError,
        "no control character in the value of 'a', nor space around it",
    ),
    (
        lambda: arguments.accept_headers([(b"Upgrade", b"")]),
        ValueError,
        "no header of the protocol's own, got 'upgrade'",
    ),
    (
        lambda: arguments.denial_headers([(b"Connection", b"")], b""),
        ValueError,
        "connection's own, got 'connection'",
    ),
    (
        lambda: arguments.denial_headers([(b"content-length", b"2")], b"x"),
        ValueError,
        "the content-length 1 of the body",
    ),
    (lambda: arguments.accept_headers([(b"a", b" b")]), ValueError, "nor space around it, got b' b'"),
    (lambda: arguments.denial_headers([(b"content-length", b"1")] * 2, b"x"), ValueError, "at most one content-length"),
    (lambda: arguments.denial_status("404"), TypeError, "expected the status as an int, got '404'"),
    (lambda: arguments.denial_status(200), ValueError, "expected a status in 300-599, got 200"),
    (lambda: arguments.denial_body("x"), TypeError, "expected the body as bytes, got 'x'"),
    (
        lambda: events.read({"type": "websocket.receive", "text": "a", "bytes": b"a"}),
        WebSocketError,
        "with either a str as its text or bytes as its bytes, got text of type str and bytes of type bytes",
    ),
    (lambda: events.read({"type": "x"}), WebSocketError, "'websocket.receive' or 'websocket.disconnect', got 'x'"),
    (lambda: events.disconnected({"code": "1000"}), WebSocketError, "as an int or None, got '1000'"),
    (lambda: events.connected({}), WebSocketError, "expected 'websocket.connect' as the first event, got None"),
    (lambda: events.send(bytearray()), TypeError, "send: expected bytes or str, got a bytearray"),
    (lambda: events.send("\ud800"), ValueError, "send: expected text that UTF-8 can encode, got U+D800 at index 0"),
]


@pytest.mark.parametrize(("call", "error", "said"), REJECTED, ids=[said for _, _, said in REJECTED])
def test_the_message_says_what_was_expected_and_what_came(
    call: Callable[[], Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as rejected:
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
