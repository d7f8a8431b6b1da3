"""The static cases: each checker says of each file what its markers say."""

import ast
import importlib
import tomllib
from collections.abc import Collection, Iterator

import pytest

from bareasgi_ws._command.checkers import CHECKERS
from bareasgi_ws._command.findings import Finding, Severity
from typecheck_tests import case_files, comparison, results, runner
from typecheck_tests.case_files import CaseFile
from typecheck_tests.markers import MarkerError, parse
from typecheck_tests.runner import BAREASGI5, NAMES, Suite, Verdict

from ..required_programs import missing_program

CASES = runner.cases()
BAREASGI5_CASES = runner.bareasgi5_cases()
PUBLIC_MODULES = ["bareasgi_ws", "bareasgi_ws.testing", "bareasgi_ws.conformance", "bareasgi_ws.backends.asgi"]


# In most of its parts it is pyright, which is asked of everything: so of what is generated it is asked nightly.
FORK = "basedpyright"
BY_HAND = Suite([file for file in CASES.files if not case_files.is_generated(file.path)], CASES.configuration)
PAIRS = [(name, file) for name in NAMES for file in (BY_HAND if name == FORK else CASES).files]


def run(suite: Suite, names: Collection[str] = NAMES) -> dict[str, Verdict]:
    installed = [checker for checker in CHECKERS if checker.version is not None and checker.name in names]
    return {one.run.name: one for one in runner.run(installed, suite)}


@pytest.fixture(scope="session")
def verdicts() -> dict[str, Verdict]:
    """The verdict of each installed checker, from one run of each."""
    return run(CASES, {*NAMES} - {FORK}) | run(BY_HAND, [FORK])


@pytest.fixture(scope="session")
def bareasgi5_verdicts() -> dict[str, Verdict]:
    if not BAREASGI5.is_dir():
        missing_program("bareASGI 5")
    return run(BAREASGI5_CASES)


def verdict_of(checker: str, verdicts: dict[str, Verdict]) -> Verdict:
    if checker not in verdicts:
        missing_program(checker)
    assert verdicts[checker].failure is None
    return verdicts[checker]


def assert_agreement(checker: str, file: CaseFile, verdicts: dict[str, Verdict]) -> None:
    differences = runner.describe(verdict_of(checker, verdicts), file)
    assert not differences, "\n".join(differences)


@pytest.mark.slow
@pytest.mark.parametrize(("checker", "file"), PAIRS, ids=lambda value: getattr(value, "name", value))
def test_the_checker_says_what_the_markers_say(checker: str, file: CaseFile, verdicts: dict[str, Verdict]) -> None:
    assert_agreement(checker, file, verdicts)


@pytest.mark.slow
@pytest.mark.parametrize("checker", NAMES)
def test_the_results_that_are_kept_are_these(checker: str, verdicts: dict[str, Verdict]) -> None:
    asked = (BY_HAND if checker == FORK else CASES).files
    names = {file.name for file in asked}
    kept = results.read(checker)
    said = tomllib.loads(results.text(verdict_of(checker, verdicts).run, asked))
    kept["files"] = {name: verdict for name, verdict in kept["files"].items() if name in names}
    kept["wrong"] = [one for one in kept["wrong"] if one["file"] in names]
    if checker == FORK:
        said |= {count: kept[count] for count in ("clean", "erroneous", "gaps", "false_positives")}
    assert kept == said, "run python -m typecheck_tests.runner --write"


@pytest.mark.nightly
def test_the_fork_says_what_is_kept_of_what_is_generated_too() -> None:
    verdict = verdict_of(FORK, run(CASES, [FORK]))
    assert [line for file in CASES.files for line in runner.describe(verdict, file)] == []
    assert results.text(verdict.run, CASES.files) == results.path(FORK).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("file", BAREASGI5_CASES.files, ids=lambda file: file.name)
@pytest.mark.parametrize("checker", NAMES)
def test_the_types_of_bareasgi_5_are_ours(checker: str, file: CaseFile, bareasgi5_verdicts: dict[str, Verdict]) -> None:
    assert_agreement(checker, file, bareasgi5_verdicts)


def test_there_are_enough_cases() -> None:
    assert sum(file.clean for file in CASES.files) >= 90
    assert sum(file.erroneous for file in CASES.files) >= 140


def test_every_file_holds_cases_of_its_folders_kind() -> None:
    for file in (*CASES.files, *BAREASGI5_CASES.files):
        match file.name.split("/")[0]:
            case "clean":
                assert (file.clean > 0, file.erroneous) == (True, 0), file.name
            case "wrong":
                assert (file.clean, file.erroneous > 0) == (0, True), file.name
            case folder:
                assert (folder, file.markers) == ("examples", {}), file.name


def test_only_an_erroneous_file_states_gaps() -> None:
    for file in (*CASES.files, *BAREASGI5_CASES.files):
        assert {marker.erroneous for marker in file.markers.values()} <= {file.name.startswith("wrong/")}, file.name


@pytest.mark.parametrize("module", PUBLIC_MODULES)
def test_every_public_name_occurs_in_a_case(module: str) -> None:
    used = {name for file in CASES.files for name in names_used(file.path.read_text(encoding="utf-8"))}
    assert set(importlib.import_module(module).__all__) - used == set()


def names_used(source: str) -> Iterator[str]:
    """Yield the names that the source uses; an import alone is no use."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def finding(line: int, severity: Severity = "error") -> Finding:
    path = case_files.HOME / "case.py"
    return Finding(path, line, 1, line, "mypy", None, severity, "a message")


@pytest.mark.parametrize(
    ("comment", "reported", "kind"),
    [
        ("# E", True, None),
        ("# E", False, "missed"),
        ("# E !mypy", False, None),
        ("# E !mypy", True, "FIXED"),
        ("# E !pyright", False, "missed"),
        ("# E !pyright !mypy", False, None),
        ("", False, None),
        ("", True, "unexpected"),
        ("# FP mypy", True, None),
        ("# FP mypy", False, "FIXED"),
        ("# FP pyright", True, "unexpected"),
    ],
)
def test_a_difference_between_findings_and_markers(comment: str, reported: bool, kind: str | None) -> None:
    markers = parse(f"print()  {comment}\n", NAMES)
    differences = comparison.compare("mypy", markers, [finding(1)] if reported else [])
    assert [one.kind for one in differences] == ([kind] if kind else [])


def test_only_errors_count() -> None:
    assert comparison.compare("mypy", {}, [finding(1, "note"), finding(2, "warning")]) == []


def test_an_error_on_the_next_line_is_not_the_marked_one() -> None:
    differences = comparison.compare("mypy", parse("print()  # E\n", NAMES), [finding(2)])
    assert [(one.kind, one.line) for one in differences] == [("missed", 1), ("unexpected", 2)]


@pytest.mark.parametrize(
    "comment", ["#E", "# E mypy", "# E !Mypy", "# E !nobody", "# FP", "# FP !mypy", "# E: a reason"]
)
def test_a_malformed_marker_is_rejected(comment: str) -> None:
    with pytest.raises(MarkerError, match="line 2: expected "):
        parse(f"import sys\nprint()  {comment}\n", NAMES)


def test_a_marker_in_a_text_is_none() -> None:
    assert parse('print("# E")  # Else\n', NAMES) == {}
