"""A client of bytes, for what no library's client does."""

import socket
import struct
from collections.abc import Generator
from contextlib import contextmanager

from websockets.sync.client import ClientConnection

TIMEOUT = 30.0


@contextmanager
def asking(address: str, target: str, more: str = "") -> Generator[socket.socket]:
    """Have a client that has asked for the handshake, with these header lines too, and does nothing more."""
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as client:
        upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: server\r\n{upgrade}{key}{more}\r\n".encode())
        yield client


def drop(client: ClientConnection) -> None:
    """Lose the connection: reset TCP, with no close frame."""
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.shutdown(socket.SHUT_RDWR)
    client.socket.close()
