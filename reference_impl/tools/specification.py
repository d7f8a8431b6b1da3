"""The specification as a page: the requirements of each chapter below its introduction, each with what checks it."""

import ast
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from inspect import getfile
from pathlib import Path

from bareasgi_ws import SPEC_VERSION
from bareasgi_ws.conformance import Requirement, iter_checks, requirements
from bareasgi_ws.conformance._server.checks import CHECKS
from tools.tables import table

PROSE = Path(__file__).with_suffix(".md")
DOCS = Path(__file__).parents[2] / "docs"
FAULTS = Path(__file__).parents[1] / "tests" / "conformance"
HEADER = ("id", "level", "binds", "since", "rule", "source", "check", "implementations that fail it")


def page() -> str:
    """Write the page."""
    written = PROSE.read_text("utf-8").replace(
        "# The specification\n", f"# The specification, version {SPEC_VERSION}\n"
    )
    written = written.replace("{own_server}", ", ".join(_own_server()))
    functions: dict[str, Callable[..., object]] = {check.requirement: check.function for check in iter_checks(["WS-"])}
    functions |= {number: check.function for number, check in CHECKS.items()}
    checks = {number: _link(one.__name__, Path(getfile(one))) for number, one in functions.items()}
    faults: dict[str, list[str]] = defaultdict(list)
    for number, link in _faults():
        faults[number].append(link)
    for chapter in dict.fromkeys(requirement.chapter for requirement in requirements().values()):
        introduction = _section(written, chapter)
        rows = (
            (*_row(one), checks[one.id], ", ".join(faults[one.id]))
            for one in requirements().values()
            if one.chapter == chapter
        )
        written = written.replace(introduction, f"{introduction}{table(HEADER, rows)}\n")
    return written


def _own_server() -> Iterator[str]:
    """Yield a link to each requirement that binds a backend which is its own server, beside those of every backend."""
    for number, requirement in requirements(own_server=True).items():
        if requirement != requirements()[number]:
            yield f"[{number}](#{anchor(number)})"


def anchor(number: str) -> str:
    """Return the anchor of a requirement's row."""
    return number.lower()


def _section(text: str, chapter: str) -> str:
    """Return the text of a chapter, its heading included."""
    start = text.index(f"\n## {chapter}\n")
    return text[start : text.index("\n## ", start + 1) + 1]


def _row(requirement: Requirement) -> tuple[str, ...]:
    number = f'<a id="{anchor(requirement.id)}"></a>{requirement.id}'
    text = requirement.text.replace("*", r"\*")
    return number, requirement.level, requirement.binds, requirement.since, text, requirement.source


def _faults() -> Iterator[tuple[str, str]]:
    """Yield each requirement's id that a decorator such as ``@fails("WS-SEND-01")`` names, and what it decorates."""
    for file in sorted(FAULTS.glob("*/*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            for decorator in getattr(node, "decorator_list", ()):
                if re.match(r"\w*fails\(", call := ast.unparse(decorator)):
                    yield re.findall(r"WS-[A-Z]+-\d+", call)[0], _link(getattr(node, "name", ""), file)


def _link(name: str, file: Path) -> str:
    return f"[`{name}`]({Path(os.path.relpath(file, DOCS)).as_posix()})"
