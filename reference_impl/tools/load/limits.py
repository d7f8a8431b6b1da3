"""What is known of servers under load: the driver asks for no more, and expects no less."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What a server cannot do.

    Attributes:
        smallest: The length of the smallest message that it echoes.
        unread: In how many messages a client that reads none sends its 6 MiB, which are more than TCP buffers.
        options: What it is started with.
        why: Each of this in words.
    """

    smallest: int = 0
    unread: int = 96
    options: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


HYPERCORN = Limits(
    unread=6,
    # The end of a connection waits for a place in the queue of 10 events that only its handler empties, and the handler
    # waits in its send, which brings that end (WSStream.handle).
    why=(
        "0.18.0, in raw ASGI too: a client that sends more than 10 messages, reads none and goes leaves its handler "
        "waiting for ever. Here it sends 6 messages of 1 MiB, elsewhere 96 of 64 KiB",
    ),
)

LIMITS = {
    "daphne": Limits(smallest=1, why=("4.2.3: drops empty messages. Here none is sent",)),
    "hypercorn": HYPERCORN,
    "hypercorn-trio": HYPERCORN,
    # All handlers have ended then, and its runtime waits for connections that it does not close.
    "granian": Limits(
        options=("--workers-kill-timeout", "3"),
        why=(
            "2.8.7, in raw ASGI too: when it is stopped while many clients send, it now and then does not end. Here it"
            " is ended after 3 seconds",
        ),
    ),
    "gunicorn": Limits(
        options=("--graceful-timeout", "3"),
        why=("27.0.1: waits up to 30 seconds for the application when it is stopped. Here it waits 3",),
    ),
}
"""By server; the others have none."""

STAYS_OPEN = {
    "hypercorn": "0.18.0, since Python 3.12.1: waits without limit for its clients to leave when it is stopped"
}
"""The servers that do not close what is open when they are stopped, from Python 3.12.1 on."""
