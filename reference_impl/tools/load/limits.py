"""What is known of servers under load: the driver asks for no more, and expects no less."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What a server cannot do.

    Attributes:
        smallest: The length of the smallest message that it echoes.
        unread: How many messages of 64 KiB a client may send that reads none; 6 MiB are more than TCP buffers.
        options: What it is started with.
        why: Each of this in words.
    """

    smallest: int = 0
    unread: int = 96
    options: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


LIMITS = {
    "daphne": Limits(smallest=1, why=("drops empty messages, so that none is sent",)),
    "hypercorn-trio": Limits(
        unread=8,
        why=(
            "a client that sends more than 10 messages, reads none and goes leaves its handler waiting for ever: "
            "such clients send 8",
        ),
    ),
    "gunicorn": Limits(
        options=("--graceful-timeout", "3"),
        why=("waits for the application's end for 30 seconds when it is stopped: it is told 3",),
    ),
}
"""By server; the others have none."""

STAYS_OPEN = {"hypercorn": "waits without limit for its clients to leave when it is stopped, since Python 3.12.1"}
"""The servers that do not close what is open when they are stopped, from Python 3.12.1 on."""
