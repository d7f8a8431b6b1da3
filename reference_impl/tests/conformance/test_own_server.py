"""A backend that is its own server is held to what the wire shows, and each fault there is its own failure."""

from types import SimpleNamespace
from typing import Any

import pytest

from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import Outcome, SupportsOwnServer, URLBackend, iter_checks, requirements, run

from .faulty_server import FAULTS, server

OWN = [number for number, one in requirements(own_server=True).items() if one != requirements()[number]]

# These take longer than the others together, or need no fault more.
SLOW = ("WS-SERVER-34",)


def own(backend: Any) -> URLBackend:
    backend.own_server = True
    kept: URLBackend = backend
    return kept


def test_what_the_wire_shows_is_a_must_of_the_backends() -> None:
    for number in OWN:
        asked, other = requirements(own_server=True)[number], requirements()[number]
        assert (asked.level, asked.binds, other.binds) == ("MUST", "backend", "server")
        assert asked._replace(level=other.level, binds=other.binds) == other
    plain = [check.requirement for check in iter_checks()]
    expected = [number for number in requirements() if number in plain or number in OWN]
    assert [check.requirement for check in iter_checks(own_server=True)] == expected
    musts = [check.requirement for check in iter_checks(["WS-CODE-09"], "MUST", own_server=True)]
    assert musts[-1] == "WS-CODE-09"
    with pytest.raises(ValueError, match="no requirement that begins with WS-CODE-09 is a MUST"):
        iter_checks(["WS-CODE-09"], "MUST")


@pytest.mark.parametrize("number", OWN)
def test_what_its_check_needs_binds_it_too(number: str) -> None:
    (check,) = [check for check in iter_checks([number]) if check.requirement == number]
    assert {requirements(own_server=True)[need].binds for need in check.needs} == {"backend"}


@pytest.mark.anyio
@pytest.mark.parametrize("said", [None, False, True])
async def test_a_backend_of_others_says_it_with_an_attribute(said: bool | None) -> None:
    backend: Any = SimpleNamespace(socket_type=reference.socket_type, connect=reference.connect)
    if said is not None:
        backend.own_server = said
    assert isinstance(backend, SupportsOwnServer) is (said is not None)
    report = await run(backend, select=["WS-CODE-09"])
    assert report.results[-1].requirement.level == ("MUST" if said else "SHOULD")


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_healthy_one_conforms(anyio_backend: str) -> None:
    report = await run(own(server()))
    assert report.conforms, str(report)
    assert {*OWN} <= {one.requirement.id for one in report.results if one.outcome is Outcome.PASS}


FAULTY = [name for name, fault in FAULTS.items() if fault.requirement in OWN and fault.requirement not in SLOW]


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("name", FAULTY)
async def test_a_fault_on_the_wire_fails_the_backend(name: str, anyio_backend: str) -> None:
    requirement, _, deadline = FAULTS[name]
    served: Any = FAULTS[name].backend()
    held = URLBackend(served._serve, ReferenceWebSocket, logger="uvicorn.error", own_server=True)
    report = await run(held, select=[requirement], deadline=deadline)
    (result,) = [one for one in report.results if one.requirement.id == requirement]
    assert (result.outcome, result.requirement.binds) == (Outcome.FAIL, "backend")
    assert not report.conforms
