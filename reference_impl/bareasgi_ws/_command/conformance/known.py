"""The file of known failures that ``--write-known`` writes, and ``--deviations`` reads."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from ...conformance._render.outcomes import visible
from ...conformance.deviations import read_deviations
from ...conformance.report import Outcome, Report
from ...conformance.requirements import requirements
from ..errors import CannotRunError
from ..files import write_report

HEADER = """\
# Known failures, by bareasgi-ws conformance --write-known. With --deviations, one that is met makes the run fail.
# Written anew, the file keeps a reason that was changed here; it keeps no comments.
"""

UNMET = (Outcome.FAIL, Outcome.NON_STRICT)
SHOWS_NOTHING = (Outcome.BLOCKED, Outcome.NOT_SEEN)


def read_known(file: Path | None) -> dict[str, str]:
    """Read a file of deviations; None has none.

    Raises:
        CannotRunError: It cannot be read.
    """
    if file is None:
        return {}
    try:
        return read_deviations(file)
    except OSError as error:
        raise CannotRunError(f"cannot read {file}: {error.strerror}.") from error
    except ValueError as error:
        raise CannotRunError(f"{file}: {error}.") from error


def kept_reasons(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the reasons of the file that is to be written, where there is one.

    Raises:
        CannotRunError: It cannot be read, or --deviations names another.
    """
    file: Path = arguments.write_known
    read: Path | None = arguments.deviations
    if read is not None and read.resolve() != file.resolve():
        raise CannotRunError(f"--write-known keeps the reasons of its own file, {file}: leave out --deviations {read}.")
    return read_known(file if file.exists() else None)


def write_known(file: Path, report: Report, kept: Mapping[str, str]) -> str:
    """Write a line for each requirement that is not met, and return a sentence that says so.

    Args:
        file: The file.
        report: What was found; no deviation is applied to it.
        kept: The reasons that the file has had. One stays where its requirement is still not met, or does not show.

    Raises:
        CannotRunError: The file cannot be written.
    """
    shown = {one.requirement.id: one for one in report.results if one.outcome not in SHOWS_NOTHING}
    found = {number: visible(str(one)) for number, one in shown.items() if one.outcome in UNMET}
    stays = {number: reason for number, reason in kept.items() if number in found or number not in shown}
    known = found | stays
    lines = [f"{number} = {_string(known[number])}\n" for number in requirements() if number in known]
    write_report(file, HEADER + "".join(lines))
    met, unseen = len(kept.keys() - stays.keys()), len(report.results) - len(shown)
    parts = [
        f"wrote {file}: {len(known)} known failure{'' if len(known) == 1 else 's'}",
        f"{len(known.keys() - kept.keys())} new",
        *([f"{met} met now, and left out"] if met else []),
        *([f"{unseen} that did not show are not among them"] if unseen else []),
    ]
    return f"{', '.join(parts)}."


def _string(text: str) -> str:
    """Write a basic string of TOML, which is one of JSON but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
