"""Each server learns where the user's packages are in exactly the ways that the committed table says."""

from pathlib import Path

import pytest

from tools.lsp.environments import WAYS, finds
from tools.lsp.servers import Server

from .conftest import compare

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", WAYS)
def test_the_environment_is_found_as_recorded(
    server: Server, name: str, packages: dict[str, Path], tmp_path: Path
) -> None:
    compare(server, name, supported=finds(server, WAYS[name], tmp_path, packages["wheel"]))
