"""Profiles, and backends with them, that are wrong."""

from typing import Any

from bareasgi_ws import Application
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import MemoryBackend
from bareasgi_ws.conformance.backend import SupportsRejectedCodes
from bareasgi_ws.conformance.profiles import PROFILES, Profile, SendErrors, Reason, Disconnect
from bareasgi_ws.testing import Client


def make(handler: Any, route: str, content: Any, info: Any) -> Application:
    return Application()


def the_profiles(profile: Profile) -> None:
    PROFILES["own"] = profile  # E
    PROFILES[1]  # E
    PROFILES["strict"].nothing  # E


def frozen(profile: Profile) -> None:
    profile.name = "other"  # E
    profile.both_keys = True  # E
    profile.closed = Disconnect()  # E


def what_a_profile_says(profile: Profile) -> None:
    profile.name.nothing  # E
    profile.measured_on.nothing  # E
    profile.spec_version.upper()  # E
    profile.scope_lacks.nothing  # E
    profile.denial_in_parts.nothing  # E
    profile.both_keys.nothing  # E
    profile.closed.nothing  # E
    profile.no_code.nothing  # E
    profile.lost.nothing  # E
    profile.abandoned.nothing  # E
    profile.own.nothing  # E
    profile.rejected.nothing  # E
    profile.after_disconnect.nothing  # E
    profile.rejected_codes.nothing  # E
    profile.gone.nothing  # E
    profile.late.send  # E
    profile.ended.nothing  # E
    profile.received.send  # E


def what_is_told(told: Disconnect, raises: SendErrors) -> None:
    Disconnect("1005")  # E
    Disconnect(1005, True)  # E
    Disconnect(1005, "always")  # E
    Disconnect(1005, Reason.RECEIVED, "more")  # E
    told.code.nothing  # E
    told.reason.nothing  # E
    told.code = 1  # E
    told.reason = Reason.RECEIVED  # E
    SendErrors("OSError")  # E
    SendErrors(OSError())  # E
    SendErrors(None, int)  # E
    SendErrors(send=1)  # E
    SendErrors(close=BaseException)  # E
    raises.accept.nothing  # E
    raises.send.nothing  # E
    raises.close.nothing  # E
    raises.accept = None  # E


def a_profile(told: Disconnect, raises: SendErrors, profile: Profile) -> None:
    Profile(name="own")  # E
    Profile("own")  # E


def a_backend_with_a_profile(backend: MemoryBackend) -> None:
    MemoryBackend(make, reference.socket_type, "strict")  # E
    MemoryBackend(make, reference.socket_type, profile=None)  # E
    backend.profile.nothing  # E
    reference.with_profile()  # E
    reference.with_profile(None)  # E
    reference.with_profile(1)  # E
    reference.with_profile("strict").nothing  # E
    reference.with_profile("strict", "daphne")  # E


class RejectsNames:
    def rejects(self, code: str) -> bool:
        return False


class RejectsAwaited:
    async def rejects(self, code: int) -> bool:
        return False


class RejectsByText:
    def rejects(self, code: int) -> str:
        return ""


rejects_names: SupportsRejectedCodes = RejectsNames()  # E
rejects_awaited: SupportsRejectedCodes = RejectsAwaited()  # E
rejects_by_text: SupportsRejectedCodes = RejectsByText()  # E


async def a_peer_that_rejects_codes(peer: SupportsRejectedCodes, client: Client) -> None:
    peer.rejects("1001")  # E
    peer.rejects()  # E
    peer.rejects(1001).nothing  # E
    client.rejects("1001")  # E
    client.rejects()  # E
    client.rejects(1001).nothing  # E
    await client.rejects(1001)  # E
