"""How servers speak ASGI to their applications, as data that the server in memory speaks by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from ..close_code import CloseCode

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


GONE: Final = ConnectionResetError
"""The ASGI specification asks for an OSError; which one is the server's own."""

STRICT: Final = Profile(
    name="strict",
    measured_on="",
    spec_version="2.5",
    scope_lacks=frozenset({"state"}),
    denial_in_parts=True,
    both_keys=False,
    closed=Disconnect(Code.RECEIVED, Reason.RECEIVED),
    no_code=Disconnect(1005),
    lost=Disconnect(1006),
    abandoned=Disconnect(1006),
    own=Disconnect(Code.RECEIVED, Reason.RECEIVED),
    rejected=Disconnect(1006),
    after_disconnect=AfterDisconnect.SILENCE,
    rejected_codes=frozenset(),
    gone=SendErrors(GONE, GONE, GONE),
    late=None,
    ended=SendErrors(RuntimeError, RuntimeError, RuntimeError),
    received=None,
)
"""What the ASGI specification asks for, and no kindness beyond."""

KIND: Final = replace(
    STRICT,
    name="kind",
    spec_version="2.4",  # as uvicorn 0.54 says
    scope_lacks=frozenset(),
    closed=Disconnect(Code.RECEIVED, Reason.ALWAYS),
    no_code=Disconnect(None, Reason.ALWAYS),
    lost=Disconnect(1006, Reason.ALWAYS),
    abandoned=Disconnect(Code.RECEIVED, Reason.ALWAYS),
    own=Disconnect(Code.RECEIVED, Reason.ALWAYS),
    after_disconnect=AfterDisconnect.SAME,
)
"""What a test wants: the end can be asked for again and again."""

_HAS_ALL: Final = frozenset[str]()

_UVICORN_SANSIO: Final = replace(
    STRICT,
    name="uvicorn-websockets-sansio",
    measured_on="uvicorn 0.54.0, ws=websockets-sansio, websockets 17.4",
    spec_version="2.4",
    scope_lacks=_HAS_ALL,
    closed=Disconnect(Code.RECEIVED, Reason.ALWAYS),
    no_code=Disconnect(CloseCode.NO_STATUS_RCVD, Reason.ALWAYS),
    lost=Disconnect(1005),
    own=Disconnect(Code.RECEIVED, Reason.ALWAYS),
    after_disconnect=AfterDisconnect.ONCE,
    received=SendErrors(GONE, GONE, GONE),
)

_PROFILES: Final = (
    STRICT,
    replace(
        STRICT,
        name="uvicorn-websockets",
        measured_on="uvicorn 0.54.0, ws=websockets, websockets 17.4",
        spec_version="2.4",
        scope_lacks=_HAS_ALL,
        closed=Disconnect(Code.RECEIVED, Reason.ALWAYS),
        no_code=Disconnect(CloseCode.NO_STATUS_RCVD, Reason.ALWAYS),
        lost=Disconnect(CloseCode.ABNORMAL_CLOSURE, Reason.ALWAYS),
        own=Disconnect(1005),  # to a receive that waits it gives the code
        after_disconnect=AfterDisconnect.ENDLESS,
        gone=SendErrors(send=GONE),
        late=SendErrors(send=GONE, close=AttributeError),
        received=SendErrors(send=RuntimeError, close=RuntimeError),
    ),
    _UVICORN_SANSIO,
    replace(
        _UVICORN_SANSIO,
        name="uvicorn-wsproto",
        measured_on="uvicorn 0.54.0, ws=wsproto, wsproto 1.3.2",
        closed=Disconnect(Code.NAMED, Reason.ALWAYS),
    ),
    replace(
        STRICT,
        name="hypercorn",
        measured_on="Hypercorn 0.18.0, asyncio and trio",
        spec_version="2.3",
        scope_lacks=_HAS_ALL,
        both_keys=True,
        closed=Disconnect(1006),
        no_code=Disconnect(1006),
        own=Disconnect(1000),
        rejected=Disconnect(1000),
        gone=SendErrors(),
        ended=SendErrors(Exception, Exception),
        received=SendErrors(),
    ),
    replace(
        STRICT,
        name="daphne",
        measured_on="daphne 4.2.3, autobahn 26.10.2",
        spec_version=None,
        scope_lacks=frozenset({"http_version", "scheme", "state", "extensions"}),
        closed=Disconnect(),
        no_code=Disconnect(None),
        own=Disconnect(),
        rejected_codes=frozenset(range(1001, 1015)),
        gone=SendErrors(),
        ended=SendErrors(AttributeError, RuntimeError),
        received=SendErrors(),
    ),
    replace(
        STRICT,
        name="granian",
        measured_on="granian 2.8.7",
        spec_version="2.3",
        scope_lacks=_HAS_ALL,
        denial_in_parts=False,
        closed=Disconnect(),
        lost=Disconnect(1005),
        abandoned=Disconnect(1005),
        own=Disconnect(1005),
        rejected=Disconnect(1005),
        after_disconnect=AfterDisconnect.ENDLESS,
        gone=SendErrors(),
        ended=SendErrors(RuntimeError),
    ),
    replace(
        STRICT,
        name="gunicorn",
        measured_on="gunicorn 27.0.1, worker asgi",
        spec_version="2.4",
        scope_lacks=frozenset({"extensions"}),
        closed=Disconnect(),
        own=Disconnect(),
        gone=SendErrors(send=GONE),
        ended=SendErrors(RuntimeError, GONE),
    ),
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType({profile.name: profile for profile in _PROFILES})
"""The profiles by their names: ``"strict"``, the kit's default, then one for each server."""
