"""Messages are taken for something else."""

from bareasgi_ws import Header, SupportsDenial, WebSocket, messages


class OfNumbers:
    code: int | None = None

    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> int | None: ...
    async def send(self, content: bytes | str) -> None: ...
    async def close(self, code: int = 1000) -> None: ...


async def without_async(web_socket: WebSocket) -> None:
    for _ in messages(web_socket):  # E
        pass


async def awaited(web_socket: WebSocket) -> None:
    await messages(web_socket)  # E


async def text_without_looking(web_socket: WebSocket) -> None:
    async for content in messages(web_socket):
        print("You said: " + content)  # E


async def bytes_from_a_socket_of_text(web_socket: WebSocket[str]) -> None:
    async for content in messages(web_socket):
        await web_socket.send(content.decode())  # E


async def text_from_a_socket_of_bytes(web_socket: WebSocket[bytes]) -> None:
    async for content in messages(web_socket):
        await web_socket.send(content.encode())  # E


def of_no_web_socket() -> None:
    messages("web_socket")  # E


def of_a_capability(web_socket: SupportsDenial) -> None:
    messages(web_socket)  # E


def of_numbers() -> None:
    messages(OfNumbers())  # E


def of_nothing() -> None:
    messages()  # E


def closed(web_socket: WebSocket) -> None:
    messages(web_socket).aclose()  # E
