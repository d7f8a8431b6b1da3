"""A client that does not read, and a send that was cancelled."""

from random import Random

from ....scope import Header
from ..._wire import COMPRESSION
from ..check import check
from ..client import Client
from ..failure import NotMetError, shortened
from ..remote import Application, binary, sending, text
from ..server import Server

CHUNK = Random(0).randbytes(1 << 16)
"""What no compressor makes smaller."""

CHUNKS_64_MIB = 1024
"""So many chunks are 64 MiB."""

CHUNKS_OVER_BUFFERS = 256
"""So many are more than the buffers of TCP hold."""

BLOCKED_AFTER = 0.5
"""A send that is not done by then waits for the client, in seconds."""

TEXT = "the same text again and again, " * 8
"""What a compressor remembers."""


def until_blocked(application: Application, number: int) -> int:
    """Wait until a step that sends waits for the client, or has ended; return how many events it has sent."""
    before = -1
    while True:
        entry = application.entry(number, BLOCKED_AFTER)
        sent: int = entry.get("sent", 0)
        if sent == before or "ended" in entry:
            return sent
        before = sent


@check("WS-SERVER-33")
def a_send_waits_for_the_client(server: Server) -> None:
    with server.accepted() as (client, application):
        client.reads = False
        number = application.begin(sending(binary(CHUNK), times=CHUNKS_64_MIB))
        if until_blocked(application, number) == CHUNKS_64_MIB:
            raise NotMetError("application: send(), 64 MiB to a client that does not read", "a send that waits", "none")


@check("WS-SERVER-34")
def a_cancelled_send_leaves_whole_messages(server: Server) -> None:
    for headers in (list[Header](), list[Header]([COMPRESSION])):
        with server.accepted(headers=headers) as (client, application):
            steps = [
                step
                for turns in range(12)
                for step in (
                    sending(text(f"cancelled {turns} {TEXT}"), cancelled_after=turns),
                    sending(text(f"after {turns} {TEXT}")),
                )
            ]
            application.begin(*steps)
            expect_whole_messages(client, [f"after {turns} {TEXT}" for turns in range(12)])
        expect_cancelled_while_it_waits(server, headers)


def expect_cancelled_while_it_waits(server: Server, headers: list[Header]) -> None:
    """Cancel a send that waits for the client, and one that waits behind it."""
    with server.accepted(headers=headers) as (client, application):
        client.reads = False
        flood = application.begin(sending(binary(CHUNK), times=CHUNKS_OVER_BUFFERS, beside=True))
        until_blocked(application, flood)
        behind = application.begin(sending(text(f"cancelled {TEXT}"), beside=True))
        application.entry(behind, BLOCKED_AFTER)
        application.cancel(behind)
        application.cancel(flood)
        application.begin(sending(text(f"after {TEXT}")))
        client.reads = True
        expect_whole_messages(client, [f"after {TEXT}"])


def expect_whole_messages(client: Client, expected: list[str]) -> None:
    """Expect these, and between them only whole messages; an end of the connection will do."""
    for content in expected:
        while (actual := client.next_message(shortened(content))) != content:
            if actual is None or not isinstance(actual, (str, bytes)):
                return
            if actual != CHUNK and not str(actual).startswith("cancelled"):
                raise NotMetError("client: the next message", shortened(content), shortened(actual))


@check("WS-SERVER-36")
def a_send_that_waits_can_be_cancelled(server: Server) -> None:
    with server.accepted() as (client, application):
        client.reads = False
        number = application.begin(sending(binary(CHUNK), times=CHUNKS_OVER_BUFFERS, beside=True))
        until_blocked(application, number)
        if "ended" not in application.cancel(number):
            raise NotMetError("application: send(), cancelled while it waits for the client", "its end", "nothing")
