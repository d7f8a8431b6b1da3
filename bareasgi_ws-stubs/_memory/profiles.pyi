"""How each server was seen to speak ASGI."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

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

PROFILES: Final[Mapping[str, Profile]]
"""The profiles by their names: ``"strict"``, the kit's default, then one for each server."""
