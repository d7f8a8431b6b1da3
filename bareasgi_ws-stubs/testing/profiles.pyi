# Written by `make stubs` from the module of this name.
"""How servers speak ASGI to their applications, as data that the server in memory speaks by."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

__all__ = ["PROFILES", "AfterDisconnect", "Code", "Disconnect", "Profile", "Reason", "SendErrors"]

class Code(Enum):
    """A disconnect's code where it depends on the close.

    Attributes:
        RECEIVED: The number that came.
        NAMED: The same, one of the protocol's own as a member of an enumeration.
    """

    RECEIVED = "received"
    NAMED = "named"

class Reason(Enum):
    """Whether a disconnect has a reason.

    Attributes:
        NEVER: Never.
        RECEIVED: Where there is one.
        ALWAYS: Always, if only an empty one.
    """

    NEVER = "never"
    RECEIVED = "received"
    ALWAYS = "always"

class AfterDisconnect(Enum):
    """What a receive gives after the disconnect.

    Attributes:
        SILENCE: Nothing, ever.
        ONCE: Where it was a close frame that ended the connection, one disconnect with 1005 for the loss that follows
            it, then nothing.
        ENDLESS: A disconnect with 1005 each time.
        SAME: The disconnect again.
    """

    SILENCE = "silence"
    ONCE = "once"
    ENDLESS = "endless"
    SAME = "same"

class Disconnect(NamedTuple):
    """The disconnect that tells an application of one kind of end.

    Attributes:
        code: Its code: a Code where that depends on the close.
        reason: Whether it has a reason.
    """

    code: int | Code | None = Code.RECEIVED
    reason: Reason = Reason.NEVER

class SendErrors(NamedTuple):
    """What the server's send raises in one situation; None where it takes the event and does nothing.

    Attributes:
        accept: For a response to the handshake.
        send: For a message.
        close: For a close.
    """

    accept: type[Exception] | None = None
    send: type[Exception] | None = None
    close: type[Exception] | None = None

@dataclass(frozen=True, kw_only=True)
class Profile:
    """How one server speaks ASGI to its applications: what it tells them, and what it raises at them.

    What a server does on the wire is not here, and neither is time: the headers and empty messages that some servers
    drop, what they answer for an application that raised or returned, how long a close waits. With
    ``dataclasses.replace`` one is made from another.

    Attributes:
        name: What it is called.
        measured_on: The server and its version; empty where it is none's.
        spec_version: The scope's ``asgi["spec_version"]``; None where it has none.
        scope_lacks: The keys that its scopes have not. Without ``extensions`` it offers no denial response, and takes
            the events of one without answering.
        denial_in_parts: Whether it takes a denial response whose body comes in several events.
        both_keys: Whether a message's event has both ``text`` and ``bytes``, one of them None.
        closed: What it tells of the client's close frame.
        no_code: What it tells of a close frame without a code.
        lost: What it tells of a connection that was lost.
        abandoned: What it tells of a client that has gone before the handshake was answered.
        own: What it tells of the application's own close.
        rejected: What it tells of a handshake that the application rejected.
        after_disconnect: What a receive gives after the disconnect of a connection that was accepted.
        rejected_codes: The legal close codes that it does not send: a close with one raises Exception, and leaves the
            connection open.
        gone: What is raised once the client has gone.
        late: The same where the handshake was accepted only then; None where that makes no difference.
        ended: What is raised after the application's own close or rejection.
        received: What is raised once the application has received the disconnect; None where that makes no difference.
    """

    name: str
    measured_on: str
    spec_version: str | None
    scope_lacks: frozenset[str]
    denial_in_parts: bool
    both_keys: bool
    closed: Disconnect
    no_code: Disconnect
    lost: Disconnect
    abandoned: Disconnect
    own: Disconnect
    rejected: Disconnect
    after_disconnect: AfterDisconnect
    rejected_codes: frozenset[int]
    gone: SendErrors
    late: SendErrors | None
    ended: SendErrors
    received: SendErrors | None

PROFILES: Final[Mapping[str, Profile]]
"""The profiles by their names: ``"strict"``, the kit's default, then one for each server."""
