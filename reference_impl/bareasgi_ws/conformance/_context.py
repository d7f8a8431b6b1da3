"""What a check runs in: it connects a client to a handler that the backend serves."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

import anyio

from ..errors import WebSocketStateError
from ._ends import ClientEnd, HandlerArguments, HandlerEnd
from ._steps import DeliberateError, Failure, NotOffered, OnStep, Steps, error_line
from .backend import Backend, SupportsCloseTimeout

CheckHandler: TypeAlias = Callable[[HandlerEnd], Awaitable[None]]


class CheckContext(Steps):
    """The connections of one check."""

    def __init__(
        self,
        backend: Backend,
        deadline: float,
        on_step: OnStep = lambda step: None,
        *,
        client_leaves_first: bool = False,
    ) -> None:
        """Begin with no connection.

        Args:
            backend: What is checked.
            deadline: How long a step of the handler's may take, in seconds.
            on_step: Called with each step as it begins.
            client_leaves_first: Whether a handler that has returned waits until the client has gone: some servers fail
                where both ends close at once, which is for WS-SERVER-30 alone to show.
        """
        super().__init__(
            deadline, backend.close_timeout if isinstance(backend, SupportsCloseTimeout) else 10.0, on_step
        )
        self._backend = backend
        self._client_leaves_first = client_leaves_first

    async def run(self, check: Callable[["CheckContext"], Awaitable[None]]) -> Failure | None:
        """Run the check's function, and return its failure."""
        limit = 10 * self.deadline  # beyond every step's own, for a backend that hangs outside of them
        try:
            with anyio.move_on_after(limit) as self.overall_scope:
                await check(self)
            if self.overall_scope.cancelled_caught and self.failure is None:
                self.fail(self.current, f"an end within {limit:g} s", "none")
        except (Failure, NotOffered):
            return self.failure
        except Exception as error:  # a backend that crashes has failed its check, not the kit
            if self.failure is None:
                self.record(self.current, f"raised {error_line(error)}", failed=True)
            return self.failure or Failure(self.current, "no exception", error_line(error))
        return self.failure

    @asynccontextmanager
    async def connect(self, handler: CheckHandler, **options: Any) -> AsyncGenerator[ClientEnd]:
        """Serve the handler, connect a client, and wait for the handler's end."""
        ended, started = anyio.Event(), anyio.Event()
        self._connection += 1

        async def checked_handler(scope: Any, info: Any, matches: Any, web_socket: Any, /) -> None:
            started.set()
            try:
                await handler(HandlerEnd(self, web_socket, HandlerArguments(scope, info, matches)))
                if self._client_leaves_first:
                    await self._until_disconnected(web_socket)
            except (DeliberateError, Failure, NotOffered):
                raise
            except Exception as error:
                self.fail("handler", "no exception", error_line(error))
            finally:
                ended.set()

        self.begin("client: connecting")
        async with self._backend.connect(checked_handler, **options) as peer:
            yield ClientEnd(self, peer)
            with self.step("client: close()"):
                await peer.close()
            if started.is_set():
                with self.step("client: waiting for the handler to return"):
                    await ended.wait()
            self.begin("client: leaving connect()")
        if self.failure is not None:
            raise self.failure

    async def _until_disconnected(self, web_socket: Any) -> None:
        with anyio.move_on_after(self.deadline), suppress(WebSocketStateError):  # it may not have accepted
            while await web_socket.receive() is not None:
                pass
