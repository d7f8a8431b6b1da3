"""Where a check plays: both ends of a connection, each step with its name, its deadline and its line in the record."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple, TypeAlias, TypeVar

import anyio

from .._memory.answers import Handshake
from .backend import Backend, Peer

T = TypeVar("T")
Script: TypeAlias = Callable[["Actor"], Awaitable[None]]


class Failure(Exception):
    """A step did not go as the requirement asks.

    Attributes:
        step: The step: who did what.
        expected: What the requirement asks for.
        came: What came.
    """

    def __init__(self, step: str, expected: str, came: str) -> None:
        """Say what was expected and what came."""
        super().__init__(f"{step}: expected {expected}, got {came}")
        self.step, self.expected, self.came = step, expected, came


class Boom(Exception):
    """What a script raises on purpose."""


class NotOffered(Exception):
    """The backend or its peer does not offer what the check needs."""


class Called(NamedTuple):
    """What a handler was called with, beside the web_socket."""

    scope: Mapping[str, Any]
    info: Any
    matches: Mapping[str, Any]


class Stage:
    """One check's connections.

    Attributes:
        failure: The first step that failed, at either end.
        missing: What the backend does not offer, where the check needs it.
        record: What happened, a line a step.
        deadline: How long a step of the handler's may take, in seconds.
    """

    def __init__(self, backend: Backend, deadline: float) -> None:
        """Begin with no connection; the deadline of each step is in seconds."""
        self.backend = backend
        self.failure: Failure | None = None
        self.missing: NotOffered | None = None
        self.record: list[str] = []
        self.deadline = deadline

    @asynccontextmanager
    async def connect(self, script: Script, **how: Any) -> AsyncGenerator["Client"]:
        """Serve the script as a handler, connect, and see to it that the handler has ended."""
        ended, started = anyio.Event(), anyio.Event()

        async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            started.set()
            try:
                await script(Actor(self, web_socket, Called(scope, info, matches)))
            except (Boom, Failure, NotOffered):
                raise
            except Exception as error:
                self.fail("handler", "no exception", f"{type(error).__name__}: {error}")
            finally:
                ended.set()

        async with self.backend.connect(handler, **how) as peer:
            yield Client(self, peer)
            with self.step("client: close()"):
                await peer.close()
            if started.is_set():
                with self.step("client: waiting for the handler to return"):
                    await ended.wait()
        if self.failure is not None:
            raise self.failure

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        """Hold a step to its deadline: twice as long for the client's, which may wait for one of the handler's."""
        deadline = self.deadline if name.startswith("handler") else 2 * self.deadline
        with anyio.move_on_after(deadline) as scope:
            yield
        if scope.cancelled_caught:
            self.fail(name, f"an end within {deadline} s", "none")

    def fail(self, step: str, expected: str, came: str) -> None:
        """End the check; the first failure is the one that counts."""
        failure = Failure(step, expected, came)
        self.record.append(str(failure))
        if self.failure is None:
            self.failure = failure
        raise failure

    def offering(self, name: str, offered: object, what: type[T]) -> T:
        """Give an object as what the check needs it to be, where it is that."""
        if isinstance(offered, what):
            return offered
        self.missing = NotOffered(f"its {name} is no {what.__name__}")
        raise self.missing

    def expect(self, step: str, expected: object, came: object) -> None:
        """Compare what came, type and value."""
        if came != expected or type(came) is not type(expected):
            self.fail(step, repr(expected), repr(came))

    async def call(self, step: str, awaitable: Awaitable[T]) -> T:
        """Take a step that is to return."""
        try:
            with self.step(step):
                result = await awaitable
                self.record.append(f"{step} -> {result!r}")
                return result
        except Failure:
            raise
        except Exception as error:
            self.fail(step, "no exception", f"{type(error).__name__}: {error}")
        raise AssertionError("a step that ran out of time has failed")

    async def refused(self, step: str, error: type[Exception], awaitable: Awaitable[object]) -> None:
        """Take a step that is to raise."""
        try:
            with self.step(step):
                result = await awaitable
        except error as raised:
            self.record.append(f"{step} raised {type(raised).__name__}")
        except Failure:
            raise
        except Exception as other:
            self.fail(step, error.__name__, f"{type(other).__name__}: {other}")
        else:
            self.fail(step, error.__name__, repr(result))


class Actor:
    """The handler's end: each call a step that is to return, or to be refused."""

    def __init__(self, stage: Stage, web_socket: Any, called: Called) -> None:
        """Act on a web_socket."""
        self.stage = stage
        self.web_socket = web_socket
        self.called = called

    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        """Accept."""
        await self.do("accept", *_given(subprotocol, headers))

    async def receive(self) -> Any:
        """Receive."""
        return await self.do("receive")

    async def send(self, content: Any) -> None:
        """Send."""
        await self.do("send", content)

    async def close(self, *code: Any) -> None:
        """Close."""
        await self.do("close", *code)

    async def do(self, method: str, *arguments: Any) -> Any:
        """Call a method that is to return."""
        return await self.stage.call(_step("handler", method, arguments), self._call(method, arguments))

    async def refused(self, error: type[Exception], method: str, *arguments: Any) -> None:
        """Call a method that is to raise."""
        await self.stage.refused(_step("handler", method, arguments), error, self._call(method, arguments))

    def expect_code(self, expected: int | None) -> None:
        """Compare the close code; it is to be a plain int or None."""
        try:
            came = self.web_socket.code
        except Exception as error:
            self.stage.fail("handler: code", repr(expected), f"{type(error).__name__}: {error}")
        else:
            self.stage.expect("handler: code", expected, came)

    async def expect_receive(self, expected: Any) -> None:
        """Receive, and compare what came."""
        self.stage.expect("handler: receive()", expected, await self.receive())

    async def attempt(self, error: type[Exception], method: str, *arguments: Any) -> Exception | None:
        """Call a method that may return or raise; give what it raised."""
        raised: list[Exception] = []

        async def attempted() -> Any:
            try:
                return await self._call(method, arguments)
            except error as caught:
                raised.append(caught)

        await self.stage.call(_step("handler", method, arguments), attempted())
        return raised[0] if raised else None

    def offering(self, capability: type[T]) -> T:
        """Give the web_socket as one with the capability, where it has that."""
        return self.stage.offering("web_socket", self.web_socket, capability)

    async def _call(self, method: str, arguments: tuple[Any, ...]) -> Any:
        # A coroutine of its own, so that what is raised before anything is awaited is the step's too.
        return await getattr(self.web_socket, method)(*arguments)


