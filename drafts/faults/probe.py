"""Does a fault show at all? Scenarios whose transcripts are compared with the reference's: no kit, no requirement.

python probe.py [NAME...]: prints the faults whose transcripts all equal the reference's ("not shown").
"""

import asyncio
import enum
import sys
from contextlib import AsyncExitStack, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import anyio  # noqa: E402
import contextvars  # noqa: E402
from bareasgi_ws import CloseCode, WebSocketClosedError  # noqa: E402
from bareasgi_ws.testing import connect  # noqa: E402

SCENARIOS: list[Any] = []
D = 0.4


def scenario(function: Any) -> Any:
    SCENARIOS.append(function)
    return function


async def tried(awaitable: Any, seconds: float = D) -> Any:
    try:
        async with asyncio.timeout(seconds):
            result = await awaitable
    except asyncio.TimeoutError:
        return "waits"
    except BaseException as error:
        return type(error).__name__
    if isinstance(result, str | bytes | bytearray) and len(result) > 200:
        return type(result).__name__, len(result), hash(bytes(result) if not isinstance(result, str) else result)
    return type(result).__name__, result if not hasattr(result, "status") else tuple(result)


def call(function: Any, *a: Any, **k: Any) -> Any:
    async def late() -> Any:
        return await function(*a, **k)

    return tried(late())


class Held:
    """Both ends of n connections to one application."""

    def __init__(self, backend: Any, path: str = "/", route: str = "/", content: Any = None, info: Any = None) -> None:
        self.sockets: list[Any] = []
        self.calls: list[Any] = []
        self.release = asyncio.Event()
        self.error: Any = None
        self.app = backend._make_application(self.handler, route, content, info)
        self.stack = AsyncExitStack()
        self.path = path
        self.waiting = asyncio.Event()

    async def handler(self, scope: Any, info: Any, matches: Any, ws: Any) -> None:
        self.calls.append((scope, info, matches))
        self.sockets.append(ws)
        self.waiting.set()
        await self.release.wait()
        if self.error is not None:
            raise self.error

    async def __aenter__(self) -> Any:
        return self

    async def client(self, path: Any = None, **how: Any) -> Any:
        self.waiting.clear()
        app = self.app

        async def application(scope: Any, receive: Any, send: Any) -> None:
            await app(scope, receive, send)

        client = await self.stack.enter_async_context(connect(application, path or self.path, deadline=2, **how))
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.waiting.wait(), 0.3)
        return client

    async def __aexit__(self, *error: Any) -> None:
        self.release.set()
        with suppress(BaseException):
            await self.stack.aclose()


async def opened(held: Held, n: int = 1, **how: Any) -> Any:
    clients = []
    for i in range(n):
        client = await held.client(**how)
        if len(held.sockets) > i:
            await tried(held.sockets[i].accept())
        clients.append(client)
    return clients


@scenario
async def two(backend: Any, out: Any) -> None:
    async with Held(backend, "/a", "/{x}") as held:
        a = await held.client("/a", headers=[(b"x", b"1")], subprotocols=["one"])
        b = await held.client("/b", headers=[(b"x", b"2")], subprotocols=["two"])
        out(len(held.sockets))
        if len(held.sockets) < 2:
            return
        A, B = held.sockets
        out([dict(c[2]) for c in held.calls], [c[0]["path"] for c in held.calls], [[h for h in c[0]["headers"] if h[0] == b"x"] for c in held.calls])
        out(await call(A.accept, "one", [(b"set-cookie", b"s=1")]), await call(B.accept, "two"))
        out((await a.handshake()).headers, (await b.handshake()).headers)
        out(await call(A.send, "to a"), await call(B.send, "to b"))
        out(await call(a.receive), await call(b.receive))
        out(await asyncio.gather(call(A.send, "to a"), call(B.send, "to b")))
        out(await call(a.receive), await call(b.receive))
        ta = asyncio.ensure_future(tried(A.receive(), 2))
        await asyncio.sleep(0.01)
        await b.send("from b")
        out(await call(B.receive))
        await a.send("from a")
        out(await ta)
        a.pause()
        sa = asyncio.ensure_future(tried(A.send("wait"), 2))
        await asyncio.sleep(0.01)
        out(await call(B.send, "x"), await call(b.receive))
        ca = asyncio.ensure_future(tried(A.close(4001), 2))
        await asyncio.sleep(0.01)
        began = asyncio.get_running_loop().time()
        out(await call(B.close_with_reason, 4002, "b"))
        out(asyncio.get_running_loop().time() - began < 0.12)
        a.resume()
        out(await sa, await ca, A.code, B.code, A.reason, B.reason)
        out(len({A, B}), await call(a.receive), a.code, b.code)


