"""What holds for every page that is a session, and the comparison of what it prints."""

from pathlib import Path

import pytest

from .pages import SESSIONS, all_blocks
from .sessions import agrees


@pytest.mark.parametrize("page", SESSIONS, ids=lambda page: page.stem)
def test_a_file_is_named_in_the_text_above_it(page: Path) -> None:
    """A page that is rendered does not show a block's title."""
    lines = page.read_text("utf-8").splitlines()
    files = [(block.title, lines[: block.before - 1]) for block in all_blocks(page) if block.title]
    assert [name for name, above in files if not any(f"`{name}`" in line for line in above[-4:])] == []


@pytest.mark.parametrize("printed", [["a b", "d"], ["a b", "c", "", "d"]])
def test_what_is_left_out_may_be_anything(printed: list[str]) -> None:
    assert agrees(["a ...", "...", "d"], printed)


@pytest.mark.parametrize("printed", [[], ["a b", "c"], ["d", "a b"], ["x a b", "d"], ["a b", "d", "e"], ["a b d"]])
def test_what_is_printed_otherwise_does_not_agree(printed: list[str]) -> None:
    assert not agrees(["a ...", "...", "d"], printed)
