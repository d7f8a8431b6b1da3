"""A capability that was not asked for, and wrong arguments to one that was."""

from typing import Protocol, runtime_checkable

from bareasgi_ws import Header, SupportsCloseReason, SupportsDenial, SupportsSubprotocols, WebSocket


async def not_asked_for(web_socket: WebSocket) -> None:
    await web_socket.deny(401)  # E
    await web_socket.close_with_reason(1000, "reason")  # E
    print(web_socket.subprotocols)  # E
    print(web_socket.reason)  # E


async def another_was_asked_for(web_socket: WebSocket) -> None:
    if isinstance(web_socket, SupportsDenial):
        await web_socket.close_with_reason(1000, "reason")  # E


async def asked_for_and_not_there(web_socket: WebSocket) -> None:
    if not isinstance(web_socket, SupportsDenial):
        await web_socket.deny(401)  # E


@runtime_checkable
class ClosesWithAReason(Protocol):
    async def close(self, code: int = 1000, reason: str = "") -> None: ...


async def of_a_name_that_a_web_socket_has(web_socket: WebSocket) -> None:
    if isinstance(web_socket, ClosesWithAReason): print(web_socket)  # E !mypy !ty !zuban


async def deny(web_socket: SupportsDenial) -> None:
    await web_socket.deny("401")  # E
    await web_socket.deny()  # E
    await web_socket.deny(401, {b"www-authenticate": b"Bearer"})  # E
    await web_socket.deny(401, [("www-authenticate", "Bearer")])  # E
    await web_socket.deny(401, body="Who are you?")  # E
    await web_socket.deny(401, body=None)  # E
    await web_socket.deny(401, None, b"", 1)  # E


async def result_of_deny(web_socket: SupportsDenial) -> None:
    status: int = await web_socket.deny(401)  # E
    print(status)


async def close_with_reason(web_socket: SupportsCloseReason) -> None:
    await web_socket.close_with_reason("1000", "reason")  # E
    await web_socket.close_with_reason(1000, b"reason")  # E
    await web_socket.close_with_reason(1000, None)  # E
    await web_socket.close_with_reason(1000)  # E


async def result_of_close_with_reason(web_socket: SupportsCloseReason) -> None:
    code: int = await web_socket.close_with_reason(1000, "reason")  # E
    print(code)


def reason(web_socket: SupportsCloseReason) -> None:
    web_socket.reason = "reason"  # E
    print(web_socket.reason())  # E


def reason_that_may_be_none(web_socket: SupportsCloseReason) -> None:
    print(web_socket.reason.upper())  # E


def subprotocols(web_socket: SupportsSubprotocols) -> None:
    web_socket.subprotocols = ("chat",)  # E
    web_socket.subprotocols.append("chat")  # E
    print(web_socket.subprotocols[0].decode())  # E
    print(web_socket.subprotocols())  # E


def no_web_socket(web_socket: SupportsDenial) -> None:
    plain: WebSocket = web_socket  # E
    print(plain)


class NoClose(SupportsCloseReason):
    @property
    def reason(self) -> str | None: ...


class NoReason(SupportsCloseReason):
    async def close_with_reason(self, code: int, reason: str) -> None: ...


class NoDeny(SupportsDenial): ...


class NoSubprotocols(SupportsSubprotocols): ...


class SyncDeny:
    def deny(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None: ...


class TextDeny:
    async def deny(self, status: int, headers: list[Header] | None = None, body: str = "") -> None: ...


class BytesReason:
    reason: bytes | None = None

    async def close_with_reason(self, code: int, reason: str) -> None: ...


class ListOfSubprotocols:
    subprotocols: list[str] = []  # noqa: RUF012


NoClose()  # E
NoReason()  # E
NoDeny()  # E
NoSubprotocols()  # E
synchronous: SupportsDenial = SyncDeny()  # E
of_text: SupportsDenial = TextDeny()  # E
of_bytes: SupportsCloseReason = BytesReason()  # E
of_a_list: SupportsSubprotocols = ListOfSubprotocols()  # E
