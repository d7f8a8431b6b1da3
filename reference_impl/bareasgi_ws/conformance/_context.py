"""What a check runs in: it connects a client to a handler that the backend serves."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import Any, TypeAlias, TypeVar, cast

import anyio

from .._rules.arguments import error_line
from ..errors import WebSocketStateError
from ._ends import ClientEnd, HandlerArguments, HandlerEnd
from ._explanation import explanation
from ._steps import NO_EXCEPTION, DeliberateError, Failure, NotOffered, OnStep, Steps
from .backend import Backend, Peer, SupportsCloseTimeout, SupportsServe

CheckHandler: TypeAlias = Callable[[HandlerEnd], Awaitable[None]]
Form: TypeAlias = Callable[[Callable[..., Awaitable[None]]], Any]
ConnectClient: TypeAlias = Callable[..., AbstractAsyncContextManager[ClientEnd]]
Raised = TypeVar("Raised", bound=BaseException)


class Calls:
    """The calls of one handler, for the clients that it is served to.

    Attributes:
        connections: How many clients there have been.
        open: How many of them have not left.
        begun: How many calls there have been.
    """

    def __init__(self) -> None:
        """Begin with no client."""
        self.connections = self.open = self.begun = 0
        self._running = 0
        self._ended = anyio.Event()

    def begin(self) -> None:
        """Note that a call begins."""
        self.begun += 1
        self._running += 1

    def end(self) -> None:
        """Note that a call has ended."""
        self._running -= 1
        self._ended.set()

    async def until_few_run(self) -> None:
        """Wait until no more calls run than there are clients."""
        while self._running > self.open:
            self._ended = anyio.Event()
            await self._ended.wait()


class CheckContext(Steps):
    """The connections of one check.

    Attributes:
        calls_too_many: How often a handler was called again for a connection.
    """

    def __init__(
        self,
        backend: Backend,
        deadline: float,
        on_step: OnStep = lambda step: None,
        *,
        binds_server: bool = False,
    ) -> None:
        """Begin with no connection.

        Args:
            backend: What is checked.
            deadline: How long a step of the handler's may take, in seconds.
            on_step: Called with each step as it begins.
            binds_server: Whether the check looks at the server below the backend. Then a handler that has returned
                waits until the client has gone, for some servers fail where both ends close at once, which is for
                WS-SERVER-30 alone to show. And its failure does not go to the server, which may log it while another
                check looks at the log: daphne 4.2 does so once a second.
        """
        super().__init__(
            deadline, backend.close_timeout if isinstance(backend, SupportsCloseTimeout) else 10.0, on_step
        )
        self._backend = backend
        self._binds_server = binds_server
        self._deliberate: list[BaseException] = []
        self.calls_too_many = 0

    async def run(self, check: Callable[["CheckContext"], Awaitable[None]]) -> Failure | None:
        """Run the check's function, and return its failure."""
        limit = 10 * self.deadline  # beyond every step's own, for a backend that hangs outside of them
        try:
            with anyio.move_on_after(limit) as self.overall_scope:
                await check(self)
            if self.overall_scope.cancelled_caught and self.failure is None:
                self.fail(self.current, f"an end within {limit:g} s", f"still waiting after {limit:g} s")
        except (Failure, NotOffered):
            return self.failure
        except BaseException as error:  # a backend that crashes has failed its check, not the kit
            if self._is_deliberate(error):
                expected = "that it goes to the server, and no further"
                return self.failure or Failure(self.current, expected, error_line(error))
            if not isinstance(error, Exception):
                raise
            if self.failure is None:
                self.record(self.current, f"raised {error_line(error)}", failed=True)
            return self.failure or Failure(self.current, NO_EXCEPTION, error_line(error), explanation(error))
        return self.failure

    @asynccontextmanager
    async def connect(
        self, handler: CheckHandler, *, form: Form = lambda handler: handler, **options: Any
    ) -> AsyncGenerator[ClientEnd]:
        """Serve the handler, connect a client, and wait for the handler's end.

        Args:
            handler: What is run as the handler; a failure in it is the check's.
            form: Makes the handler that the backend is given, of a coroutine function.
            options: What ``Backend.connect`` takes.
        """
        calls = Calls()
        served = form(self._checked(handler, calls))
        async with self._connected(calls, partial(self._backend.connect, served, **options)) as client:
            yield client
        if self.failure is not None:
            raise self.failure

    @asynccontextmanager
    async def serve(self, handler: CheckHandler, **options: Any) -> AsyncGenerator[ConnectClient]:
        """Serve the handler to several clients, of which each that leaves waits for the end of its handler.

        Where the backend cannot, each client has a server of its own.

        Args:
            handler: What is run as the handler, for each client.
            options: What ``SupportsServe.serve`` takes.
        """
        if not isinstance(self._backend, SupportsServe):
            yield partial(self.connect, handler, **options)
            return
        calls = Calls()
        async with self._backend.serve(self._checked(handler, calls), **options) as connect:

            def connect_client(**request: Any) -> AbstractAsyncContextManager[ClientEnd]:
                return self._connected(calls, partial(connect, **request))

            yield connect_client
            self.begin("client: leaving serve()")
        if self.failure is not None:
            raise self.failure

    def deliberate(self, error: Raised) -> Raised:
        """Return an exception that a handler may raise: it is no failure of the check."""
        self._deliberate.append(error)
        return error

    def _is_deliberate(self, error: BaseException) -> bool:
        """Tell whether a handler raised this on purpose, or all that is in this group."""
        if any(error is one for one in self._deliberate):
            return True
        if not isinstance(error, BaseExceptionGroup):
            return False
        group = cast("BaseExceptionGroup[BaseException]", error)
        return all(map(self._is_deliberate, group.exceptions))

    def _checked(self, handler: CheckHandler, calls: Calls) -> Callable[..., Awaitable[None]]:
        """Return the handler that the backend is given; one that is called again for a connection returns at once."""

        async def checked_handler(scope: Any, info: Any, matches: Any, web_socket: Any, /) -> None:
            if calls.begun == calls.connections:
                self.calls_too_many += 1
                return
            calls.begin()
            try:
                await handler(HandlerEnd(self, web_socket, HandlerArguments(scope, info, matches)))
                if self._binds_server:
                    await self._until_disconnected(web_socket)
            except DeliberateError:
                raise
            except (Failure, NotOffered):
                if not self._binds_server:
                    raise
            except Exception as error:
                if self._is_deliberate(error):
                    raise
                self.fail("handler", NO_EXCEPTION, error_line(error), explanation(error))
            finally:
                calls.end()

        return checked_handler

    @asynccontextmanager
    async def _connected(
        self, calls: Calls, connect: Callable[[], AbstractAsyncContextManager[Peer]]
    ) -> AsyncGenerator[ClientEnd]:
        self._connection += 1
        calls.connections += 1
        calls.open += 1
        self.begin("client: connecting")
        async with connect() as peer:
            yield ClientEnd(self, peer)
            with self.step("client: close()"):
                await peer.close()
            calls.open -= 1
            if calls.begun:
                with self.step("client: waiting for the handler to return"):
                    await calls.until_few_run()
            self.begin("client: leaving connect()")

    async def _until_disconnected(self, web_socket: Any) -> None:
        with anyio.move_on_after(self.deadline), suppress(WebSocketStateError):  # it may not have accepted
            while await web_socket.receive() is not None:
                pass
