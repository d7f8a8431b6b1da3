"""What a client writes to try how a server reads it (RFC 6455). Pure: no I/O."""

from ._wire import BINARY, CONTINUATION, PING, PONG, TEXT, fragments, frame, split_text

_CONTROL = [frame(PING, b"between"), frame(PONG, b"nobody asked")]
_TEXT_OF_FOUR_BYTES = "é€𝄞"
_TEXTS = fragments(TEXT, *split_text(_TEXT_OF_FOUR_BYTES))
_DATA = fragments(BINARY, b"\0", b"", b"\xff\xfe", b"")

IN_FRAGMENTS: tuple[tuple[list[bytes], list[bytes | str]], ...] = (
    ([*_TEXTS, *_DATA], [_TEXT_OF_FOUR_BYTES, b"\0\xff\xfe"]),
    ([_TEXTS[0], *_CONTROL, *_TEXTS[1:]], [_TEXT_OF_FOUR_BYTES]),
    ([*_DATA[:2], *_CONTROL, *_DATA[2:]], [b"\0\xff\xfe"]),
    (fragments(TEXT, b"", b"") + fragments(BINARY, b"", b""), ["", b""]),
)
"""What is written, piece by piece, and the messages that it is: frames that are joined."""

_ONE, _OTHER = frame(TEXT, "é1".encode()), frame(BINARY, bytes(200))

IN_SEGMENTS: tuple[tuple[list[bytes], list[bytes | str]], ...] = (
    ([_ONE + _OTHER + _ONE], ["é1", bytes(200), "é1"]),
    ([bytes([byte]) for byte in _ONE], ["é1"]),
    ([_OTHER[:3], _OTHER[3:100], _OTHER[100:]], [bytes(200)]),
    ([_ONE[:-1], _ONE[-1:] + _OTHER[:6], _OTHER[6:]], ["é1", bytes(200)]),
)
"""The same, of frames that are cut elsewhere than where they end."""

OF_TWO_CLIENTS = {b"1st": fragments(BINARY, b"1", b"st"), b"2nd": fragments(BINARY, b"2", b"nd")}
"""Two messages, each in two frames, which two clients write in turn."""

LENGTHS = (1, 125, 126, 65535, 65536, 1 << 20)
"""Each length that section 5.2 has a form for, at both of its ends, and a large one."""

MALFORMED_HEADERS = (
    (b"Sec-WebSocket-Extensions", b"permessage-deflate; server_max_window_bits=x"),
    (b"Sec-WebSocket-Version", b"x"),
)
"""Headers of a handshake that are not what RFC 6455 and RFC 7692 say.

None is not ASCII: after a subprotocol that is not, uvicorn 0.54 with wsproto does not stop when it is asked to.
"""

PINGS = (b"", b"ping", bytes(range(125)), bytes(range(131, 256)))

UNMASKED = b"\x81\x01x"

NOT_UTF_8 = {
    "text that is not UTF-8": frame(TEXT, b"\xc3\x28"),
    "a surrogate in UTF-8": frame(TEXT, b"\xed\xa0\x80"),
}

NOT_ALLOWED = {
    "a reserved opcode": frame(3, b"x"),
    "a reserved control opcode": frame(11, b"x"),
    "a reserved bit": frame(TEXT, b"x", reserved=0x10),
    "a continuation of nothing": frame(CONTINUATION, b"x"),
    "a message within another": frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"),
    "a ping in fragments": frame(PING, b"x", fin=False),
    "a ping of 126 bytes": frame(PING, bytes(126)),
}
