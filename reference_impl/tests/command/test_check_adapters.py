"""The pure parts of the adapters: what they make of a checker's output and of a user's configuration."""

import json
from pathlib import Path

import pytest

from bareasgi_ws._command.checkers import pyright, pyright_config
from bareasgi_ws._command.checkers.mypy_output import (
    Source,
    namespace_package,
    parse_output,
    parse_sources,
    without_duplicates,
)
from bareasgi_ws._command.checkers.process import Process
from bareasgi_ws._command.findings import Finding

PROJECT = Path("/project")


def mypy_line(**fields: object) -> str:
    line = {"file": "/a.py", "line": 2, "column": 4, "end_line": 3, "message": "No.", "hint": None, "code": "misc"}
    return json.dumps(line | {"severity": "error"} | fields) + "\n"


def source(file: str, module: str, base: str) -> Source:
    return Source(Path(file), module, base, silenced=False)


def groups(*sources: Source) -> list[list[str]]:
    return [[str(one.file) for one in group] for group in without_duplicates(sources)]


def test_mypys_findings_count_columns_from_one_and_carry_their_hint() -> None:
    output = mypy_line() + mypy_line(severity="note", hint="Try it.") + mypy_line(line=-1, column=-1, end_line=-1)
    assert parse_output(output, "").findings == [
        Finding(Path("/a.py"), 2, 5, 3, "mypy", "misc", "error", "No."),
        Finding(Path("/a.py"), 2, 5, 3, "mypy", "misc", "note", "No.\n  Try it."),
        Finding(Path("/a.py"), 1, 1, 1, "mypy", "misc", "error", "No."),
    ]


def test_what_stops_mypy_is_a_file_it_cannot_parse_or_read() -> None:
    output = mypy_line(file="/syntax.py", code="syntax") + mypy_line(file="/types.py", line=-1) + mypy_line()
    result = parse_output(output, "/latin.py: error: Cannot decode file: 'utf-8' codec\n/b.py:1: error: no\n")
    assert result.blockers([]) == {Path("/syntax.py"), Path("/types.py"), Path("/latin.py")}
    assert result.blockers([Path("/syntax.py"), Path("/types.py"), Path("/latin.py")]) == set()


def test_else_it_is_the_file_of_the_last_finding() -> None:
    result = parse_output(mypy_line() + mypy_line(file="/b.py"), "")
    assert result.blockers([]) == {Path("/b.py")}


def test_an_error_of_mypys_own_is_no_files_fault() -> None:
    result = parse_output(mypy_line(), "/b.py:7: error: INTERNAL ERROR -- Please try using mypy master\n")
    assert result.crashed_at == "/b.py:7"
    assert result.blockers([]) == set()


def test_modules_of_one_name_part_and_neighbours_stay_together() -> None:
    assert groups(
        source("/a/main.py", "main", "/a"),
        source("/a/helpers.py", "helpers", "/a"),
        source("/b/main.py", "main", "/b"),
        source("/b/other.py", "other", "/b"),
        source("/c.py", "c", "/"),
    ) == [["/a/main.py", "/a/helpers.py", "/c.py"], ["/b/main.py", "/b/other.py"]]


def test_a_module_and_the_stub_beside_it_part() -> None:
    assert groups(source("/a.py", "a", "/"), source("/a.pyi", "a", "/")) == [["/a.py"], ["/a.pyi"]]


def test_mypys_sources_are_read() -> None:
    assert parse_sources('[["/a/b.py", "b", "/a", true]]') == [Source(Path("/a/b.py"), "b", "/a", silenced=True)]


def test_a_package_without_init_is_recognised_by_what_mypy_says() -> None:
    twice = 'Source file found twice under different module names: "models" and "app.sub.models"'
    [finding] = parse_output(mypy_line(file="/project/app/sub/models.py", message=twice), "").findings
    assert namespace_package([finding], [PROJECT]) == Path("/project/app")
    shadows = 'This file shadows library module "types"'
    [finding] = parse_output(mypy_line(file="/project/app/sub/types.py", message=shadows), "").findings
    assert namespace_package([finding], [PROJECT]) == Path("/project/app")
    assert namespace_package([finding], [PROJECT / "app" / "sub"]) is None


