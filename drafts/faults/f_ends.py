"""Exceptions, cancellation, lifetime, timing."""

import asyncio
import contextvars
import inspect
from typing import Any

import anyio
from base import Base, application, handled, is_routine, socket, wrapped
from bareasgi_ws import Application, WebSocketClosedError, WebSocketStateError
from bareasgi_ws._rules.states import BEFORE, CLOSED, GONE, OPEN


def raising(name: str, says: str) -> Any:
    """What becomes of an exception on its way from the application to the server."""

    def register(change: Any) -> Any:
        def wrap(app: Any) -> Any:
            async def application(scope: Any, receive: Any, send: Any) -> None:
                try:
                    await app(scope, receive, send)
                except BaseException as error:
                    change(error)
                    raise

            return application

        wrapped(name, says)(wrap)
        return change

    return register


def swallowing(name: str, says: str, *types: Any) -> None:
    def wrap(app: Any) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            try:
                await app(scope, receive, send)
            except types:
                pass

        return application

    wrapped(name, says)(wrap)


TO_SERVER = "(WS-LIFETIME-06; issue 15.2)"
swallowing("closed-error-swallowed", f"a WebSocketClosedError that leaves the handler does not reach the server {TO_SERVER}", WebSocketClosedError)
swallowing("connection-error-swallowed", f"a ConnectionError of the handler's own, its database's, does not reach the server {TO_SERVER}", ConnectionError)
swallowing("os-error-swallowed", f"an OSError of the handler's own does not reach the server {TO_SERVER}", OSError)
swallowing("timeout-error-swallowed", f"a TimeoutError of the handler's own does not reach the server {TO_SERVER}", TimeoutError)
swallowing("stop-async-iteration-swallowed", f"a StopAsyncIteration of the handler's does not reach the server {TO_SERVER}", StopAsyncIteration)
swallowing("group-swallowed", f"an ExceptionGroup of the handler's does not reach the server {TO_SERVER}", ExceptionGroup)
swallowing("key-error-swallowed", f"a KeyError does not reach the server: `except KeyError` meant for a look-up stands around the handler {TO_SERVER}", KeyError)
swallowing("attribute-error-swallowed", f"an AttributeError does not reach the server {TO_SERVER}", AttributeError)
swallowing("eof-error-swallowed", f"an EOFError, IncompleteReadError of a stream of the handler's own, does not reach the server {TO_SERVER}", EOFError)
swallowing("state-error-swallowed", f"a WebSocketStateError that leaves the handler does not reach the server {TO_SERVER}", WebSocketStateError)


@raising("base-exception-swallowed-by-name", f"a BaseException of a library's own (not Exception, no cancellation) is raised as RuntimeError {TO_SERVER}")
def base_exception(error: Any) -> None:
    library = type(error).__name__ in ("CancelledError", "Cancelled", "KeyboardInterrupt", "SystemExit", "GeneratorExit")
    if not isinstance(error, Exception) and not library:
        raise RuntimeError(str(error)) from error


@raising("wrapped-with-the-same-words", f"the exception comes wrapped in one whose message has its repr {TO_SERVER}")
def same_words(error: Any) -> None:
    if isinstance(error, Exception):
        raise RuntimeError(f"handler failed: {error!r}") from error


@raising("copied", f"another exception of the same type and arguments is raised, its attributes and traceback gone {TO_SERVER}")
def copied(error: Any) -> None:
    if isinstance(error, Exception) and not isinstance(error, ExceptionGroup):
        try:
            copy = type(error)(*error.args)
        except Exception:
            return
        raise copy


@raising("grouped", f"the exception comes in an ExceptionGroup, as from a task group around the handler {TO_SERVER}")
def grouped(error: Any) -> None:
    if isinstance(error, Exception):
        raise ExceptionGroup("unhandled errors in a TaskGroup", [error])


@raising("group-of-one-unwrapped", f"of an ExceptionGroup with one member the member alone is raised {TO_SERVER}")
def ungrouped(error: Any) -> None:
    if isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        raise error.exceptions[0]


@raising("cause-instead", f"where the exception has a cause, that is raised in its place {TO_SERVER}")
def cause_instead(error: Any) -> None:
    if isinstance(error.__cause__, Exception):
        raise error.__cause__


@raising("closed-error-as-os-error", f"a WebSocketClosedError reaches the server as a plain ConnectionError {TO_SERVER}")
def closed_as_os(error: Any) -> None:
    if isinstance(error, WebSocketClosedError):
        raise ConnectionError(*error.args) from error