@scenario
async def in_context(backend: Any, out: Any) -> None:
    async def handler(scope: Any, info: Any, matches: Any, ws: Any) -> None:
        await ws.accept()
        info.append(ws)
        while (text := await ws.receive()) is not None:
            for one in info:
                if text == "kick":
                    if one is not ws:
                        await one.close(4000)
                else:
                    await one.send(text)

    app = backend._make_application(handler, "/", None, [])

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    async with connect(application, deadline=1) as a, connect(application, deadline=1) as b:
        out(await call(a.handshake), await call(b.handshake))
        await a.send("x")
        out(await call(a.receive), await call(b.receive))
        with suppress(BaseException):
            await a.send("kick")
        out(await call(b.receive), a.code, b.code)


@scenario
async def two_ends(backend: Any, out: Any) -> None:
    async with Held(backend) as held:
        a, b = await opened(held, 2)
        if len(held.sockets) < 2:
            return
        A, B = held.sockets
        out(await call(A.close, 4005))
        out(await call(B.close), a.code, b.code)
    async with Held(backend) as held:
        a, b = await opened(held, 2)
        A, B = held.sockets
        await a.drop()
        out(await call(A.send, "x"), await call(B.send, "x"), await call(B.receive))
    async with Held(backend) as held:
        clients = await opened(held, 8)
        out(len(held.sockets), len(set(held.sockets)))

    async def failing(scope: Any, info: Any, matches: Any, ws: Any) -> None:
        await ws.accept()
        await ws.receive()
        raise ZeroDivisionError

    app = backend._make_application(failing, "/", None, None)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    with suppress(BaseException):
        async with connect(application, deadline=1) as a, connect(application, deadline=1) as b:
            await a.handshake()
            await b.handshake()
            await a.send("x")
            out(await call(a.receive), a.code, b.code)
            await asyncio.sleep(0.02)
            out(b.code)


TEXTS = ["a\0b", "e\u0301", "\ufeffx", "\U0001f600", "a\r\nb", "a\nb", "x\n", "\ufffe\uffff", "\x85", "Ã©", "", "", "\ud83d\ude00", "x" * 200 + "\ud800", "x" * 40000, "x" * 65536, "x" * 65537, "x" * 200000, "y" * (1 << 20), "z", "z", "z"]
BINARY = [b"\0", b"a\0\0", b"\xef\xbb\xbfx", b"", b"", b"q" * 5000, b"x" * 65536, b"x" * 200000, b"y" * (1 << 20), b"z", b"z"]


@scenario
async def contents(backend: Any, out: Any) -> None:
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        for one in [*TEXTS, *BINARY, "", b"", "", bytearray(b"x"), memoryview(b"x"), [1], {}, None, 1]:
            out(await call(A.send, one))
        await A.close()
        while (got := await tried(a.receive()))[1] is not None and got != "waits":
            out(got)
        out(a.code)
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        for one in [*[t for t in TEXTS if "\ud83d" not in t and "\ud800" not in t], *BINARY, "t", b"b", "", b"x" * 30000, "s"]:
            await a.send(one)
        await asyncio.sleep(0)
        for _ in range(100):
            got = await tried(A.receive())
            out(got)
            if got in ("waits", ("NoneType", None)):
                break