def pyright_output(analyzed: int = 1, returncode: int = 1) -> Process:
    start, end = {"line": 1, "character": 4}, {"line": 2, "character": 0}
    ranged = {"file": "/a.py", "severity": "error", "message": "No.\n\u00a0\u00a0So.", "rule": "reportX"}
    whole = {"file": "/a.py", "severity": "information", "message": "Too long."}
    report = {
        "generalDiagnostics": [ranged | {"range": {"start": start, "end": end}}, whole],
        "summary": {"filesAnalyzed": analyzed},
    }
    return Process(returncode, json.dumps(report), "")


def test_pyrights_findings_count_from_one() -> None:
    batch = pyright.read(pyright_output(), expected=1, config=None)
    assert batch.crash is None
    assert batch.findings == [
        Finding(Path("/a.py"), 2, 5, 3, "pyright", "reportX", "error", "No.\n  So."),
        Finding(Path("/a.py"), 1, 1, 1, "pyright", None, "note", "Too long."),
    ]


@pytest.mark.parametrize(
    ("process", "crash"),
    [
        (pyright_output(analyzed=1), "read 1 of 2 files, its canary included."),
        (pyright_output(analyzed=2, returncode=3), "cannot read your configuration /project/pyrightconfig.json."),
        (pyright_output(analyzed=2, returncode=2), "failed with exit status 2"),
        (Process(1, "", "Traceback\nOSError: no node"), "failed with exit status 1: OSError: no node"),
    ],
)
def test_what_pyright_could_not_do_is_a_crash(process: Process, crash: str) -> None:
    batch = pyright.read(process, expected=2, config=PROJECT / "pyrightconfig.json")
    assert batch.crash is not None
    assert batch.crash.startswith(crash)


def test_pyrights_json_has_comments_and_trailing_commas() -> None:
    text = '{ // one\n "a": "// no /* no */, }", /* two\n */ "b": [1, 2,\n],\n}'
    assert pyright_config.parse_json(text) == {"a": "// no /* no */, }", "b": [1, 2]}


def test_pyrightconfig_json_comes_before_pyproject_toml_of_a_nearer_folder(tmp_path: Path) -> None:
    near = tmp_path / "near"
    near.mkdir()
    assert pyright_config.find(near) in (None, *Path("/").glob("*.toml"), *Path("/").glob("pyrightconfig.json"))
    (near / "pyproject.toml").touch()
    assert pyright_config.find(near) == near / "pyproject.toml"
    (tmp_path / "pyrightconfig.json").touch()
    assert pyright_config.find(near) == tmp_path / "pyrightconfig.json"


def test_what_is_relative_in_a_configuration_and_its_base_is_made_absolute(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "base.json").write_text('{"stubPath": "stubs", "extraPaths": ["lib"]}')
    (tmp_path / "sub" / "pyproject.toml").write_text(
        '[tool.pyright]\nextends = "../base.json"\nextraPaths = ["own"]\n'
        'executionEnvironments = [{ root = "web", extraPaths = ["../x"], reportMissingImports = false }]\n'
    )
    assert pyright_config.settings(tmp_path / "sub" / "pyproject.toml") == {
        "stubPath": str(tmp_path / "stubs"),
        "extraPaths": [str(tmp_path / "sub" / "own")],
        "executionEnvironments": [
            {"root": str(tmp_path / "sub" / "web"), "extraPaths": [str(tmp_path / "x")], "reportMissingImports": False}
        ],
    }


@pytest.mark.parametrize("text", ["{", "[]", '{"extends": "pyrightconfig.json"}', '{"extraPaths": 3}'])
def test_a_configuration_that_makes_no_sense_is_left_to_pyright(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pyrightconfig.json"
    file.write_text(text)
    assert pyright_config.settings(file) == {}


def test_the_generated_configuration_decides_on_files_and_environment_only() -> None:
    config = pyright_config.generate(None, PROJECT, [PROJECT / "sub", Path("/elsewhere")], strict=False)
    assert config == {
        "exclude": [],
        "ignore": [],
        "venv": "",
        "executionEnvironments": [
            {"root": "/project"},
            {"root": "/elsewhere", "extraPaths": ["/project/src", "/project"]},
        ],
        "extraPaths": ["/project/src"],
        "stubPath": "/project/typings",
        "typeCheckingMode": "standard",
    }
    strict = pyright_config.generate(PROJECT / "pyrightconfig.json", PROJECT / "sub", [], strict=True)
    assert strict["extends"] == "/project/pyrightconfig.json"
    assert strict["typeCheckingMode"] == "strict"
    assert strict["executionEnvironments"] == [{"root": "/project"}]
