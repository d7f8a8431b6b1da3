"""The errors, and the built-in errors that they are as well."""

from bareasgi_ws import WebSocket, WebSocketClosedError, WebSocketError, WebSocketStateError


def case_the_base_is_an_exception() -> None:
    error: Exception = WebSocketError("an event that should not come")
    assert isinstance(error, WebSocketError)


def case_a_state_error() -> None:
    of_ours: WebSocketError = WebSocketStateError("not accepted")
    of_pythons: RuntimeError = WebSocketStateError("not accepted")
    assert isinstance(of_ours, type(of_pythons))


def case_a_closed_error() -> None:
    of_ours: WebSocketError = WebSocketClosedError("closed")
    of_pythons: ConnectionError = WebSocketClosedError("closed")
    assert isinstance(of_ours, type(of_pythons))


def case_a_closed_error_is_an_os_error() -> None:
    error: OSError = WebSocketClosedError("closed")
    assert error.args == ("closed",)


async def case_caught(web_socket: WebSocket) -> None:
    await web_socket.close()
    try:
        await web_socket.send("too late")
    except WebSocketStateError:
        await web_socket.close()
    except WebSocketClosedError as closed:
        number: int | None = closed.errno
        print(number)
