"""Echoes on a real server: each library on an uvicorn of its own, with one client, a hundred and a thousand.

The clients are in this process and share the machine with the server, and a thousand cost nearly what it does. So the
server's own time on the processor is told beside what the clients see.
"""

import argparse
import asyncio
import os
import random
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from statistics import median
from typing import NamedTuple

from . import results
from .clients import Clients
from .in_memory import collected
from .tables import Row, Tables, merged

RAW = "raw"
AGAIN = "raw, again"
SERVED = {RAW: RAW, AGAIN: RAW, "bareasgi_ws": "bareasgi_ws", "starlette": "starlette", "bareasgi 5": "bareasgi 5"}
"""What is served, by row: the raw function twice, which shows how much chance there is in a figure."""
MESSAGES = {1: 1_000, 100: 2_000, 1_000: 4_000}
"""How many messages a turn has, by the number of clients."""
ROUNDS = 20
DEADLINE = 60


class Turn(NamedTuple):
    """What one turn of a server came to."""

    echoes_a_second: float
    p99: float
    server: float

    def to(self, raw: "Turn") -> Row:
        """Return the ratios to another's."""
        return {
            "echoes a second": self.echoes_a_second / raw.echoes_a_second,
            "p99": self.p99 / raw.p99,
            "server's time": self.server / raw.server,
        }


@contextmanager
def serving(name: str) -> Iterator[int]:
    """Serve a library's echo, and give the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=2_048) as listening:
        descriptor = listening.fileno()
        command = [sys.executable, "-m", "speed.server", name, str(descriptor)]
        # Alike in all, so that the order of hashes is in no ratio.
        variables = {**os.environ, "PYTHONHASHSEED": "0"}
        with subprocess.Popen(command, pass_fds=[descriptor], env=variables) as process:
            port: int = listening.getsockname()[1]
            try:
                server_seconds(port)  # it has begun
                yield port
            finally:
                process.kill()


def server_seconds(port: int) -> float:
    """Ask a server for its time on the processor."""
    connection = HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    try:
        connection.request("GET", "/")
        return float(connection.getresponse().read())
    finally:
        connection.close()


async def turn(port: int, clients: Clients, messages: int) -> Turn:
    """Have so many messages echoed."""
    before = server_seconds(port)
    with collected():
        sample = await asyncio.wait_for(clients.echo(messages), DEADLINE)
    p99 = sorted(sample.latencies)[len(sample.latencies) * 99 // 100]
    count = len(sample.latencies)
    return Turn(count / sample.whole, p99, (server_seconds(port) - before) / count)


async def measure(ports: dict[str, int], number: int, messages: int, rounds: int) -> Tables:
    """Measure with so many clients for each, a library's turn beside one of the raw function's."""
    clients = {name: await Clients.connect(port, number) for name, port in ports.items()}
    raws: list[Turn] = []
    ratios: dict[str, list[Row]] = {name: [] for name in ports if name != RAW}
    for counts in range(rounds + 1):  # the first only warms up
        for name in random.sample(list(ratios), len(ratios)):
            pair = random.sample([RAW, name], 2)
            turns = {one: await turn(ports[one], clients[one], messages) for one in pair}
            if counts:
                raws.append(turns[RAW])
                ratios[name].append(turns[name].to(turns[RAW]))
    for one in clients.values():
        one.close()
    return {
        f"under uvicorn, {written(number)}, to the raw function": {
            name: {column: median(row[column] for row in rows) for column in rows[0]} for name, rows in ratios.items()
        },
        "the raw function under uvicorn": {
            written(number): {
                "echoes a second": median(one.echoes_a_second for one in raws),
                "p99, ms": median(one.p99 for one in raws) * 1_000,
                "server's time, us": median(one.server for one in raws) * 1_000_000,
            }
        },
    }


def written(number: int) -> str:
    """Write a number of clients."""
    return f"{number:,} client{'s' if number > 1 else ''}"


async def measure_all(ports: dict[str, int], messages: dict[int, int], rounds: int) -> Tables:
    """Measure with each number of clients."""
    return merged(*[await measure(ports, number, many, rounds) for number, many in messages.items()])


def main() -> None:
    """Print the tables, and keep them where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m speed.served", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--short", action="store_true", help="one round with few messages, which tells nothing")
    results.keep_option(parser)
    options = parser.parse_args()
    messages, rounds = ({1: 5, 10: 50}, 1) if options.short else (MESSAGES, options.rounds)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with ExitStack() as stack:
        ports = {row: stack.enter_context(serving(name)) for row, name in SERVED.items()}
        tables = asyncio.run(measure_all(ports, messages, rounds))
    for title, table in tables.items():
        results.show(title, table)
    if options.keep is not None:
        results.keep(options.keep / "uvicorn.toml", tables)


if __name__ == "__main__":
    main()
