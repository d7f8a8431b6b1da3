"""Exit status 2: each time a sentence that says what to do, and nothing on standard output."""

from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

import pytest

from bareasgi_ws._command import main

from .running import MISTAKE, Command, write


@pytest.fixture
def uninstall(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iterable[str]], None]:
    """Have distributions be not installed, as far as their metadata says."""
    real = metadata.version

    def hide(names: Iterable[str]) -> None:
        def version(name: str) -> str:
            if name in names:
                raise metadata.PackageNotFoundError(name)
            return real(name)

        monkeypatch.setattr(metadata, "version", version)

    return hide


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.py"], "no such file or folder: nowhere.py"),
        (["empty"], "no Python files (.py or .pyi) under empty: name the file or folder of your handlers."),
        (["h.py", "--checker", "pylint"], "unknown checker 'pylint': choose from mypy, pyright."),
    ],
)
def test_wrong_arguments(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, {"h.py": MISTAKE, "empty/read.me": ""})
    monkeypatch.chdir(tmp_path)
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr() == ("", f"bareasgi-ws: {sentence}\n")


@pytest.mark.parametrize(
    ("missing", "arguments", "sentence"),
    [
        (["mypy", "pyright"], [], "no type checker is installed: pip install 'bareasgi-ws[check]'"),
        (["mypy"], ["--checker", "mypy"], "mypy is not installed: pip install 'mypy'"),
        (
            ["pyright"],
            ["--checker", "mypy", "--checker", "pyright"],
            "pyright is not installed: pip install 'pyright[nodejs]'",
        ),
    ],
)
def test_a_checker_that_is_not_installed(
    missing: list[str],
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    uninstall: Callable[[Iterable[str]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    uninstall(missing)
    write(tmp_path, {"h.py": MISTAKE})
    assert main(["check", *arguments, str(tmp_path)]) == 2
    assert capsys.readouterr() == ("", f"bareasgi-ws: {sentence}\n")


def test_rich_is_not_installed(
    tmp_path: Path, command: Command, instead_of: Callable[[str, str], dict[str, str]]
) -> None:
    write(tmp_path, {"h.py": MISTAKE})
    done = command("check", "h.py", cwd=tmp_path, environment=instead_of("rich", "raise ImportError"))
    assert (done.status, done.out) == (2, "")
    assert done.err == "bareasgi-ws: the report needs rich: pip install 'bareasgi-ws[check]'\n"


def test_no_subcommand_and_no_path_are_usage_errors(tmp_path: Path, command: Command) -> None:
    for arguments, missing in (([], "COMMAND"), (["check"], "PATH")):
        done = command(*arguments, cwd=tmp_path)
        assert (done.status, done.out) == (2, "")
        assert done.err.endswith(f"the following arguments are required: {missing}\n")


@pytest.mark.slow
def test_a_checker_that_crashes_hides_nothing_of_the_other(
    tmp_path: Path, command: Command, instead_of: Callable[[str, str], dict[str, str]]
) -> None:
    write(tmp_path, {"h.py": MISTAKE})
    for crashing, other in (("mypy", "pyright"), ("pyright", "mypy")):
        environment = instead_of(crashing, "raise RuntimeError('out of ideas')")
        done = command("check", "h.py", "--json", "-", cwd=tmp_path, environment=environment)
        assert done.status == done.report["exit_status"] == 2
        assert done.found() == {("h.py", 1, other)}
        assert {one["name"]: one["outcome"] for one in done.report["checkers"]} == {
            crashing: "failed",
            other: "findings",
        }
        assert done.err == f"bareasgi-ws: {crashing} failed with exit status 1: RuntimeError: out of ideas\n"


@pytest.mark.slow
def test_mypys_own_crash_is_no_finding_and_hides_no_other_file(tmp_path: Path, command: Command) -> None:
    plugin = (
        "from mypy.plugin import Plugin\n"
        "class Crashing(Plugin):\n"
        "    def get_function_hook(self, fullname):\n"
        "        if fullname.endswith('crash'): raise RuntimeError\n"
        "def plugin(version): return Crashing\n"
    )
    crash = "def crash() -> None: ...\ncrash()\n"
    write(
        tmp_path, {"mypy.ini": "[mypy]\nplugins = ./plugin.py\n", "plugin.py": plugin, "a.py": crash, "b.py": MISTAKE}
    )
    done = command("check", "a.py", "b.py", "--checker", "mypy", "--json", "-", cwd=tmp_path)
    assert done.status == 2
    assert done.found() == {("b.py", 1, "mypy")}
    assert done.err.startswith(f"bareasgi-ws: mypy crashed at {tmp_path / 'a.py'}:2. Leave that file out")


@pytest.mark.slow
def test_a_configuration_that_a_checker_cannot_read(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"h.py": MISTAKE, "mypy.ini": "[mypy]\nplugins = ./gone.py\n", "pyrightconfig.json": "{"})
    done = command("check", "h.py", "--json", "-", cwd=tmp_path)
    assert done.status == 2
    mypy, pyright = done.err.splitlines()
    assert mypy == (
        f"bareasgi-ws: mypy was stopped by {tmp_path / 'mypy.ini'}, line 2, before it checked anything: "
        'Can\'t find plugin "./gone.py"'
    )
    assert pyright.startswith(f"bareasgi-ws: pyright cannot read your configuration {tmp_path / 'pyrightconfig.json'}.")


@pytest.mark.slow
def test_a_json_file_that_cannot_be_written(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"h.py": MISTAKE})
    done = command("check", "h.py", "--checker", "pyright", "--json", "nowhere/report.json", cwd=tmp_path)
    assert done.status == 2
    assert "bareasgi-ws: cannot write nowhere/report.json: No such file or directory" in done.err
