"""How each server was seen to speak ASGI."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from ..close_code import CloseCode
from .profile import AfterDisconnect, Code, Disconnect, Profile, Reason, SendErrors

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
    refused=Disconnect(1006),
    after_disconnect=AfterDisconnect.SILENCE,
    refused_codes=frozenset(),
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
        refused=Disconnect(1000),
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
        refused_codes=frozenset(range(1001, 1015)),
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
        refused=Disconnect(1005),
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
