"""What the application is told of the end, and what the server does at the application's."""

from ..._wire import Frame, close_frame
from ..check import check
from ..failure import NotMetError, NotSeenError
from ..remote import CONNECT, RECEIVE, RETURN, Application, Event, accept, close, sending, text
from ..server import Server


@check("WS-CODE-09")
def the_code_is_the_clients(server: Server) -> None:
    for code in (1000, 1001, 3000, 4999):
        with server.accepted() as (client, application):
            client.write(close_frame(code))
            application.receive(type="websocket.disconnect", code=code)


@check("WS-CODE-10")
def a_loss_is_reported_as_1006(server: Server) -> None:
    for is_reset in (True, False):
        with server.accepted() as (client, application):
            client.drop() if is_reset else client.lose()
            application.receive(type="websocket.disconnect", code=1006)


@check("WS-SERVER-19")
def no_code_is_reported_as_1005(server: Server) -> None:
    with server.accepted() as (client, application):
        client.write(close_frame(None))
        event = application.receive(type="websocket.disconnect")
        if event.get("code") is not None:
            application.expect_items(event, len(application.steps), code=1005)


@check("WS-SERVER-20")
def the_reason_is_reported(server: Server) -> None:
    with server.accepted() as (client, application):
        client.write(close_frame(4001, "because é"))
        application.receive(type="websocket.disconnect", reason="because é")


@check("WS-SERVER-21")
def a_loss_before_accept_is_reported_as_1006(server: Server) -> None:
    with server.connect() as (client, application):
        application.take(CONNECT)
        client.drop()
        application.receive(type="websocket.disconnect", code=1006)


@check("WS-SERVER-22")
def sending_to_nobody_raises(server: Server) -> None:
    with server.accepted() as (client, application):
        client.drop()
        application.receive(type="websocket.disconnect")
        expect_os_error(application.attempt(text("is there anybody?")), len(application.steps))


def expect_os_error(raised: list[str] | None, number: int) -> None:
    """Expect a send to have raised an OSError."""
    if raised is None or "OSError" not in raised:
        told = "nothing" if raised is None else raised[0]
        raise NotMetError("application: what send() raised", "an OSError", told, f"'OSError' in raised({number})")


@check("WS-SERVER-82")
def sending_to_nobody_raises_nothing_else(server: Server) -> None:
    for events in ((text("late"), text("later")), (close(),)):
        with server.accepted() as (client, application):
            client.drop()
            for event in events:
                expect_nothing_or_os_error(application, event)
    with server.connect() as (client, application):
        application.take(CONNECT)
        client.drop()
        expect_nothing_or_os_error(application, accept())


def expect_nothing_or_os_error(application: Application, event: Event) -> None:
    """Expect an event that nobody gets to be sent, or to raise an OSError."""
    raised = application.attempt(event)
    if raised is not None and "OSError" not in raised:
        shows = f"not raised({len(application.steps)}) or 'OSError' in raised({len(application.steps)})"
        step = f"application: what send({event['type']}) raised, after the client had gone"
        raise NotMetError(step, "nothing, or an OSError", raised[0], shows)


@check("WS-SERVER-47")
def sending_after_a_close_raises(server: Server) -> None:
    with server.accepted() as (client, application):
        application.send(close())
        client.expect_close(1000)
        expect_os_error(application.attempt(text("after")), len(application.steps))


@check("WS-SERVER-46")
def no_message_follows_the_end(server: Server) -> None:
    with server.accepted() as (client, application):
        client.write(close_frame(4000))
        application.receive(type="websocket.disconnect")
        again = application.entry(application.begin(RECEIVE), server.deadline / 4).get("returned")
        if again is not None:
            number = len(application.steps)
            actual = again["type"], again.get("code")
            shows = f"came({number}) is None or came({number}).get('code') == 4000"
            server.expect(
                "application: a second receive() after the end", ("websocket.disconnect", 4000), actual, shows
            )


@check("WS-SERVER-48")
def the_end_after_a_close_is_reported(server: Server) -> None:
    with server.accepted() as (client, application):
        application.send(close(code=4000))
        client.expect_close(4000)
        application.receive(type="websocket.disconnect", code=4000)


@check("WS-SERVER-60")
def an_exception_before_accept_is_500(server: Server) -> None:
    with server.connect() as (client, application):
        application.begin(CONNECT, {"do": "raise"})
        client.expect_status(500)


def expect_ended(server: Server, how: str, *codes: int) -> None:
    """Have the application end while the WebSocket is open, and expect the connection to end."""
    with server.accepted() as (client, application):
        application.begin({"do": how})
        found = client.next_message("the end of the connection", "close_code(wire) != 'none' or is_closed")
        if isinstance(found, Frame) and codes and found.code is not None and found.code not in codes:
            raise NotMetError("client: close code", f"{codes[0]}, or none", str(found.code))


@check("WS-SERVER-61")
def an_exception_ends_the_connection(server: Server) -> None:
    expect_ended(server, "raise", 1011)


@check("WS-SERVER-62")
def a_return_before_accept_ends_the_connection(server: Server) -> None:
    with server.connect() as (client, application):
        application.begin(CONNECT, {"do": "return"})
        if not client.wait(client.has_come):
            raise NotMetError(
                "client: after the application returned", "a response, or the end", client.said(), "wire or is_closed"
            )


@check("WS-SERVER-63")
def a_return_ends_the_connection(server: Server) -> None:
    expect_ended(server, "return")


INVALID = (
    {"type": "websocket.nothing"},
    {"type": "websocket.send"},
    {"type": "websocket.accept"},
)
"""Events that no application may send once it has accepted."""


@check("WS-SERVER-68")
def an_invalid_event_raises(server: Server) -> None:
    for event in INVALID:
        with server.accepted() as (_, application):
            if application.attempt(event) is None:
                step = f"application: what send({event}) raised"
                raise NotMetError(step, "an exception", "nothing", f"raised({len(application.steps)})")


@check("WS-SERVER-69")
def keys_that_are_not_known_are_ignored(server: Server) -> None:
    with server.connect() as (client, application):
        application.take(CONNECT)
        application.send(accept(unknown=1))
        client.expect_status(101)
        application.send({**text("one"), "unknown": 1})
        client.expect_message("one")
        application.begin(sending(close(code=4000, unknown=1)))
        client.expect_close(4000)


STOPPED = (1001, 1012)
"""Going away, and service restart."""

GRACE = 15.0
"""How long a server that stops may let its applications go on before it closes their connections, in seconds."""


@check("WS-SERVER-76")
def stopping_closes_the_connections(server: Server) -> None:
    if server.target.stop is None:
        raise NotSeenError("it has not been started by the command, which does not stop it")
    with server.accepted() as (client, application):
        application.begin(RECEIVE, RETURN)
        server.target.stop()
        client.wait(lambda: client.frames != [], GRACE)
        found = client.next_message("a close frame")
        if not isinstance(found, Frame) or found.code not in STOPPED:
            told = client.said() if found is None else str(found)
            raise NotMetError("client: close frame as the server stops", "1001 or 1012", told)
