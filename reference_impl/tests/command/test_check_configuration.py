"""The user's own configuration: what counts, what is decided by the command, and a checker that it keeps silent."""

from pathlib import Path

import pytest

from .running import MISTAKE, TUTORIAL, UNANNOTATED, Command, both, write

pytestmark = pytest.mark.slow

SILENCING = """\
[tool.mypy]
ignore_errors = true
[tool.pyright]
typeCheckingMode = "off"
"""


def test_a_checker_that_its_configuration_keeps_silent_is_a_failure(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"pyproject.toml": SILENCING, "h.py": TUTORIAL})
    done = command("check", "h.py", "--json", "-", cwd=tmp_path)
    assert done.status == 2
    assert [one["outcome"] for one in done.report["checkers"]] == ["failed", "failed"]
    mypy, pyright = done.err.splitlines()
    assert mypy.startswith("bareasgi-ws: mypy read nothing: it did not report the known errors of the canary.")
    assert pyright.startswith("bareasgi-ws: pyright read nothing: it did not report the known errors of the canary.")
    assert "canary" not in str(done.report["findings"])


def test_stubs_that_are_hidden_are_a_failure(tmp_path: Path, command: Command) -> None:
    # A folder of the user's that happens to have the package's name comes first on every checker's search path.
    write(tmp_path, {"bareasgi_ws/__init__.py": "", "h.py": TUTORIAL})
    done = command("check", "h.py", "--json", "-", "--checker", "mypy", cwd=tmp_path)
    assert done.status == 2
    assert done.err.startswith("bareasgi-ws: mypy did not see the stubs of bareasgi_ws")
    assert "has no attribute" in done.err


def test_files_that_the_configuration_leaves_out_are_checked_or_reported(tmp_path: Path, command: Command) -> None:
    mypy = "[mypy]\nexclude = (left|out)\n[mypy-quiet]\nignore_errors = true\n"
    pyright = '{"exclude": ["left.py"], "ignore": ["out.py", "quiet.py"], "include": ["nothing"]}'
    files = dict.fromkeys(["left.py", "out.py", "quiet.py"], MISTAKE)
    write(tmp_path, {"mypy.ini": mypy, "pyrightconfig.json": pyright, **files})
    done = command("check", "left.py", "out.py", "quiet.py", "--json", "-", cwd=tmp_path)
    assert done.found() == both("left.py", 1) | both("out.py", 1) | {("quiet.py", 1, "pyright")}
    assert done.status == 1
    messages = [one["message"] for one in done.report["checkers"]]
    assert messages == ["mypy reports no errors of quiet.py: your configuration of it silences them.", None]
    alone = command("check", "quiet.py", "--checker", "mypy", cwd=tmp_path)
    assert alone.status == 2
    assert "mypy reports no errors of quiet.py" in alone.err


def test_a_stricter_configuration_counts_and_a_rule_turned_off_is_noted(tmp_path: Path, command: Command) -> None:
    mypy = '[tool.mypy]\nstrict = true\ndisable_error_code = ["arg-type"]\n'
    pyright = '[tool.pyright]\ntypeCheckingMode = "strict"\nreportArgumentType = false\n'
    write(tmp_path, {"pyproject.toml": mypy + pyright, "sub/h.py": UNANNOTATED})
    # From a folder below the configuration, as the checkers themselves do.
    done = command("check", "h.py", "--json", "-", cwd=tmp_path / "sub")
    assert done.status == 1
    assert both("h.py", 1) <= done.found()
    assert [one["message"] for one in done.report["checkers"]] == [
        f"{name} does not report a wrong argument: your configuration of it turns that off."
        for name in ("mypy", "pyright")
    ]


def test_strict_lifts_a_laxer_configuration(tmp_path: Path, command: Command) -> None:
    mypy = "[tool.mypy]\ndisallow_untyped_defs = false\n"
    pyright = '[tool.pyright]\ntypeCheckingMode = "off"\nreportMissingParameterType = false\n'
    write(tmp_path, {"pyproject.toml": mypy + pyright, "h.py": UNANNOTATED})
    done = command("check", "h.py", "--strict", "--json", "-", cwd=tmp_path)
    assert (done.status, done.err) == (1, "")
    assert both("h.py", 1) <= done.found()
    assert {"no-untyped-def", "reportMissingParameterType"} <= {one["code"] for one in done.report["findings"]}


def test_imports_are_resolved_as_the_configuration_says_and_in_the_commands_environment(
    tmp_path: Path, command: Command
) -> None:
    pyright = (
        "{ // Comments, and a comma at the end.\n"
        '"extraPaths": ["lib"], "venvPath": ".", "venv": "other",\n'
        '"executionEnvironments": [{"root": "web", "reportAssignmentType": "warning"}],}'
    )
    write(
        tmp_path,
        {
            "pyrightconfig.json": pyright,
            "mypy.ini": "[mypy]\nmypy_path = lib\n",
            "lib/library.py": "one = 1\n",
            "other/pyvenv.cfg": "",
            "other/lib/python3.11/site-packages/none": "",
            "web/h.py": "import library\nimport pytest\ntext: str = library.one\n",
        },
    )
    done = command("check", "web", "--json", "-", cwd=tmp_path)
    assert done.found() == both("web/h.py", 3)
    assert {one["checker"]: one["severity"] for one in done.report["findings"]} == {
        "mypy": "error",
        "pyright": "warning",
    }
