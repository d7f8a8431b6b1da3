"""What the clients do, round after round, and what is measured."""

import asyncio
import json
import resource
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import mean
from typing import NamedTuple, Protocol

from websockets.exceptions import ConnectionClosed

from bareasgi_ws._command.servers import started

from .client import HALF_A_FRAME, Client, EndedError, Message, WrongError, drop, half_opened, opened
from .limits import LIMITS, Limits

FOLDER = Path(__file__).parents[2] / "tests" / "servers"
HANDSHAKES = 50
"""How many are under way at once; all stay open then."""

SPARE_OPEN_FILES = 300
"""How many files a process has open beside its connections, at most."""

RELEASE_TIMEOUT = 30.0
"""How long a server may take to close its ends of the connections whose clients have gone, in seconds."""

SPARE_FILES = 4
"""How many files it may have opened for itself meanwhile."""

SIZES = (0, 1, 125, 126, 1000, 65535, 65536, 1 << 20)
WEIGHTS = (60, 60, 200, 200, 460, 10, 8, 2)
"""How often of a thousand each length comes."""

POOL = Random(0).randbytes(2 << 20)
LETTERS = POOL.translate(bytes(b"abcdefghijklmnopqrstuvwxyz "[byte % 27] for byte in range(256))).decode()
UNREAD = 6 << 20
"""How many bytes a client sends that reads none of what comes back."""


class Size(NamedTuple):
    """How much of a load it is.

    Attributes:
        connections: How many are open at once.
        messages: How many are echoed, in all rounds together.
        rounds: How often everyone comes and leaves.
        patience: How long a round may take, in seconds.
        stopping: How long a server that is stopped may take to close what is open, in seconds.
    """

    connections: int
    messages: int
    rounds: int
    patience: float
    stopping: float


WHOLE = Size(2000, 200_000, 10, 240, 15)
SMALL = Size(100, 3000, 2, 60, 15)


class Measurement(NamedTuple):
    """What was measured.

    Attributes:
        echoed: How many messages came back, each once, in order and unchanged.
        seconds: How long each round took.
        memory: How much memory the server held after each round and a collection of garbage, in MiB; zeros where that
            is not known.
        stopped: How long it took, when it was stopped, until every connection had ended; None where one did not.
    """

    echoed: int
    seconds: list[float]
    memory: list[int]
    stopped: float | None = None


class ServerState(NamedTuple):
    """What a server is left with when all clients have gone.

    Attributes:
        running: How many handlers run.
        objects: How many of Python's objects there are, as its garbage collector counts them.
    """

    running: int
    objects: int


def check_open_files(connections: int) -> None:
    """See to it that so many connections can be open, here and in a server that is started from here.

    Raises:
        RuntimeError: They cannot.
    """
    needed = connections + SPARE_OPEN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < needed and (hard == resource.RLIM_INFINITY or hard >= needed):
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
    elif soft < needed:
        raise RuntimeError(f"{connections} connections need {needed} open files, but only {hard} may be: ulimit -n")


class RunningServer(Protocol):
    """A server that runs: ``bareasgi_ws._command``'s, and what stands for one in a test.

    Attributes:
        address: Its host and port.
    """

    address: str

    @property
    def pid(self) -> int:
        """The id of its process."""
        ...

    def ask_to_stop(self) -> None:
        """Ask it to stop, and do not wait."""


def run(server: str, size: Size, seed: int) -> Measurement:
    """Put the load on a server of its own.

    Raises:
        WrongError: A message did not come back as it was sent, or not at all, a connection did not open or close, or
            a handler did not end.
    """
    check_open_files(size.connections)
    limits = LIMITS.get(server, Limits())
    with started(server, "load_application:application", FOLDER, *limits.options) as running:
        return asyncio.run(Load(running, size, Random(seed), limits).run())


