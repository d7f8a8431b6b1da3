"""The generated pages are what their source says."""

from pathlib import Path

import pytest

from tools.generate_docs import PAGES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == PAGES[path](), f"{path.name} differs from its source: run make docs"