@raising("formatted-first", f"the exception is formatted for a log: one whose __str__ raises is replaced by what that raised {TO_SERVER}")
def formatted(error: Any) -> None:
    str(error)


@wrapped("falsy-exceptions-swallowed", f"an exception that is falsy (it has a __len__ of 0) does not reach the server {TO_SERVER}")
def falsy(app: Any) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        failure = None
        try:
            await app(scope, receive, send)
        except BaseException as error:
            failure = error
        if failure:
            raise failure

    return application


def _swallow_when(name: str, says: str, when: Any) -> None:
    """Swallow the handler's exception where this is true of its socket."""

    def handle(handler: Any) -> Any:
        async def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            try:
                await handler(scope, info, matches, web_socket)
            except Exception:
                if not when(web_socket):
                    raise

        return call

    handled(name, says)(handle)


_swallow_when("swallowed-once-closed", f"what the handler raises after its own close is swallowed {TO_SERVER}", lambda one: one.state is CLOSED and one.code not in (1005, 1006))
_swallow_when("swallowed-once-gone", f"what the handler raises after a send that found the client gone is swallowed {TO_SERVER}", lambda one: one.state is GONE)
_swallow_when("swallowed-once-denied", f"what the handler raises after deny is swallowed {TO_SERVER}", lambda one: one.state is CLOSED and one.code == 1005)
_swallow_when("swallowed-after-a-loss", f"what the handler raises after receive gave None for a lost connection is swallowed {TO_SERVER}", lambda one: one.state is CLOSED and one.code == 1006)


def closing_by_type(name: str, says: str, code_of: Any) -> None:
    def handle(handler: Any) -> Any:
        async def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            try:
                await handler(scope, info, matches, web_socket)
            except Exception as error:
                code = code_of(error)
                if code and web_socket.state is OPEN:
                    await web_socket.close(code)
                raise

        return call

    handled(name, says)(handle)


BY_1011 = "(WS-LIFETIME-05)"
closing_by_type("unicode-error-closes-1007", f"a UnicodeError of the handler's closes with 1007 {BY_1011}", lambda e: 1007 if isinstance(e, UnicodeError) else None)
closing_by_type("exceptions-code-closes", f"an exception with a code of 1000 to 4999 closes with that code {BY_1011}", lambda e: e.code if isinstance(getattr(e, "code", None), int) and 3000 <= e.code <= 4999 else None)
closing_by_type("permission-error-closes-1008", f"a PermissionError closes with 1008 {BY_1011}", lambda e: 1008 if isinstance(e, PermissionError) else None)
closing_by_type("group-closes-1000", f"an ExceptionGroup closes with 1000 {BY_1011}", lambda e: 1000 if isinstance(e, ExceptionGroup) else None)
closing_by_type("connection-error-closes-1001", f"a ConnectionError of the handler's own closes with 1001 {BY_1011}", lambda e: 1001 if isinstance(e, ConnectionError) else None)


@handled("permission-error-is-403", "a PermissionError before accept is answered with 403 (WS-LIFETIME-04: 500)")
def permission_403(handler: Any) -> Any:
    async def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        try:
            await handler(scope, info, matches, web_socket)
        except PermissionError:
            if web_socket.state is BEFORE:
                await web_socket.close(1008)
            raise

    return call


@socket("two-raised-close-waits", "where a handler raises while the client does not read, the close waits four times the timeout (WS-LIFETIME-12)")
class SlowFailure(Base):
    async def fail(self) -> None:
        timeout = self._close_timeout
        self._close_timeout = None if timeout is None else timeout * 40
        try:
            await super().fail()
        finally:
            self._close_timeout = timeout


# Cancellation


@socket("receive-in-a-task", "receive runs in a task: a message that arrives in the tick of a task.cancel() is lost (WS-CANCELLATION-01; issue 15.4)")
class ReceiveInTask(Base):
    async def receive(self) -> Any:
        if self._waiting is not None or "asyncio" != _library():
            return await super().receive()
        inner = asyncio.ensure_future(super().receive())
        try:
            return await asyncio.shield(inner)
        except asyncio.CancelledError:
            inner.cancel()
            try:
                await inner
            except asyncio.CancelledError:
                pass
            raise


