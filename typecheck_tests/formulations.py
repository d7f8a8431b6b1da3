"""Compare the stubs with other formulations of them: what each checker would report then, and no more.

Run it with ``python typecheck_tests/formulations.py``; with ``--write``, it keeps what it finds in ``results/``. The
formulations, and why each was not taken, are in ``formulations.toml``.
"""

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import results
import runner
from bareasgi_ws._command.checkers import CHECKERS, CheckerRun
from case_files import HOME, CaseFile
from laboratory import CONFIGURATION, copy_stubs
from mutation import STUBS
from runner import NAMES, Suite

FORMULATIONS = HOME / "formulations.toml"
KEPT = results.FOLDER / "formulations.toml"
Wrong = frozenset[tuple[str, str]]
"""Lines about which a checker is wrong, each the name of its file and its code."""


@dataclass(frozen=True)
class Change:
    """Another text for a part of a stub, wherever that occurs in it."""

    stub: str
    old: str
    new: str

    def make(self, stubs: Path) -> None:
        """Change the stub.

        Raises:
            ValueError: The stub has no such part.
        """
        text = (stubs / self.stub).read_text(encoding="utf-8")
        if self.old not in text:
            raise ValueError(f"{self.stub} does not have {self.old!r}")
        (stubs / self.stub).write_text(text.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True)
class Formulation:
    """Another formulation of the stubs: its name, why it is not taken, and how it differs."""

    name: str
    why: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class Difference:
    """What another formulation does to a checker: how many lines, by file, it is right about at last, and no more."""

    closes: dict[str, int]
    opens: dict[str, int]


def formulations() -> list[Formulation]:
    """Read the formulations."""
    entries = tomllib.loads(FORMULATIONS.read_text(encoding="utf-8"))["formulation"]
    return [Formulation(one["name"], one["why"], [Change(**change) for change in one["changes"]]) for one in entries]


def compared(formulation: Formulation, files: Sequence[CaseFile]) -> dict[str, Difference]:
    """Ask every checker about the files, and compare with the results that are kept.

    Raises:
        RuntimeError: A checker failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        stubs = copy_stubs(STUBS, Path(folder).resolve())
        for change in formulation.changes:
            change.make(stubs)
        verdicts = runner.run(CHECKERS, Suite(files, CONFIGURATION.format(stubs.parent.as_posix())))
    for one in verdicts:
        if one.run.crash:
            raise RuntimeError(one.run.crash)
    return {one.run.name: _difference(_wrong_today(one.run.name, files), _wrong(one.run, files)) for one in verdicts}


def _wrong_today(checker: str, files: Iterable[CaseFile]) -> Wrong:
    names = {file.name for file in files}
    return frozenset((one["file"], one["code"]) for one in results.read(checker)["wrong"] if one["file"] in names)


def _wrong(run: CheckerRun, files: Iterable[CaseFile]) -> Wrong:
    return frozenset((one["file"], one["code"]) for file in files for one in results.exceptions(run, file))


def _difference(today: Wrong, then: Wrong) -> Difference:
    return Difference(_by_file(today - then), _by_file(then - today))


def _by_file(wrong: Wrong) -> dict[str, int]:
    return dict(sorted(Counter(file for file, _ in wrong).items()))


def kept() -> dict[str, dict[str, Difference]]:
    """Read what was found: by formulation, by checker."""
    entries: dict[str, dict[str, Any]] = tomllib.loads(KEPT.read_text(encoding="utf-8"))
    return {name: {checker: Difference(**entry[checker]) for checker in NAMES} for name, entry in entries.items()}


def text(found: dict[str, dict[str, Difference]]) -> str:
    """Write what was found as TOML."""
    lines = ["# Written by `python typecheck_tests/formulations.py --write`: lines of cases, by their files."]
    for name, differences in found.items():
        lines += ["", f'["{name}"]']
        lines += [
            f"{checker} = {{ closes = {_inline(one.closes)}, opens = {_inline(one.opens)} }}"
            for checker, one in differences.items()
        ]
    return "\n".join(lines) + "\n"


def _inline(counts: dict[str, int]) -> str:
    entries = ", ".join(f"{json.dumps(file)} = {count}" for file, count in counts.items())
    return f"{{ {entries} }}" if entries else "{}"


def main() -> int:
    """Compare all formulations, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep what is found")
    parser.add_argument("--only", default="", metavar="TEXT", help="only formulations with the text in their names")
    options = parser.parse_args()
    files = [file for file in runner.cases().files if not file.name.startswith("examples/")]
    found: dict[str, dict[str, Difference]] = {}
    for one in formulations():
        if options.only in one.name:
            found[one.name] = compared(one, files)
            print(text({one.name: found[one.name]}).partition("\n")[2], flush=True)
    if options.write:
        known = (kept() if KEPT.exists() else {}) | found
        KEPT.write_text(text({one.name: known[one.name] for one in formulations()}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
