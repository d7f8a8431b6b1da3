"""The kind of the content is bytes, str, or either."""

from bareasgi_ws import WebSocket


class Text(str): ...


def numbers(web_socket: WebSocket[int]) -> None:  # E
    print(web_socket)


def nothing(web_socket: WebSocket[None]) -> None:  # E
    print(web_socket)


def two_arguments(web_socket: WebSocket[bytes, str]) -> None:  # E
    print(web_socket)


def either_for_text(either: WebSocket) -> None:
    text: WebSocket[str] = either  # E
    print(text)


def either_for_bytes(either: WebSocket) -> None:
    binary: WebSocket[bytes] = either  # E
    print(binary)


def bytes_for_text(binary: WebSocket[bytes]) -> None:
    text: WebSocket[str] = binary  # E
    print(text)


def text_for_a_subclass_of_str(text: WebSocket[str]) -> None:
    texts: WebSocket[Text] = text  # E
    print(texts)


def the_protocol_itself() -> None:
    WebSocket()  # E


def the_protocol_probed(thing: object) -> None:
    isinstance(thing, WebSocket)  # E
