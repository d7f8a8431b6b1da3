"""The reference conforms on a server that speaks as each real one does."""

import dataclasses
from typing import Any

import pytest

from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import MemoryBackend, Outcome, run
from bareasgi_ws.conformance.backend import SupportsRejectedCodes
from bareasgi_ws.conformance.profiles import PROFILES, Code, Disconnect, SendErrors
from bareasgi_ws.testing import connect

NO_DENIAL = {f"WS-CAPABILITY-{number:02}": Outcome.NOT_OFFERED for number in (5, 6, 7, 9, 11, 12, 14)}

UNMET = {
    "strict": {},
    "uvicorn-websockets": {},
    "uvicorn-websockets-sansio": {"WS-CODE-10": Outcome.NON_STRICT},  # a loss is reported as 1005
    "uvicorn-wsproto": {"WS-CODE-10": Outcome.NON_STRICT},
    "hypercorn": {"WS-CODE-09": Outcome.NON_STRICT},  # every end is reported as 1006
    "daphne": {"WS-CLOSE-02": Outcome.NON_STRICT} | NO_DENIAL,  # it sends only 1000 and 3000-4999
    "granian": {"WS-CODE-10": Outcome.NON_STRICT},
    "gunicorn": NO_DENIAL,
}
"""What is not passed, on each server: from what was measured of it."""


# What a profile changes is the same on both libraries, so that on trio they are run nightly.
@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", pytest.param("trio", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", PROFILES)
async def test_the_reference_conforms_on_every_server(name: str) -> None:
    report = await run(backend.with_profile(name), name=name)
    assert {result.requirement.id: result.outcome for result in report.unmet} == UNMET[name], str(report)
    assert report.conforms


def test_a_profile_of_ones_own() -> None:
    own = dataclasses.replace(
        PROFILES["strict"], name="own", closed=Disconnect(Code.NAMED), gone=SendErrors(send=TimeoutError)
    )
    assert backend.with_profile(own).profile is own
    assert backend.profile is PROFILES["strict"]


def test_each_profile_has_its_own_name_and_says_what_was_measured() -> None:
    assert [profile.name for profile in PROFILES.values()] == list(PROFILES)
    assert [name for name, profile in PROFILES.items() if not profile.measured_on] == ["strict"]
    assert len(set(PROFILES.values())) == len(PROFILES)


async def hang_up(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()


@pytest.mark.anyio
async def test_a_rejected_code_raises_and_leaves_the_connection_open() -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        with pytest.raises(Exception, match=r"^websocket[.]close: the code 1001 is rejected$"):
            await send({"type": "websocket.close", "code": 1001})
        await send({"type": "websocket.send", "text": "open"})
        await send({"type": "websocket.close", "code": 3000})

    daphne = MemoryBackend(lambda *how: application, ReferenceWebSocket, PROFILES["daphne"])
    async with daphne.connect(hang_up) as client:
        assert [await client.receive(), await client.receive()] == ["open", None]
        assert client.code == 3000
        assert [code for code in (999, 1000, 1001, 1014, 3000, 4999) if client.rejects(code)] == [1001, 1014]
        assert await client.server_error() is None


@pytest.mark.anyio
async def test_the_server_of_a_test_rejects_no_code() -> None:
    async with connect(hang_up) as client:
        assert isinstance(client, SupportsRejectedCodes)
        assert not any(client.rejects(code) for code in (1000, 1001, 3000))
