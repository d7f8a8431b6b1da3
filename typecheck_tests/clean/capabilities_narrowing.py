"""A capability is asked for with isinstance."""

from typing import assert_type

from bareasgi_ws import SupportsCloseReason, SupportsDenial, SupportsSubprotocols, WebSocket


async def case_denial(web_socket: WebSocket) -> None:
    if isinstance(web_socket, SupportsDenial):
        await web_socket.deny(401)
    else:
        await web_socket.close()


async def case_denial_with_headers_and_body(web_socket: WebSocket) -> None:
    assert isinstance(web_socket, SupportsDenial)
    assert_type(await web_socket.deny(401, [(b"www-authenticate", b"Bearer")], b"Who are you?"), None)


async def case_denial_by_name(web_socket: WebSocket[str]) -> None:
    if isinstance(web_socket, SupportsDenial):
        await web_socket.deny(status=403, headers=None, body=b"No")


async def case_close_reason(web_socket: WebSocket) -> None:
    await web_socket.accept()
    if isinstance(web_socket, SupportsCloseReason):
        assert_type(web_socket.reason, str | None)
        assert_type(await web_socket.close_with_reason(4000, "Enough"), None)


async def case_close_reason_by_name(web_socket: WebSocket) -> None:
    await web_socket.accept()
    assert isinstance(web_socket, SupportsCloseReason)
    await web_socket.close_with_reason(code=1001, reason="")


async def case_subprotocols(web_socket: WebSocket) -> None:
    offered: tuple[str, ...] = ()
    if isinstance(web_socket, SupportsSubprotocols):
        assert_type(web_socket.subprotocols, tuple[str, ...])
        offered = web_socket.subprotocols
    await web_socket.accept("chat" if "chat" in offered else None)


async def case_the_five_members_stay(web_socket: WebSocket[str]) -> None:
    if isinstance(web_socket, SupportsSubprotocols):
        await web_socket.accept()
        assert_type(await web_socket.receive(), str | None)


def case_an_object_of_any_type() -> None:
    thing: object = "no web socket"
    assert not isinstance(thing, SupportsDenial | SupportsCloseReason | SupportsSubprotocols)
