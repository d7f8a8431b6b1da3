"""Requirements, checks and docstrings refer to each other, with no loose end."""

import re
from collections import Counter
from pathlib import Path

import bareasgi_ws
from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.conformance import iter_checks, requirements
from bareasgi_ws.conformance._server.checks import CHECKS

ROOT = Path(__file__).parents[3]
CITED = re.compile(r"WS-[A-Z]+-\d\d")
RANGE = re.compile(r"(WS-[A-Z]+-)(\d\d)\s+to\s+\1(\d\d)")


def cited(text: str) -> set[str]:
    numbers = set(CITED.findall(text))
    for chapter, first, last in RANGE.findall(text):
        numbers.update(f"{chapter}{number:02}" for number in range(int(first), int(last) + 1))
    return numbers


def test_there_are_enough_of_them_and_each_is_whole() -> None:
    assert len(requirements()) >= 60
    for number, requirement in requirements().items():
        assert re.fullmatch(rf"WS-{requirement.chapter.upper()}-\d\d", number)
        assert requirement.level in ("MUST", "SHOULD", "INFO")
        assert requirement.binds in ("handler", "backend", "server")
        assert requirement.since <= SPEC_VERSION
        assert requirement.text.endswith(".")
        assert requirement.source


def test_the_numbers_of_a_chapter_have_no_gaps() -> None:
    counts = Counter(requirement.chapter for requirement in requirements().values())
    expected = [f"WS-{chapter.upper()}-{number:02}" for chapter, n in counts.items() for number in range(1, n + 1)]
    assert list(requirements()) == expected


def test_each_requirement_has_one_check_and_each_check_a_requirement() -> None:
    of_backends = [check.requirement for check in iter_checks(["WS-"])]
    assert of_backends == [number for number in requirements() if number in of_backends]
    assert {*of_backends, *CHECKS} == {*requirements()}
    assert {*CHECKS} == {one.id for one in requirements().values() if one.binds == "server"}
    own = {number for number, one in requirements(own_server=True).items() if one.binds == "backend"}
    assert own <= {*of_backends}


def test_all_are_all_but_the_chapter_on_servers() -> None:
    chapters = {number: requirement.chapter for number, requirement in requirements().items()}
    assert [check.requirement for check in iter_checks()] == [one for one in chapters if chapters[one] != "server"]
    assert {one.binds for one in requirements().values() if one.chapter == "server"} == {"server"}


def test_what_a_check_needs_comes_before_it() -> None:
    seen: set[str] = set()
    for check in iter_checks(["WS-"]):
        assert seen.issuperset(check.needs), check
        seen.add(check.requirement)


def test_the_specification_cites_every_requirement_and_no_other() -> None:
    spec = "".join(path.read_text() for path in (ROOT / "bareasgi_ws-stubs").rglob("*.pyi"))
    assert cited(spec) - set(requirements()) == set()
    # The docstrings, written for handlers and backends, do not state rules for servers.
    assert set(requirements()) - cited(spec) == {r.id for r in requirements().values() if r.binds == "server"}


def test_the_source_and_the_pages_cite_no_unknown_requirement() -> None:
    source = Path(bareasgi_ws.__file__).parent
    pages = [*source.rglob("*.py"), *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    assert {number for page in pages for number in cited(page.read_text())} - set(requirements()) == set()
