"""What the clients do, round after round, and what is measured."""

import asyncio
import json
import resource
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

from bareasgi_ws._command.servers import started
from bareasgi_ws._command.servers.process import Server

from .client import Client, EndedError, Message, WrongError, connected
from .limits import LIMITS, Limits

FOLDER = Path(__file__).parents[2] / "tests" / "servers"
HANDSHAKES = 50
"""How many are under way at once; all stay open then."""

SPARE = 300
"""How many files a process has open beside its connections, at most."""

SIZES = (0, 1, 125, 126, 1000, 65535, 65536, 1 << 20)
WEIGHTS = (60, 60, 200, 200, 460, 10, 8, 2)
"""How often of a thousand each length comes."""

POOL = Random(0).randbytes(2 << 20)
LETTERS = "".join(Random(0).choices("abcdefghijklmnopqrstuvwxyz ", k=2 << 20))
STOPPING = 15.0
"""How long a server that is stopped may take to close what is open, in seconds."""


class Size(NamedTuple):
    """How much of a load it is.

    Attributes:
        connections: How many are open at once.
        messages: How many are echoed, in all rounds together.
        rounds: How often everyone comes and leaves.
        patience: How long a round may take, in seconds.
    """

    connections: int
    messages: int
    rounds: int
    patience: float


WHOLE = Size(2000, 200_000, 10, 240)
SMALL = Size(100, 3000, 3, 60)


class Measured(NamedTuple):
    """What was measured.

    Attributes:
        echoed: How many messages came back, each once, in order and unchanged.
        seconds: How long each round took.
        memory: How much memory the server held after each round, in MiB; zeros where that is not known.
        stopped: How long it took, when it was stopped, until every connection had ended; None where one did not.
    """

    echoed: int
    seconds: list[float]
    memory: list[int]
    stopped: float | None


def check_open_files(connections: int) -> None:
    """See to it that so many connections can be open, here and in a server that is started from here.

    Raises:
        RuntimeError: They cannot.
    """
    needed = connections + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < needed and (hard == resource.RLIM_INFINITY or hard >= needed):
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
    elif soft < needed:
        raise RuntimeError(f"{connections} connections need {needed} open files, but only {hard} may be: ulimit -n")


def run(server: str, size: Size, seed: int) -> Measured:
    """Put the load on a server of its own.

    Raises:
        WrongError: A message did not come back as it was sent, or a connection did not open or close.
        TimeoutError: A round took too long.
    """
    check_open_files(size.connections)
    limits = LIMITS.get(server, Limits())
    with started(server, "crowded:application", FOLDER, *limits.options) as running:
        return asyncio.run(_Load(running, size, Random(seed), limits).run())


class _Load:
    """One server's load."""

    def __init__(self, server: Server, size: Size, random: Random, limits: Limits) -> None:
        """Begin with nobody there."""
        self._server, self._size, self._random = server, size, random
        self._sizes = [(one, weight) for one, weight in zip(SIZES, WEIGHTS, strict=True) if one >= limits.smallest]
        self._unread = limits.unread
        self._echoed = 0
        self._handshakes = asyncio.Semaphore(HANDSHAKES)

    async def run(self) -> Measured:
        """Play the rounds, and stop the server."""
        seconds, memory = list[float](), list[int]()
        for _ in range(self._size.rounds):
            began = time.monotonic()
            async with asyncio.timeout(self._size.patience):
                await self._round()
            seconds.append(round(time.monotonic() - began, 1))
            memory.append(memory_of(self._server.pid))
        return Measured(self._echoed, seconds, memory, await self._stop())

    async def _round(self) -> None:
        """Have everyone come, do what they do, and leave; then no handler runs."""
        part = self._size.connections // 20
        half_open = await asyncio.gather(*(connected(self._server.address) for _ in range(part // 2)))
        for client in half_open:
            client.begin_to_open()
        clients = await asyncio.gather(*(self._opened() for _ in range(self._size.connections - len(half_open))))
        half_sent, never_read = clients[: part // 2], clients[part // 2 : part]
        drop, close, whole = clients[2 * part : 4 * part], clients[4 * part : 6 * part], clients[6 * part :]
        for client in half_sent:
            client.send_half_a_frame()
        floods = [asyncio.create_task(self._flood(client)) for client in never_read]
        each = -(-self._size.messages // (self._size.rounds * len(whole)))
        async with asyncio.TaskGroup() as tasks:
            for several, code in ((whole, 1000), (close, 4001), (drop, None)):
                count = each if several is whole else each // 2
                for client in several:
                    tasks.create_task(self._talk(client, count, code))
        for client in (*half_open, *clients):
            client.drop()
        await asyncio.gather(*floods)
        if running := await self._idle():
            raise WrongError(f"{running} handlers run although every client has gone")

    async def _opened(self) -> Client:
        async with self._handshakes:
            client = await connected(self._server.address)
            await client.open()
        return client

    async def _talk(self, client: Client, count: int, code: int | None) -> None:
        """Echo messages, some at once, and leave: with a code, or by a reset in the middle of what comes."""
        while count > 0:
            several = [self._message() for _ in range(min(count, self._random.randint(1, 4)))]
            await client.echo(several)
            self._echoed += len(several)
            count -= len(several)
        if code is None:
            await client.send(self._message())
            client.drop()
        else:
            await client.close(code)

    async def _flood(self, client: Client) -> None:
        """Send what will come back, and never read it."""
        client.transport.pause_reading()
        with suppress(EndedError):
            for _ in range(self._unread):
                await client.send(POOL[: 1 << 16])

    def _message(self) -> Message:
        (size,) = self._random.choices([one for one, _ in self._sizes], [weight for _, weight in self._sizes])
        offset = self._random.randrange(1 << 20)
        return (POOL if self._random.random() < 0.5 else LETTERS)[offset : offset + size]

    async def _idle(self) -> int:
        """Wait until no handler runs any more; give how many still do."""
        host, _, port = self._server.address.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /idle HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return int(json.loads(answer.rpartition(b"\r\n\r\n")[2]))

    async def _stop(self) -> float | None:
        """Stop the server while everyone talks; give the seconds until all connections have ended."""
        clients = await asyncio.gather(*(self._opened() for _ in range(self._size.connections)))
        talking = [asyncio.create_task(self._talk_to_the_end(client)) for client in clients]
        await clients[-1].echo(["the last one is served"])
        self._server.ask_to_stop()
        began = time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOPPING):
                await asyncio.gather(*talking, *(client.ended.wait() for client in clients))
                return round(time.monotonic() - began, 1)
        for client in clients:
            client.drop()
        await asyncio.gather(*talking)
        return None

    async def _talk_to_the_end(self, client: Client) -> None:
        with suppress(EndedError):
            while True:
                await client.echo([LETTERS[:125]])


def memory_of(pid: int) -> int:
    """Give the memory that a process and its children hold, in MiB; 0 where the system does not tell."""
    with suppress(OSError):
        process = Path(f"/proc/{pid}")
        [line] = [line for line in (process / "status").read_text().splitlines() if line.startswith("VmRSS:")]
        children = [int(child) for task in process.glob("task/*/children") for child in task.read_text().split()]
        return int(line.split()[1]) // 1024 + sum(map(memory_of, children))
    return 0
