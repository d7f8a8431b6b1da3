"""Comparing what a handshake that was not accepted was answered with."""

from collections.abc import Sequence
from typing import Any

from ..._memory.answers import Handshake
from ...scope import Header
from .._stage import Stage


async def expect_refused(stage: Stage, handler: Any, status: int) -> Handshake:
    """Show that the handshake is answered with this status."""
    async with stage.connect(handler) as client:
        handshake = await client.expect_status(status)
    return handshake  # noqa: RET504  # inside, mypy would miss a return behind the context manager


def expect_answer(
    stage: Stage, came: Handshake, servers: set[bytes], headers: Sequence[Header] = (), body: bytes = b""
) -> None:
    """Compare headers and body of an answer, beside the content-length and what the server adds to its answers."""
    stage.expect("client: body of the answer", body, came.body)
    lengths = [value for name, value in came.headers if name.lower() == b"content-length"]
    stage.expect("client: content-length of the answer", [b"%d" % len(body)], lengths)
    added = {b"content-length", *servers}
    given = [(name.lower(), value) for name, value in headers if name.lower() not in added]
    rest = [(name, value) for name, value in came.headers if name.lower() not in added]
    stage.expect("client: headers of the answer", given, rest)
