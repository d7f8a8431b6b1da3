"""Does a wire fault show at all? Raw bytes to the server; transcripts are compared with those of the server without a fault."""

import asyncio
import os
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import logging  # noqa: E402

import wire_faults  # noqa: E402

logging.disable(logging.CRITICAL)
MASK = b"\x11\x22\x33\x44"


def frame(op: int, payload: bytes = b"", fin: bool = True, mask: bool = True) -> bytes:
    n = len(payload)
    size = bytes([n | 0x80 * mask]) if n < 126 else (bytes([126 | 0x80 * mask]) + struct.pack(">H", n) if n < 65536 else bytes([127 | 0x80 * mask]) + struct.pack(">Q", n))
    body = bytes(b ^ MASK[i % 4] for i, b in enumerate(payload)) if mask else payload
    return bytes([op | 0x80 * fin]) + size + (MASK if mask else b"") + body


async def read_all(reader: Any, seconds: float = 0.25) -> str:
    data = b""
    ended = "open"
    with suppress(asyncio.TimeoutError):
        while True:
            part = await asyncio.wait_for(reader.read(1 << 20), seconds)
            if not part:
                ended = "EOF"
                break
            data += part
    import hashlib

    return f"{ended} {len(data)} {data[:60]!r} {hashlib.md5(data).hexdigest()}"


async def wait(reader: Any) -> str:
    try:
        return await read_all(reader)
    except ConnectionError as error:
        return type(error).__name__


