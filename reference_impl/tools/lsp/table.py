"""The committed table of what each server supports."""

import tomllib
from collections.abc import Mapping
from typing import NamedTuple

from .project import ROOT

FOLDER = ROOT / "reference_impl" / "tests" / "editors"
SUPPORT = FOLDER / "support.toml"
LATENCIES = ROOT / "reference_impl" / "benchmarks" / "results" / "language_servers.toml"

COMMAND = "python reference_impl/tools/editor_support.py"

COMMENT = f"""\
# What each language server supports, and what a person sees of it. The tests compare every line with the servers;
# `{COMMAND}` writes the file anew.
"""


class Entry(NamedTuple):
    """What is recorded of one server.

    Attributes:
        version: The server's version.
        features: Whether it supports each feature.
        captures: What a person sees.
    """

    version: str
    features: dict[str, bool]
    captures: dict[str, str]


def read() -> dict[str, Entry]:
    """Read the table."""
    return {name: Entry(**entry) for name, entry in tomllib.loads(SUPPORT.read_text("utf-8")).items()}


def write(entries: Mapping[str, Entry]) -> None:
    """Write the table."""
    SUPPORT.write_text("\n".join([COMMENT, *(_lines(name, entry) for name, entry in entries.items())]), "utf-8")


def _lines(name: str, entry: Entry) -> str:
    features = (f"{feature} = {str(supported).lower()}" for feature, supported in entry.features.items())
    captures = (f"{capture} = '''\n{text}'''" for capture, text in entry.captures.items())
    return "\n".join(
        [
            f"[{name}]",
            f'version = "{entry.version}"',
            f"[{name}.features]",
            *features,
            f"[{name}.captures]",
            *captures,
            "",
        ]
    )
