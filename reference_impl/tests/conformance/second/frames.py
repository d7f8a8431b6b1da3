# pyright: strict
"""Messages as frames, named as in RFC 6455 section 5.2; here each carries one byte, of long messages some."""

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Opcode(IntEnum):
    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8


class Frame(NamedTuple):
    opcode: Opcode
    fin: bool
    payload: bytes


def message_frames(content: bytes | str) -> list[Frame]:
    """Return a message's frames; an empty message is one empty frame.

    Raises:
        UnicodeEncodeError: A ValueError (WS-SEND-09).
    """
    opcode = Opcode.TEXT if isinstance(content, str) else Opcode.BINARY
    payload = content.encode() if isinstance(content, str) else content
    return list(_fragments(opcode, payload))


def _fragments(opcode: Opcode, payload: bytes) -> Iterator[Frame]:
    size = 1 + len(payload) // 1024
    for place in range(0, len(payload) or 1, size):
        is_last = place + size >= len(payload)
        yield Frame(Opcode.CONTINUATION if place else opcode, is_last, payload[place : place + size])


def close_frame(code: int | None, reason: str) -> Frame:
    """Return a close frame: the code in two bytes, then the reason; empty without a code (RFC 6455 section 5.5.1)."""
    return Frame(Opcode.CLOSE, True, b"" if code is None else code.to_bytes(2, "big") + reason.encode())


def read_close(frame: Frame) -> tuple[int, str]:
    """Return the code and reason of a close frame; 1005 where it has no code (RFC 6455 section 7.1.5)."""
    code, reason = frame.payload[:2], frame.payload[2:]
    return (int.from_bytes(code, "big") if code else 1005), reason.decode()


class Reassembly:
    """Where frames become messages again."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []

    def add(self, frame: Frame) -> bytes | str | None:
        """Take a frame; give the message that it ends, or None."""
        self._frames.append(frame)
        if not frame.fin:
            return None
        frames, self._frames = self._frames, []
        payload = b"".join(frame.payload for frame in frames)
        return payload.decode() if frames[0].opcode is Opcode.TEXT else payload
