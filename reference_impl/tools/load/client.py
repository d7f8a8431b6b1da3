"""One client: that of the library websockets, which can also go in the middle of what it does."""

import asyncio
import socket
import struct
from collections.abc import Sequence

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

Message = bytes | str

NO_LINGER = struct.pack("ii", 1, 0)
HALF_A_FRAME = b"\x82\xfd"
"""The beginning of a binary frame."""


class WrongError(Exception):
    """What came is not what is to come."""


class EndedError(WrongError):
    """The connection has ended."""


class Client(ClientConnection):
    """One client. ``opened`` makes it."""

    async def echo(self, messages: Sequence[Message]) -> None:
        """Send messages at once, and have them come back."""
        try:
            for message in messages:
                await self.send(message)
            for message in messages:
                actual = await self.recv()
                if actual != message:  # text is never equal to bytes
                    raise WrongError(f"expected {_shown(message)}, got {_shown(actual)}")
        except ConnectionClosed as error:
            raise EndedError("the connection has ended") from error

    async def leave(self, code: int) -> None:
        """Close with a code, and wait for the end; nothing comes before that."""
        await self.close(code)
        try:
            raise WrongError(f"expected a close frame, got {_shown(await self.recv())}")
        except ConnectionClosed as closed:
            if closed.rcvd is None:
                raise WrongError("expected a close frame, got an end") from closed


async def opened(address: str) -> Client:
    """Connect, and complete the handshake."""
    try:
        client = await connect(
            f"ws://{address}/echo",
            create_connection=Client,
            compression=None,
            proxy=None,
            open_timeout=None,
            ping_interval=None,
            max_size=None,
            max_queue=None,
        )
    except InvalidHandshake as error:
        raise WrongError(f"the handshake was not completed: {error}") from error
    assert isinstance(client, Client)
    return client


async def half_opened(address: str) -> asyncio.Transport:
    """Connect by TCP, and send the beginning of the handshake request."""
    host, _, port = address.partition(":")
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, host, int(port))
    transport.write(b"GET /echo HTTP/1.1\r\nHost: server\r\nUpgr")
    return transport


def drop(transport: asyncio.Transport) -> None:
    """Reset the TCP connection."""
    raw = transport.get_extra_info("socket")
    if raw is not None and raw.fileno() >= 0:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()


def _shown(message: Message) -> str:
    return f"{message[:20]!r} of the length {len(message)}, as {type(message).__name__}"
