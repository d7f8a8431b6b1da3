"""Faults that fail a requirement of WS-INDEPENDENCE: what is kept where all connections reach it."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, cast

import anyio

from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket, ReferenceWebSocket
from bareasgi_ws._rules.states import Step

from ...sample_reports import application_with
from .fault import application_fails, serve

WebSocketOf = Callable[[], type[ReferenceWebSocket[Any]]]


def shared_fails(requirement: str, *, blocks: tuple[str, ...] = ()) -> Callable[[WebSocketOf], WebSocketOf]:
    """Register what makes a web_socket for each application, whose connections share what it keeps."""

    def register(web_socket_of: WebSocketOf) -> WebSocketOf:
        def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
            return application_with(web_socket_of(), handler, route, content, info)

        make_application.__name__ = web_socket_of.__name__
        application_fails(requirement, blocks=blocks)(make_application)
        return web_socket_of

    return register


HOLDS_UP = ("WS-INDEPENDENCE-02", "WS-INDEPENDENCE-03")
MIXES = ("WS-INDEPENDENCE-03",)


@application_fails("WS-INDEPENDENCE-01", blocks=HOLDS_UP)
def serves_one_at_a_time(handler: Any, route: str, content: Any, info: Any) -> Any:
    served, lock = serve(handler, route, content, info), anyio.Lock()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        async with lock:
            await served(scope, receive, send)

    return application


@shared_fails("WS-INDEPENDENCE-01", blocks=HOLDS_UP)
def receives_one_at_a_time() -> type[ReferenceWebSocket[Any]]:
    lock = anyio.Lock()

    class OneReceives(DenyingWebSocket[Any]):
        _asks = False

        async def receive(self) -> Any:
            if self._asks:
                raise WebSocketStateError("receive(): another waits")
            self._asks = True
            try:
                async with lock:
                    return await super().receive()
            finally:
                self._asks = False

    return OneReceives


@shared_fails("WS-INDEPENDENCE-01", blocks=HOLDS_UP)
def sends_one_at_a_time() -> type[ReferenceWebSocket[Any]]:
    lock = anyio.Lock()

    class OneSends(DenyingWebSocket[Any]):
        async def send(self, content: Any) -> None:
            if not self._state.can_send:
                return await super().send(content)
            async with lock:
                return await super().send(content)

    return OneSends


@shared_fails("WS-INDEPENDENCE-02", blocks=MIXES)
def sends_to_who_came_last() -> type[ReferenceWebSocket[Any]]:
    """As one that keeps the web_socket on itself."""

    class SendsToTheLast(DenyingWebSocket[Any]):
        last: Any = None

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            type(self).last = self

        async def send(self, content: Any) -> None:
            await DenyingWebSocket.send(self.last, content)

    return SendsToTheLast


@shared_fails("WS-INDEPENDENCE-02", blocks=MIXES)
def receives_from_who_came_last() -> type[ReferenceWebSocket[Any]]:
    class ReceivesFromTheLast(DenyingWebSocket[Any]):
        last: Any = None

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            type(self).last = self

        async def receive(self) -> Any:
            return await DenyingWebSocket.receive(self.last)

    return ReceivesFromTheLast


@shared_fails("WS-INDEPENDENCE-03")
def shares_the_headers_of_accept() -> type[ReferenceWebSocket[Any]]:
    """As a default that is a list, to which each accept adds."""
    shared: list[Any] = []

    class SharesHeaders(DenyingWebSocket[Any]):
        async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
            given = [] if headers is None else headers
            await super().accept(subprotocol, [*shared, *given] if isinstance(given, list) else given)
            shared.extend(headers or ())

    return SharesHeaders


@shared_fails("WS-INDEPENDENCE-03")
def remembers_the_subprotocol() -> type[ReferenceWebSocket[Any]]:
    class RemembersTheSubprotocol(DenyingWebSocket[Any]):
        last: Any = None

        async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
            if subprotocol is None and self.last is not None:
                self.subprotocols = (*self.subprotocols, self.last)
                subprotocol = self.last
            await super().accept(subprotocol, headers)
            type(self).last = subprotocol

    return RemembersTheSubprotocol


@shared_fails("WS-INDEPENDENCE-03")
def has_one_code_for_all() -> type[ReferenceWebSocket[Any]]:
    class OneCode(DenyingWebSocket[Any]):
        shared: Any = None

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            type(self).shared = None

        def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
            super()._end(by, following, code, reason)
            type(self).shared = code

        @property
        def code(self) -> int | None:
            return None if self._code is None else self.shared

    return OneCode


@shared_fails("WS-INDEPENDENCE-03")
def begins_with_the_last_code() -> type[ReferenceWebSocket[Any]]:
    class BeginsWithTheLast(DenyingWebSocket[Any]):
        last: Any = None

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self._code = self.last

        def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
            super()._end(by, following, code, reason)
            type(self).last = code

    return BeginsWithTheLast


@shared_fails("WS-INDEPENDENCE-03")
def is_closed_for_all() -> type[ReferenceWebSocket[Any]]:
    class ClosedForAll(DenyingWebSocket[Any]):
        has_closed = False

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            type(self).has_closed = False

        async def close(self, code: Any = 1000) -> None:
            await super().close(code)
            type(self).has_closed = True

        async def send(self, content: Any) -> None:
            if self.has_closed and self._state.can_send:
                raise WebSocketClosedError("send(): closed")
            await super().send(content)

    return ClosedForAll


@application_fails("WS-INDEPENDENCE-03")
def has_one_scope_for_all(handler: Any, route: str, content: Any, info: Any) -> Any:
    shared: dict[str, Any] = {}

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        shared.clear()
        shared.update(scope)
        await handler(shared, info, matches, web_socket)

    return serve(handled, route, content, info)


@application_fails("WS-INDEPENDENCE-03")
def has_one_dict_of_matches_for_all(handler: Any, route: str, content: Any, info: Any) -> Any:
    shared: dict[str, Any] = {}

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        shared.update(matches)
        await handler(scope, info, shared, web_socket)

    return serve(handled, route, content, info)


@shared_fails("WS-INDEPENDENCE-02", blocks=MIXES)
def sends_to_the_client_of_its_task() -> type[ReferenceWebSocket[Any]]:
    """As one that keeps the connection in a context variable."""
    current: ContextVar[Any] = ContextVar("current", default=None)

    class SendsToTheTasks(DenyingWebSocket[Any]):
        async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
            await super().accept(subprotocol, headers)
            current.set(self)

        async def send(self, content: Any) -> None:
            other = current.get()
            is_open = other is not None and other.state.can_send and self.state.can_send
            await DenyingWebSocket.send(cast("Any", other if is_open else self), content)

    return SendsToTheTasks


@shared_fails("WS-INDEPENDENCE-03")
def has_one_reason_for_all() -> type[ReferenceWebSocket[Any]]:
    class OneReason(DenyingWebSocket[Any]):
        shared: Any = None

        def _end(self, by: Step | str, following: Any, code: int, reason: str | None) -> None:
            super()._end(by, following, code, reason)
            type(self).shared = reason

        @property
        def reason(self) -> str | None:
            return None if self._code is None else self.shared

    return OneReason


@shared_fails("WS-INDEPENDENCE-03")
def finds_the_next_gone_too() -> type[ReferenceWebSocket[Any]]:
    class GoneForAll(DenyingWebSocket[Any]):
        has_gone = False

        async def send(self, content: Any) -> None:
            if self.has_gone and self.state.can_send:
                type(self).has_gone = False
                raise WebSocketClosedError("send(): the client has gone")
            try:
                await super().send(content)
            except WebSocketClosedError:
                type(self).has_gone = self.code is None
                raise

        async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
            type(self).has_gone = False
            await super().accept(subprotocol, headers)

    return GoneForAll


@application_fails("WS-INDEPENDENCE-01", blocks=HOLDS_UP)
def serves_four_at_a_time(handler: Any, route: str, content: Any, info: Any) -> Any:
    served, four = serve(handler, route, content, info), anyio.Semaphore(4)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        async with four:
            await served(scope, receive, send)

    return application


@shared_fails("WS-INDEPENDENCE-01", blocks=HOLDS_UP)
def closes_one_at_a_time() -> type[ReferenceWebSocket[Any]]:
    lock = anyio.Lock()

    class OneCloses(DenyingWebSocket[Any]):
        async def _send_close(self, code: int, reason: str) -> None:
            async with lock:
                await super()._send_close(code, reason)

    return OneCloses
