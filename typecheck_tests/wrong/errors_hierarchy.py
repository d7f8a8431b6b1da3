"""Errors that are not what they are taken for."""

from bareasgi_ws import WebSocketClosedError, WebSocketError, WebSocketStateError

not_an_os_error: OSError = WebSocketError()  # E
not_a_runtime_error: RuntimeError = WebSocketError()  # E
not_closed: ConnectionError = WebSocketStateError()  # E
not_a_state: RuntimeError = WebSocketClosedError()  # E
not_the_narrower: WebSocketStateError = WebSocketError()  # E
not_the_other: WebSocketClosedError = WebSocketStateError()  # E
not_a_value_error: ValueError = WebSocketStateError()  # E


def code_of(error: WebSocketClosedError) -> None:
    print(error.code)  # E


def reason_of(error: WebSocketError) -> None:
    print(error.reason)  # E
