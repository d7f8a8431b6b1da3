"""Large messages, and many: no step for each, and a report of the first that differs."""

from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any

import anyio

from .. import _wire
from .._ends import ClientEnd
from .._steps import Steps, short_repr
from ..backend import SupportsWrite

TEXT, BINARY = "aä€😀" * 104_857 + "abcdef", bytes(range(256)) * 4096
"""Each 1 MiB (2**20 bytes) on the wire: a text with characters of one to four bytes, and a binary."""

FRAGMENT = 4099
"""How long a fragment of these is, in bytes: a prime, so that it ends at each of a character's bytes."""

MANY = [str(number) for number in range(10_000)]
"""Messages that are sent one after the other."""

TAKES = 20.0
"""How long all of them may take beyond a step's deadline, in seconds."""


async def send_in_fragments(client: ClientEnd, content: bytes | str) -> None:
    """Send a message in fragments, where the peer can send frames as they are."""
    if isinstance(client.peer, SupportsWrite):
        await client.peer.write(b"".join(_fragments(content)))
    else:
        await client.peer.send(content)


async def send_burst(client: ClientEnd, messages: Iterable[str]) -> None:
    """Send short texts one after the other: all at once, where the peer can send frames as they are."""
    if isinstance(client.peer, SupportsWrite):
        await client.peer.write(b"".join(_wire.frame(_wire.TEXT, message.encode()) for message in messages))
    else:
        for message in messages:
            await client.peer.send(message)


@contextmanager
def set_at_end(event: anyio.Event) -> Generator[None]:
    """Set the event, whatever comes: who waits for it has longer than for a handler to return."""
    try:
        yield
    finally:
        event.set()


async def receive_up_to(limit: int, receive: Callable[[], Awaitable[Any]]) -> list[Any]:
    """Receive until the end, or until there are more messages than there should be."""
    actual: list[Any] = []
    while len(actual) <= limit and (message := await receive()) is not None:
        actual.append(message)
    return actual


async def expect_same(
    context: Steps, step: str, expected: Sequence[Any], received: Awaitable[Sequence[Any] | None]
) -> None:
    """Wait for what is long, and compare it: a report says where it differs."""

    async def compare() -> None:
        actual = await received
        if actual != expected or type(actual) is not type(expected):
            context.fail(step, f"{_size(expected)}, unchanged", _difference(expected, actual))

    await context.call(step, compare(), TAKES)


def _size(value: Sequence[Any] | None) -> str:
    if isinstance(value, str | bytes | list):
        return f"a {type(value).__name__} of {len(value)}"
    return short_repr(value)


def _difference(expected: Sequence[Any], actual: Sequence[Any] | None) -> str:
    if actual is None or type(actual) is not type(expected):
        return _size(actual)
    pairs = enumerate(zip(expected, actual, strict=False))
    first = next((index for index, (one, other) in pairs if one != other), min(len(expected), len(actual)))
    return f"{_size(actual)}, from [{first}] on {short_repr(actual[first : first + 10])}"


def _fragments(content: bytes | str) -> Iterable[bytes]:
    payload = content.encode() if isinstance(content, str) else content
    opcode = _wire.TEXT if isinstance(content, str) else _wire.BINARY
    parts = (payload[start : start + FRAGMENT] for start in range(0, len(payload), FRAGMENT))
    return _wire.fragments(opcode, *parts)
