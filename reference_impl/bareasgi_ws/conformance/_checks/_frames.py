"""The frames that a client writes (RFC 6455 section 5)."""

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FIN, MASK = 0x80, 0x80

MASKING_KEY = b"\x5a\xc3\x0f\x96"
"""Any: every byte of it changes what it masks."""


def frame(opcode: int, payload: bytes, *, fin: bool = True, reserved: int = 0) -> bytes:
    """Write a frame of less than 64 KiB (section 5.2)."""
    size = len(payload)
    first = (FIN if fin else 0) | reserved | opcode
    length = [MASK | size] if size <= 125 else [MASK | 126, *size.to_bytes(2)]
    key = (MASKING_KEY * (size // 4 + 1))[:size]
    masked = (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(size)
    return bytes([first, *length]) + MASKING_KEY + masked


def fragments(opcode: int, *payloads: bytes) -> list[bytes]:
    """Write a message as a frame for each of these (section 5.4)."""
    last = len(payloads) - 1
    return [
        frame(CONTINUATION if place else opcode, payload, fin=place == last) for place, payload in enumerate(payloads)
    ]
