"""``bareasgi-ws conformance`` with ``--server`` and ``--url`` says what it found, or why it could not."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws._command.servers.process import ServerProcess, serving

from .running import Command, until, write

pytestmark = pytest.mark.slow

EXAMINED = "bareasgi_ws.conformance.application:application"
EXPECTED_URL = "expected a URL such as http://127.0.0.1:8000, or unix:/path/of/socket, got"
SOME = ("--select", "WS-SERVER-05", "--select", "WS-SERVER-10")

FAULTY = """\
import os
from bareasgi_ws.conformance.application import application as examined


async def drops_headers(scope, receive, send):
    async def sends(event):
        await send({**event, "headers": []} if event["type"] == "websocket.accept" else event)

    await examined(scope, receive, sends)


async def dies(scope, receive, send):
    if scope["type"] == "websocket":
        os._exit(3)
    await examined(scope, receive, send)


async def is_another(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"[]"})
"""


@contextmanager
def serves(folder: Path, application: str) -> Generator[ServerProcess]:
    write(folder, {"faulty.py": FAULTY})
    with serving([sys.executable, "-m", "uvicorn", "--port", "0", "--lifespan", "off", application], folder) as server:
        yield server


def outcomes(report: Any) -> dict[str, str]:
    return {result["requirement"]["id"]: result["outcome"] for result in report["results"]}


def test_a_server_that_runs_is_asked(command: Command, tmp_path: Path) -> None:
    with serves(tmp_path, EXAMINED) as server:
        done = command("conformance", "--url", f"http://{server.address}/", *SOME, "--json", "-", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert outcomes(done.report) == {"WS-SERVER-05": "pass", "WS-SERVER-10": "pass"}
    assert done.report["backend"] == f"http://{server.address}/"


def test_the_log_is_known_by_its_name(command: Command, tmp_path: Path) -> None:
    log = ("--select", "WS-SERVER-29", "--json", "-")
    with serves(tmp_path, EXAMINED) as server:
        url = f"http://{server.address}"
        named = command("conformance", "--url", url, *log, "--logger", "uvicorn.error", cwd=tmp_path)
        unnamed = command("conformance", "--url", url, *log, cwd=tmp_path)
    # uvicorn 0.54 logs a client's text that is not UTF-8, on websockets-sansio, which it takes by default.
    assert outcomes(named.report) == {"WS-SERVER-29": "non-strict"}
    assert outcomes(unnamed.report) == {"WS-SERVER-29": "not seen"}


def test_a_faulty_server_fails_with_the_step(command: Command, tmp_path: Path) -> None:
    with serves(tmp_path, "faulty:drops_headers") as server:
        how = ("--url", f"http://{server.address}", "--name", "mine", *SOME)
        done = command("conformance", *how, cwd=tmp_path)
    assert done.status == 1
    assert "WS-SERVER-05 fail: The headers of websocket.accept are in the handshake's response" in done.out
    assert "    actual   []\n" in done.out
    assert done.out.splitlines()[0] == "mine does not conform (specification 1.0, on asyncio)."


def test_a_known_deviation_of_a_server_is_no_failure(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"known.toml": 'WS-SERVER-05 = "it drops them"\n'})
    with serves(tmp_path, "faulty:drops_headers") as server:
        how = ("--url", f"http://{server.address}", *SOME, "--deviations", "known.toml")
        done = command("conformance", *how, cwd=tmp_path)
    assert done.status == 0
    assert "WS-SERVER-05 deviates" in done.out


def test_a_server_that_ends_fails_what_it_is_asked_after_that(command: Command, tmp_path: Path) -> None:
    """What the checks need is shown, for it is not met."""
    with serves(tmp_path, "faulty:dies") as server:
        done = command("conformance", "--url", f"http://{server.address}", *SOME, "--json", "-", cwd=tmp_path)
    assert done.status == 1
    assert outcomes(done.report) == {"WS-SERVER-05": "fail", "WS-SERVER-10": "fail", "WS-SERVER-41": "fail"}
    actual = [result["actual"] for result in done.report["results"]]
    assert all("no response" in one or "no connection" in one for one in actual), actual


def test_ids_of_servers_may_be_in_lower_case(command: Command, tmp_path: Path) -> None:
    lower = [one.lower() for one in SOME]
    done = command("conformance", "--server", "hypercorn", *lower, "--json", "-", cwd=tmp_path)
    upper = command("conformance", "--server", "hypercorn", *SOME, "--json", "-", cwd=tmp_path)
    assert outcomes(done.report) == outcomes(upper.report) != {}


def test_several_servers_are_a_list_and_a_matrix(command: Command, tmp_path: Path) -> None:
    two = ("--server", "hypercorn", "--server", "granian", "--json", "two.json", "--html", "two.html")
    done = command("conformance", *two, *SOME, cwd=tmp_path)
    assert done.status == 1
    assert "hypercorn met what was looked at" in done.out
    assert "granian does not conform" in done.out
    assert "2 servers side by side" in (tmp_path / "two.html").read_text("utf-8")
    matrix = command("matrix", "two.json", cwd=tmp_path)
    assert "| WS-SERVER-05 | MUST | The headers of websocket.accept" in matrix.out.replace("\\", "")
    assert matrix.out.count("✗ fail") == 1 + 1  # in the matrix, and in its legend


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--server", "apache"], "expected a server out of uvicorn-websockets, "),
        (["--server", "granian", "--library", "trio"], "--library is for a backend, MODULE:NAME."),
        (["--server", "granian", "--no-static"], "--no-static is for a backend, MODULE:NAME."),
        (["--server", "uvicorn", "--name", "mine"], "--name is for one server, and these are 3."),
        (["mine:backend", "--logger", "mine"], "--logger is for --url or --command."),
        (["--server", "granian", "--select", "WS-NOTHING"], "no requirement begins with WS-NOTHING"),
        (["--url", "ftp://127.0.0.1:1"], f"{EXPECTED_URL} 'ftp://127.0.0.1:1'."),
        (["--command", "mine --port {port}"], "--command: expected {app} in it, got"),
        (["--server", "granian", "--reproduce", "WS-SEND-01"], "no requirement that binds servers is WS-SEND-01."),
        (["--server", "granian", "--select", "WS-SEND"], "no requirement that begins with WS-SEND binds a server."),
        (["--url", "unix:relative"], f"{EXPECTED_URL} 'unix:relative'."),
        (["--url", "unix:/tmp/none"], f"expected unix:/tmp/none to be a server of {EXAMINED}, got"),
        (["--url", "http://127.0.0.1:1/below"], f"{EXPECTED_URL} 'http://127.0.0.1:1/below'."),
        (["--url", "http://127.0.0.1:1"], f"expected http://127.0.0.1:1 to be a server of {EXAMINED}, got"),
        (["--server", "granian", "mine:backend"], "not allowed with argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_run_is_said_in_a_sentence(
    command: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = command("conformance", *arguments, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_another_application_is_told(command: Command, tmp_path: Path) -> None:
    with serves(tmp_path, "faulty:is_another") as server:
        done = command("conformance", "--url", f"http://{server.address}", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert f"expected http://{server.address} to be a server of {EXAMINED}, got ValueError: " in done.err


def test_a_server_that_is_not_installed_is_named(command: Command, tmp_path: Path) -> None:
    hides = "import sys\n\nfor name in ('hypercorn', 'wsproto'):\n    sys.modules[name] = None\n"
    write(tmp_path, {"hidden/sitecustomize.py": hides})
    environment = {"PYTHONPATH": str(tmp_path / "hidden")}
    done = command("conformance", "--server", "hypercorn", cwd=tmp_path, environment=environment)
    sentence = "bareasgi-ws: hypercorn and wsproto not installed: pip install hypercorn wsproto\n"
    assert (done.status, done.out, done.err) == (2, "", sentence)


@pytest.mark.parametrize(
    ("package", "asked"),
    [
        ("anyio", ["--server", "hypercorn"]),
        ("anyio", ["--url", "http://127.0.0.1:1"]),
    ],
)
def test_what_examines_a_server_is_named_where_it_is_not_installed(
    command: Command, tmp_path: Path, package: str, asked: list[str]
) -> None:
    write(tmp_path, {"hidden/sitecustomize.py": f"import sys\n\nsys.modules[{package!r}] = None\n"})
    environment = {"PYTHONPATH": str(tmp_path / "hidden")}
    done = command("conformance", *asked, cwd=tmp_path, environment=environment)
    sentence = f"the examination of a server needs {package}: pip install 'bareasgi-ws[conformance]'"
    assert (done.status, done.out, done.err) == (2, "", f"bareasgi-ws: {sentence}\n")


def test_a_server_that_does_not_start_is_told_with_its_log(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"daphne/__init__.py": "", "daphne/__main__.py": "raise SystemExit('no start today')"})
    environment = {"PYTHONPATH": str(tmp_path)}
    done = command("conformance", "--server", "daphne", cwd=tmp_path, environment=environment)
    assert (done.status, done.out) == (2, "")
    assert "daphne: the server did not start:\nno start today" in done.err
    assert "Traceback" not in done.err


def test_a_command_that_ends_before_it_listens_is_told(command: Command, tmp_path: Path) -> None:
    write(tmp_path, {"short.py": "raise SystemExit('no start today')"})
    done = command("conformance", "--command", f"{sys.executable} short.py {{app}} {{port}}", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "the server did not start: it ended with status 1 before it listened\nno start today" in done.err


WORKERS = {
    "uvicorn": "-m uvicorn {app} --port {port} --workers 2",
    "hypercorn": "-m hypercorn {app} --bind 127.0.0.1:{port} --workers 2",
    "gunicorn": "-m gunicorn {app} --bind 127.0.0.1:{port} --worker-class asgi --workers 2",
}


@pytest.mark.parametrize("server", WORKERS)
def test_a_server_with_several_workers_is_found_out(command: Command, tmp_path: Path, server: str) -> None:
    done = command("conformance", "--command", f"{sys.executable} {WORKERS[server]}", "--name", "mine", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "mine: several processes serve the application: run it with one worker." in done.err


def test_a_run_ends_within_its_time(command: Command, tmp_path: Path) -> None:
    capped = ("--server", "hypercorn", "--max-time", "1", "--json", "-")
    done = command("conformance", *capped, cwd=tmp_path)
    assert done.status == 1
    over = [one["step"] for one in done.report["results"] if one["outcome"] == "blocked"]
    assert "the run has taken its 1 s (--max-time)" in over


def test_a_server_at_a_unix_socket_is_asked(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "socket"
    arguments = [sys.executable, "-m", "uvicorn", "--uds", str(path), "--ws", "wsproto", EXAMINED]
    some = [word for number in ("01", "11", "31", "64", "76") for word in ("--select", f"WS-SERVER-{number}")]
    server = ServerProcess(arguments, tmp_path)
    try:
        until(lambda: any("running on" in line for line in server.log))
        done = command("conformance", "--url", f"unix:{path}", *some, "--json", "-", cwd=tmp_path)
    finally:
        server.stop()
    assert done.status == 0
    assert set(outcomes(done.report).values()) == {"pass", "not seen"}
    assert outcomes(done.report)["WS-SERVER-76"] == "not seen"
