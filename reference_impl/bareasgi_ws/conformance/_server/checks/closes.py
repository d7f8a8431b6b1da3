"""The application's close, and how the client's is answered."""

from ..._wire import CLOSE, Frame, close_frame, message
from ..._wire_cases import UNMASKED
from ..check import check
from ..failure import NotMetError
from ..remote import CONNECT, RECEIVE, RETURN, Event, close, sending, text
from ..server import Server

REGISTERED = (1001, 1002, 1003, *range(1007, 1015))
CODES = (1000, 3000, 3999, 4000, 4999)
TURNS_BETWEEN_CLOSES = range(12)
"""How many turns of the event loop the application's close comes after the client's has arrived."""

TURNS_BESIDE_A_CLOSE = range(0, 240, 10)
"""How many it comes after the kit asked for it, and the client's is on its way."""


def expect_code(server: Server, code: int) -> None:
    """Expect the code of a websocket.close to arrive."""
    with server.accepted() as (client, application):
        application.result(application.begin(sending(close(code=code)), RETURN) - 1)
        client.expect_close(code, step=f"client: close code of websocket.close with {code}")


@check("WS-CLOSE-02")
def registered_codes_arrive(server: Server) -> None:
    for code in REGISTERED:
        expect_code(server, code)


@check("WS-SERVER-15")
def the_close_codes_arrive(server: Server) -> None:
    for code in CODES:
        expect_code(server, code)


@check("WS-SERVER-70")
def a_close_without_a_code_is_1000(server: Server) -> None:
    with server.accepted() as (client, application):
        application.begin(sending(close()), RETURN)
        client.expect_close(1000)


@check("WS-SERVER-16")
def the_close_reason_arrives(server: Server) -> None:
    reason = "é" * 61 + "!"  # the longest that a close frame holds: 123 bytes (RFC 6455 section 5.5)
    with server.accepted() as (client, application):
        application.begin(sending(close(code=4000, reason=reason)), RETURN)
        actual = client.expect_close(4000).reason
        server.expect("client: close reason", reason.encode(), actual, f"{reason.encode()!r} in wire")


@check("WS-SERVER-17")
def a_close_goes_out_beside_a_receive(server: Server) -> None:
    with server.accepted() as (client, application):
        waiting = application.begin({**RECEIVE, "beside": True})
        application.begin(sending(close(code=4000)))
        client.expect_close(4000)
        application.expect_ended(waiting, "receive() beside the close")


@check("WS-SERVER-18")
def a_close_is_answered(server: Server) -> None:
    for code in (1000, 4001, None):
        with server.accepted() as (client, application):
            application.begin(RECEIVE, RETURN)
            client.write(close_frame(code))
            client.expect_close()


@check("WS-SERVER-58")
def the_server_ends_the_tcp_connection(server: Server) -> None:
    with server.accepted() as (client, application):
        application.begin(RECEIVE, RETURN)
        client.write(close_frame())
        client.expect_end()
    with server.accepted() as (client, application):
        application.begin(sending(close()), RETURN)
        client.expect_end()


@check("WS-SERVER-74", needs=("WS-SERVER-07", "WS-SERVER-70"))
def a_close_goes_out_when_it_is_sent(server: Server) -> None:
    with server.connect() as (client, application):
        application.begin(CONNECT, sending(close()))
        client.expect_status(403)
    with server.accepted() as (client, application):
        application.begin(sending(close()))
        client.expect_close(1000)


@check("WS-SERVER-75", needs=("WS-SERVER-18", "WS-SERVER-24"))
def the_client_waits_for_no_application(server: Server) -> None:
    for written in (close_frame(), UNMASKED):
        with server.accepted() as (client, application):
            application.begin(RECEIVE)
            client.write(written)
            client.next_message("a close frame, or the end", "close_code(wire) != 'none' or is_closed")


@check("WS-SERVER-57")
def nothing_is_sent_after_a_close(server: Server) -> None:
    with server.accepted() as (client, application):
        application.take(sending(close()))
        application.take(sending(text("after")))
        client.wait(lambda: bool(client.ended))
        after = [str(one) for one in client.frames[1:]]
        server.expect("client: frames after the server's close frame", [], after)


@check("WS-SERVER-23")
def closing_for_nobody_returns(server: Server) -> None:
    for is_known in (False, True):
        with server.accepted() as (client, application):
            client.drop()
            if is_known:
                application.take(RECEIVE)
            application.attempt(close())
    with server.accepted() as (client, application):
        client.replies = False
        number = application.begin(sending(close()))
        client.expect_close()
        client.drop()
        application.expect_ended(number, "send(websocket.close)")


def expect_both_closed(server: Server, turns: int, *, arrived: bool) -> None:
    """Close both ends, the application's some turns of the event loop after the client's has arrived, or meanwhile."""
    with server.accepted() as (client, application):
        first = [RECEIVE] if arrived else []
        number = application.begin(*first, {"do": "wait", "turns": turns}, sending(close()))
        client.write((message("go") if arrived else b"") + close_frame())
        client.expect_end()
        application.expect_ended(number, "close beside the client's")


@check("WS-SERVER-30")
def both_may_close_at_once(server: Server) -> None:
    for turns in TURNS_BETWEEN_CLOSES:
        expect_both_closed(server, turns, arrived=True)
    for turns in TURNS_BESIDE_A_CLOSE:
        expect_both_closed(server, turns, arrived=False)
    with server.accepted() as connection:
        server.expect_works(connection)


NEVER_SENT = (1005, 1006, 1015)
IN_NO_RANGE = (999, 5000)
TOO_LONG = "x" * 124


def close_frames(server: Server, event: Event) -> list[Frame]:
    """Have the application send a close that it may not, and return; return the close frames that arrive."""
    with server.accepted() as (client, application):
        application.begin(sending(event), RETURN)
        client.wait(lambda: client.frames != [])
        return [one for one in client.frames if one.opcode == CLOSE]


@check("WS-SERVER-78")
def codes_that_may_not_be_sent_are_not(server: Server) -> None:
    for code in NEVER_SENT:
        expect_not_sent(server, code)


@check("WS-SERVER-83")
def codes_in_no_range_are_not_sent(server: Server) -> None:
    for code in IN_NO_RANGE:
        expect_not_sent(server, code)


def expect_not_sent(server: Server, code: int) -> None:
    """Expect another close code than the application's, or none."""
    if code in [one.code for one in close_frames(server, close(code=code))]:
        step = f"client: close frame for websocket.close with {code}"
        raise NotMetError(step, "another code, or none", str(code), f"close_code(wire) != {code}")


@check("WS-SERVER-79")
def a_reason_that_is_too_long_is_not_sent(server: Server) -> None:
    for one in close_frames(server, close(code=4000, reason=TOO_LONG)):
        if len(one.payload) > 125:
            step = "client: bytes in the close frame for a reason of 124 bytes"
            raise NotMetError(step, "125 at most", str(len(one.payload)), f"{TOO_LONG.encode()!r} not in wire")
