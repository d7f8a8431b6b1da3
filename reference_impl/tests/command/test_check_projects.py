"""Files and folders as users have them: one folder of oddities, checked once."""

from pathlib import Path

import pytest

from .running import MISTAKE, Command, Done, everywhere, write

pytestmark = pytest.mark.slow

HANDLERS = Path("a folder") / "ünï"
BROKEN = "def broken(:\n    pass\n"

ODDITIES = {
    # One module name in two plain folders, each importing its own neighbour.
    "a/main.py": "import neighbour\nnumber: int = neighbour.text\n",
    "a/neighbour.py": 'text = ""\n',
    "b/main.py": "import neighbour\ntext: str = neighbour.number\n",
    "b/neighbour.py": "number = 1\n",
    # A package without `__init__.py`, one of whose modules has a name from the standard library.
    "app/models.py": "class Model: ...\n",
    "app/main.py": "import app.types\nfrom app.models import Model\nnumber: int = Model()\n",
    "app/types.py": MISTAKE,
    # A module and its stub.
    "stubbed.py": MISTAKE,
    "stubbed.pyi": "number: str = 3\n",
    # A syntax error, another, and a file that imports one of them.
    "broken.py": BROKEN,
    "also_broken.py": BROKEN,
    "imports_broken.py": f"from broken import broken\nbroken()\n{MISTAKE}",
    "late.py": "yield 1\n",
    # Names.
    f"{HANDLERS}/not-an-identifier.py": MISTAKE,
    # What hides the standard library from a checker started in this folder.
    "json.py": "raise SystemExit\n",
}

FOUND = {
    *everywhere("a/main.py", 2),
    *everywhere("b/main.py", 2),
    *everywhere("app/main.py", 3),
    *everywhere("app/types.py", 1),
    *everywhere("stubbed.py", 1),
    *everywhere("stubbed.pyi", 1),
    *everywhere("broken.py", 1),
    *everywhere("also_broken.py", 1),
    *everywhere("imports_broken.py", 3),
    *everywhere("late.py", 1),
    *everywhere(f"{HANDLERS}/not-an-identifier.py", 1),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("a project"), ODDITIES)


@pytest.fixture(scope="module")
def checked(project: Path, command: Command) -> Done:
    # A folder and one inside it: each file is checked once, and `app` is still a package of the outer one.
    return command("check", ".", "app", "--json", "-", cwd=project)


def test_every_file_is_checked_by_every_checker(checked: Done) -> None:
    # pyright and its fork go on after a syntax error and report lines of their own.
    assert {
        place for place in checked.found() if place[0] not in ("broken.py", "also_broken.py") or place[1] == 1
    } == FOUND
    assert checked.report["summary"]["files"] == len(ODDITIES)


def test_a_syntax_error_is_a_finding_and_no_failure(checked: Done) -> None:
    assert (checked.status, checked.err) == (1, "")
    assert "syntax" in {one["code"] for one in checked.report["findings"] if one["file"] == "broken.py"}


def test_nothing_is_left_in_the_users_folder(project: Path, checked: Done) -> None:
    assert {str(file.relative_to(project)) for file in project.rglob("*") if file.is_file()} == set(ODDITIES)


def test_imports_start_from_the_paths_when_the_current_folder_is_elsewhere(tmp_path: Path, command: Command) -> None:
    names = ("app/models.py", "app/main.py", "app/types.py")
    write(tmp_path / "project", {name: ODDITIES[name] for name in names})
    write(tmp_path / "elsewhere", {})
    done = command("check", tmp_path / "project", "--json", "-", cwd=tmp_path / "elsewhere")
    app = tmp_path / "project" / "app"
    assert done.found() == everywhere(str(app / "main.py"), 3) | everywhere(str(app / "types.py"), 1)


def test_more_files_than_a_command_line_has_room_for(tmp_path: Path, command: Command) -> None:
    # Linux takes 2 MiB of arguments and environment: long paths, and a large environment, make that of few files.
    deep = "/".join(["d" * 200] * 18)
    names = [f"{deep}/{number}.py" for number in range(330)]
    large = {f"LARGE_{number}": "x" * 100_000 for number in range(10)}
    assert sum(map(len, names)) + sum(map(len, large.values())) > 2 << 20
    write(tmp_path, dict.fromkeys(names, MISTAKE))
    done = command("check", tmp_path, "--json", "-", cwd=tmp_path, environment=large)
    assert (done.status, done.err) == (1, "")
    assert done.found() == {place for name in names for place in everywhere(name, 1)}


def test_an_unlisted_module_with_a_syntax_error_stops_nobody(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"broken.py": BROKEN, "h.py": f"import broken\n{MISTAKE}", "latin.py": "x = 1\n"})
    (tmp_path / "latin.py").write_bytes("x = 'é'\n".encode("latin-1"))
    done = command("check", "h.py", "latin.py", "--checker", "mypy", "--json", "-", cwd=tmp_path)
    assert done.found() == {("h.py", 2, "mypy"), ("latin.py", 1, "mypy")}
    assert done.status == 1