class Client:
    """The client's end: each call a step that is to return."""

    def __init__(self, stage: Stage, peer: Peer) -> None:
        """Drive a peer."""
        self.stage = stage
        self.peer = peer

    async def handshake(self) -> Handshake:
        """Wait for the answer to the opening request."""
        answer = await self.stage.call("client: handshake", self.peer.handshake())
        return answer._replace(status=int(answer.status))

    async def accepted(self) -> Handshake:
        """Wait for a positive answer."""
        handshake = await self.handshake()
        self.stage.expect("client: status of the handshake", 101, handshake.status)
        return handshake

    async def send(self, content: bytes | str) -> None:
        """Send."""
        await self.stage.call(_step("client", "send", (content,)), self.peer.send(content))

    async def expect(self, expected: bytes | str) -> None:
        """Receive, and compare what came."""
        self.stage.expect("client: receive()", expected, await self.receive())

    async def receive(self) -> bytes | str | None:
        """Receive."""
        return await self.stage.call("client: receive()", self.peer.receive())

    async def expect_close(self, code: int) -> None:
        """Receive nothing more, and compare the close code."""
        self.stage.expect("client: receive()", None, await self.receive())
        self.stage.expect("client: close code", code, None if self.peer.code is None else int(self.peer.code))

    async def close(self, *arguments: Any) -> None:
        """Close."""
        await self.stage.call(_step("client", "close", arguments), self.peer.close(*arguments))

    async def drop(self) -> None:
        """Lose the connection."""
        await self.stage.call("client: drop()", self.peer.drop())

    def offering(self, extra: type[T]) -> T:
        """Give the peer as one with the extra, where it has that."""
        return self.stage.offering("peer", self.peer, extra)


def _given(*arguments: Any) -> tuple[Any, ...]:
    """Leave out trailing Nones, so that defaults are tried too."""
    while arguments and arguments[-1] is None:
        arguments = arguments[:-1]
    return arguments


def _step(who: str, method: str, arguments: tuple[Any, ...]) -> str:
    return f"{who}: {method}({', '.join(map(repr, arguments))})"