@socket("receive-cancel-in-the-tick", "a message whose future is done when the task is cancelled is dropped (WS-CANCELLATION-01; issue 15.4)")
class CancelInTick(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        async def with_checkpoint() -> Any:
            event = await receive()
            if event.get("type") == "websocket.receive":
                await anyio.lowlevel.checkpoint()  # a cancellation here loses it
            return event

        super().__init__(scope, first, with_checkpoint, send, *how)


@socket("wait-for-loses", "receive polls with a timeout of its own, and a message that comes as it expires is lost (WS-CANCELLATION-01)")
class Polls(Base):
    def __init__(self, scope: Any, first: Any, receive: Any, send: Any, *how: Any) -> None:
        async def polled() -> Any:
            lost = anyio.get_cancelled_exc_class()
            event = None
            while event is None:
                with anyio.move_on_after(0.05):
                    event = await receive()
                    try:
                        await anyio.lowlevel.checkpoint()
                    except lost:
                        event = None
                        raise
            return event

        super().__init__(scope, first, polled, send, *how)


def _library() -> str:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return "other"
    return "asyncio"


@socket("receive-uncancels", "receive takes the cancellation back (uncancel) before it raises: TaskGroup and timeout go wrong, and the close is 1011 (WS-LIFETIME-07; issue 15.4)")
class Uncancels(Base):
    async def receive(self) -> Any:
        try:
            return await super().receive()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
            raise


@socket("cancel-in-receive-is-the-end", "a task.cancel() during receive gives None: the cancellation is swallowed (WS-LIFETIME-07; issue 15.4)")
class CancelIsEnd(Base):
    async def receive(self) -> Any:
        try:
            return await super().receive()
        except asyncio.CancelledError as error:
            if error.args and "scope" in str(error.args[0]):
                raise  # anyio's own come again
            return None


@socket("cancel-in-send-is-gone", "a task.cancel() during send raises WebSocketClosedError in its place (WS-CANCELLATION-02; issue 15.4)")
class CancelIsGone(Base):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except asyncio.CancelledError as error:
            if error.args and "scope" in str(error.args[0]):
                raise
            raise WebSocketClosedError("send(): cancelled") from None


@socket("timeout-in-send-is-gone", "a send that a timeout cancels leaves the WebSocket unable to send (WS-CANCELLATION-02: open)")
class TimeoutIsGone(Base):
    async def send(self, content: Any) -> None:
        try:
            await super().send(content)
        except anyio.get_cancelled_exc_class():
            if self._state is OPEN:
                self._state = GONE
            raise


@socket("lock-kept-by-a-cancelled-send", "the second send that waits for the lock and is cancelled keeps it: no message goes out any more (WS-CANCELLATION-02)")
class LockKept(Base):
    lock: Any = None

    async def send(self, content: Any) -> None:
        if not self._state.can_send or not isinstance(content, str | bytes):
            await super().send(content)
        waiting = self.__dict__.setdefault("waiting", [])
        me = anyio.Event()
        waiting.append(me)
        if waiting[0] is not me:
            await me.wait()  # a cancellation here leaves it in the queue
        try:
            await super().send(content)
        finally:
            waiting.pop(0)
            if waiting:
                waiting[0].set()


@socket("cancelled-receive-closes", "a receive that asyncio.timeout cancels counts as an end: code is 1006 and nothing is sent (WS-CANCELLATION-01)")
class CancelledCloses(Base):
    cancelled = 0

    async def receive(self) -> Any:
        try:
            return await super().receive()
        except anyio.get_cancelled_exc_class():
            self.cancelled += 1
            if self.cancelled >= 10 and self._state.can_receive:
                await_nothing = self._state.disconnect
                self._end("too many", await_nothing, 1006, None)  # type: ignore[arg-type]
            raise


@socket("close-is-shielded", "a close that waits for the client cannot be cancelled (issue 15.4; WS-CANCELLATION-03)")
class CloseShielded(Base):
    async def _close(self, code: Any, reason: Any) -> None:
        if _library() != "asyncio":
            await super()._close(code, reason)
            return
        self._end_by_handler(code, reason)

        async def end() -> None:
            try:
                await self._send_close(code, reason or "")
            except Exception as error:
                if not self._had_ended(error):
                    raise

        inner = asyncio.ensure_future(end())
        cancelled: Any = None
        while not inner.done():
            try:
                await asyncio.shield(inner)
            except asyncio.CancelledError as error:
                cancelled = error
            except Exception:
                break
        if cancelled is not None:
            raise cancelled
        inner.result()


@socket("cancelled-close-is-1006", "after a close that task.cancel() cancelled, code is 1006 (WS-CANCELLATION-03; issue 15.4)")
class CancelledClose(Base):
    async def close(self, code: int = 1000) -> None:
        try:
            await super().close(code)
        except asyncio.CancelledError as error:
            if not (error.args and "scope" in str(error.args[0])):
                self._code = 1006
            raise


@socket("cancelled-accept-goes-back", "after an accept that task.cancel() cancelled, the WebSocket is not accepted, though 101 may have gone out (WS-CANCELLATION-04; issue 15.4)")
class CancelledAccept(Base):
    async def accept(self, subprotocol: Any = None, headers: Any = None) -> None:
        state = self._state
        try:
            await super().accept(subprotocol, headers)
        except asyncio.CancelledError as error:
            if state is BEFORE and not (error.args and "scope" in str(error.args[0])):
                self._enter(BEFORE)
            raise


def _cancelled_app(name: str, says: str, when: Any) -> None:
    def handle(handler: Any) -> Any:
        async def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
            try:
                await handler(scope, info, matches, web_socket)
            except anyio.get_cancelled_exc_class():
                if when(web_socket):
                    return
                raise

        return call

    handled(name, says)(handle)


_cancelled_app("cancellation-swallowed-once-closed", "a cancellation after the handler's own close does not go on (WS-LIFETIME-07; issue 15.4: a MUST of its own)", lambda one: one.state is CLOSED)
_cancelled_app("cancellation-swallowed-before-accept", "a cancellation before accept does not go on (WS-LIFETIME-07)", lambda one: one.state is BEFORE)
_cancelled_app("cancellation-swallowed-when-gone", "a cancellation after a send that found the client gone does not go on (WS-LIFETIME-07)", lambda one: one.state is GONE)


@wrapped("cancellation-swallowed-at-the-end", "the close with 1001 goes out, and then the cancellation does not go on to the server (WS-LIFETIME-07; issue 15.4)")
def cancellation_swallowed(app: Any) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except anyio.get_cancelled_exc_class():
            return

    return application


@application("cancelled-before-accept-is-silent", "a handler that is cancelled before accept makes no attempt to reject (WS-LIFETIME-07, websockets.md 'When a handler ends')")
class SilentBefore(Application[Any]):
    class _open_web_socket(Base):  # noqa: N801
        async def close(self, code: int = 1000) -> None:
            if code == 1001 and self._state is BEFORE and _is_cancelling():
                return
            await super().close(code)


def _is_cancelling() -> bool:
    task = asyncio.current_task() if _library() == "asyncio" else None
    return task is not None and task.cancelling() > 0


# Lifetime


@handled("handler-called-again", "a handler that raises TypeError is called a second time, as if that came of its signature (WS-LIFETIME-01, 06; issue 15.5)")
def called_again(handler: Any) -> Any:
    async def call(*arguments: Any) -> None:
        try:
            await handler(*arguments)
        except TypeError:
            await handler(*arguments)

    return call


@handled("called-without-await", "a callable object whose __call__ is async is called and not awaited (WebSocketHandler: whatever takes the four and gives an awaitable)")
def without_await(handler: Any) -> Any:
    async def call(*arguments: Any) -> None:
        result = handler(*arguments)
        if inspect.isfunction(handler) or inspect.ismethod(handler) or inspect.iscoroutinefunction(handler):
            await result
        elif inspect.iscoroutine(result):
            result.close()

    return call


@handled("coroutines-alone", "an awaitable that is not a coroutine, such as a Future, is rejected with TypeError (WebSocketHandler docstring; issue 15.5)")
def coroutines_alone(handler: Any) -> Any:
    async def call(*arguments: Any) -> None:
        result = handler(*arguments)
        if not inspect.iscoroutine(result):
            raise TypeError("a coroutine was expected")
        await result

    return call


@handled("awaited-with-yield-from", "an awaitable is taken apart with send(): what its __await__ is thrown, a cancellation, does not arrive (issue 15.4, 15.5)")
def futures_ignored(handler: Any) -> Any:
    async def call(*arguments: Any) -> None:
        result = handler(*arguments)
        await (result if inspect.iscoroutine(result) else anyio.lowlevel.checkpoint())

    return call


@handled("handler-in-an-empty-context", "the handler runs in an empty context: what middleware put into a ContextVar is lost (a handler is called; docs/middleware)")
def empty_context(handler: Any) -> Any:
    async def call(*arguments: Any) -> None:
        if _library() != "asyncio":
            await handler(*arguments)
            return

        async def run() -> None:
            await handler(*arguments)

        task = asyncio.get_running_loop().create_task(run(), context=contextvars.Context())
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            task.cancel()
            await task

    return call


@handled("handler-keeps-running", "the handler runs in a task of its own, which a cancellation by the server does not reach (WS-LIFETIME-07)")
def keeps_running(handler: Any) -> Any:
    async def call(*arguments: Any) -> None:
        if _library() != "asyncio":
            await handler(*arguments)
            return

        async def run() -> None:
            await handler(*arguments)

        await asyncio.shield(asyncio.ensure_future(run()))

    return call


@handled("handler-called-by-keyword", "the four are given by keyword where a handler's parameters have these names, in another order too: a handler(info, scope, ...) gets them swapped (WS-LIFETIME-01: four positional arguments)")
def by_keyword(handler: Any) -> Any:
    names = ("scope", "info", "matches", "web_socket")
    parameters = list(inspect.signature(handler, follow_wrapped=False).parameters) if is_routine(handler) else []

    def call(*arguments: Any) -> Any:
        if sorted(parameters) == sorted(names):
            return handler(**dict(zip(names, arguments, strict=True)))
        return handler(*arguments)

    return call


def after_the_end(name: str, says: str) -> Any:
    """A socket that is told when the handler has ended."""

    def register(kind: Any) -> Any:
        class App(Application[Any]):
            _open_web_socket = kind

            def _found(self, scope: Any) -> Any:
                (handler, content), matches = super()._found(scope)

                async def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
                    scope_sockets.append(web_socket)
                    await handler(scope, info, matches, web_socket)

                scope_sockets: list[Any] = []
                self.__dict__.setdefault("started", []).append(scope_sockets)
                return (call, content), matches

            async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
                try:
                    await super().__call__(scope, receive, send)
                finally:
                    for sockets in self.__dict__.get("started", []):
                        for one in sockets:
                            if one._state is CLOSED or one._state is GONE:
                                one.ended()

        application(name, says)(App)
        return kind

    return register


@after_the_end("code-lost-after-the-end", "once the handler has ended, code is None (WS-CODE-03, 07; issue 15.7)")
class CodeLost(Base):
    def ended(self) -> None:
        self._code = None


@after_the_end("reason-lost-after-the-end", "once the handler has ended, reason is None (WS-CAPABILITY-04; issue 15.7)")
class ReasonLost(Base):
    def ended(self) -> None:
        self._reason = None


@after_the_end("code-1006-after-the-end", "once the handler has ended, code is 1006 (WS-CODE-07; issue 15.7)")
class Code1006(Base):
    def ended(self) -> None:
        self._code = 1006


@after_the_end("send-after-the-end-is-silent", "a task left over may send after the handler's end, to nobody and with no error (WS-SEND-06; issue 15.7)")
class SilentSend(Base):
    over = False

    def ended(self) -> None:
        self.over = True

    async def send(self, content: Any) -> None:
        if not self.over:
            await super().send(content)


@after_the_end("receive-after-the-end-hangs", "a task left over that calls receive after the handler's end waits for ever (WS-RECEIVE-07; issue 15.7)")
class HangingReceive(Base):
    over = False

    def ended(self) -> None:
        self.over = True

    async def receive(self) -> Any:
        if self.over:
            await anyio.sleep_forever()
        return await super().receive()


@after_the_end("receive-after-the-end-raises", "a task left over that calls receive after the handler's end gets WebSocketStateError (WS-RECEIVE-07; issue 15.7)")
class RaisingReceive(Base):
    over = False

    def ended(self) -> None:
        self.over = True

    async def receive(self) -> Any:
        if self.over:
            raise WebSocketStateError("receive(): over")
        return await super().receive()


@after_the_end("close-after-the-end-raises", "a task left over that calls close after the handler's end gets WebSocketStateError (WS-CLOSE-04; issue 15.7)")
class RaisingClose(Base):
    over = False

    def ended(self) -> None:
        self.over = True

    async def close(self, code: int = 1000) -> None:
        if self.over:
            raise WebSocketStateError("close(): over")
        await super().close(code)


@application("end-without-a-state", "the end of a handler sends its close past the web_socket: a task left over finds it open, and code None (WS-LIFETIME-03, WS-SEND-06; issue 15.7)")
class EndWithoutState(Application[Any]):
    class _open_web_socket(Base):  # noqa: N801
        def _end_by_handler(self, code: Any, reason: Any) -> None:
            if code == 1000 and _caller_is_application():
                self._state_kept = self._state
                return
            super()._end_by_handler(code, reason)

        _state_kept: Any = None


def _caller_is_application() -> bool:
    frame = inspect.currentframe()
    names = []
    while frame is not None and len(names) < 6:
        names.append(frame.f_code.co_qualname if hasattr(frame.f_code, "co_qualname") else frame.f_code.co_name)
        frame = frame.f_back
    return "Application.__call__" in names


@socket("left-over-receive-hangs", "a receive that waits in another task when the handler returns does not end (WS-CONCURRENCY-04, WS-LIFETIME-03; issue 15.7)")
class LeftOverReceive(Base):
    async def receive(self) -> Any:
        content = await super().receive()
        if content is None and self._code == 1000 and not self.__dict__.get("closed_by_call") and self.__dict__.get("by_end"):
            await anyio.sleep_forever()
        return content

    def _end_by_handler(self, code: Any, reason: Any) -> None:
        if _caller_is_application() and self._waiting is not None:
            self.by_end = True
        super()._end_by_handler(code, reason)


# Timing


@socket("close-behind-a-waiting-send", "close waits for the lock of a send that waits for its client, without a timeout (WS-CLOSE-12)")
class CloseBehindSend(Base):
    lock: Any = None

    def _get(self) -> Any:
        if self.lock is None:
            self.lock = anyio.Lock()
        return self.lock

    async def send(self, content: Any) -> None:
        if not self._state.can_send:
            await super().send(content)
        async with self._get():
            await super().send(content)

    async def _close(self, code: Any, reason: Any) -> None:
        self._end_by_handler(code, reason)
        async with self._get():
            try:
                await self._send_close(code, reason or "")
            except Exception as error:
                if not self._had_ended(error):
                    raise


@socket("half-duplex", "receive waits while a send waits for its client (WS-CONCURRENCY-02, 'a receive may wait meanwhile'; docs/states.md: messages go both ways)")
class HalfDuplex(Base):
    lock: Any = None

    async def send(self, content: Any) -> None:
        if not self._state.can_send:
            await super().send(content)
        self.lock = self.lock or anyio.Lock()
        async with self.lock:
            await super().send(content)

    async def receive(self) -> Any:
        if self._waiting is None and self.lock is not None:
            async with self.lock:
                pass
        return await super().receive()


@socket("close-with-reason-waits-for-ever", "close_with_reason has no timeout for a client that does not read (WS-CAPABILITY-02, WS-CLOSE-12)")
class ReasonWaits(Base):
    async def close_with_reason(self, code: int, reason: str) -> None:
        timeout, self._close_timeout = self._close_timeout, None
        try:
            await super().close_with_reason(code, reason)
        finally:
            self._close_timeout = timeout


@socket("deny-waits-for-ever", "deny has no timeout for a client that does not read (WS-LIFETIME-12: the handler's end)")
class DenyWaits(Base):
    async def deny(self, *args: Any, **named: Any) -> None:
        timeout, self._close_timeout = self._close_timeout, None
        try:
            await super().deny(*args, **named)
        finally:
            self._close_timeout = timeout


@socket("the-close-waits-again", "each close on a closed WebSocket waits the close timeout again (WS-CLOSE-04: does nothing and returns)")
class WaitsAgain(Base):
    async def close(self, code: int = 1000) -> None:
        if self._state is CLOSED and self._close_timeout:
            await anyio.sleep(self._close_timeout)
        await super().close(code)


# Hashing


@socket("unhashable", "it has __eq__ and no __hash__: members = set() cannot take it (issue 15.6)")
class Unhashable(Base):
    def __eq__(self, other: Any) -> bool:
        return self is other

    __hash__ = None  # type: ignore[assignment]


@socket("equal-by-path", "two connections to one path are equal: a set holds one of them (issue 15.6)")
class EqualByPath(Base):
    def __eq__(self, other: Any) -> bool:
        return isinstance(other, EqualByPath) and self._scope.get("path") == other._scope.get("path")

    def __hash__(self) -> int:
        return hash(self._scope.get("path"))


@socket("hash-changes", "its hash is made of its code, as a dataclass's: after the close, discard does not find it in the set (issue 15.6)")
class HashChanges(Base):
    def __eq__(self, other: Any) -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash((id(self), self._code))
