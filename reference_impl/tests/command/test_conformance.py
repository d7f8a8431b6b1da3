"""``bareasgi-ws conformance`` runs a backend and says what it found."""

import re
from pathlib import Path

import pytest

from bareasgi_ws.conformance import iter_checks, requirements

from .backends import BLOCKS, EMPTY_IS_THE_END, ENDS_THE_PROCESS, PRINTS, REFERENCE
from .running import Command, Done, write

pytestmark = pytest.mark.slow


def outcomes(done: Done) -> dict[str, str]:
    return {result["requirement"]["id"]: result["outcome"] for result in done.report["results"]}


@pytest.mark.parametrize("library", ["asyncio", "trio"])
def test_the_reference_conforms(command: Command, tmp_path: Path, library: str) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    done = command("conformance", "mine:backend", "--library", library, "--no-static", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[-1] == f"mine:backend conforms (specification 1.0, on {library})."
    assert re.search(rf"^all +{len(list(iter_checks()))}$", done.out, re.MULTILINE)


def test_a_fault_is_told_with_its_step(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": EMPTY_IS_THE_END})
    done = command("conformance", "mine:backend", "--select", "WS-RECEIVE-04", "--no-static", cwd=tmp_path)
    assert done.status == 1
    assert done.out.splitlines()[:4] == [
        f"WS-RECEIVE-04 fail: {requirements()['WS-RECEIVE-04'].text}",
        "  handler: receive()",
        "    expected b''",
        "    got      None",
    ]
    assert done.out.splitlines()[-1] == "mine:backend does not conform (specification 1.0, on asyncio)."


def test_the_report_on_standard_output_is_alone_there(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": PRINTS})
    select = ("--select", "WS-RECEIVE-02", "--no-static")
    done = command("conformance", "mine:backend", "--json", "-", *select, cwd=tmp_path)
    assert outcomes(done) == {"WS-HANDSHAKE-01": "pass", "WS-RECEIVE-02": "pass"}
    assert "imported\n" in done.err
    assert "received\n" in done.err


def test_the_report_is_written_beside_the_table(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    files = ("--json", "report.json", "--html", "report.html")
    done = command("conformance", "mine:backend", *files, "--select", "WS-CLOSE", "--no-static", cwd=tmp_path)
    assert done.out.endswith("mine:backend conforms (specification 1.0, on asyncio).\n")
    report = Done(0, (tmp_path / "report.json").read_text("utf-8"), "")
    assert report.report["backend"] == "mine:backend"
    assert {outcome for number, outcome in outcomes(report).items()} == {"pass"}
    assert "mine:backend" in (tmp_path / "report.html").read_text("utf-8")


def test_a_backend_that_blocks_the_loop_is_ended(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": BLOCKS})
    some = ("--deadline", "0.5", "--select", "WS-RECEIVE-04", "--select", "WS-RECEIVE-05", "--no-static")
    done = command("conformance", "mine:backend", "--json", "-", *some, cwd=tmp_path)
    assert done.status == 1
    assert outcomes(done) == {"WS-HANDSHAKE-01": "pass", "WS-RECEIVE-04": "fail", "WS-RECEIVE-05": "pass"}
    failed = done.report["results"][1]
    assert failed["expected"] == "an event loop that runs"
    line = BLOCKS[: BLOCKS.index("time.sleep(")].count("\n") + 1
    assert failed["actual"].endswith(f"stood still for 1 s in {tmp_path / 'mine.py'}, line {line}, in receive")
    assert {"handler", "client"} == {step["side"] for step in failed["steps"]}


def test_a_backend_that_ends_its_process_fails_the_check(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": ENDS_THE_PROCESS})
    some = ("--select", "WS-RECEIVE-04", "--select", "WS-RECEIVE-05", "--no-static")
    done = command("conformance", "mine:backend", "--json", "-", *some, cwd=tmp_path)
    assert done.status == 1
    assert outcomes(done) == {"WS-HANDSHAKE-01": "pass", "WS-RECEIVE-04": "fail", "WS-RECEIVE-05": "pass"}
    assert done.report["results"][1]["actual"] == "a process that ended by itself, with exit status 7"


def test_a_level_leaves_out_those_below_it(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    some = ("--select", "WS-CLOSE", "--level", "MUST", "--no-static")
    done = command("conformance", "mine:backend", "--json", "-", *some, cwd=tmp_path)
    levels = {result["requirement"]["level"] for result in done.report["results"]}
    assert levels == {"MUST"}
    assert "WS-CLOSE-02" not in outcomes(done)


def test_a_profile_is_the_server_that_is_spoken_for(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE})
    some = ("--select", "WS-CLOSE-02", "--no-static")
    done = command("conformance", "mine:backend", "--profile", "daphne", "--json", "-", *some, cwd=tmp_path)
    assert outcomes(done)["WS-CLOSE-02"] == "non-strict"
    assert done.status == 0


@pytest.mark.parametrize("number", ["WS-RECEIVE-04", "ws-receive-04"])
def test_a_known_deviation_is_no_failure(command: Command, tmp_path: Path, number: str) -> None:
    write(tmp_path, {"mine.py": EMPTY_IS_THE_END, "known.toml": f'{number} = "the library drops them"\n'})
    some = ("--select", number, "--no-static")
    done = command("conformance", "mine:backend", "--deviations", "known.toml", *some, cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert "WS-RECEIVE-04 deviates: " in done.out
    assert "  reason: the library drops them\n" in done.out


def test_a_deviation_that_is_none_fails(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": REFERENCE, "known.toml": 'WS-RECEIVE-04 = "the library drops them"\n'})
    some = ("--select", "WS-RECEIVE-04", "--no-static")
    done = command("conformance", "mine:backend", "--deviations", "known.toml", *some, cwd=tmp_path)
    assert done.status == 1
    assert "    expected a requirement that is not met, as the deviation says (the library drops them)\n" in done.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mine"], "expected a backend as MODULE:NAME, such as my_backend:backend, got 'mine'."),
        (["nothing:backend"], "cannot import nothing: ModuleNotFoundError: No module named 'nothing'"),
        (["fails:backend"], "cannot import fails: ZeroDivisionError: division by zero"),
        (["mine:other"], "the module mine ({folder}/mine.py) has no other."),
        (["mine:__doc__"], "expected mine:__doc__ to be a Backend, an object with socket_type and connect, got None"),
        (["mine:backend", "--select", "WS-NOTHING"], "no requirement begins with WS-NOTHING"),
        (["mine:backend", "--deviations", "none.toml"], "cannot read none.toml: No such file or directory."),
        (["mine:backend", "--deviations", "bad.toml"], "bad.toml: expected TOML: Invalid value"),
        (
            ["mine:backend", "--deviations", "unknown.toml"],
            "expected the id of a requirement, got 'WS-CLOSE-99' (near it: WS-CLOSE-09, ",
        ),
        (["mine:backend", "--profile", "apache"], "apache"),
        (["mine:backend", "--json", "no/folder.json", "--select", "WS-CLOSE-03"], "cannot write no/folder.json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_run_is_said_in_a_sentence(
    command: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    files = {
        "mine.py": REFERENCE,
        "fails.py": "1 / 0",
        "bad.toml": "a =",
        "unknown.toml": 'WS-CLOSE-99 = "no reason"',
    }
    write(tmp_path, files)
    done = command("conformance", *arguments, "--no-static", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert sentence.format(folder=tmp_path) in done.err
    assert "Traceback" not in done.err


def test_the_process_of_a_backend_that_does_not_import_ends(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"mine.py": "import os\nos._exit(3)\n"})
    done = command("conformance", "mine:backend", "--no-static", cwd=tmp_path)
    assert done.status == 2
    assert "cannot load mine:backend" in done.err
    assert "exit status 3" in done.err


@pytest.mark.parametrize(
    ("package", "sentence"),
    [
        ("trio", "trio is not installed: pip install trio"),
        ("rich", "the report needs rich: pip install 'bareasgi-ws[conformance]'"),
        ("jinja2", "--html needs jinja2: pip install 'bareasgi-ws[conformance]'"),
        ("anyio", "the conformance kit needs anyio: pip install 'bareasgi-ws[conformance]'"),
    ],
)
def test_what_is_not_installed_is_named(command: Command, tmp_path: Path, package: str, sentence: str) -> None:
    # Python runs it at its start; from then on an import finds nothing.
    hides = f"import sys\n\nsys.modules[{package!r}] = None\n"
    write(tmp_path, {"mine.py": REFERENCE, "hidden/sitecustomize.py": hides})
    environment = {"PYTHONPATH": str(tmp_path / "hidden")}
    arguments = ("mine:backend", "--library", "trio", "--html", "report.html")
    done = command("conformance", *arguments, cwd=tmp_path, environment=environment)
    assert (done.status, done.out, done.err) == (2, "", f"bareasgi-ws: {sentence}\n")
