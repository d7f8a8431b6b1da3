"""The configuration that pyright is given: a file of ours that extends the user's.

pyright 1.1.414 has no ``--strict``, so ``--strict`` needs a configuration. It also takes ``ignore``, ``exclude`` and
``venv`` from a user's configuration even for files and an interpreter named on its command line (files are passed
over, exit status 0), so the default needs one as well. Ours sets these, and what is relative to the place of a
configuration; all the rest is the user's, and where the user says nothing, pyright's ``standard``.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')


def find(cwd: Path) -> Path | None:
    """Find the user's configuration as pyright does: any pyrightconfig.json upwards before any pyproject.toml."""
    for name in ("pyrightconfig.json", "pyproject.toml"):
        for folder in (cwd, *cwd.parents):
            if (folder / name).is_file():
                return folder / name
    return None


def generate(
    user: Path | None, cwd: Path, roots: Iterable[Path], *, strict: bool, name: str = "pyright"
) -> dict[str, Any]:
    """Make the configuration, without the files to check."""
    project = user.parent if user else cwd
    said = settings(user, name) if user else {}
    # An import is looked for in the environment's root, then from the importing file upwards as far as that root.
    # Beside them from the project's own folder, as mypy has it.
    extra_paths = said.get("extraPaths", [str(project / "src")])
    outside = [root for root in roots if not root.is_relative_to(project)]
    environments: list[dict[str, Any]] = [{"root": str(project)}]
    environments += [{"root": str(root), "extraPaths": [*extra_paths, str(project)]} for root in outside]
    config: dict[str, Any] = {
        "exclude": [],
        "ignore": [],
        # A `venv` of the user's would win over `--pythonpath`.
        "venv": "",
        "executionEnvironments": [*said.get("executionEnvironments", []), *environments],
        # pyright's own defaults, but from the user's folder and not from that of this file.
        "extraPaths": extra_paths,
        "stubPath": said.get("stubPath", str(project / "typings")),
    }
    if user:
        config["extends"] = str(user)
    # A mode resets every rule that the user's configuration sets singly, so a user who has one keeps its mode.
    if strict or not said:
        config["typeCheckingMode"] = "strict" if strict else "standard"
    return config


def settings(file: Path, name: str = "pyright") -> dict[str, Any]:
    """Read a configuration and those it extends; what is relative to the place of one is made absolute.

    A file that cannot be read is empty here: pyright reads it too, and says so.
    """
    try:
        own = _load(file, name)
        base = settings(file.parent / own.pop("extends"), name) if "extends" in own else {}
        return base | own | _absolute(own, file.parent)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def parse_json(text: str) -> Any:
    """Read JSON with comments and trailing commas, as pyright does."""
    return json.loads(TRAILING_COMMA.sub(r"\1", COMMENT.sub(r"\1", text)))


def _load(file: Path, name: str) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix != ".toml":
        loaded: dict[str, Any] = parse_json(text)
        return loaded
    tools = tomllib.loads(text).get("tool", {})
    # A fork reads pyright's section where it has none of its own.
    section: dict[str, Any] = tools.get(name) or tools.get("pyright", {})
    return section


def _absolute(own: dict[str, Any], folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if "stubPath" in own:
        said["stubPath"] = _join(folder, own["stubPath"])
    if "extraPaths" in own:
        said["extraPaths"] = [_join(folder, path) for path in own["extraPaths"]]
    if "executionEnvironments" in own:
        said["executionEnvironments"] = [_environment(one, folder) for one in own["executionEnvironments"]]
    return said


def _environment(own: dict[str, Any], folder: Path) -> dict[str, Any]:
    paths = {"extraPaths": [_join(folder, path) for path in own["extraPaths"]]} if "extraPaths" in own else {}
    return own | paths | {"root": _join(folder, own.get("root", "."))}


def _join(folder: Path, path: str) -> str:
    return os.path.normpath(folder / path)