@scenario
async def many(backend: Any, out: Any) -> None:
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        for i in range(10000):
            await a.send(str(i) if i % 3 else b"%d" % i)
            if i % 50 == 0:
                await asyncio.sleep(0)
        await a.send(b"1")
        got = [await A.receive() for _ in range(10000)]
        got = [x for x in got if x is not None]
        out(len(got), [int(x) for x in got] == list(range(10000)), await tried(A.receive()))
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        out({str(x) for x in await asyncio.gather(*[tried(A.send(str(i // 2)), 3) for i in range(1000)])})
        await tried(A.close())
        n = 0
        while (await a.receive()) is not None:
            n += 1
        out(n)
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        for i in range(600):
            await A.send(str(i))
        await tried(A.close())
        n = 0
        while (await a.receive()) is not None:
            n += 1
        out(n)


@scenario
async def large_then(backend: Any, out: Any) -> None:
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        await A.send("x" * 100000)
        await A.send("y")
        out(await call(a.receive), await call(a.receive))
        await A.send("x" * 100001)
        await A.close()
        out(await call(a.receive))
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        await A.send("t")
        out(await call(a.receive))


class Sub(str):
    pass


class SubB(bytes):
    pass


class Colour(str, enum.Enum):
    RED = "red"


class Own(enum.IntEnum):
    X = 4001


class Index:
    def __index__(self) -> int:
        return 4000


class SubList(list):
    pass


class SubTuple(tuple):
    pass


@scenario
async def calls(backend: Any, out: Any) -> None:
    async def one(do: Any, *, accept: bool = True, **how: Any) -> None:
        async with Held(backend) as held:
            client = await held.client(**how)
            if not held.sockets:
                out("no")
                return
            A = held.sockets[0]
            if accept:
                await tried(A.accept())
            out(await tried(_of(do, A)))
            out(A.code, A.reason)
            if A.code is None and accept:
                out(await tried(A.send("still")), await tried(client.receive()))
            elif A.code is None:
                out(await tried(A.accept()))
            out(await tried(client.handshake()), client.code, client.reason)

    async def _of(do: Any, A: Any) -> Any:
        return await do(A)

    for code in [*range(1000, 1016), 2999, 3000, 3001, 3999, 4000, 4095, 4096, 4998, 4999, 5000, 0, -1, None, True, False, 1000.0, "1000", Index(), Own.X, CloseCode.GOING_AWAY, 10**20]:
        await one(lambda A: A.close(code))
    await one(lambda A: A.close(code=4000))
    await one(lambda A: A.close_with_reason(code=4000, reason="x"))
    for reason in ["", "x" * 121, "x" * 123, "é" * 61, "é" * 100, "x" * 124, " a ", "é", "\ud800", Sub("x"), 1]:
        await one(lambda A: A.close_with_reason(4000, reason))
    for content in [Sub("x"), SubB(b"x"), Colour.RED, Sub("")]:
        async with Held(backend) as held:
            (a,) = await opened(held)
            (A,) = held.sockets
            out(await call(A.send, content), await call(A.send, content=content), await call(a.receive), await call(a.receive))
    subs = {"subprotocols": ["Chat", "b", "a"], "accept": False}
    await one(lambda A: A.accept(subprotocol="Chat", headers=[(b"x", b"y")]), **subs)
    await one(lambda A: A.accept("Chat", [(b"x", b"y")]), **subs)
    for sub in ["", "chat", "B", Sub("b"), 1]:
        await one(lambda A: A.accept(sub), **subs)
    async with Held(backend) as held:
        await held.client(subprotocols=["Chat", "b", "a"])
        out(held.sockets[0].subprotocols)
        out(await call(held.sockets[0].accept, "Chat", [(b"bad name", b"")]), await call(held.sockets[0].accept))
    pairs = [
        (b"x_one", b"1"), (b"x", b"\xe9"), (b"x", b""), (b"x", b"a\tb"), (b"x", b"a   b"), (b"x", b"a\x0bb"), (b"x", b"\x7f"), (b"x", b"a\t"), (b"x", b" "), (b"x", b" a"),
        (b"", b"x"), (b":status", b"1"), (b"caf\xe9", b"x"), (b"\xe9", b"x"), (b"sec-websocket-foo", b"x"), (b"SEC-WEBSOCKET-PROTOCOL", b"x"), (b"CONNECTION", b"x"), (b"x", bytearray(b"y")), ("x", "y"), SubTuple((b"x", b"y")), (SubB(b"x"), b"y"),
    ]  # fmt: skip
    for pair in pairs:
        await one(lambda A: A.accept(None, [pair]), accept=False)
        await one(lambda A: A.deny(403, [pair]), accept=False)
    for headers in [(), {}, "", ((b"x", b"y"),), SubList([(b"x", b"y")]), [(b"X", b"1"), (b"set-cookie", b"a"), (b"x", b"1"), (b"x", b"2"), (b"x", b"2"), (b"set-cookie", b"b"), (b"z", b"")], [(b"x", b"%d" % i) for i in range(100)]]:
        await one(lambda A: A.accept(None, headers), accept=False)
        await one(lambda A: A.deny(403, headers), accept=False)
    given = [(b"X", b"1")]
    await one(lambda A: A.accept(None, given), accept=False)
    out(given)
    given = [(b"X", b"1")]
    await one(lambda A: A.deny(403, given, b"x"), accept=False)
    out(given)
    for status in [299, 300, 302, 401, 403, 418, 451, 499, 520, 599, 600, HTTPStatus.FORBIDDEN, True, 403.0]:
        await one(lambda A: A.deny(status, [(b"www-authenticate", b"x"), (b"location", b"/")], b"body"), accept=False)
    await one(lambda A: A.deny(403, body=b"x" * 100000), accept=False)
    await one(lambda A: A.deny(403, body=b"first"), accept=False)
    await one(lambda A: A.deny(403, body=b"second one"), accept=False)
    await one(lambda A: A.deny(403, [(b"Content-Length", b"1")], b"x"), accept=False)
    await one(lambda A: A.deny(403, None, SubB(b"x")), accept=False)
    await one(lambda A: A.send("\ud800"))
    await one(lambda A: A.send(1))


@scenario
async def states(backend: Any, out: Any) -> None:
    async def every(A: Any, *, skip: Any = ()) -> None:
        steps = [
            lambda: A.accept(), lambda: A.receive(), lambda: A.send("x"), lambda: A.deny(403), lambda: A.send("x"), lambda: A.send("x"), lambda: A.receive(), lambda: A.receive(),
            lambda: A.close(1005), lambda: A.close(4001), lambda: A.close_with_reason(4002, "later"), lambda: A.deny(403), lambda: A.accept(), lambda: A.receive(), lambda: A.send("x"), lambda: A.close(1),
        ]  # fmt: skip
        for i, step in enumerate(steps):
            if i not in skip:
                began = asyncio.get_running_loop().time()
                out(i, await call(step), A.code, A.reason, asyncio.get_running_loop().time() - began < 0.15)

    for prepare in ("close", "deny", "reason", "client", "drop", "gone", "gone2", "client reason"):
        for skip in ((), (1, 6, 7), (0, 1, 3, 6, 7, 8, 9, 13), (0, 2, 3, 4, 5), (1, 6, 7, 8)):
            async with Held(backend) as held:
                client = await held.client()
                (A,) = held.sockets
                if prepare == "close":
                    await A.close(4000)
                elif prepare == "deny":
                    await A.deny(401, None, b"")
                elif prepare == "reason":
                    await A.close_with_reason(4000, "first")
                else:
                    await A.accept()
                    for m in ("1", b"2", "3"):
                        if prepare != "client":
                            await client.send(m)
                    await client.drop() if prepare in ("drop", "gone", "gone2") else await client.close(1000 if prepare == "client" else 4009, "gré" if prepare == "client" else "why")
                    if prepare.startswith("gone"):
                        out(await call(A.send, "x"))
                        if prepare == "gone2":
                            out(await call(A.close_with_reason, 4003, "g"), A.code, A.reason)
                await every(A, skip=skip)
    for n in (3, 30):
        async with Held(backend) as held:
            (a,) = await opened(held)
            (A,) = held.sockets
            for i in range(n):
                await a.send(str(i))
            await a.close(1000, "bye")
            await asyncio.sleep(0.01)
            if n == 3:
                out(await call(A.close, 4000), A.code)
            out([await call(A.receive) for _ in range(n + 2)], A.code, A.reason)
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        await a.close(1000, "bye")
        await asyncio.sleep(0.01)
        out(await call(A.close, 4000), A.code)
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        out(await call(A.accept), await call(A.send, "x"), await call(A.send, "y"))
    async with Held(backend, content=str) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        await a.send("x")
        await a.send(b"")
        out(await call(A.receive), await call(A.receive), A.code)
    async with Held(backend, content=str) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        await a.send("x")
        await a.send(b"x")
        out(await call(A.receive), await call(A.receive), A.code)
    async with Held(backend, content=bytes) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        await a.send("")
        out(await call(A.receive), A.code)
    async with Held(backend) as held:
        await held.client()
        (A,) = held.sockets
        h = hash_of(A)
        members = tried_set(A)
        await A.accept()
        await A.close(4000)
        out(h == hash_of(A), members is not None and A in members)


def hash_of(A: Any) -> Any:
    try:
        return hash(A)
    except TypeError:
        return "unhashable"


def tried_set(A: Any) -> Any:
    try:
        return {A}
    except TypeError:
        return None


@scenario
async def waiting(backend: Any, out: Any) -> None:
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        r = [asyncio.ensure_future(tried(A.receive(), 0.5)) for _ in range(3)]
        await asyncio.sleep(0.05)
        out([t.done() for t in r])
        r[0].cancel()
        await asyncio.sleep(0.01)
        await a.send("1")
        out(await call(A.receive))
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        a.pause()
        s = asyncio.ensure_future(tried(A.send("x" * 5), 0.5))
        s2 = asyncio.ensure_future(A.send("y" * 5))
        await asyncio.sleep(0.02)
        s2.cancel()
        await a.send("in")
        out(await call(A.receive))
        a.resume()
        out(await s, await call(A.send, "again"))
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        a.pause()
        s = asyncio.ensure_future(tried(A.send("x" * 5), 2))
        await asyncio.sleep(0.02)
        began = asyncio.get_running_loop().time()
        out(await tried(A.close(4000), 2), asyncio.get_running_loop().time() - began < 0.5)
        a.resume()
        await s
    for do in (lambda A: A.close_with_reason(4000, "x"), lambda A: A.close(4000)):
        async with Held(backend) as held:
            (a,) = await opened(held)
            (A,) = held.sockets
            a.pause()
            out(await tried(do(A), 1))
            a.resume()
    async with Held(backend) as held:
        a = await held.client()
        (A,) = held.sockets
        a.pause()
        out(await tried(A.deny(403), 1))
        a.resume()
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        a.pause()
        held.error = ZeroDivisionError()
        held.release.set()
        async with asyncio.timeout(3):
            for i in range(100):
                if a._server.ended.is_set():
                    break
                await asyncio.sleep(0.02)
        out(i < 40)
        a.resume()
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        r = asyncio.ensure_future(tried(A.receive(), 1))
        await asyncio.sleep(0.01)
        a.pause()
        c = asyncio.ensure_future(tried(A.close(4000), 1))
        await asyncio.sleep(0.05)
        await a.send("after")
        out(await r, await c)
        a.resume()


@scenario
async def cancelling(backend: Any, out: Any) -> None:
    for moved in range(6):
        async with Held(backend) as held:
            (a,) = await opened(held)
            (A,) = held.sockets
            lost = 0
            for i in range(30):
                r = asyncio.ensure_future(A.receive())
                for _ in range(3):
                    await asyncio.sleep(0)
                await a.send(str(i))
                for _ in range(moved):
                    await asyncio.sleep(0)
                r.cancel()
                with suppress(asyncio.CancelledError):
                    if await r == str(i):
                        continue
                got = await tried(A.receive())
                lost += got != ("str", str(i))
            out(moved, lost)
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        for _ in range(12):
            r = asyncio.ensure_future(A.receive())
            await asyncio.sleep(0.002)
            r.cancel()
            out(await asyncio.gather(r, return_exceptions=True) != [None], r.cancelled())
        out(await call(A.send, "x"), A.code)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.01):
                await A.receive()
                out("no timeout")
        out("after")
        a.pause()
        for do in (lambda: A.send("xxx"), lambda: A.send("yyy"), lambda: A.close(4000)):
            t = asyncio.ensure_future(do())
            await asyncio.sleep(0.02)
            t.cancel()
            began = asyncio.get_running_loop().time()
            with suppress(BaseException):
                await t
            out(t.cancelled(), A.code, asyncio.get_running_loop().time() - began < 0.1)
        a.resume()
    async with Held(backend) as held:
        (a,) = await opened(held)
        (A,) = held.sockets
        a.pause()
        t = asyncio.ensure_future(tried(A.send("xxx"), 0.02))
        out(await t)
        a.resume()
        out(await call(A.send, "zzz"))
    async with Held(backend) as held:
        a = await held.client()
        (A,) = held.sockets
        a.pause()
        t = asyncio.ensure_future(A.accept())
        await asyncio.sleep(0.02)
        t.cancel()
        with suppress(asyncio.CancelledError):
            await t
        out(await call(A.accept))
        a.resume()
    for when in ("before", "open", "receive", "closed", "gone", "send"):
        events: list[Any] = []

        async def handler(scope: Any, info: Any, matches: Any, ws: Any) -> None:
            if when != "before":
                await ws.accept()
            if when == "closed":
                await ws.close(4000)
            if when == "gone":
                await ready.wait()
                with suppress(WebSocketClosedError):
                    await ws.send("x")
            entered.set()
            if when == "receive":
                out(await ws.receive())
            elif when == "send":
                await ready.wait()
                await ws.send("xxx")
            else:
                await asyncio.sleep(30)

        entered, ready = asyncio.Event(), asyncio.Event()
        app = backend._make_application(handler, "/", None, None)

        async def application(scope: Any, receive: Any, send: Any) -> None:
            try:
                await app(scope, receive, send)
            except BaseException as error:
                events.append(type(error).__name__)
                raise

        with suppress(BaseException):
            async with connect(application, deadline=1) as client:
                if when == "gone":
                    await client.handshake()
                    await client.drop()
                ready.set()
                await entered.wait()
                await asyncio.sleep(0.01)
                if when == "send":
                    client.pause()
                    await asyncio.sleep(0.01)
                client._server.cancel()
                await asyncio.sleep(0.01)
                client.resume()
                with suppress(BaseException):
                    async with asyncio.timeout(0.5):
                        await client._server.ended.wait()
                out(when, events, client.code, client._server.ended.is_set(), client._server.cancelled, client._server.handshake and client._server.handshake.status)


class Falsy(Exception):
    def __len__(self) -> int:
        return 0


class NoStr(Exception):
    def __str__(self) -> str:
        raise ValueError("no str")


class Base_(BaseException):
    pass


class Coded(Exception):
    code = 4444


def caused() -> Exception:
    error = ZeroDivisionError("z")
    error.__cause__ = KeyError("c")
    return error


@scenario
async def raising(backend: Any, out: Any) -> None:
    errors = [
        WebSocketClosedError("x"), ConnectionResetError("x"), OSError("x"), TimeoutError("x"), StopAsyncIteration(), KeyError("x"), AttributeError("x"), EOFError(), TypeError("x"), ValueError("x"),
        UnicodeDecodeError("utf-8", b"x", 0, 1, "r"), PermissionError("x"), ExceptionGroup("g", [ValueError("x")]), ExceptionGroup("g", [ValueError("x"), OSError()]), Falsy(), NoStr(), Base_("x"), Coded("x"), caused(), asyncio.CancelledError(), *([__import__("bareasgi_ws").WebSocketStateError("x")]),
    ]  # fmt: skip
    for when in ("before", "open", "closed", "gone", "denied", "lost"):
        for error in errors:
            raised: list[Any] = []
            count = 0

            async def handler(scope: Any, info: Any, matches: Any, ws: Any) -> None:
                nonlocal count
                count += 1
                if when == "denied":
                    await ws.deny(403)
                elif when != "before":
                    await ws.accept()
                if when == "closed":
                    await ws.close(4000)
                if when in ("gone", "lost"):
                    await ready.wait()
                if when == "gone":
                    with suppress(WebSocketClosedError):
                        await ws.send("x")
                if when == "lost":
                    await ws.receive()
                raise error

            ready = asyncio.Event()
            app = backend._make_application(handler, "/", None, None)

            async def application(scope: Any, receive: Any, send: Any) -> None:
                try:
                    await app(scope, receive, send)
                except BaseException as actual:
                    raised.append((type(actual).__name__, actual is error))

            with suppress(BaseException):
                async with connect(application, deadline=1) as client:
                    if when in ("gone", "lost"):
                        await client.handshake()
                        await client.drop()
                    ready.set()
                    with suppress(BaseException):
                        async with asyncio.timeout(0.5):
                            await client._server.ended.wait()
                    handshake = client._server.handshake
                    out(when, type(error).__name__, raised, count, client.code, handshake and handshake.status)


@scenario
async def after_the_end(backend: Any, out: Any) -> None:
    for how in ("return", "raise", "before", "reason"):
        kept: list[Any] = []
        receiving: list[Any] = []

        async def handler(scope: Any, info: Any, matches: Any, ws: Any) -> None:
            kept.append(ws)
            if how != "before":
                await ws.accept()
                if how != "reason":
                    receiving.append(asyncio.ensure_future(tried(ws.receive(), 1)))
                    await asyncio.sleep(0.01)
            if how == "raise":
                raise ZeroDivisionError
            if how == "reason":
                await ws.close_with_reason(4000, "why")

        app = backend._make_application(handler, "/", None, None)

        async def application(scope: Any, receive: Any, send: Any) -> None:
            with suppress(ZeroDivisionError):
                await app(scope, receive, send)

        with suppress(BaseException):
            async with connect(application, deadline=1) as client:
                async with asyncio.timeout(1):
                    await client._server.ended.wait()
                out(how, client.code)
        ws = kept[0]
        out([await t for t in receiving], ws.code, ws.reason, await call(ws.send, "x"), await call(ws.receive), await call(ws.close), ws.code)


@scenario
async def given(backend: Any, out: Any) -> None:
    def function() -> int:
        return 5

    class Thing:
        pass

    for info in ({}, set(), [], 0, "", (), {"a": 1}, {"a": []}, {1}, [1], Thing(), function, None):
        for n in (1, 2):
            async with Held(backend, info=info) as held:
                for _ in range(n):
                    await held.client()
                out([type(c[1]).__name__ for c in held.calls], [c[1] is info or info is None for c in held.calls])
    many = [(b"x", b"1"), (b"x", b"2"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"y", b"\xe9"), (b"a", b"l" * 3000), (b"x", b"1")]
    for path in ("/a%2525b?a+b=%20c", "/A/b/", "//a", "/a/../b", "/%C3%A9", "/x"):
        async with Held(backend, route="/{r:path}") as held:
            await held.client(path, headers=many, subprotocols=["a", "b"])
            for scope, _, matches in held.calls:
                out({k: (v if k not in ("headers", "state") else list(v)) for k, v in sorted(scope.items())}, dict(matches))

    async def with_more(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "mine": 1}, receive, send)

    async def keys(scope: Any, info: Any, matches: Any, ws: Any) -> None:
        out("mine" in scope)

    app = backend._make_application(keys, "/", None, None)
    with suppress(BaseException):
        async with connect(with_more, deadline=1) as client:
            await client.handshake()
    routes = {
        "/chat/{name}": ["/chat/a", "/chat/a/b", "/chat/", "/chat/A%2541", "/chat/%20a", "/chat/a+b", "/chat/007", "/chat/a-b", "/chat/%C3%A9", "/CHAT/a", "/chat/a/", "/chat/a%0A", "/chatroom/a", "/chat/a%2Fb"],
        "/n/{n:int}": ["/n/1", "/n/-3", "/n/007", "/n/" + "9" * 30, "/n/1.5"], "/x/{x:float}": ["/x/1", "/x/1e5", "/x/-1.5"], "/f/{r:path}": ["/f/a//b/", "/f/a%2Fb", "/f/A"],
        "/a.b": ["/a.b", "/axb"], "/chat": ["/chat", "/chatroom", "/chat/", "//chat", "/%63hat", "/%2563hat", "/Chat", "/chat%0A"], "/é": ["/%C3%A9"], "/s/": ["/s/", "/s"],
    }  # fmt: skip
    for route, paths in routes.items():
        for path in paths:
            async with Held(backend, route=route) as held:
                client = await held.client(path) if True else None
                out(route, path, [dict(c[2]) for c in held.calls], [c[0]["path"] for c in held.calls])


variable: contextvars.ContextVar[int] = contextvars.ContextVar("variable", default=0)


@scenario
async def forms(backend: Any, out: Any) -> None:
    ran: list[Any] = []

    class Callable_:
        async def __call__(self, scope: Any, info: Any, matches: Any, ws: Any) -> None:
            ran.append("object")

    class Awaitable_:
        def __await__(self) -> Any:
            ran.append("awaitable")
            yield from asyncio.sleep(0).__await__()

    def future(scope: Any, info: Any, matches: Any, ws: Any) -> Any:
        async def run() -> None:
            ran.append("future")

        return asyncio.ensure_future(run())

    async def swapped(info: Any, scope: Any, web_socket: Any, matches: Any) -> None:
        ran.append(("type" in scope, "type" in info))

    async def context(scope: Any, info: Any, matches: Any, ws: Any) -> None:
        ran.append(variable.get())

    for handler in (Callable_(), lambda *a: Awaitable_(), future, swapped, context):
        app = backend._make_application(handler, "/", None, None)

        async def application(scope: Any, receive: Any, send: Any) -> None:
            variable.set(7)
            try:
                await app(scope, receive, send)
            except BaseException as error:
                ran.append(type(error).__name__)

        with suppress(BaseException):
            async with connect(application, deadline=1) as client:
                await client.handshake()
        out(list(ran))


async def transcript(backend: Any, function: Any) -> list[str]:
    import re

    lines: list[str] = []
    try:
        async with asyncio.timeout(25):
            await function(backend, lambda *said: lines.append(" ".join(map(repr, said))))
    except BaseException as error:
        lines.append("ended by " + repr(error)[:200])
    return [re.sub(r"0x[0-9a-f]+|<[^>]*>|-?[0-9]{12,}", "", line) for line in lines]


def likely_first(says: str) -> list[Any]:
    hints = {
        "15.7": after_the_end, "LIFETIME-06": raising, "LIFETIME-05": raising, "LIFETIME-04": raising, "CANCELLATION": cancelling, "15.4": cancelling, "LIFETIME-07": cancelling,
        "CLOSE-12": waiting, "LIFETIME-12": waiting, "CONCURRENCY-02": waiting, "15.5": given, "LIFETIME-10": given, "WebSocketHandler": forms, "SEND-0": contents, "RECEIVE-0": contents, "HANDSHAKE": calls, "15.6": calls, "CAPABILITY": calls,
    }  # fmt: skip
    first = list(dict.fromkeys(one for hint, one in hints.items() if hint in says))
    return [*first, *(one for one in SCENARIOS if one not in first)]


def main() -> None:
    import json
    import logging
    import subprocess
    from concurrent.futures import ThreadPoolExecutor

    import faults
    from base import CONTROLS

    logging.disable(logging.CRITICAL)
    cache = Path(__file__).parent / "reference_transcripts.json"
    if not cache.exists():
        plain = CONTROLS["control-reference"]
        cache.write_text(json.dumps({one.__name__: asyncio.run(transcript(plain, one)) for one in SCENARIOS}))
    if sys.argv[1:2] == ["--one"]:
        known = {**CONTROLS, **faults.FAULTS}
        reference = json.loads(cache.read_text())
        for one in likely_first(faults.SAYS.get(sys.argv[2], "")):
            expected, actual = reference[one.__name__], asyncio.run(transcript(known[sys.argv[2]], one))
            if expected != actual:
                pairs = [(a, b) for a, b in zip(expected, actual, strict=False) if a != b]
                a, b = (pairs or [(f"{len(expected)} lines", f"{len(actual)} lines")])[0]
                at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
                print(f"SHOWN in {one.__name__}: {a[max(0, at - 30) : at + 50]!r} -> {b[max(0, at - 30) : at + 50]!r}")
                return
        print("SAME")
        return
    names = sys.argv[1:] or list(faults.FAULTS)

    def probe(name: str) -> tuple[str, str]:
        try:
            done = subprocess.run([sys.executable, __file__, "--one", name], capture_output=True, text=True, timeout=200)
        except subprocess.TimeoutExpired:
            return name, "DIFFERENT hangs"
        return name, done.stdout.strip() or "ERROR " + done.stderr.strip()[-200:]

    with ThreadPoolExecutor(1) as pool:
        for name, said in pool.map(probe, names):
            print(f"{name}: {said}", flush=True)


if __name__ == "__main__":
    main()
