# pyright: strict
"""Frames out of what a client wrote, octet by octet (RFC 6455 section 5.2)."""

from collections.abc import Generator
from typing import TypeAlias

from .frames import Frame, Opcode

LONGER = {126: 2, 127: 8}
"""What announces a length in so many octets more."""

Reading: TypeAlias = Generator[int, bytes, Frame]
"""Says how many octets it wants, is sent them, and returns a frame."""


class BrokenProtocol(Exception):
    """What a client may not write."""


class Octets:
    """Reads frames, however they were cut."""

    def __init__(self) -> None:
        self._buffer = b""
        self._frame = _frame()
        self._wanted = next(self._frame)

    def add(self, data: bytes) -> Generator[Frame]:
        """Take octets; give each frame that they end.

        Raises:
            BrokenProtocol: They are no client's frames.
        """
        self._buffer += data
        while len(self._buffer) >= self._wanted:
            part, self._buffer = self._buffer[: self._wanted], self._buffer[self._wanted :]
            try:
                self._wanted = self._frame.send(part)
            except StopIteration as end:
                yield end.value
                self._frame = _frame()
                self._wanted = next(self._frame)


def _frame() -> Reading:
    first, second = yield 2
    opcode, length = first & 0x0F, second & 0x7F
    if first & 0x70 or not second & 0x80 or opcode not in set(Opcode):
        raise BrokenProtocol("a reserved bit, a frame without a mask, or a reserved opcode")
    fin = bool(first & 0x80)
    if opcode >= Opcode.CLOSE and (length > 125 or not fin):
        raise BrokenProtocol("a control frame that is long, or in fragments")
    if length in LONGER:
        length = int.from_bytes((yield LONGER[length]), "big")
    key = yield 4
    masked = yield length
    return Frame(Opcode(opcode), fin, bytes(octet ^ key[place % 4] for place, octet in enumerate(masked)))
