"""The main job: type-check the examples, hold the reference to the rules, and talk to a real server.

Run it with ``make check``. It ends with a table of its steps, and exit status 0 where all went well.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trio
from rich import box
from rich.console import Console
from rich.table import Table
from websockets.sync.client import connect

from bareasgi_ws._command.servers.process import serving
from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import Report, run

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
ELSEWHERE = {EXAMPLES / "backends" / "on_bareasgi_5.py"}
"""What needs another generation of bareASGI than the one that is installed here."""
CONVERSATION = [("hello", "You said: hello"), ("", "You said: "), ("<b>bold?</b>", "You said: <b>bold?</b>")]

console = Console(highlight=False)


def check_examples() -> str:
    """Type-check the examples with every checker that is installed."""
    files = sorted({*EXAMPLES.rglob("*.py")} - ELSEWHERE)
    command = [str(Path(sys.executable).with_name("bareasgi-ws")), "check", *map(str, files)]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status:
        raise RuntimeError(f"bareasgi-ws check of the examples ended with exit status {status}")
    return "no findings"


def hold_the_rules() -> str:
    """Run every check of every requirement on the reference, in memory, on both event loops."""
    reports: list[Report] = [asyncio.run(run(backend)), trio.run(run, backend)]
    for report in reports:
        console.print(str(report))
    if not all(report.conforms for report in reports):
        raise RuntimeError("the reference does not keep its own rules")
    return f"{len(reports[0].results)} requirements, on asyncio and on trio"


def converse() -> str:
    """Serve the example with uvicorn, and hold the tutorial's conversation with it."""
    with serving([sys.executable, "web_socket.py", "--port", "0"], ROOT / "examples") as server:
        console.print(f"serving examples/web_socket.py on {server.address}")
        with connect(f"ws://{server.address}/ws") as client:
            for said, expected in CONVERSATION:
                client.send(said)
                answer = client.recv(timeout=10)
                console.print(f"client: {said!r}\nserver: {answer!r}", markup=False)
                if answer != expected:
                    raise RuntimeError(f"expected {expected!r}, got {answer!r}")
        console.print(f"client: closed with {client.close_code}")
    if server.errors:
        raise RuntimeError("the server logged: " + "; ".join(server.errors))
    return f"{len(CONVERSATION)} messages and a close, nothing in the server's error log"


STEPS: dict[str, Callable[[], str]] = {
    "types of the examples": check_examples,
    "rules, in memory": hold_the_rules,
    "conversation, on uvicorn": converse,
}


def main() -> int:
    """Run all steps, whatever the others came to, and tell what became of each."""
    table = Table("step", "outcome", "seconds", "what was found", box=box.SIMPLE)
    failed = False
    for name, step in STEPS.items():
        console.rule(f"[bold]{name}", align="left")
        began = time.perf_counter()
        try:
            found, outcome = step(), "ok"
        except Exception as error:
            found, outcome, failed = f"{type(error).__name__}: {error}", "FAILED", True
        table.add_row(name, outcome, f"{time.perf_counter() - began:.1f}", found)
    console.print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
