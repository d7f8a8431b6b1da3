"""Run Autobahn's cases against a raw ASGI echo and the reference's, under each server, and write the results anew."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bareasgi_ws._command.servers import SERVERS, started
from tools import autobahn_results
from tools.autobahn_results import APPLICATIONS, FOLDER, NIGHTLY, QUICK, Result

KOSOKU = Path(sys.executable).with_name("kosoku")


class Selection(NamedTuple):
    """Some of the cases.

    Attributes:
        file: Where their results are kept.
        options: What tells kosoku to run them.
        deadline: How long they may take under one server, in seconds.
    """

    file: Path
    options: Sequence[str]
    deadline: float


EVERY_DAY = Selection(QUICK, ["-p", "8", "-x", "9.*", "-x", "12.*", "-x", "13.*"], 60)
"""All but large messages and compression. Most of its time is waiting, so many cases run at once."""

MESSAGES = (1, 5, 11)
"""Of compression: 1,000 messages of 16 bytes, of 4 KiB, and of 8 KiB in frames of 256 bytes. All 18 kinds took
19 minutes under the fastest server, on two cores, and 9 of the 216 cases failed, raw and on the reference not the same
ones: of large messages, as if they ran out of time. No application sees compression."""

COMPRESSION = [f"12.{way}.{kind}" for way in range(1, 6) for kind in MESSAGES] + [
    f"13.{way}.{kind}" for way in range(1, 8) for kind in MESSAGES
]

EVERY_NIGHT = Selection(NIGHTLY, ["-p", "1", *(f"-i{case}" for case in ["9.*", *COMPRESSION])], 600)

WHOLE = "uvicorn-websockets"
"""The server under which every case of these groups is run, every night."""


def every_night(name: str) -> Selection:
    """Return what is run every night under a server."""
    return (
        EVERY_NIGHT._replace(options=["-p", "1", "-i9.*", "-i12.*", "-i13.*"], deadline=3600)
        if name == WHOLE
        else EVERY_NIGHT
    )


CHANCE = {"3.2", "3.3", "3.4", "4.1.3", "4.1.4", "4.1.5", "4.2.3", "4.2.4", "4.2.5", "5.15"}
"""The cases that are left to chance: a message comes, and at once a frame that ends the connection. The echo gets out
before the end (OK) or not (NON-STRICT). On a busy machine the two may arrive apart, and trio 0.35 draws by lot which of
two tasks that are ready goes first."""


def run(name: str, selection: Selection = EVERY_DAY) -> Result:
    """Start a server and run some of the cases against both echoes, at the same time."""
    with started(name, "echo:application", FOLDER) as server, TemporaryDirectory() as folder:
        reports = [Path(folder, application) for application in APPLICATIONS]
        urls = [f"ws://{server.address}/{application}" for application in APPLICATIONS]
        _run_kosoku(selection, dict(zip(urls, reports, strict=True)))
        raw, reference = (autobahn_results.found(dict(_outcomes(report))) for report in reports)
    return Result(str(SERVERS[name]), raw, reference)


def _run_kosoku(selection: Selection, reports: dict[str, Path]) -> None:
    runs = [
        subprocess.Popen(
            [KOSOKU, *selection.options, "-o", report, url],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for url, report in reports.items()
    ]
    try:
        for one in runs:
            one.wait(selection.deadline)
    finally:
        for one in runs:
            one.kill()
            one.wait()


def _outcomes(report: Path) -> Iterator[tuple[str, str]]:
    (by_case,) = json.loads((report / "index.json").read_text("utf-8")).values()
    for case, entry in by_case.items():
        closed = entry["behaviorClose"] in ("OK", "INFORMATIONAL")
        outcome = entry["behavior"] if closed else "FAILED"
        chance = case in CHANCE and outcome in ("OK", "NON-STRICT")
        yield case, "NON-STRICT or OK" if chance else outcome


def main() -> None:
    """Write the results anew."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--nightly", action="store_true", help="the cases of make nightly, which take many minutes")
    selection = EVERY_NIGHT if parser.parse_args().nightly else EVERY_DAY
    autobahn_results.write(selection.file, {name: run(name, selection) for name in SERVERS})


if __name__ == "__main__":
    main()
