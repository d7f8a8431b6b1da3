"""The chat in one process, without Redis."""

import json
import socket
import sys
from collections.abc import Generator
from secrets import token_hex
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bareasgi_ws._command.servers.process import DEADLINE, ServerProcess, serving

from ...chat_server import EXAMPLES, PNG, Member, serving_chat, sign_in

pytestmark = pytest.mark.slow

PICTURES = 200
CLOSE_1013 = b"\x88\x02" + (1013).to_bytes(2, "big")


@pytest.fixture(scope="module")
def server() -> Generator[ServerProcess]:
    with serving_chat(password="secret", history="5", tick="0.2") as server:
        yield server


@pytest.fixture
def room() -> str:
    """A room of the test's own."""
    return token_hex(8)


def member(server: ServerProcess, name: str) -> Member:
    return Member(server, name, "secret")


def test_everybody_in_the_room_gets_what_is_said(server: ServerProcess, room: str) -> None:
    ann, bob, eve = (member(server, name) for name in ("Ann", "Bob", "Eve"))
    assert ann.join(room) == {"type": "joined", "room": room, "name": "Ann", "gap": False}
    bob.join(room)
    eve.join("elsewhere")
    ann.say("Hello <b>日本</b>")
    for one in (ann, bob):
        got = one.next()
        assert (got["name"], got["text"]) == ("Ann", "Hello <b>日本</b>")
    eve.say("Nobody here")
    assert eve.texts(1) == ["Nobody here"]


def test_a_picture_is_passed_on(server: ServerProcess, room: str) -> None:
    ann, bob = member(server, "Ann"), member(server, "Bob")
    ann.join(room)
    bob.join(room)
    ann.web_socket.send(b'{"type": "show", "key": "1", "media_type": "image/png"}\n' + PNG)
    got = bob.next()
    assert (got["name"], got["media_type"], got["picture"]) == ("Ann", "image/png", PNG)


def test_who_comes_later_gets_the_last_messages(server: ServerProcess, room: str) -> None:
    ann, bob = member(server, "Ann"), member(server, "Bob")
    ann.join(room)
    for number in range(7):
        ann.say(str(number))
    ann.texts(7)
    assert bob.join(room)["gap"] is False
    assert bob.texts(5) == ["2", "3", "4", "5", "6"]


def test_who_comes_again_gets_what_was_missed(server: ServerProcess, room: str) -> None:
    ann, bob = member(server, "Ann"), member(server, "Bob")
    ann.join(room)
    bob.join(room)
    ann.say("before")
    assert bob.texts(1) == ["before"]
    bob.web_socket.close()
    ann.say("meanwhile")
    assert ann.texts(2) == ["before", "meanwhile"]
    assert bob.join(room)["gap"] is False
    ann.say("after")
    assert bob.texts(2) == ["meanwhile", "after"]


def test_who_missed_too_much_is_told(server: ServerProcess, room: str) -> None:
    ann = member(server, "Ann")
    ann.join(room)
    ann.say("first")
    ann.next()
    seen = ann.last
    for number in range(6):
        ann.say(str(number))
    ann.texts(6)
    ann.web_socket.close()
    ann.last = seen
    assert ann.join(room)["gap"] is True
    assert ann.texts(5) == ["1", "2", "3", "4", "5"]


def test_what_is_sent_again_is_said_once(server: ServerProcess, room: str) -> None:
    ann = member(server, "Ann")
    ann.join(room)
    for key, text in (("a", "once"), ("a", "once"), ("b", "then")):
        ann.say(text, key)
    assert ann.texts(2) == ["once", "then"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ('{"type": "sing"}', "'type' of a text message is not 'say'"),
        ('{"type": "say", "key": "1"}', "'text' is not a string"),
        ('{"type": "say", "key": "1", "text": 1}', "'text' is not a string"),
        ('{"type": "say", "key": "1", "text": ""}', "0 characters"),
        (json.dumps({"type": "say", "key": "1", "text": "x" * 2001}), "2001 characters"),
        ('{"type": "say", "key": "\\ud800", "text": "x"}', "'key' is not 1 to 40"),
        (b"\xff", "not JSON"),
        (b'{"type": "show", "key": "1", "media_type": "text/html"}\n<p>', "'media_type' is none of"),
        (b'{"type": "show", "key": "1", "media_type": "image/png"}\n<p>', "is not image/png"),
        (b'{"type": "show", "key": "1", "media_type": "image/gif"}\nGIF8' + bytes(256 * 1024), "more than 262144"),
    ],
)
def test_bad_input_is_answered_and_nothing_is_lost(server: ServerProcess, room: str, sent: Any, why: str) -> None:
    ann = member(server, "Ann")
    ann.join(room)
    ann.web_socket.send(sent)
    ann.say("still here")
    messages = [ann.next()]
    while messages[-1].get("text") != "still here":
        messages.append(ann.next())
    rejected = [message["why"] for message in messages if message["type"] == "rejected"]
    assert len(rejected) == 1
    assert why in rejected[0]


