"""What is said over the connection.

Each message is a JSON object. One with a picture is binary: the JSON object, a newline, and the picture's bytes.
"""

import json
import re
from typing import Any, Literal, NamedTuple, TypedDict, cast

LONGEST_TEXT = 2000
LARGEST_PICTURE = 256 * 1024
PICTURES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
KEY = re.compile(r"[A-Za-z0-9-]{1,40}")


class Say(TypedDict):
    """A client says something. A message of a key that was there before is taken for the same message, sent again."""

    type: Literal["say"]
    key: str
    text: str


class Show(TypedDict):
    """A client shows a picture, whose bytes follow."""

    type: Literal["show"]
    key: str
    media_type: str


class Post(TypedDict):
    """What a member said or showed, as it is kept, and as everybody in the room gets it, with its id.

    Of ``text`` and ``media_type`` it has one; after ``media_type`` the picture's bytes follow.
    """

    type: Literal["post"]
    key: str
    name: str
    at: float
    text: str | None
    media_type: str | None


class Joined(TypedDict):
    """The first message to a client; what it has missed comes next. With ``gap``, some of that is kept no more."""

    type: Literal["joined"]
    room: str
    name: str
    gap: bool


class Tick(TypedDict):
    """A sign of life: a page cannot see the server's pings."""

    type: Literal["tick"]
    at: float


class Rejected(TypedDict):
    """A message of the client's was not understood; the connection goes on. ``key`` is the message's, if it has one."""

    type: Literal["rejected"]
    why: str
    key: Any


class Entry(NamedTuple):
    """A post as the store keeps it: its number in the room, and its JSON with what follows."""

    id: int
    body: bytes


class BadMessageError(Exception):
    """What a client sent is not in the schema; the text says why, for its author.

    Attributes:
        key: What the message has as its key, whatever that is.
    """

    key: Any = None


def read(content: bytes | str) -> tuple[Say | Show, bytes]:
    """Return a client's message, and the bytes of the picture that it shows."""
    head, _, picture = content.partition(b"\n") if isinstance(content, bytes) else (content, "", b"")
    message = _read_object(head)
    try:
        return (_read_say(message) if isinstance(content, str) else _read_show(message, picture)), picture
    except BadMessageError as error:
        error.key = message.get("key")
        raise


def post(message: Say | Show, picture: bytes, name: str, at: float) -> bytes:
    """Return the post that the message becomes, as the store keeps it."""
    text = message["text"] if message["type"] == "say" else None
    media_type = message["media_type"] if message["type"] == "show" else None
    kept = Post(type="post", key=message["key"], name=name, at=at, text=text, media_type=media_type)
    head = json.dumps(kept).encode()
    return head + b"\n" + picture if picture else head


def content(entry: Entry) -> bytes | str:
    """Return a kept post as it is sent to members."""
    head, _, picture = entry.body.partition(b"\n")
    text = json.dumps({**json.loads(head), "id": entry.id})
    return text.encode() + b"\n" + picture if picture else text


def _read_object(text: bytes | str) -> dict[str, Any]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise BadMessageError("this is not JSON") from None
    if not isinstance(value, dict):
        raise BadMessageError("this is not a JSON object")
    return cast("dict[str, Any]", value)


def _read_say(message: dict[str, Any]) -> Say:
    _expect_type(message, "say", "a text message")
    text = _read_str(message, "text")
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise BadMessageError(f"'text' has {len(text)} characters, not 1 to {LONGEST_TEXT}")
    return Say(type="say", key=_read_key(message), text=text)


def _read_show(message: dict[str, Any], picture: bytes) -> Show:
    _expect_type(message, "show", "a binary message")
    media_type = _read_str(message, "media_type")
    if media_type not in PICTURES:
        raise BadMessageError(f"'media_type' is none of {', '.join(PICTURES)}")
    if not picture.startswith(PICTURES[media_type]):
        raise BadMessageError(f"what follows the JSON object is not {media_type}")
    if len(picture) > LARGEST_PICTURE:
        raise BadMessageError(f"the picture has {len(picture)} bytes, more than {LARGEST_PICTURE}")
    return Show(type="show", key=_read_key(message), media_type=media_type)


def _expect_type(message: dict[str, Any], expected: str, kind: str) -> None:
    if message.get("type") != expected:
        raise BadMessageError(f"'type' of {kind} is not '{expected}'")


def _read_key(message: dict[str, Any]) -> str:
    key = _read_str(message, "key")
    if not KEY.fullmatch(key):
        raise BadMessageError("'key' is not 1 to 40 letters, digits and hyphens")
    return key


def _read_str(message: dict[str, Any], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str):
        raise BadMessageError(f"'{name}' is not a string")
    return value
