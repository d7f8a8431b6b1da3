"""The committed results of Autobahn's cases."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "tests" / "autobahn"
QUICK = FOLDER / "results.toml"
NIGHTLY = FOLDER / "results_nightly.toml"
COMMAND = "python reference_impl/tools/autobahn_run.py"
APPLICATIONS = ("raw", "reference")

OUTCOMES = ("OK", "INFORMATIONAL", "NON-STRICT or OK", "NON-STRICT", "UNIMPLEMENTED", "FAILED", "ERROR")
"""Autobahn's, from good to bad. NON-STRICT conforms too; where a case has either by chance, it has both here."""

COMMENT = f"""\
# What Autobahn's cases find under each server, of an echo in raw ASGI and of one on the reference: how many cases are
# OK, and the others by outcome. The tests compare every line with the servers;
# `{COMMAND}` writes the file anew, with --nightly that of make nightly.
"""


class Found(NamedTuple):
    """What was found of one application under one server.

    Attributes:
        ok: How many cases are OK.
        others: The other cases, by outcome.
    """

    ok: int
    others: dict[str, list[str]]


class Result(NamedTuple):
    """What was found under one server.

    Attributes:
        version: The versions of the server and of the libraries that speak the protocol for it.
        raw: What was found of the echo in raw ASGI.
        reference: What was found of the echo on the reference.
    """

    version: str
    raw: Found
    reference: Found

    def worse(self) -> list[str]:
        """Name the cases in which the reference does worse than raw ASGI."""
        raw, reference = _outcomes(self.raw), _outcomes(self.reference)
        return [case for case, outcome in reference.items() if outcome > raw.get(case, 0)]


def found(outcomes: Mapping[str, str]) -> Found:
    """Sum up the outcome of each case."""
    others = {name: [case for case, outcome in outcomes.items() if outcome == name] for name in OUTCOMES}
    return Found(len(others.pop("OK")), {name: cases for name, cases in others.items() if cases})


def read(file: Path) -> dict[str, Result]:
    """Read the results of each server."""
    kept = tomllib.loads(file.read_text("utf-8"))
    return {
        name: Result(result["version"], *(Found(**result[application]) for application in APPLICATIONS))
        for name, result in kept.items()
    }


def write(file: Path, results: Mapping[str, Result]) -> None:
    """Write the results of each server."""
    lines = [line for name, result in results.items() for line in _lines(name, result)]
    file.write_text("\n".join([COMMENT, *lines]), "utf-8")


def _outcomes(application: Found) -> dict[str, int]:
    return {case: OUTCOMES.index(outcome) for outcome, cases in application.others.items() for case in cases}


def _lines(name: str, result: Result) -> Iterable[str]:
    yield f'["{name}"]\nversion = "{result.version}"'
    for application in APPLICATIONS:
        of_one: Found = getattr(result, application)
        yield f'["{name}".{application}]\nok = {of_one.ok}\n["{name}".{application}.others]'
        yield from (f'"{outcome}" = {json.dumps(cases)}' for outcome, cases in of_one.others.items())
    yield ""
