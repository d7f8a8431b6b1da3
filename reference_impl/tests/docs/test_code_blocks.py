"""Every Python block runs, checkers report exactly the marked lines, and what a page quotes is what was said."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from gc import collect
from importlib.metadata import version
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from traceback import format_exception_only
from typing import Any

import pytest

from ..required_programs import missing_program
from .checkers import CHECKERS, Reported, marked, reported_by
from .pages import MODULES, PAGES, Block, all_blocks, quotes, save_files

NOT_RUN = {"console", "text", "haproxy", "nginx", "json", "mermaid", "toml", "lua", "yaml", "sh"}
"""The other languages of blocks; Python under another name would not be checked."""

QUOTING = [page for page in MODULES if any(said for _, said in quotes(page))]


def names(page: Path) -> str:
    return page.stem


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_blocks_have_a_known_language(page: Path) -> None:
    assert {block.language for block in all_blocks(page)} <= NOT_RUN | {"python"}


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """Which a page may set up, and leave so."""
    logger = logging.getLogger("bareasgi_ws")
    yield logger
    logger.setLevel(logging.NOTSET)
    logger.handlers.clear()


@pytest.mark.usefixtures("logger")
@pytest.mark.parametrize("page", MODULES, ids=names)
def test_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block prints, warns and raises what is quoted below it, and nothing else."""
    monkeypatch.chdir(tmp_path)
    save_files(page, tmp_path)
    namespace: dict[str, Any] = {"__name__": f"page_{page.stem}"}
    for block, said in quotes(page):
        happened = run(block, page, namespace)
        quoted = said.get("run", [])
        same = len(happened) == len(quoted) and all(map(says, happened, quoted))
        assert same, f"{page.name}:{block.before}: expected {quoted}, but it ran with {happened}"


def run(block: Block, page: Path, namespace: dict[str, Any]) -> list[str]:
    """Return the lines that it printed, its warnings, and what it raised, as a traceback ends."""
    printed, raised = StringIO(), []
    with warnings.catch_warnings(record=True) as warned, redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            exec(compile("\n" * block.before + block.code, page, "exec"), namespace)
        except Exception as error:
            raised = format_exception_only(error)
        collect()
    told = [f"{warning.category.__name__}: {warning.message}" for warning in warned]
    return [*printed.getvalue().splitlines(), *told, *(line.strip() for line in raised[:1])]


@pytest.fixture(scope="module", params=CHECKERS)
def checker(request: pytest.FixtureRequest) -> Any:
    if find_spec(request.param) is None:
        missing_program(request.param)
    return request.param


@pytest.fixture(scope="module")
def reported(checker: str, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    return reported_by(checker, tmp_path_factory.mktemp(checker))


@pytest.mark.slow
def test_marked_lines_are_reported(checker: str, reported: Reported) -> None:
    expected = {f"{page.name}:{number}" for page in MODULES for number in marked(page, checker)}
    assert expected
    unexpected = {place: messages for place, messages in reported.items() if place not in expected}
    assert (unexpected, expected - set(reported)) == ({}, set())


@pytest.mark.slow
@pytest.mark.parametrize("page", QUOTING, ids=names)
def test_quoted_messages_are_the_checkers(page: Path, checker: str, reported: Reported) -> None:
    """Below a block, a checker is quoted once for each line that it reports there, in their order."""
    for block, said in quotes(page):
        quoted = said.get(checker, [])
        lines = range(block.before + 1, block.before + 1 + len(block.code.splitlines()))
        places = [f"{page.name}:{number}" for number in marked(page, checker) if number in lines]
        if not quoted and not set(said) & set(CHECKERS):
            continue
        assert len(quoted) == len(places), f"{page.name}:{block.before}: expected one quotation of {checker} a line"
        for place, message in zip(places, quoted, strict=True):
            assert any(says(real, message) for real in reported[place]), (
                f"{place}: expected {checker} to say {message!r}, but it says {reported[place]}"
            )


def says(real: str, quoted: str) -> bool:
    """Compare a message with its quotation, in which ``...`` stands for words left out, and a line may be broken."""
    words = [re.escape(word) for word in re.sub(r"\s+", " ", quoted).split("...")]
    return re.fullmatch(".*".join(words), re.sub(r"\s+", " ", real)) is not None


@pytest.mark.parametrize("page", QUOTING, ids=names)
def test_quoted_versions_are_those_that_are_quoted(page: Path, checker: str) -> None:
    """A page that quotes a checker names its version."""
    if any(checker in said for _, said in quotes(page)):
        assert set(re.findall(rf"\b{checker} (\d[\d.]*\d)", page.read_text("utf-8"))) == {version(checker)}


def test_a_quotation_is_compared() -> None:
    assert says('Unsupported operand\n  types: "a"  [x]', 'Unsupported ... types: "a" [x]')
    assert not says("Unsupported operand [x]", "Unsupported [x]")
    assert not says("Unsupported operand [x]", "Unsupported ...operand")
