"""The cases of every form of handler are what their generator writes."""

from pathlib import Path

import pytest

import matrix


@pytest.mark.parametrize("path", sorted(matrix.files()), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_file_is_what_is_generated(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == matrix.files()[path], "run python typecheck_tests/matrix.py"


def test_no_file_of_the_matrix_is_left_over() -> None:
    there = {path for folder in ("clean", "wrong") for path in (matrix.HOME / folder).glob("matrix_*.py")}
    assert there == set(matrix.files())
