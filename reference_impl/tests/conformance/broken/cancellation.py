"""Faults that fail a requirement of WS-CANCELLATION."""

import asyncio
from typing import Any

import anyio
import anyio.lowlevel

from bareasgi_ws import WebSocketClosedError, WebSocketStateError
from bareasgi_ws._reference.socket import DenyingWebSocket
from bareasgi_ws._rules.states import BEFORE

from .fault import web_socket_fails


def on_trio() -> bool:
    """Tell trio from asyncio, whose futures and tasks some faults are made of: on trio they are the like."""
    return anyio.get_cancelled_exc_class() is not asyncio.CancelledError


@web_socket_fails("WS-CANCELLATION-01")
class LosesWhatItHolds(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        content = await super().receive()
        await anyio.lowlevel.checkpoint()
        return content


@web_socket_fails("WS-CANCELLATION-01")
class LeavesTheMessageToAnInnerTask(LosesWhatItHolds):
    """The inner task goes on, takes the next message, and nobody asks for it."""

    async def receive(self) -> Any:
        if on_trio():
            return await super().receive()
        try:
            return await asyncio.shield(DenyingWebSocket.receive(self))
        except asyncio.CancelledError:
            self._enter(self.state)
            raise


@web_socket_fails("WS-CANCELLATION-01")
class HandsOverByAFuture(LosesWhatItHolds):
    """What its reader puts into the future is lost where the task is cancelled before it goes on."""

    _reader: Any = None
    _future: Any = None

    async def receive(self) -> Any:
        if on_trio() or not self._state.can_receive:
            return await super().receive()
        if self._future is not None:
            raise WebSocketStateError("receive(): another one waits")
        reader = self._reader or asyncio.ensure_future(DenyingWebSocket.receive(self))
        self._reader, self._future = reader, asyncio.get_running_loop().create_future()
        reader.add_done_callback(self._hand_over)
        try:
            await self._future
        finally:
            self._future = None
        return reader.result()

    def _hand_over(self, reader: Any) -> None:
        if self._future is not None and not self._future.done():
            self._future.set_result(None)
            self._reader = None


@web_socket_fails("WS-CANCELLATION-02")
class KeepsTheLockOfACancelledSend(DenyingWebSocket[Any]):
    _lock: Any = None

    async def send(self, content: Any) -> None:
        self._lock = self._lock or anyio.Semaphore(1)
        await self._lock.acquire()
        try:
            await super().send(content)
        except Exception:
            self._lock.release()
            raise
        self._lock.release()


@web_socket_fails("WS-CANCELLATION-02")
class GivesUpWhenASendIsCancelled(DenyingWebSocket[Any]):
    """As trio's SSLStream, which a cancelled send breaks."""

    _is_broken = False

    async def send(self, content: Any) -> None:
        if self._is_broken:
            raise WebSocketClosedError("send(): an earlier one was cancelled")
        try:
            await super().send(content)
        except anyio.get_cancelled_exc_class():
            self._is_broken = True
            raise


@web_socket_fails("WS-CANCELLATION-03")
class TakesBackACancelledClose(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        before = self.state
        try:
            await super().close(code)
        except anyio.get_cancelled_exc_class():
            self._enter(before)
            self._code = None
            raise


@web_socket_fails("WS-CANCELLATION-04")
class TakesBackACancelledAccept(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        try:
            await super().accept(subprotocol, headers)
        except anyio.get_cancelled_exc_class():
            self._enter(BEFORE)
            raise


@web_socket_fails("WS-CANCELLATION-05")
class TakesACancellationForTheEnd(DenyingWebSocket[Any]):
    async def receive(self) -> Any:
        try:
            return await super().receive()
        except anyio.get_cancelled_exc_class():
            return None


@web_socket_fails("WS-CANCELLATION-05")
class TakesACancellationForTheClientGone(DenyingWebSocket[Any]):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except anyio.get_cancelled_exc_class() as error:
            raise WebSocketClosedError("send(): the client has gone") from error


@web_socket_fails("WS-CANCELLATION-05")
class ClosesQuietly(DenyingWebSocket[Any]):
    async def close(self, code: Any = 1000) -> None:
        try:
            await super().close(code)
        except anyio.get_cancelled_exc_class():
            pass


@web_socket_fails("WS-CANCELLATION-05")
class AcceptsQuietly(DenyingWebSocket[Any]):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        try:
            await super().accept(subprotocol, headers)
        except anyio.get_cancelled_exc_class():
            pass


@web_socket_fails("WS-CANCELLATION-05")
class GivesTheMessageForTheCancellation(TakesACancellationForTheEnd):
    """As asyncio.wait_for did until Python 3.12."""

    async def receive(self) -> Any:
        if on_trio():
            return await super().receive()
        inner = asyncio.ensure_future(DenyingWebSocket.receive(self))
        try:
            await asyncio.wait([inner])
        except asyncio.CancelledError:
            if not inner.done():
                inner.cancel()
                await asyncio.wait([inner])
                raise
        return inner.result()


@web_socket_fails("WS-CANCELLATION-05")
class TakesTheCancellationBack(TakesACancellationForTheEnd):
    """It goes on, but whoever asks whether the task is being cancelled is told no."""

    async def receive(self) -> Any:
        if on_trio():
            return await super().receive()
        try:
            return await DenyingWebSocket.receive(self)
        except asyncio.CancelledError:
            if (task := asyncio.current_task()) is not None:
                task.uncancel()
            raise


@web_socket_fails("WS-CANCELLATION-02")
class KeepsThePlaceOfACancelledSend(DenyingWebSocket[Any]):
    """Sends wait for each other, in a row that a cancelled one does not leave."""

    async def send(self, content: Any) -> None:
        if not self.state.can_send or not isinstance(content, str | bytes):
            await super().send(content)
        row, own = self.__dict__.setdefault("row", []), anyio.Event()
        row.append(own)
        if row[0] is not own:
            await own.wait()
        try:
            await super().send(content)
        finally:
            row.pop(0)
            if row:
                row[0].set()
