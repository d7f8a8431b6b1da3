"""The tables of Autobahn's results, from those that are kept. It runs no case."""

import re
from typing import NamedTuple

from tools import autobahn_results
from tools.autobahn_results import NIGHTLY, OUTCOMES, QUICK, Found
from tools.tables import table as markdown


class Reason(NamedTuple):
    """Why some cases are not OK.

    Attributes:
        servers: A pattern of the servers' names.
        cases: A pattern of the cases' ids.
        why: The reason.
    """

    servers: str
    cases: str
    why: str


REASONS = [
    Reason(".*", r"7\.1\.6|7\.13\..*", "RFC 6455 leaves open what is right: Autobahn only reports."),
    Reason(
        ".*",
        r"3\..*|4\..*|5\.15",
        "A message comes, and at once a frame that ends the connection: the echo gets out before the end, or not.",
    ),
    Reason(
        ".*",
        r"6\.4\..*",
        "Text that is not UTF-8 ends the connection once the frame or message is whole, not at its first wrong byte.",
    ),
    Reason(
        "uvicorn-websockets-sansio",
        r"7\.1\.5",
        "websockets 17.4 answers a close in the middle of a message with 1002, not with the client's code.",
    ),
    Reason("daphne", r"1\.[12]\.1|6\.1\.[12]|9\.[78]\.1", "daphne 4.2.3 sends no empty message."),
    Reason("daphne", r"9\.[1-4]\..*", "daphne 4.2.3 takes no message above 1 MiB, unless an option of it says so."),
    Reason(
        "uvicorn-websockets",
        r"9\.[34]\.[12]",
        "websockets 17.4 takes no message of more than 4,096 frames, unless WEBSOCKETS_MAX_FRAGMENTS says so.",
    ),
    Reason("daphne|granian|gunicorn", r"1[23]\..*", "The server takes none of the compression that Autobahn offers."),
]


class Case(NamedTuple):
    """A case that is not OK."""

    server: str
    case: str
    outcome: str


def table() -> str:
    """Write how many cases have each outcome under each server: the reference's, and raw ASGI's where they differ."""
    results = autobahn_results.read(QUICK)
    seen = [name for name in OUTCOMES if any(_count(result.raw, name) for result in results.values())]
    rows = (
        [server, result.version, *(_cell(result.raw, result.reference, outcome) for outcome in seen)]
        for server, result in results.items()
    )
    return markdown(["server", "versions", *seen], rows)


def reasons() -> str:
    """Write why cases are not OK, those of the nightly run too."""
    return markdown(["outcome", "cases", "server", "why"], map(_row, REASONS))


def unexplained() -> list[Case]:
    """Return the cases that are not OK and have no reason."""
    return [case for case in _not_ok() if not any(_fits(reason, case) for reason in REASONS)]


def _row(reason: Reason) -> list[str]:
    fitting = [case for case in _not_ok() if _fits(reason, case)]
    outcomes = dict.fromkeys(case.outcome for case in fitting)
    servers = dict.fromkeys(case.server for case in fitting)
    everywhere = len(servers) == len(autobahn_results.read(QUICK))
    return [", ".join(outcomes), _ids(fitting), "all" if everywhere else ", ".join(servers), reason.why]


def _ids(cases: list[Case]) -> str:
    ids = sorted({case.case for case in cases}, key=lambda one: [int(part) for part in one.split(".")])
    return ", ".join(ids) if len(ids) <= 10 else f"{len(ids)} cases from {ids[0]} to {ids[-1]}"


def _not_ok() -> list[Case]:
    return [
        Case(server, case, outcome)
        for file in (QUICK, NIGHTLY)
        for server, result in autobahn_results.read(file).items()
        for application in (result.raw, result.reference)
        for outcome, cases in application.others.items()
        for case in cases
    ]


def _fits(reason: Reason, case: Case) -> bool:
    return bool(re.fullmatch(reason.servers, case.server) and re.fullmatch(reason.cases, case.case))


def _cell(raw: Found, reference: Found, outcome: str) -> str:
    ours, theirs = _count(reference, outcome), _count(raw, outcome)
    return str(ours or "") if ours == theirs else f"{ours} (raw {theirs})"


def _count(one: Found, outcome: str) -> int:
    return one.ok if outcome == "OK" else len(one.others.get(outcome, ()))
