"""Each server supports exactly what the committed table says, of the wheel and of an editable install."""

import time

import pytest

from tools.lsp import table
from tools.lsp.captures import CAPTURES, capture
from tools.lsp.features import FEATURES
from tools.lsp.servers import SERVERS, versions

from .conftest import Asked, compare, require

pytestmark = pytest.mark.slow
PATIENCE = 20.0
"""How long a server may take until it answers as recorded, in seconds."""


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_is_supported_as_recorded(asked: Asked, feature: str) -> None:
    compare(asked.server, feature, supported=supported_in_time(asked, feature))


def supported_in_time(asked: Asked, feature: str) -> bool:
    """Ask again where it is recorded: a server that has not read the whole project yet answers from what it has."""
    until = time.monotonic() + PATIENCE
    while not (found := FEATURES[feature].supported(asked.editor)):
        if not asked.recorded.features[feature] or time.monotonic() > until:
            break
    return found


@pytest.mark.parametrize("name", CAPTURES)
def test_a_person_sees_what_was_captured(asked: Asked, name: str) -> None:
    assert capture(name, asked.editor) == asked.recorded.captures[name]


def test_the_versions_are_those_recorded() -> None:
    for server in SERVERS:
        require(server)
    assert versions() == {name: entry.version for name, entry in table.read().items()}
