"""An outbox and a block that are given what they do not take, and used as they cannot be."""

from bareasgi_ws import Outbox, WebSocket, until_closed


class NotAWebSocket:
    async def send(self, content: bytes | str) -> None: ...


async def an_outbox(web_socket: WebSocket[str]) -> None:
    Outbox()  # E
    Outbox("web_socket")  # E
    Outbox(NotAWebSocket())  # E
    Outbox(web_socket, 64)  # E
    Outbox(web_socket, limit="64")  # E
    Outbox(web_socket, limit=None)  # E
    Outbox(web_socket, code="1013")  # E
    Outbox(web_socket, code=None)  # E
    Outbox(web_socket, flush_timeout="10")  # E
    Outbox(web_socket, flush_timeout=None)  # E
    async with Outbox(web_socket) as outbox:
        outbox.put()  # E
        outbox.put(1)  # E
        outbox.put(None)  # E
        outbox.put(["text"])  # E
        await outbox.put("text")  # E
        outbox.send("text")  # E
        left: int = await outbox.__aexit__(None, None, None)  # E
        print(left)
        number: int = outbox  # E
        print(number)
    with Outbox(web_socket):  # E
        pass
    await Outbox(web_socket)  # E


async def a_block(text: WebSocket[str], binary: WebSocket[bytes]) -> None:
    until_closed()  # E
    until_closed("web_socket")  # E
    until_closed(NotAWebSocket())  # E
    until_closed(text, 64)  # E
    until_closed(text, limit="64")  # E
    until_closed(text, limit=None)  # E
    async with until_closed(text) as unread:
        unread.popleft().decode()  # E
        unread.append(b"binary")  # E
        number: int = unread  # E
        print(number)
    async with until_closed(binary) as unread_bytes:
        unread_bytes.popleft().encode()  # E
    with until_closed(text):  # E
        pass
    await until_closed(text)  # E
