"""Messages in both directions."""

import zlib
from collections.abc import Sequence
from typing import Any

from ..._wire import BINARY, COMPRESSED, COMPRESSION, PING, TEXT, close_frame, frame, message
from ..._wire_cases import LENGTHS
from ..check import check
from ..failure import NotMetError
from ..remote import RECEIVE, Application, binary, sending, text
from ..server import Server

EMPTY = ("", b"")


def sends(content: bytes | str) -> dict[str, Any]:
    """Return the step that sends a message."""
    return sending(text(content) if isinstance(content, str) else binary(content))


@check("WS-SERVER-10")
def empty_messages_arrive(server: Server) -> None:
    for content in EMPTY:
        with server.accepted() as (client, application):
            client.write(message(content))
            application.receive_message(content)
    for content in EMPTY:
        with server.accepted() as (client, application):
            application.take(sends(content))
            client.expect_message(content)


@check("WS-SERVER-11")
def messages_of_every_length_arrive(server: Server) -> None:
    with server.accepted() as (client, application):
        for length in LENGTHS:
            contents = ("é" * (length // 2) + "x" * (length % 2), bytes(number % 251 for number in range(length)))
            for content in contents:
                waiting = application.begin(RECEIVE)  # it may be more than the buffers between them hold
                client.write(message(content))
                application.receive_message(content, waiting)
                application.take(sends(content))
                client.expect_message(content)
    expect_order(server, [b"a" * 70000, b"b", "c" * 70000, b"d"])


def expect_order(server: Server, contents: Sequence[bytes | str]) -> None:
    """Expect messages to keep their order where several are under way."""
    with server.accepted() as (client, application):
        first = application.begin(*map(sends, contents), *[RECEIVE] * len(contents)) - len(contents) + 1
        for content in contents:
            client.write(message(content))
        for content in contents:
            client.expect_message(content)
        for number, content in enumerate(contents, first):
            application.receive_message(content, number)


@check("WS-SERVER-71")
def events_may_have_both_keys(server: Server) -> None:
    with server.accepted() as (client, application):
        application.send({"type": "websocket.send", "text": "one", "bytes": None})
        client.expect_message("one")
        application.send({"type": "websocket.send", "bytes": b"two", "text": None})
        client.expect_message(b"two")


@check("WS-SERVER-81")
def text_that_utf_8_cannot_have_is_not_sent(server: Server) -> None:
    with server.accepted() as (client, application):
        raised = application.attempt({"type": "websocket.send", "text": "\ud800"})
        if raised is None:
            shows = f"raised({len(application.steps)})"
            raise NotMetError("application: what send() of a lone surrogate raised", "an exception", "nothing", shows)
        application.begin({"do": "return"})
        client.wait(lambda: client.frames != [])
        messages = [str(one) for one in client.frames if one.opcode in (TEXT, BINARY)]
        server.expect("client: messages for a lone surrogate", [], messages)


@check("WS-SERVER-12")
def sending_works_beside_a_receive(server: Server) -> None:
    with server.accepted() as (client, application):
        waiting = application.begin({**RECEIVE, "beside": True})
        application.send(text("meanwhile"))
        client.expect_message("meanwhile")
        client.write(message("now"))
        application.expect_items(application.result(waiting), waiting, text="now")


def take_cancelled(application: Application, turns: int, content: str, number: int) -> None:
    """Expect a message from a receive that was cancelled, or from the next one."""
    entry = application.expect_ended(number, f"receive() cancelled after {turns} turns")
    if entry.get("returned") is not None:
        application.expect_items(entry["returned"], number, text=content)
    else:
        application.receive_message(content)


@check("WS-SERVER-13")
def a_cancelled_receive_takes_nothing(server: Server) -> None:
    with server.accepted() as (client, application):
        for turns in range(10):
            client.write(message(f"there {turns}") + frame(PING, b"there"))
            client.wait(lambda: client.frames[-1:] != [] and client.frames[-1].payload == b"there", 0.1)
            cancelled = {**RECEIVE, "cancelled_after": turns}
            take_cancelled(application, turns, f"there {turns}", application.begin(cancelled))
            client.frames.clear()
            number = application.begin({**RECEIVE, "cancelled_after": 20 * turns})
            client.write(message(f"coming {turns}"))
            take_cancelled(application, 20 * turns, f"coming {turns}", number)


@check("WS-SERVER-14")
def the_end_comes_last(server: Server) -> None:
    for is_closed in (True, False):
        with server.accepted() as (client, application):
            client.write(message("one") + message(b"two") + (close_frame() if is_closed else b""))
            if not is_closed:
                client.lose()
            application.receive_message("one")
            application.receive_message(b"two")
            application.receive(type="websocket.disconnect")


def compressed(content: bytes | str, compressor: Any) -> bytes:
    """Write a client's message that is compressed (RFC 7692 section 7.2.1)."""
    data = content.encode() if isinstance(content, str) else content
    shrunk = compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return frame(TEXT if isinstance(content, str) else BINARY, shrunk[:-4], reserved=COMPRESSED)


@check("WS-SERVER-50")
def compressed_messages_arrive(server: Server) -> None:
    with server.accepted(headers=[COMPRESSION]) as (client, application):
        client.require_compression()
        compressor = zlib.compressobj(wbits=-15)
        for content in ("é" * 1000, b"\0" * 70000, "again and again " * 20, ""):
            client.write(compressed(content, compressor))
            application.receive_message(content)
            application.take(sends(content))
            client.expect_message(content)
