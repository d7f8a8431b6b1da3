"""Exit status 2: each time a sentence that says what to do, and nothing on standard output."""

from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from pathlib import Path

import pytest

from bareasgi_ws._command import main

from .running import CHECKERS, MISTAKE, Command, everywhere, write


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
        (["h.py", "--checker", "pylint"], f"unknown checker 'pylint': choose from {', '.join(CHECKERS)}."),
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
        (CHECKERS, [], "no type checker is installed: pip install 'bareasgi-ws[check]'"),
        (["mypy"], ["--checker", "mypy"], "mypy is not installed: pip install 'mypy'"),
        (
            ["pyright"],
            ["--checker", "mypy", "--checker", "pyright"],
            "pyright is not installed: pip install 'pyright[nodejs]'",
        ),
    ],
)
def test_a_checker_that_is_not_installed(
    missing: Sequence[str],
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


@pytest.mark.slow
def test_a_checker_that_crashes_hides_nothing_of_the_other(
    tmp_path: Path, command: Command, instead_of: Callable[[str, str], dict[str, str]]
) -> None:
    write(tmp_path, {"h.py": MISTAKE})
    for crashing, other in (("mypy", "pyright"), ("pyright", "mypy"), ("basedpyright", "ty")):
        environment = instead_of(crashing, "raise RuntimeError('out of ideas')")
        arguments = ("--checker", crashing, "--checker", other, "--json", "-")
        done = command("check", "h.py", *arguments, cwd=tmp_path, environment=environment)
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
    configurations = {
        "mypy.ini": "[mypy]\nplugins = ./gone.py\n",
        "pyrightconfig.json": "{",
        "ty.toml": "nonsense = 1\n",
        "pyrefly.toml": "[",
    }
    write(tmp_path, {"h.py": MISTAKE, **configurations})
    done = command("check", "h.py", "--json", "-", cwd=tmp_path)
    assert done.status == 2
    mypy, *forks, ty, pyrefly = done.err.splitlines()
    assert mypy == (
        f"bareasgi-ws: mypy was stopped by {tmp_path / 'mypy.ini'}, line 2, before it checked anything: "
        'Can\'t find plugin "./gone.py"'
    )
    for name, line in zip(("pyright", "basedpyright"), forks, strict=True):
        unreadable = tmp_path / "pyrightconfig.json"
        assert line.startswith(f"bareasgi-ws: {name} cannot read your configuration {unreadable}.")
    assert ty.startswith(f"bareasgi-ws: ty failed: {tmp_path / 'ty.toml'} is not a valid `ty.toml`")
    assert pyrefly.startswith(f"bareasgi-ws: pyrefly failed: ERROR {tmp_path / 'pyrefly.toml'}: TOML parse error")


@pytest.mark.slow
def test_a_configuration_that_zuban_cannot_read(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"h.py": MISTAKE, "pyproject.toml": "[tool.zuban]\nnonsense = 1\n"})
    done = command("check", "h.py", "--checker", "zuban", cwd=tmp_path)
    assert done.status == 2
    assert done.err == "bareasgi-ws: zuban failed: Problem parsing Mypy config: Unrecognized option: nonsense =  1\n"


@pytest.mark.slow
def test_a_file_that_is_not_utf_8(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"h.py": MISTAKE})
    (tmp_path / "latin.py").write_bytes("x = 'é'\n".encode("latin-1"))
    arguments = [word for name in ("ty", "pyrefly", "zuban") for word in ("--checker", name)]
    done = command("check", "h.py", "latin.py", *arguments, "--json", "-", cwd=tmp_path)
    assert done.found() == everywhere("h.py", 1, but=CHECKERS[:3]) | {
        ("latin.py", 1, "ty"),
        ("latin.py", 1, "pyrefly"),
    }
    # zuban passes over it.
    assert done.err == "bareasgi-ws: zuban read 2 of 3 files, its canary included.\n"
