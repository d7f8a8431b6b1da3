"""What a client sees of a server that is stopped is what is kept, on each version of Python."""

import pytest

from bareasgi_ws._command.servers import SERVERS
from tools.behaviour import stopped

from ..required_programs import missing_program

KEPT = stopped.read()
VERSIONS = [pytest.param(version, marks=pytest.mark.nightly if version == "3.12" else ()) for version in KEPT]


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_that_is_stopped_does_what_is_kept(version: str) -> None:
    if not stopped.interpreter(version).exists():
        missing_program(f"Python {version}, for which make test makes .venv-{version},")
    _, actual = stopped.run_on(version)
    assert actual == KEPT[version]


def test_every_server_is_kept_on_every_version() -> None:
    assert tuple(KEPT) == stopped.VERSIONS
    assert all(list(of_version) == list(SERVERS) for of_version in KEPT.values())