class Load:
    """One server's load."""

    def __init__(self, server: RunningServer, size: Size, random: Random, limits: Limits) -> None:
        """Begin with nobody there."""
        self._server, self._size, self._random, self._limits = server, size, random, limits
        offered = [(one, weight) for one, weight in zip(SIZES, WEIGHTS, strict=True) if one >= limits.smallest]
        self._sizes, self._weights = zip(*offered, strict=True)
        self._transports: list[asyncio.Transport] = []
        self._echoed = 0
        self._files = self._objects = 0
        self._handshakes = asyncio.Semaphore(HANDSHAKES)

    async def run(self) -> Measurement:
        """Play the rounds, and stop the server."""
        await self._idle()
        self._files = files_of(self._server.pid)
        seconds, memory = list[float](), list[int]()
        for _ in range(self._size.rounds):
            began = time.monotonic()
            try:
                await asyncio.wait_for(self._round(), self._size.patience)
            except TimeoutError as error:
                at = f"{self._echoed} messages came back in all rounds together"
                raise WrongError(f"the round was not over within {self._size.patience} seconds: {at}") from error
            seconds.append(round(time.monotonic() - began, 1))
            memory.append(memory_of(self._server.pid))
        return Measurement(self._echoed, seconds, memory, await self._stop())

    async def _round(self) -> None:
        """Have everyone come, do what they do, and leave; then no handler runs."""
        part = self._size.connections // 20
        try:
            half_open = [half_opened(self._server.address) for _ in range(part // 2)]
            self._transports += await asyncio.gather(*half_open)
            clients = await self._opened(self._size.connections - len(half_open))
            half_sent, never_read = clients[: part // 2], clients[part // 2 : part]
            half_closed, lose = clients[part : 2 * part], clients[2 * part : 4 * part]
            close, whole = clients[4 * part : 6 * part], clients[6 * part :]
            for client in half_sent:
                client.transport.write(HALF_A_FRAME)
            for client in half_closed:
                client.transport.write_eof()
            floods = [asyncio.create_task(self._flood(client)) for client in never_read]
            each = -(-self._size.messages // (self._size.rounds * len(whole)))
            doing = [self._talk(client, each, 1000) for client in whole]
            doing += [self._talk(client, each // 2, 4001) for client in close]
            doing += [self._talk(client, each // 2, None) for client in lose]
            await asyncio.gather(*doing)
        finally:
            self._all_drop()
        await asyncio.gather(*floods)
        await self._wait_for_release()
        await self._check_left()

    async def _check_left(self) -> None:
        """See to it that nothing of the clients is left, once the server's own timers for them have run out."""
        until = time.monotonic() + RELEASE_TIMEOUT
        while True:
            left = await self._idle()
            if left.running:
                raise WrongError(f"{left.running} handlers run although every client has gone")
            self._objects = self._objects or left.objects
            if left.objects <= self._objects * 1.05:
                return
            if time.monotonic() > until:
                raise WrongError(f"the server has {left.objects} objects, after the first round it had {self._objects}")
            await asyncio.sleep(1)  # no event tells that a timer of the server's has let go

    async def _opened(self, count: int) -> list[Client]:
        async def come() -> Client:
            async with self._handshakes:
                client = await opened(self._server.address)
            self._transports.append(client.transport)
            return client

        return await asyncio.gather(*(come() for _ in range(count)))

    async def _talk(self, client: Client, count: int, code: int | None) -> None:
        """Echo messages, some at once, and leave: with a code, or by a reset in the middle of what comes."""
        while count > 0:
            several = [self._message() for _ in range(min(count, self._random.randint(1, 4)))]
            await client.echo(several)
            self._echoed += len(several)
            count -= len(several)
        if code is None:
            await client.send(self._message())
            drop(client.transport)
        else:
            await client.leave(code)

    async def _flood(self, client: Client) -> None:
        """Send what will come back, and never read it."""
        client.transport.pause_reading()
        with suppress(ConnectionClosed):
            for _ in range(self._limits.unread):
                await client.send(POOL[: UNREAD // self._limits.unread])

    def _message(self) -> Message:
        (size,) = self._random.choices(self._sizes, self._weights)
        offset = self._random.randrange(1 << 20)
        return (POOL if self._random.random() < 0.5 else LETTERS)[offset : offset + size]

    def _all_drop(self) -> None:
        for transport in self._transports:
            drop(transport)
        self._transports.clear()

    async def _wait_for_release(self) -> None:
        """Wait until the server has closed its end of every connection, where the system tells."""
        deadline = time.monotonic() + RELEASE_TIMEOUT
        while (held := files_of(self._server.pid) - self._files) > SPARE_FILES:
            if time.monotonic() > deadline:
                raise WrongError(f"the server holds {held} more files than before, although every client has gone")
            await asyncio.sleep(0.05)

    async def _idle(self) -> ServerState:
        """Wait until no handler runs any more; give what is left."""
        host, _, port = self._server.address.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /idle HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return ServerState(**json.loads(answer.rpartition(b"\r\n\r\n")[2]))

    async def _stop(self) -> float | None:
        """Stop the server while everyone talks; give the seconds until all connections have ended."""
        talking = list[asyncio.Task[None]]()
        try:
            clients = await self._opened(self._size.connections)
            await asyncio.gather(*(client.echo(["here"]) for client in clients))
            talking += [asyncio.create_task(self._talk_to_the_end(client)) for client in clients]
            await asyncio.sleep(0)  # each sends
            self._server.ask_to_stop()
            began = time.monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._size.stopping):
                    await asyncio.gather(*(client.wait_closed() for client in clients))
                    return round(time.monotonic() - began, 1)
            return None
        finally:
            self._all_drop()
            await asyncio.gather(*talking)

    async def _talk_to_the_end(self, client: Client) -> None:
        with suppress(EndedError):
            while True:
                await client.echo([LETTERS[:125]])


def is_flat(memory: list[int]) -> bool:
    """Tell whether the memory came back to what it was: its least in the second half, to its mean in the first.

    The first round does not count, and a tenth is allowed: what an allocator keeps goes up and down.
    """
    half = len(memory) // 2
    return min(memory[half:]) <= 1.1 * mean(memory[1:half])


def memory_of(pid: int) -> int:
    """Return the memory that a process and its children hold, in MiB; 0 where the system does not tell."""
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        [line] = [line for line in status if line.startswith("VmRSS:")]
        return int(line.split()[1]) // 1024 + sum(map(memory_of, _children(pid)))
    return 0


def files_of(pid: int) -> int:
    """Return how many files a process and its children have open; 0 where the system does not tell."""
    with suppress(OSError):
        return len(list(Path(f"/proc/{pid}/fd").iterdir())) + sum(map(files_of, _children(pid)))
    return 0


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}").glob("task/*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