def test_ticks_come_by_themselves(server: ServerProcess, room: str) -> None:
    ann = member(server, "Ann")
    ann.join(room)
    for _ in range(2):
        assert json.loads(ann.web_socket.recv(DEADLINE))["type"] == "tick"


@pytest.mark.parametrize("cookie", ["", "chat=x", "chat=416e6e.9999999999.00", "chat=é", 'other="'])
def test_without_a_sign_in_it_is_401(server: ServerProcess, cookie: str) -> None:
    assert rejection(server, {"Cookie": cookie}, f"http://{server.address}") == 401


@pytest.mark.parametrize("origin", ["https://evil.test", "null", None])
def test_from_another_page_it_is_403(server: ServerProcess, origin: str | None) -> None:
    assert rejection(server, member(server, "Ann").headers, origin) == 403


@pytest.mark.parametrize("path", ["/rooms/Room", "/rooms/x?last=-1", "/rooms/x?last=1&last=2", "/elsewhere"])
def test_what_is_no_room_is_404(server: ServerProcess, path: str) -> None:
    assert rejection(server, member(server, "Ann").headers, f"http://{server.address}", path) == 404


def test_where_there_is_no_denial_it_is_403() -> None:
    command = ["gunicorn", "-k", "asgi", "-b", "127.0.0.1:0", "--no-control-socket", "chat.application:application"]
    with serving([sys.executable, "-m", *command], EXAMPLES) as server:
        assert rejection(server, {}, f"http://{server.address}") == 403


@pytest.mark.parametrize(
    ("name", "password", "status"), [("Ann", "wrong", 401), ("", "secret", 400), ("é" * 31, "secret", 400)]
)
def test_signing_in_is_rejected(server: ServerProcess, name: str, password: str, status: int) -> None:
    assert sign_in(server, name, password) == (status, "")


def test_another_page_cannot_sign_in(server: ServerProcess) -> None:
    assert sign_in(server, "Ann", "secret", "https://evil.test") == (403, "")


def test_who_does_not_read_is_closed_and_holds_up_nobody(server: ServerProcess, room: str) -> None:
    ann, slow = member(server, "Ann"), member(server, "Slow")
    ann.join(room)
    connection = open_raw(server, slow, room)
    picture = b'{"type": "show", "key": "%d", "media_type": "image/gif"}\nGIF8' + bytes(200_000)
    for number in range(PICTURES):
        ann.web_socket.send(picture % number)
        assert ann.next()["key"] == str(number)
    with connection:
        received = read_until_closed(connection)
    assert len(received) < PICTURES * len(picture)  # the rest was dropped


def test_stopping_the_server_closes_with_1012() -> None:
    with serving_chat() as server:
        ann = Member(server, "Ann")
        ann.join()
        server.ask_to_stop()
        with pytest.raises(ConnectionClosed):
            ann.web_socket.recv(DEADLINE)
        assert ann.web_socket.close_code == 1012
        assert "Application shutdown complete" in server.stop()
    assert server.errors == []


def rejection(server: ServerProcess, headers: dict[str, str], origin: Any, path: str = "/rooms/lobby") -> int:
    """Return the status that the handshake is rejected with."""
    encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    address = f"ws://{server.address}{path}"
    with (
        pytest.raises(InvalidStatus) as rejected,
        connect(address, origin=origin, additional_headers=encoded, proxy=None),
    ):
        pass
    return rejected.value.response.status_code


def open_raw(server: ServerProcess, member: Member, room: str) -> socket.socket:
    """Join a room with a bare socket, and read no more than the response to the handshake."""
    host, _, port = server.address.partition(":")
    connection = socket.create_connection((host, int(port)), DEADLINE)
    request = [
        f"GET /rooms/{room} HTTP/1.1",
        f"Host: {server.address}",
        f"Origin: http://{server.address}",
        f"Cookie: {member.headers['Cookie']}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    connection.sendall("\r\n".join([*request, "", ""]).encode())
    assert connection.recv(12) == b"HTTP/1.1 101"
    return connection


def read_until_closed(connection: socket.socket) -> bytes:
    """Read what was on its way, up to the close frame."""
    received = bytearray()
    while CLOSE_1013 not in received[-100:]:
        chunk = connection.recv(1 << 16)
        assert chunk, "the connection ended without a close"
        received += chunk
    return bytes(received)
