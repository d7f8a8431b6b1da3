"""The code is read, and may be None."""

from bareasgi_ws import CloseCode, WebSocket


def written(web_socket: WebSocket) -> None:
    web_socket.code = 1000  # E


def deleted(web_socket: WebSocket) -> None:
    del web_socket.code  # E !mypy !pyrefly !zuban


def called(web_socket: WebSocket) -> None:
    print(web_socket.code())  # E


def not_none(web_socket: WebSocket) -> None:
    code: int = web_socket.code  # E
    print(code)


def text(web_socket: WebSocket) -> None:
    code: str | None = web_socket.code  # E
    print(code)


def counted_from(web_socket: WebSocket) -> None:
    print(web_socket.code + 1)  # E


def a_member(web_socket: WebSocket) -> None:
    code: CloseCode | None = web_socket.code  # E
    print(code)


def misspelt() -> None:
    print(CloseCode.NORMAL)  # E


def no_member() -> None:
    code: CloseCode = 1000  # E
    print(code)


def text_for_a_member() -> None:
    code: str = CloseCode.NORMAL_CLOSURE  # E
    print(code)


def a_member_is_no_other(code: CloseCode) -> None:
    CloseCode.GOING_AWAY = code  # E
