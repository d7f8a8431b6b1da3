"""The benchmarks run, and leave nobody out who is installed; what they find is for their page, and asserted nowhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import speed_page

from ..required_programs import missing_program

ROOT = Path(__file__).parents[3]
BENCHMARKS = ROOT / "reference_impl" / "benchmarks"

NEWEST = max(ROOT.glob(".venv-bench-3.*"), default=ROOT / ".venv-bench-3.13")
NAME = 26
"""How wide the first column is."""
ALONE = ["bareasgi 3", "bareasgi 5", "starlette", "falcon", "blacksheep", "litestar", "quart"]
BACKENDS = ["bareasgi 3", "bareasgi 5", "starlette"]
LIBRARIES = ["raw", "floor", "bareasgi_ws", "bareasgi_ws, one content", *ALONE]
LIBRARIES += [f"bareasgi_ws on {name}" for name in BACKENDS]
IN_MEMORY = ["text", "binary", "client closes", "handler closes"]
WITHOUT_LOOP = ["client closes, no loop", "handler closes, no loop"]
ON_ASYNCIO = ["text, woken up", "client closes, woken up", "idle bytes"]
PATTERNS = ["text", "variable last", "variable in the middle", "variable first", "two variables"]
PATTERNS += ["number last", "path last", "long"]

Table = dict[str, dict[str, str]]


def speed(module: str, folder: Path) -> dict[str, Table]:
    """Run a benchmark of every library."""
    environment = NEWEST / "ready"
    if not environment.exists():
        missing_program("the environment of the benchmarks, for which make nightly makes .venv-bench-3.13,")
    return tables_of(environment.with_name("bin") / "python", module, "--keep", str(folder))


def tables_of(python: Path, *arguments: str) -> dict[str, Table]:
    """Run a benchmark on very little, and return its tables as they are printed: by title, row and column."""
    paths = os.pathsep.join(map(str, (BENCHMARKS.parent, BENCHMARKS)))
    done = subprocess.run(
        [python, "-m", *arguments, "--short"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return dict(map(read_table, done.stdout.strip().split("\n\n")))


def read_table(printed: str) -> tuple[str, Table]:
    """Return a table's title, and its cells by row and column."""
    title, header, *lines = printed.splitlines()
    columns = cells_of(header)
    rows = {line[:NAME].strip(): cells_of(line[NAME:]) for line in lines}
    return title, {name: dict(zip(columns, cells, strict=True)) for name, cells in rows.items()}


def cells_of(line: str) -> list[str]:
    return re.split(" {2,}", line.strip())


def measured(table: Table) -> dict[str, set[str]]:
    """Return the columns in which a row has a number."""
    return {name: {column for column, cell in row.items() if cell != "-"} for name, row in table.items()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def tables(kept: Path) -> dict[str, Table]:
    return speed("speed", kept)


def test_what_is_installed_here_has_its_figures() -> None:
    libraries = ["raw", "bareasgi_ws", "starlette", "bareasgi_ws on starlette"]
    figures = ["messages", "connections", "parts", "idle", "last-route"]
    tables = tables_of(Path(sys.executable), "speed", *figures, "--libraries", *libraries)
    costs = {*IN_MEMORY, *WITHOUT_LOOP, "idle bytes"}
    assert measured(tables["what each library costs"]) == dict.fromkeys(libraries, costs)
    assert set(tables["what the parts of a connection cost"]["what is left"]) == {*WITHOUT_LOOP}
    assert measured(tables["the last of n routes, to one alone"])["bareasgi_ws"] == {"1", "10"}


@pytest.mark.nightly
def test_what_is_printed_is_what_the_page_shows(tables: dict[str, Table], kept: Path) -> None:
    [path] = kept.iterdir()
    assert re.fullmatch(r"speed_3\.\d+\.toml", path.name)
    page = "\n".join(speed_page.sections(speed_page.kept(path)))
    for title, table in tables.items():
        assert f"\n### {title[0].upper()}{title[1:]}\n" in page
        for name, row in table.items():
            assert f"| {name} | {' | '.join(row.values()).replace('-', '—')} |\n" in page


@pytest.mark.nightly
def test_each_library_has_each_figure_that_can_be_measured_of_it(tables: dict[str, Table]) -> None:
    table = tables["what each library costs"]
    expected = {name: {*IN_MEMORY, *WITHOUT_LOOP, *ON_ASYNCIO} for name in LIBRARIES}
    expected["falcon"] -= {*WITHOUT_LOOP}
    expected["quart"] -= {*IN_MEMORY, *WITHOUT_LOOP}
    for name in ("bareasgi_ws", *ALONE):
        expected[name].add("import")
    assert measured(table) == expected


@pytest.mark.nightly
def test_each_backend_is_compared_with_the_librarys_own(tables: dict[str, Table]) -> None:
    expected = {name: {*IN_MEMORY, *WITHOUT_LOOP, *ON_ASYNCIO} - {"idle bytes"} for name in BACKENDS}
    assert measured(tables["what a backend costs, to the library's own"]) == expected


@pytest.mark.nightly
def test_each_router_and_each_pattern_has_each_number_of_routes(tables: dict[str, Table]) -> None:
    sizes = {"1", "10"}
    routers = dict.fromkeys(["bareasgi_ws", *ALONE], sizes)
    patterns = dict.fromkeys(PATTERNS, sizes)
    assert {title: measured(table) for title, table in tables.items() if "route" in title} == {
        "the last of n routes, to one alone": routers,
        "the last of n routes, to litestar's": routers,
        "the last of n routes, to one alone, by pattern": patterns,
        "adding one of n routes, to one of the fewest": {**patterns, "found as soon as added": sizes},
    }


@pytest.mark.nightly
def test_each_server_has_its_echoes(tmp_path: Path) -> None:
    tables = speed("speed.served", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["uvicorn.toml"]
    ratios = {"echoes a second", "p99", "server's time"}
    served = dict.fromkeys(["raw, again", "bareasgi_ws", "starlette", "bareasgi 5"], ratios)
    raw = {clients: {"echoes a second", "p99, ms", "server's time, us"} for clients in ("1 client", "10 clients")}
    assert {title: measured(table) for title, table in tables.items()} == {
        "under uvicorn, 1 client, to the raw function": served,
        "under uvicorn, 10 clients, to the raw function": served,
        "the raw function under uvicorn": raw,
    }
