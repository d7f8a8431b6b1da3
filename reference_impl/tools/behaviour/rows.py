"""What is tried on each server: what the application and its client do, and what is to come of it."""

from typing import NamedTuple


class Row(NamedTuple):
    """One thing to try.

    Attributes:
        does: What is done, in words.
        steps: The application's steps, each a method of ``step_application``'s ``Steps`` with its argument.
        end: What the client does once its handshake is answered, see ``client``.
        client: What the client is to see with the reference; empty where that is not the point.
        handler: What the handler is to see: its errors, and what ``receive`` gave.
    """

    does: str
    steps: str
    end: str = ""
    client: str = ""
    handler: str = ""


APPLICATION = {
    "close before accept": Row("closes before accept", "close=4000", client="403"),
    "return before accept": Row("returns before accept", "", client="403"),
    "raise before accept": Row("raises before accept", "fail", client="500", handler="fail: LookupError"),
    "return after accept": Row("returns after accept", "accept", client="close 1000"),
    "raise after accept": Row("raises after accept", "accept fail", client="close 1011", handler="fail: LookupError"),
    **{
        f"close {code}": Row(f"closes with {code}", f"accept close={code}", client=f"close {code}")
        for code in (1000, 1001, 1003, 1008, 1011, 3000, 4999)
    },
    **{
        f"close {code}": Row(
            f"closes with {code}", f"accept close={code}", client="close 1011", handler=f"close={code}: ValueError"
        )
        for code in (999, 1005, 1006, 1015, 5000)
    },
    "reason": Row("closes with a reason", "accept close-with-reason=3", client="close 3000 'xxx'"),
    "long reason": Row(
        "closes with a reason of 124 bytes",
        "accept close-with-reason=124",
        client="close 1011",
        handler="close-with-reason=124: ValueError",
    ),
    "second close": Row("closes twice", "accept close=3000 close=3001", client="close 3000"),
    "subprotocol": Row(
        "selects a subprotocol that was not offered",
        "accept=nobodys close=3000",
        client="500",
        handler="accept=nobodys: ValueError",
    ),
    "headers": Row("gives headers to accept", "accept-headers close=3000", client="x-one: 1, close 3000"),
    "empty messages": Row("sends empty messages", "accept text= binary= close=3000", client="'', b'', close 3000"),
    "echo": Row("echoes empty messages", "accept echo echo close=3000", "empty messages", client="'', b'', close 3000"),
    "surrogate": Row(
        "sends text with a lone surrogate", "accept surrogate", client="close 1011", handler="surrogate: ValueError"
    ),
    "denial": Row("answers with a response of its own", "deny", client="401 'no entry'"),
    "close beside receive": Row(
        "closes while it waits in receive", "accept both", client="close 3000", handler="receive: end 3000"
    ),
    "close beside receive, ignored": Row(
        "closes while it waits in receive, and the client ignores that",
        "accept both",
        "mute",
        client="close 3000",
        handler="receive: end 3000",
    ),
}
"""What the application does, by a name for each."""

CLIENT = {
    "client 1001": Row("closes with 1001", "accept receive", "close 1001", handler="receive: end 1001"),
    "client close": Row("closes without a code", "accept receive", "close", handler="receive: end 1005"),
    "client drop": Row("drops TCP", "accept receive", "drop", handler="receive: end 1006"),
    "client UTF-8": Row("sends invalid UTF-8", "accept receive", "invalid", handler="receive: end 1007"),
    "client 20 MiB": Row("sends a message of 20 MiB", "accept receive", "large", handler="receive: end 1009"),
    "client unmasked": Row("sends an unmasked frame", "accept receive", "unmasked", handler="receive: end 1002"),
    "client nothing": Row(
        "nothing; the application has closed with 3000", "accept close=3000 receive", handler="receive: end 3000"
    ),
    "client reason": Row("closes with a reason", "accept reason", "close 1001", handler="reason: 'why'"),
    "receive after the end": Row(
        "closes with 1001, and the application receives twice",
        "accept receive receive",
        "close 1001",
        handler="receive: end 1001, receive: end 1001",
    ),
    "before accept": Row("leaves before accept", "gone accept-late receive", "abandon", handler="receive: end 1006"),
    "send after the end": Row(
        "sends, and drops TCP; the application sends twice, and receives twice",
        "accept gone send-late send-late receive receive",
        "send, drop",
        handler="receive: 'queued', receive: end 1006",
    ),
    "not reading": Row("reads nothing; the application sends 64 MiB", "accept flood", "stall", handler="waits"),
    "close after the end": Row("drops TCP; the application closes", "accept gone close=1000", "drop"),
}
"""What the client does, by a name for each."""

ROWS = APPLICATION | CLIENT
