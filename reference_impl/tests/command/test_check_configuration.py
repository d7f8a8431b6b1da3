"""The user's own configuration: what counts, what is decided by the command, and a checker that it keeps silent."""

from pathlib import Path

import pytest

from .running import CHECKERS, MISTAKE, TUTORIAL, UNANNOTATED, Command, everywhere, write

pytestmark = pytest.mark.slow

SILENCING = """\
[tool.mypy]
ignore_errors = true
[tool.pyright]
typeCheckingMode = "off"
[tool.ty.rules]
all = "ignore"
[tool.pyrefly]
preset = "off"
"""


FORGOTTEN_AWAIT = """

async def forgets() -> None:
    forgets()
"""


def test_a_checker_that_its_configuration_keeps_silent_is_a_failure(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"pyproject.toml": SILENCING, "h.py": TUTORIAL})
    done = command("check", "h.py", "--json", "-", cwd=tmp_path)
    assert done.status == 2
    assert [one["outcome"] for one in done.report["checkers"]] == ["failed"] * len(CHECKERS)
    for checker, line in zip(CHECKERS, done.err.splitlines(), strict=True):
        assert line.startswith(
            f"bareasgi-ws: {checker} read nothing: it did not report the known errors of the canary."
        )
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
    ty = '[src]\ninclude = ["nothing"]\nexclude = ["left.py", "out.py", "quiet.py"]\n'
    pyrefly = 'project-includes = ["nothing"]\nproject-excludes = ["left.py", "out.py", "quiet.py"]\n'
    configurations = {"mypy.ini": mypy, "pyrightconfig.json": pyright, "ty.toml": ty, "pyrefly.toml": pyrefly}
    files = dict.fromkeys(["left.py", "out.py", "quiet.py"], MISTAKE)
    write(tmp_path, {**configurations, ".gitignore": "*.py\n", **files})
    done = command("check", "left.py", "out.py", "quiet.py", "--json", "-", cwd=tmp_path)
    # zuban reads mypy's configuration, and cannot tell what this silences.
    quiet = everywhere("quiet.py", 1, but=["mypy", "zuban"])
    assert done.found() == everywhere("left.py", 1) | everywhere("out.py", 1) | quiet
    assert done.status == 1
    messages = {one["name"]: one["message"] for one in done.report["checkers"] if one["message"]}
    assert messages == {"mypy": "mypy reports no errors of quiet.py: your configuration of it silences them."}
    alone = command("check", "quiet.py", "--checker", "mypy", cwd=tmp_path)
    assert alone.status == 2
    assert "mypy reports no errors of quiet.py" in alone.err


def test_a_stricter_configuration_counts_and_a_rule_turned_off_is_noted(tmp_path: Path, command: Command) -> None:
    mypy = '[tool.mypy]\nstrict = true\ndisable_error_code = ["arg-type"]\n'
    pyright = '[tool.pyright]\ntypeCheckingMode = "strict"\nreportArgumentType = false\n'
    ty = '[tool.ty.rules]\ninvalid-argument-type = "ignore"\n'
    pyrefly = '[tool.pyrefly]\npreset = "strict"\n[tool.pyrefly.errors]\nbad-argument-type = false\n'
    write(tmp_path, {"pyproject.toml": mypy + pyright + ty + pyrefly, "sub/h.py": UNANNOTATED})
    # From a folder below the configuration, as the checkers themselves do.
    done = command("check", "h.py", "--json", "-", cwd=tmp_path / "sub")
    assert done.status == 1
    # ty has no rule against what has no annotation.
    assert everywhere("h.py", 1, but=["ty"]) <= done.found()
    assert [one["message"] for one in done.report["checkers"]] == [
        f"{name} does not report a wrong argument: your configuration of it turns that off." for name in CHECKERS
    ]


def test_strict_lifts_a_laxer_configuration(tmp_path: Path, command: Command) -> None:
    mypy = "[tool.mypy]\ndisallow_untyped_defs = false\n"
    pyright = '[tool.pyright]\ntypeCheckingMode = "off"\nreportMissingParameterType = false\n'
    ty = '[tool.ty.rules]\nunused-awaitable = "ignore"\n'
    pyrefly = '[tool.pyrefly]\npreset = "legacy"\n'
    write(tmp_path, {"pyproject.toml": mypy + pyright + ty + pyrefly, "h.py": UNANNOTATED + FORGOTTEN_AWAIT})
    done = command("check", "h.py", "--strict", "--json", "-", cwd=tmp_path)
    assert (done.status, done.err) == (1, "")
    assert everywhere("h.py", 1, but=["ty"]) <= done.found()
    codes = {(one["checker"], one["code"]) for one in done.report["findings"]}
    assert codes >= {
        ("mypy", "no-untyped-def"),
        ("pyright", "reportMissingParameterType"),
        ("basedpyright", "reportMissingParameterType"),
        ("ty", "unused-awaitable"),
        ("pyrefly", "implicit-any-parameter"),
        ("zuban", "no-untyped-def"),
    }


def test_a_fork_has_a_section_of_its_own(tmp_path: Path, command: Command) -> None:
    write(tmp_path, {"pyproject.toml": '[tool.basedpyright]\nreportAssignmentType = "warning"\n', "h.py": MISTAKE})
    arguments = ("h.py", "--checker", "pyright", "--checker", "basedpyright", "--json", "-")
    done = command("check", *arguments, cwd=tmp_path)
    severities = {one["checker"]: one["severity"] for one in done.report["findings"]}
    assert severities == {"basedpyright": "warning", "pyright": "error"}


def test_pyrefly_without_a_configuration_is_stricter_than_it_would_be(tmp_path: Path, command: Command) -> None:
    # By itself it says next to nothing of a project that has no configuration for it.
    write(tmp_path, {"h.py": MISTAKE})
    assert command("check", "h.py", "--checker", "pyrefly", cwd=tmp_path).status == 1


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
            "ty.toml": '[environment]\nextra-paths = ["lib"]\npython = "other"\n',
            "pyrefly.toml": 'search-path = ["lib"]\npython-interpreter-path = "other/bin/python"\n',
            "lib/library.py": "one = 1\n",
            "other/pyvenv.cfg": "",
            "other/lib/python3.11/site-packages/none": "",
            "web/h.py": "import library\nimport pytest\ntext: str = library.one\nprint(pytest)\n",
        },
    )
    done = command("check", "web", "--json", "-", cwd=tmp_path)
    assert done.found() == everywhere("web/h.py", 3)
    warning = {one["checker"] for one in done.report["findings"] if one["severity"] == "warning"}
    assert warning == {"pyright", "basedpyright"}
