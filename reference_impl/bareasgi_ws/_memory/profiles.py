"""How each server was seen to speak ASGI."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from ..close_code import CloseCode
from .profile import Code, Further, Profile, Raises, Reason, Told

GONE: Final = ConnectionResetError
"""The ASGI specification asks for an OSError; which one is the server's own."""

STRICT: Final = Profile(
    name="strict",
    measured_on="",
    spec_version="2.5",
    scope_lacks=frozenset({"state"}),
    denial_in_parts=True,
    both_keys=False,
    closed=Told(Code.GIVEN, Reason.GIVEN),
    no_code=Told(1005),
    lost=Told(1006),
    abandoned=Told(1006),
    own=Told(Code.GIVEN, Reason.GIVEN),
    refused=Told(1006),
    further=Further.SILENCE,
    refused_codes=frozenset(),
    gone=Raises(GONE, GONE, GONE),
    late=None,
    ended=Raises(RuntimeError, RuntimeError, RuntimeError),
    received=None,
)
"""What the ASGI specification asks for, and no kindness beyond."""

KIND: Final = replace(
    STRICT,
    name="kind",
    spec_version="2.4",  # as uvicorn 0.54 says
    scope_lacks=frozenset(),
    closed=Told(Code.GIVEN, Reason.ALWAYS),
    no_code=Told(None, Reason.ALWAYS),
    lost=Told(1006, Reason.ALWAYS),
    abandoned=Told(Code.GIVEN, Reason.ALWAYS),
    own=Told(Code.GIVEN, Reason.ALWAYS),
    further=Further.SAME,
)
"""What a test wants: the end can be asked for again and again."""

_HAS_ALL: Final = frozenset[str]()

_UVICORN_SANSIO: Final = replace(
    STRICT,
    name="uvicorn-websockets-sansio",
    measured_on="uvicorn 0.54.0, ws=websockets-sansio, websockets 17.4",
    spec_version="2.4",
    scope_lacks=_HAS_ALL,
    closed=Told(Code.GIVEN, Reason.ALWAYS),
    no_code=Told(CloseCode.NO_STATUS_RCVD, Reason.ALWAYS),
    lost=Told(1005),
    own=Told(Code.GIVEN, Reason.ALWAYS),
    further=Further.ONCE,
    received=Raises(GONE, GONE, GONE),
)

_PROFILES: Final = (
    STRICT,
    replace(
        STRICT,
        name="uvicorn-websockets",
        measured_on="uvicorn 0.54.0, ws=websockets, websockets 17.4",
        spec_version="2.4",
        scope_lacks=_HAS_ALL,
        closed=Told(Code.GIVEN, Reason.ALWAYS),
        no_code=Told(CloseCode.NO_STATUS_RCVD, Reason.ALWAYS),
        lost=Told(CloseCode.ABNORMAL_CLOSURE, Reason.ALWAYS),
        own=Told(1005),  # to a receive that waits it gives the code
        further=Further.ENDLESS,
        gone=Raises(send=GONE),
        late=Raises(send=GONE, close=AttributeError),
        received=Raises(send=RuntimeError, close=RuntimeError),
    ),
    _UVICORN_SANSIO,
    replace(
        _UVICORN_SANSIO,
        name="uvicorn-wsproto",
        measured_on="uvicorn 0.54.0, ws=wsproto, wsproto 1.3.2",
        closed=Told(Code.NAMED, Reason.ALWAYS),
    ),
    replace(
        STRICT,
        name="hypercorn",
        measured_on="Hypercorn 0.18.0, asyncio and trio",
        spec_version="2.3",
        scope_lacks=_HAS_ALL,
        both_keys=True,
        closed=Told(1006),
        no_code=Told(1006),
        own=Told(1000),
        refused=Told(1000),
        gone=Raises(),
        ended=Raises(Exception, Exception),
        received=Raises(),
    ),
    replace(
        STRICT,
        name="daphne",
        measured_on="daphne 4.2.3, autobahn 26.10.2",
        spec_version=None,
        scope_lacks=frozenset({"http_version", "scheme", "state", "extensions"}),
        closed=Told(),
        no_code=Told(None),
        own=Told(),
        refused_codes=frozenset(range(1001, 1015)),
        gone=Raises(),
        ended=Raises(AttributeError, RuntimeError),
        received=Raises(),
    ),
    replace(
        STRICT,
        name="granian",
        measured_on="granian 2.8.7",
        spec_version="2.3",
        scope_lacks=_HAS_ALL,
        denial_in_parts=False,
        closed=Told(),
        lost=Told(1005),
        abandoned=Told(1005),
        own=Told(1005),
        refused=Told(1005),
        further=Further.ENDLESS,
        gone=Raises(),
        ended=Raises(RuntimeError),
    ),
    replace(
        STRICT,
        name="gunicorn",
        measured_on="gunicorn 27.0.1, worker asgi",
        spec_version="2.4",
        scope_lacks=frozenset({"extensions"}),
        closed=Told(),
        own=Told(),
        gone=Raises(send=GONE),
        ended=Raises(RuntimeError, GONE),
    ),
)

PROFILES: Final[Mapping[str, Profile]] = MappingProxyType({profile.name: profile for profile in _PROFILES})
"""The profiles by their names: ``"strict"``, the kit's default, then one for each server."""
