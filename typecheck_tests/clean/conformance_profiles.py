"""Profiles: how servers speak ASGI, for a backend in memory."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_type

from bareasgi_ws import Application
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import MemoryBackend, Peer
from bareasgi_ws.conformance.backend import SupportsRejectedCodes
from bareasgi_ws.conformance.profiles import PROFILES, AfterDisconnect, Code, Disconnect, Profile, Reason, SendErrors
from bareasgi_ws.testing import Client


def make(handler: Any, route: str, content: type[str] | type[bytes] | None, info: Any) -> Application:
    return Application(info=info)


class RejectingPeer:
    def rejects(self, code: int) -> bool:
        return code == 1001


def case_the_profiles() -> None:
    assert_type(PROFILES["strict"], Profile)
    by_name: Mapping[str, Profile] = PROFILES
    assert "hypercorn" in by_name


def case_what_a_profile_says() -> None:
    profile = PROFILES["daphne"]
    assert_type(profile.name, str)
    assert_type(profile.measured_on, str)
    assert_type(profile.spec_version, str | None)
    assert_type(profile.scope_lacks, frozenset[str])
    assert_type(profile.denial_in_parts, bool)
    assert_type(profile.both_keys, bool)
    assert_type(profile.closed, Disconnect)
    assert_type(profile.no_code, Disconnect)
    assert_type(profile.lost, Disconnect)
    assert_type(profile.abandoned, Disconnect)
    assert_type(profile.own, Disconnect)
    assert_type(profile.rejected, Disconnect)
    after_disconnect: AfterDisconnect = profile.after_disconnect
    assert_type(profile.rejected_codes, frozenset[int])
    assert_type(profile.gone, SendErrors)
    assert_type(profile.late, SendErrors | None)
    assert_type(profile.ended, SendErrors)
    assert_type(profile.received, SendErrors | None)
    assert isinstance(after_disconnect, AfterDisconnect)


def case_a_profile_of_ones_own() -> None:
    disconnect, raises = Disconnect(1005), SendErrors()
    profile = Profile(
        name="own",
        measured_on="",
        spec_version=None,
        scope_lacks=frozenset({"state"}),
        denial_in_parts=True,
        both_keys=False,
        closed=disconnect,
        no_code=disconnect,
        lost=disconnect,
        abandoned=disconnect,
        own=disconnect,
        rejected=disconnect,
        after_disconnect=AfterDisconnect.SILENCE,
        rejected_codes=frozenset({1001}),
        gone=raises,
        late=None,
        ended=raises,
        received=raises,
    )
    assert_type(replace(profile, name="other", spec_version="2.5", late=raises, received=None), Profile)


def case_how_an_end_is_reported() -> None:
    for disconnect in (
        Disconnect(),
        Disconnect(None),
        Disconnect(1005, Reason.NEVER),
        Disconnect(code=Code.RECEIVED, reason=Reason.ALWAYS),
    ):
        code: int | Code | None = disconnect.code
        reason: Reason = disconnect.reason
        assert code is disconnect.code
        assert reason is disconnect.reason


def case_the_ways_to_tell() -> None:
    assert [Code.RECEIVED, Code.NAMED, Reason.RECEIVED]
    assert [AfterDisconnect.ONCE, AfterDisconnect.ENDLESS, AfterDisconnect.SAME]


def case_what_is_raised() -> None:
    for errors in (
        SendErrors(),
        SendErrors(OSError, RuntimeError, Exception),
        SendErrors(accept=None, send=KeyError, close=None),
    ):
        assert_type(errors.accept, type[Exception] | None)
        assert_type(errors.send, type[Exception] | None)
        assert_type(errors.close, type[Exception] | None)


def case_a_backend_with_a_profile() -> None:
    backend = MemoryBackend(make, reference.socket_type, PROFILES["strict"])
    assert_type(MemoryBackend(make, reference.socket_type, profile=PROFILES["strict"]), MemoryBackend)
    assert_type(MemoryBackend(make, reference.socket_type, close_timeout=0.5).close_timeout, float)
    assert_type(backend.profile, Profile)
    assert_type(reference.with_profile("hypercorn"), MemoryBackend)
    assert_type(reference.with_profile(profile=PROFILES["granian"]), MemoryBackend)


def case_a_peer_that_rejects_codes() -> None:
    def drive(peer: Peer) -> None:
        if isinstance(peer, SupportsRejectedCodes):
            assert_type(peer.rejects(1001), bool)
            peer.rejects(code=1001)

    peer: SupportsRejectedCodes = RejectingPeer()
    assert peer.rejects(1001)
    assert drive is not None


def case_the_client_of_a_test_may_reject_codes() -> None:
    def take(client: Client) -> None:
        assert_type(client.rejects(code=1001), bool)
        peer: SupportsRejectedCodes = client
        assert peer is client

    assert take is not None
