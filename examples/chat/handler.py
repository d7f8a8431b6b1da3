"""The WebSocket of a room: ``/rooms/{room}?last=ID``."""

import json
import logging
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import parse_qs

from bareasgi_ws import (
    CloseCode,
    Outbox,
    Scope,
    SupportsDenial,
    WebSocket,
    WebSocketClosedError,
    messages,
)

from .rooms import Member, Rooms
from .schema import BadMessageError, Rejected, post, read
from .settings import Settings
from .store import StoreError
from .tokens import is_ours, name_of

LOGGER = logging.getLogger("chat")
ROOM = re.compile(r"[a-z0-9-]{1,40}")
NUMBER = re.compile(r"[0-9]{1,15}")
WAITING = 64
"""How many messages may wait for a member, beside its history, before it is taken for too slow."""


@dataclass(frozen=True)
class Chat:
    """What the handlers share."""

    settings: Settings
    rooms: Rooms


class Path(TypedDict):
    """What the path of a room matches."""

    room: str


async def room_handler(scope: Scope, info: Chat, matches: Path, web_socket: WebSocket) -> None:
    """Let a member into a room, or reject the handshake."""
    name = name_of(scope["headers"], info.settings)
    last = _last(scope)
    if not is_ours(scope["headers"], info.settings):
        await _reject(web_socket, 403)
    elif name is None:
        await _reject(web_socket, 401)
    elif last is None or not ROOM.fullmatch(matches["room"]):
        await _reject(web_socket, 404)
    else:
        with suppress(WebSocketClosedError):  # it has gone meanwhile
            await web_socket.accept()
            await _let_in(web_socket, info, matches["room"], name, last)


async def _let_in(web_socket: WebSocket, chat: Chat, room: str, name: str, last: int) -> None:
    try:
        async with Outbox(web_socket, limit=chat.settings.history + WAITING) as out:
            member = Member(web_socket, out, last)
            async with chat.rooms.joined(room, name, member):
                await _converse(web_socket, out, chat, room, name)
    except StoreError as error:
        LOGGER.warning("a member is told to come later: %s", error)
        await web_socket.close(CloseCode.TRY_AGAIN_LATER)


async def _converse(web_socket: WebSocket, out: Outbox, chat: Chat, room: str, name: str) -> None:
    async for content in messages(web_socket):
        try:
            message, picture = read(content)
        except BadMessageError as error:
            out.put(json.dumps(Rejected(type="rejected", why=str(error), key=error.key)))
        else:
            body = post(message, picture, name, time.time())
            await chat.rooms.store.append(room, f"{name}:{message['key']}", body)


async def _reject(web_socket: WebSocket, status: int) -> None:
    """Answer with the status where the server can; elsewhere the close is answered with 403."""
    if isinstance(web_socket, SupportsDenial):
        await web_socket.deny(status)
    else:
        await web_socket.close()


def _last(scope: Scope) -> int | None:
    """Return the id of the last post that the client has seen, 0 if it says none, and None if that is not a number."""
    [text, *more] = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("last", ["0"])
    return int(text) if not more and NUMBER.fullmatch(text) else None
