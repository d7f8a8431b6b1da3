"""Closing, and the code that is read."""

from typing import assert_type

from bareasgi_ws import CloseCode, WebSocket


async def case_with_nothing(web_socket: WebSocket) -> None:
    await web_socket.close()


async def case_with_a_number(web_socket: WebSocket) -> None:
    await web_socket.close(4000)


async def case_with_a_member(web_socket: WebSocket) -> None:
    await web_socket.close(CloseCode.POLICY_VIOLATION)


async def case_by_name(web_socket: WebSocket[str]) -> None:
    await web_socket.close(code=1001)


async def case_the_code_is_an_int_or_none(web_socket: WebSocket) -> None:
    assert_type(web_socket.code, int | None)
    await web_socket.close(4000)
    assert web_socket.code == 4000


async def case_the_code_compared_with_a_member(web_socket: WebSocket) -> None:
    await web_socket.close(1001)
    assert web_socket.code == CloseCode.GOING_AWAY
    assert web_socket.code is None or web_socket.code >= 1000


def case_a_member_is_an_int() -> None:
    number: int = CloseCode.NORMAL_CLOSURE
    assert number == 1000
    name: str = CloseCode.NORMAL_CLOSURE.name
    assert name == "NORMAL_CLOSURE"


def case_a_number_becomes_a_member() -> None:
    assert_type(CloseCode(1011), CloseCode)
    assert CloseCode(1011) is CloseCode.INTERNAL_ERROR


def case_the_members() -> None:
    codes: list[CloseCode] = [
        CloseCode.PROTOCOL_ERROR,
        CloseCode.UNSUPPORTED_DATA,
        CloseCode.NO_STATUS_RCVD,
        CloseCode.ABNORMAL_CLOSURE,
        CloseCode.INVALID_DATA,
        CloseCode.MESSAGE_TOO_BIG,
        CloseCode.MANDATORY_EXTENSION,
        CloseCode.SERVICE_RESTART,
        CloseCode.TRY_AGAIN_LATER,
        CloseCode.BAD_GATEWAY,
        CloseCode.TLS_HANDSHAKE,
        CloseCode.UNAUTHORIZED,
        CloseCode.FORBIDDEN,
        CloseCode.TIMEOUT,
    ]
    assert codes == sorted(codes)
