"""The generated cases are what their generators write."""

from pathlib import Path

import pytest

from typecheck_tests import matrix, parameters

FILES = {**matrix.files(), **parameters.files()}


@pytest.mark.parametrize("path", sorted(FILES), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_file_is_what_is_generated(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path], "run matrix.py and parameters.py of typecheck_tests"


def test_no_generated_file_is_left_over() -> None:
    folders = [matrix.HOME / name for name in ("clean", "wrong")]
    there = {path for folder in folders for kind in ("matrix", "parameters") for path in folder.glob(f"{kind}_*.py")}
    assert there == set(FILES)
