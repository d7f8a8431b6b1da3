"""Frames, as RFC 6455 section 5 has them and TCP carries them."""

from collections.abc import Sequence

from ..._wire import CLOSE, MASKING_KEY, PING, PONG, TEXT, close_frame, fragments, frame, message
from ..._wire_cases import IN_FRAGMENTS, IN_SEGMENTS, NOT_ALLOWED, NOT_UTF_8, OF_TWO_CLIENTS, PINGS, UNMASKED
from ..check import check
from ..failure import NotMetError
from ..remote import RECEIVE, RETURN, binary
from ..server import Server

TOO_LARGE = 20 << 20
AT_ONCE = 1.0
"""What comes within so many seconds comes at once."""


def expect_messages(server: Server, segments: Sequence[bytes], expected: Sequence[bytes | str]) -> None:
    """Expect messages where each of these is written by itself, and messages to go on after it."""
    with server.accepted() as connection:
        for segment in segments:
            connection.client.write(segment)
            if len(segments) > 1:
                connection.application.update()  # so that TCP does not join it with what follows
        for content in expected:
            connection.application.receive_message(content)
        server.expect_works(connection)


@check("WS-SERVER-37")
def fragments_are_joined(server: Server) -> None:
    for segments, expected in IN_FRAGMENTS:
        expect_messages(server, segments, expected)
    with server.accepted() as one, server.accepted() as other:
        for frames in zip(*OF_TWO_CLIENTS.values(), strict=True):
            for connection, written in zip((one, other), frames, strict=True):
                connection.client.write(written)
                connection.application.update()
        for connection, content in zip((one, other), OF_TWO_CLIENTS, strict=True):
            connection.application.receive_message(content)


@check("WS-SERVER-38")
def pings_are_answered(server: Server) -> None:
    first, second = fragments(TEXT, b"wh", b"ole")
    with server.accepted() as (client, application):
        application.begin(RECEIVE)
        for before, payload in (*((b"", one) for one in PINGS), (first, b"between")):
            client.write(before + frame(PING, payload))
            pong = client.next_frame("a pong", shows=f"{bytes([0x8A, len(payload)]) + payload!r} in wire")
            what = (PONG, payload)
            actual = pong and (pong.opcode, pong.payload)
            server.expect("client: what answers a ping", what, actual)
        client.write(second)


@check("WS-SERVER-49")
def pongs_that_nobody_asked_for_are_ignored(server: Server) -> None:
    expect_messages(server, [frame(PONG, b""), frame(PONG, b"nobody asked")], [])


@check("WS-SERVER-39")
def a_segment_is_no_frame(server: Server) -> None:
    for segments, expected in IN_SEGMENTS:
        expect_messages(server, segments, expected)


def expect_failed(server: Server, written: bytes, code: int, what: str) -> None:
    """Expect the server to fail the connection for a frame, and to give the application nothing of it."""
    with server.accepted() as (client, application):
        number = application.begin(RECEIVE, RETURN) - 1
        client.write(written)
        client.expect_failed(code, what)
        client.lose()
        event = application.result(number)
        if event.get("type") == "websocket.receive":
            raise NotMetError(f"application: receive() after {what}", "websocket.disconnect", str(event))


@check("WS-SERVER-24")
def an_unmasked_frame_fails_the_connection(server: Server) -> None:
    expect_failed(server, UNMASKED, 1002, "a frame without a mask")


@check("WS-SERVER-25")
def text_that_is_no_utf_8_fails_the_connection(server: Server) -> None:
    for what, written in NOT_UTF_8.items():
        expect_failed(server, written, 1007, what)


@check("WS-SERVER-40")
def a_frame_that_is_not_allowed_fails_the_connection(server: Server) -> None:
    for what, written in NOT_ALLOWED.items():
        expect_failed(server, written, 1002, what)


@check("WS-SERVER-54")
def a_close_frame_of_one_byte_fails_the_connection(server: Server) -> None:
    expect_failed(server, frame(CLOSE, b"\x03"), 1002, "a close frame of one byte")


@check("WS-SERVER-55")
def a_close_code_that_may_not_be_sent_fails_the_connection(server: Server) -> None:
    for code in (0, 999, 1004, 1005, 1006, 1015, 5000):
        expect_failed(server, close_frame(code), 1002, f"a close frame with {code}")


@check("WS-SERVER-56")
def a_reason_that_is_no_utf_8_fails_the_connection(server: Server) -> None:
    expect_failed(server, frame(CLOSE, b"\x03\xe8\xc3\x28"), 1007, "a reason that is not UTF-8")


LARGE = b"\x82\xff" + TOO_LARGE.to_bytes(8) + MASKING_KEY + MASKING_KEY * (TOO_LARGE // 4)
"""A message of zeros."""


@check("WS-SERVER-26")
def a_message_may_be_too_large(server: Server) -> None:
    with server.accepted() as (client, application):
        number = application.begin(RECEIVE, RETURN) - 1
        client.write(LARGE)
        event = application.entry(number, AT_ONCE).get("returned")
        if event is not None and event["type"] == "websocket.receive":
            application.expect_items(event, number, bytes=bytes(TOO_LARGE))
        else:
            client.expect_failed(1009, "a message of 20 MiB")


@check("WS-SERVER-73", needs=("WS-SERVER-24", "WS-SERVER-25"))
def the_application_is_told_that_the_connection_failed(server: Server) -> None:
    for what, written in (("a frame without a mask", UNMASKED), ("a message of 20 MiB", LARGE)):
        with server.accepted() as (client, application):
            client.replies = False
            number = application.begin(RECEIVE)
            client.write(written)
            if client.wait(client.has_come):
                application.expect_ended(number, f"receive() after {what}")


@check("WS-SERVER-27", needs=("WS-SERVER-24", "WS-SERVER-25"))
def a_failed_connection_is_reported(server: Server) -> None:
    failed = (("a frame without a mask", UNMASKED, 1002), *((*one, 1007) for one in NOT_UTF_8.items()))
    for what, written, code in failed:
        with server.accepted() as (client, application):
            number = application.begin(RECEIVE, RETURN) - 1
            client.write(written)
            client.expect_failed(code, what)
            client.lose()
            application.expect_items(application.result(number), number, code=code)


@check("WS-SERVER-59")
def the_servers_frames_are_as_they_should_be(server: Server) -> None:
    with server.accepted() as (client, application):
        for length in (1, 125, 126, 65535, 65536):
            application.send(binary(bytes(length)))
            client.expect_message(bytes(length))
        client.write(message("") + close_frame())
        client.wait(lambda: bool(client.ended))
        for one in client.frames:
            wrong = {"masked": one.is_masked, "a reserved bit": one.reserved, "a long length": not one.is_shortest}
            server.expect(f"client: what is wrong in {one}", [], [name for name, is_so in wrong.items() if is_so])