async def echo(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    await ws.accept()
    while (m := await ws.receive()) is not None:
        await ws.send(m)
    info.append((ws.code, ws.reason))


async def lazy(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    await ws.accept()
    await asyncio.sleep(0.3)
    while (m := await ws.receive()) is not None:
        info.append(m if len(m) < 50 else len(m))
    info.append((ws.code, ws.reason))


async def closer(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    info.append((scope["path"], [h for h in scope["headers"] if h[0] in (b"x", b"sec-websocket-protocol")], scope.get("subprotocols")))
    await ws.accept()
    await ws.send("hello")
    await ws.close_with_reason(4097, "why")
    info.append(ws.code)


async def sender(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    await ws.accept()
    for n in (0, 125, 126, 127, 65535, 65536, 65537, 200000):
        await ws.send(b"x" * n)
    await ws.send("a")
    await ws.send("b")
    await asyncio.gather(*[ws.send(bytes([65 + i]) * 50000) for i in range(3)], return_exceptions=True)
    await ws.close(4000)


async def flood(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    await ws.accept()
    n = 0
    with suppress(asyncio.TimeoutError):
        async with asyncio.timeout(0.4):
            for _ in range(40):
                await ws.send(b"x" * (1 << 20))
                n += 1
    info.append(n < 40)
    began = asyncio.get_running_loop().time()
    with suppress(asyncio.TimeoutError):
        async with asyncio.timeout(3):
            await ws.close(4000)
    info.append(asyncio.get_running_loop().time() - began < 2)


async def beside(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    await ws.accept()
    s = asyncio.ensure_future(ws.send("x" * 5000))
    await asyncio.sleep(0)
    await ws.close(4000)
    with suppress(BaseException):
        await s


async def rejecter(scope: Any, info: Any, matches: Any, ws: Any) -> None:
    if scope["path"].endswith("deny"):
        await ws.deny(401, [(b"a", b"b")], b"x" * 10000)
    else:
        await ws.close()


HEAD = b"GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nX: 1\r\nX: 2\r\nSec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Protocol: c\r\n\r\n"
TEXT = "a\U0001f600b".encode()
CLOSE = frame(8, (4003).to_bytes(2, "big") + b"bye")
CASES: list[Any] = [
    *[(echo, data) for data in (
        [frame(1, b"one"), frame(2, b"two")], [frame(1, b"on", False) + frame(0, b"e")], [frame(1, b"on", False), frame(0, b"e")], [frame(1, b"on", False), frame(9, b"ping"), frame(0, b"e")],
        [frame(1, TEXT[:3], False), frame(0, TEXT[3:])], [frame(1, b"x", False), frame(0, b"", True)], [frame(2, b"", False), frame(0, b"x", True)],
        [frame(1, b"long message")[:9], frame(1, b"long message")[9:]], [frame(2, b"q" * 9001)], [frame(2, bytes(range(256)) * 300)], [frame(2, bytes(range(256)) * 257)], [frame(1, b"x", False)] + [frame(0, b"y", False)] * 100 + [frame(0, b"z")],
        [frame(9)], [frame(9, b"p")], [frame(9, b"\xff\xfe")], [frame(9, b"p" * 125)], [frame(10, b"pong"), frame(1, b"x")], [frame(1, b"\xff")], [frame(1, b"\xed\xa0\xbd")], [frame(1, b"x", mask=False)], [frame(0, b"x")],
        [frame(1, b"x", False), frame(1, b"y")], [frame(3, b"x"), frame(1, b"y")], [CLOSE], [frame(8)], [frame(8, (1000).to_bytes(2, "big"))], [frame(1, b"m") + CLOSE],
    )],
    *[(lazy, data) for data in (
        [frame(1, b"early")], [frame(1, b"m1"), frame(2, b"m2"), CLOSE], [frame(1, b"%d" % i) for i in range(1500)] + [CLOSE], [frame(9, b"p")], [frame(1, b"m"), "reset"], [frame(1, b"m"), "eof"],
    )],
    (echo, ["reset"]), (echo, ["eof"]), (echo, ["early", frame(1, b"x")]), (echo, ["split", frame(1, b"x")]), (closer, [CLOSE]), (closer, []), (sender, []), (sender, [frame(1, b"unread" * 100)]), (flood, ["silent"]), (beside, []), (rejecter, []), (rejecter, ["deny"]),
    (closer, ["crossing"]), (echo, ["two"]),
]  # fmt: skip


async def case(backend: Any, handler: Any, steps: list[Any]) -> list[Any]:
    said: list[Any] = []
    info: list[Any] = []
    async with backend._serve(handler, route="/{p:path}", content=None, info=info) as url:
        port = int(url.rpartition(":")[2])
        r, w = await asyncio.open_connection("127.0.0.1", port)
        head = HEAD % (b"/a%2525b/deny" if "deny" in steps else b"/a%2525b")
        if "early" in steps:
            w.write(head + steps[1])
            steps = []
        elif "split" in steps:
            w.write(head[:50])
            await asyncio.sleep(0.03)
            w.write(head[50:])
            steps = steps[1:]
        elif "crossing" in steps:
            w.write(head)
            await r.readuntil(b"\r\n\r\n")
            w.write(CLOSE)
        else:
            w.write(head)
        if handler is not rejecter and "crossing" not in steps:
            said.append((await asyncio.wait_for(r.readuntil(b"\r\n\r\n"), 1))[:16])
        if "two" in steps:
            r2, w2 = await asyncio.open_connection("127.0.0.1", port)
            w2.write(head)
            await r2.readuntil(b"\r\n\r\n")
            w.write(frame(1, b"a1", False))
            await asyncio.sleep(0.01)
            w2.write(frame(1, b"b1", False))
            await asyncio.sleep(0.01)
            w.write(frame(0, b"a2"))
            await asyncio.sleep(0.01)
            w2.write(frame(0, b"b2"))
            said += [await wait(r), await wait(r2)]
            w2.close()
        elif "twoflood" in steps:
            await asyncio.sleep(0.1)
            r2, w2 = await asyncio.open_connection("127.0.0.1", port)
            w2.write(head)
            said.append((await wait(r2))[:20])
            w2.close()
        else:
            for step in steps:
                if isinstance(step, bytes):
                    with suppress(ConnectionError):
                        w.write(step)
                        await w.drain()
                    if len(steps) < 10:
                        await asyncio.sleep(0.02)
                elif step == "reset":
                    w.transport.get_extra_info("socket").setsockopt(1, 13, struct.pack("ii", 1, 0))
                    w.transport.abort()
                elif step == "eof":
                    w.close()
                elif step == "silent":
                    await asyncio.sleep(1.5)
            if not {"reset", "eof", "silent"} & {s for s in steps if isinstance(s, str)}:
                said.append(await wait(r))
            await asyncio.sleep(0.4 if handler is lazy else 0.05)
        w.transport.abort()
        await asyncio.sleep(0.05)
    return [*said, info]


async def main(names: list[str]) -> None:
    known = {**wire_faults.CONTROLS, **wire_faults.FAULTS}
    if names:
        CASES.sort(key=lambda c: c[0] is echo or c[0] is lazy)
    plain = [repr(await tried(known["control-wire"], c)) for c in CASES]
    for name in names or list(known):
        for i, c in enumerate(CASES):
            said = repr(await tried(known[name], c))
            if said != plain[i]:
                print(f"{name}: SHOWN in {c[0].__name__} {repr(c[1])[:60]}: {plain[i][:110]} -> {said[:110]}", flush=True)
                break
        else:
            print(f"{name}: SAME", flush=True)


async def tried(backend: Any, c: Any) -> Any:
    try:
        async with asyncio.timeout(8):
            return await case(backend, c[0], list(c[1]))
    except BaseException as error:
        return type(error).__name__


asyncio.run(main(sys.argv[1:]))
