"""Hold every checker to the case files: one process per checker, for all files.

Run it with ``python -m typecheck_tests.runner``; with ``--write``, it keeps what the checkers say in ``results/``.
Each checker is as strict as it can be, and started in a folder of its own, so that no configuration changes what it
says. The checkers and the canary are those of ``bareasgi-ws check``; a checker that did not report the canary's errors
has no verdict.

exit status: 0 where each checker says what the markers say, 1 where one does not, 2 where one could not do its work.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

from bareasgi_ws._command.checkers import CHECKERS, Checker, CheckerRun, select
from bareasgi_ws._command.errors import CannotRunError

from . import case_files, results
from .case_files import EXAMPLES, HOME, CaseFile
from .comparison import Difference, compare

NAMES = tuple(checker.name for checker in CHECKERS)
# The example without annotations tells mypy and pyright so itself; pyrefly takes its configuration only.
CONFIGURATION = f"""
[[tool.pyrefly.sub-config]]
matches = {json.dumps(str(EXAMPLES / "web_socket_nt.py"))}
errors.implicit-any-parameter = false
"""
# bareASGI 5 lies in a folder of its own, for another release is installed beside the checkers. It needs Python 3.12,
# so that is the version its sources are read as, whatever runs the checkers.
BAREASGI5 = Path(sys.prefix) / "bareasgi5"
BAREASGI5_CONFIGURATION = f"""
[tool.mypy]
python_version = "3.12"
mypy_path = {json.dumps(str(BAREASGI5))}

[tool.pyright]
pythonVersion = "3.12"
extraPaths = [{json.dumps(str(BAREASGI5))}]

[tool.ty.environment]
python-version = "3.12"
extra-paths = [{json.dumps(str(BAREASGI5))}]

[tool.pyrefly]
python-version = "3.12"
search-path = [{json.dumps(str(BAREASGI5))}]
"""


@dataclass(frozen=True)
class Verdict:
    """What a checker's run came to.

    Attributes:
        run: The run.
        differences: The differences, by the name of the case file, for each file.
    """

    run: CheckerRun
    differences: dict[str, list[Difference]]

    @property
    def failure(self) -> str | None:
        """Why the verdict means nothing, or None: a checker deaf to one of the canary's errors is no witness."""
        return " ".join(filter(None, [self.run.crash, *self.run.notes])) or None

    @property
    def exit_status(self) -> int:
        """The exit status that this verdict alone would give."""
        if self.failure:
            return 2
        return int(any(self.differences.values()))


@dataclass(frozen=True)
class Suite:
    """Case files that are checked in one run.

    Attributes:
        files: The files.
        configuration: What the pyproject.toml says that the checkers find.
        root: Where the cases' own imports begin.
    """

    files: Sequence[CaseFile]
    configuration: str = ""
    root: Path = HOME.parent


@cache
def cases() -> Suite:
    """Return the case files, the examples among them."""
    return Suite([*case_files.read(HOME, NAMES), *case_files.read_examples(NAMES)], CONFIGURATION)


def bareasgi5_cases() -> Suite:
    """Return the case files about the types of bareASGI 5, which is installed apart: see ``BAREASGI5``."""
    return Suite(case_files.read(HOME / "bareasgi5", NAMES), BAREASGI5_CONFIGURATION)


def run(checkers: Sequence[Checker], suite: Suite, *, strict: bool = True) -> list[Verdict]:
    """Run the checkers side by side, as strict as each can be, or as the configuration says."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder), ThreadPoolExecutor() as pool:
        Path("pyproject.toml").write_text(suite.configuration, encoding="utf-8")
        return list(pool.map(_verdict, checkers, repeat(suite), repeat(strict)))


def _verdict(checker: Checker, suite: Suite, strict: bool) -> Verdict:
    done = checker.run([file.path for file in suite.files], strict=strict, roots=[suite.root])
    found = {file.name: [one for one in done.findings if one.file == file.path] for file in suite.files}
    return Verdict(done, {file.name: compare(checker.name, file.markers, found[file.name]) for file in suite.files})


def report(verdict: Verdict, files: Sequence[CaseFile]) -> str:
    """Say what a checker's run came to, a line for each difference."""
    name, version = verdict.run.name, verdict.run.version
    if verdict.failure:
        return f"{name} {version}: no verdict. {verdict.failure}"
    lines = [line for file in files for line in describe(verdict, file)]
    gaps = sum(file.named(name, erroneous=True) for file in files)
    false_positives = sum(file.named(name, erroneous=False) for file in files)
    summary = f"{name} {version}: {len(lines)} differences, {gaps} known gaps, {false_positives} known false positives"
    return "\n".join([*lines, f"{summary}, {verdict.run.seconds:.1f} s"])


def describe(verdict: Verdict, file: CaseFile) -> list[str]:
    """Describe the differences in a file, each with its line."""
    source = file.path.read_text(encoding="utf-8").splitlines()
    return [
        f"{file.path}:{one.line}: {one.kind}, {verdict.run.name}: {one.detail}\n    {source[one.line - 1].strip()}"
        for one in verdict.differences[file.name]
    ]


def main() -> int:
    """Run the checkers on all case files, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checker", action="append", default=[], metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--write", action="store_true", help="keep what the checkers say, as the results")
    options = parser.parse_args()
    try:
        checkers = select(options.checker)
    except CannotRunError as problem:
        print(problem, file=sys.stderr)
        return 2
    status = _run_and_report(checkers, cases(), write=options.write)
    return max(status, _run_and_report(checkers, bareasgi5_cases())) if BAREASGI5.is_dir() else status


def _run_and_report(checkers: Sequence[Checker], suite: Suite, *, write: bool = False) -> int:
    clean, erroneous = (
        sum(count) for count in zip(*((file.clean, file.erroneous) for file in suite.files), strict=True)
    )
    print(f"{clean} clean and {erroneous} erroneous cases in {len(suite.files)} files")
    verdicts = run(checkers, suite)
    for one in verdicts:
        print(report(one, suite.files))
        if write and not one.failure:
            results.write(one.run, suite.files)
    return max(one.exit_status for one in verdicts)


if __name__ == "__main__":
    sys.exit(main())
