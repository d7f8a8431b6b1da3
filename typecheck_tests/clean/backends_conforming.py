"""A class of an author's own that has the five members is a WebSocket."""

from abc import abstractmethod
from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import Any, Generic, Literal, ParamSpec, TypeVar, assert_type

from typing_extensions import override

from bareasgi_ws import Header, SupportsCloseReason, SupportsDenial, SupportsSubprotocols, WebSocket

ContentT = TypeVar("ContentT", bytes, str)
P = ParamSpec("P")
T = TypeVar("T")


class Talks:
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> bytes | str | None: ...
    async def send(self, content: bytes | str) -> None: ...


class Closes:
    async def close(self, code: int = 1000) -> None: ...


class HasCode:
    @property
    def code(self) -> int | None: ...


class Structural(Talks, Closes, HasCode): ...


class Explicit(WebSocket):
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> bytes | str | None: ...
    async def send(self, content: bytes | str) -> None: ...
    async def close(self, code: int = 1000) -> None: ...
    @property
    def code(self) -> int | None: ...


class OfText(WebSocket[str]):
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> str | None:
        return ""

    async def send(self, content: bytes | str) -> None: ...
    async def close(self, code: int = 1000) -> None: ...
    @property
    def code(self) -> int | None: ...


class More(Structural):
    """Wider parameters, narrower results, and more of both."""

    @override
    async def accept(self, subprotocol: object = None, headers: object = None, extra: int = 0) -> None: ...
    @override
    async def receive(self) -> bytes:
        return b""

    @override
    async def send(self, content: object) -> None: ...
    @override
    async def close(self, code: float = 1000, reason: str = "") -> None: ...
    @property
    @override
    def code(self) -> int:
        return 1000


class Attribute(Talks, Closes):
    """The code as an attribute: what is read is all that is promised."""

    code: int | None = None


class Generically(WebSocket[ContentT], Generic[ContentT]):
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...
    async def receive(self) -> ContentT | None: ...
    async def send(self, content: bytes | str) -> None: ...
    async def close(self, code: int = 1000) -> None: ...
    @property
    def code(self) -> int | None: ...


class Cached(Talks, Closes):
    @cached_property
    def code(self) -> int | None: ...


class GivingACoroutine(Talks, HasCode):
    def close(self, code: int = 1000) -> Coroutine[Any, Any, None]:
        return self.send(b"")


def traced(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    return function


class Decorated(Talks, HasCode):
    @traced
    async def close(self, code: int = 1000) -> None: ...


class Capable(Explicit, SupportsCloseReason, SupportsDenial, SupportsSubprotocols):
    async def close_with_reason(self, code: int, reason: str) -> None: ...
    async def deny(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def subprotocols(self) -> tuple[Literal["chat"]]:
        return ("chat",)


class Abstract(WebSocket):
    @abstractmethod
    def extra(self) -> None: ...


def case_a_class_that_knows_nothing_of_the_protocol() -> None:
    web_socket: WebSocket = Structural()
    assert isinstance(web_socket, Structural)


def case_an_explicit_subclass() -> None:
    web_socket: WebSocket = Explicit()
    assert isinstance(web_socket, Explicit)


def case_a_subclass_for_text() -> None:
    web_socket: WebSocket[str] = OfText()
    either: WebSocket = web_socket
    assert isinstance(either, OfText)


def case_wider_parameters_and_narrower_results() -> None:
    web_socket: WebSocket[bytes] = More()
    assert isinstance(web_socket, More)


def case_the_code_as_an_attribute() -> None:
    web_socket: WebSocket = Attribute()
    assert web_socket.code is None


def case_the_code_as_a_cached_property() -> None:
    web_socket: WebSocket = Cached()  # FP pyright basedpyright
    assert web_socket.code is None


def case_a_method_that_gives_a_coroutine() -> None:
    web_socket: WebSocket = GivingACoroutine()  # FP pyright basedpyright ty zuban
    assert web_socket.code is None


def case_a_method_under_a_decorator_that_gives_a_coroutine() -> None:
    web_socket: WebSocket = Decorated()  # FP pyright basedpyright ty zuban
    assert web_socket.code is None


def case_a_generic_subclass() -> None:
    web_socket: WebSocket[str] = Generically[str]()
    assert_type(Generically[bytes](), Generically[bytes])
    assert isinstance(web_socket, Generically)


def case_every_capability() -> None:
    web_socket = Capable()
    of_reasons: SupportsCloseReason = web_socket
    of_denials: SupportsDenial = web_socket
    of_subprotocols: SupportsSubprotocols = web_socket
    for capability in (of_reasons, of_denials, of_subprotocols):
        assert isinstance(capability, Capable)


def case_a_type_of_web_sockets() -> None:
    types: list[type[WebSocket]] = [Structural, Explicit, OfText]
    assert len(types) == 3
