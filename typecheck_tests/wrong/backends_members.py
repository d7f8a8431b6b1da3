"""Backends that lack a member, or one of whose members is of the wrong form or type."""

from bareasgi_ws import Header, WebSocket


class Accepts:
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...


class Receives:
    async def receive(self) -> bytes | str | None: ...


class Sends:
    async def send(self, content: bytes | str) -> None: ...


class Closes:
    async def close(self, code: int = 1000) -> None: ...


class HasCode:
    @property
    def code(self) -> int | None: ...


class ExplicitlyNoAccept(Receives, Sends, Closes, HasCode, WebSocket): ...


class ExplicitlyNoReceive(Accepts, Sends, Closes, HasCode, WebSocket): ...


class ExplicitlyNoSend(Accepts, Receives, Closes, HasCode, WebSocket): ...


class ExplicitlyNoClose(Accepts, Receives, Sends, HasCode, WebSocket): ...


class ExplicitlyNoCode(Accepts, Receives, Sends, Closes, WebSocket): ...


class NoAccept(Receives, Sends, Closes, HasCode): ...


class NoReceive(Accepts, Sends, Closes, HasCode): ...


class NoSend(Accepts, Receives, Closes, HasCode): ...


class NoClose(Accepts, Receives, Sends, HasCode): ...


class NoCode(Accepts, Receives, Sends, Closes): ...


class SyncAccept(Receives, Sends, Closes, HasCode):
    def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...


class AcceptWithoutHeaders(Receives, Sends, Closes, HasCode):
    async def accept(self, subprotocol: str | None = None) -> None: ...


class AcceptRequiringAll(Receives, Sends, Closes, HasCode):
    async def accept(self, subprotocol: str | None, headers: list[Header] | None) -> None: ...


class AcceptOfText(Receives, Sends, Closes, HasCode):
    async def accept(self, subprotocol: str = "", headers: list[Header] | None = None) -> None: ...


class AcceptOfListsOfText(Receives, Sends, Closes, HasCode):
    async def accept(self, subprotocol: str | None = None, headers: list[str] | None = None) -> None: ...


class AcceptOfOtherNames(Receives, Sends, Closes, HasCode):
    async def accept(self, protocol: str | None = None, headers: list[Header] | None = None) -> None: ...


class AcceptByKeyword(Receives, Sends, Closes, HasCode):
    async def accept(self, *, subprotocol: str | None = None, headers: list[Header] | None = None) -> None: ...


class AcceptGivingBool(Receives, Sends, Closes, HasCode):
    async def accept(self, subprotocol: str | None = None, headers: list[Header] | None = None) -> bool:
        raise NotImplementedError


class SyncReceive(Accepts, Sends, Closes, HasCode):
    def receive(self) -> bytes | str | None: ...


class ReceiveOfInt(Accepts, Sends, Closes, HasCode):
    async def receive(self) -> int | None: ...


class ReceiveOfADict(Accepts, Sends, Closes, HasCode):
    async def receive(self) -> dict[str, str]:
        raise NotImplementedError


class ReceiveWithATimeout(Accepts, Sends, Closes, HasCode):
    async def receive(self, timeout: float) -> bytes | str | None: ...


class SyncSend(Accepts, Receives, Closes, HasCode):
    def send(self, content: bytes | str) -> None: ...


class SendOfText(Accepts, Receives, Closes, HasCode):
    async def send(self, content: str) -> None: ...


class SendOfBytes(Accepts, Receives, Closes, HasCode):
    async def send(self, content: bytes) -> None: ...


class SendOfTwo(Accepts, Receives, Closes, HasCode):
    async def send(self, content: bytes | str, final: bool) -> None: ...


class SendOfAnotherName(Accepts, Receives, Closes, HasCode):
    async def send(self, data: bytes | str) -> None: ...


class SendGivingInt(Accepts, Receives, Closes, HasCode):
    async def send(self, content: bytes | str) -> int:
        raise NotImplementedError


class SyncClose(Accepts, Receives, Sends, HasCode):
    def close(self, code: int = 1000) -> None: ...


class CloseWithoutCode(Accepts, Receives, Sends, HasCode):
    async def close(self) -> None: ...


class CloseRequiringCode(Accepts, Receives, Sends, HasCode):
    async def close(self, code: int) -> None: ...


class CloseOfText(Accepts, Receives, Sends, HasCode):
    async def close(self, code: str = "1000") -> None: ...


class CloseGivingInt(Accepts, Receives, Sends, HasCode):
    async def close(self, code: int = 1000) -> int:
        raise NotImplementedError


class CodeAsAMethod(Accepts, Receives, Sends, Closes):
    def code(self) -> int | None: ...


class CodeAsText(Accepts, Receives, Sends, Closes):
    @property
    def code(self) -> str | None: ...


class CodeAsAnAttributeOfText(Accepts, Receives, Sends, Closes):
    code: str | None = None


class CodeAsync(Accepts, Receives, Sends, Closes):
    async def code(self) -> int | None: ...


ExplicitlyNoAccept()  # E
ExplicitlyNoReceive()  # E
ExplicitlyNoSend()  # E
ExplicitlyNoClose()  # E
ExplicitlyNoCode()  # E
no_accept: WebSocket = NoAccept()  # E
no_receive: WebSocket = NoReceive()  # E
no_send: WebSocket = NoSend()  # E
no_close: WebSocket = NoClose()  # E
no_code: WebSocket = NoCode()  # E
sync_accept: WebSocket = SyncAccept()  # E
accept_without_headers: WebSocket = AcceptWithoutHeaders()  # E
accept_requiring_all: WebSocket = AcceptRequiringAll()  # E
accept_of_text: WebSocket = AcceptOfText()  # E
accept_of_lists_of_text: WebSocket = AcceptOfListsOfText()  # E
accept_of_other_names: WebSocket = AcceptOfOtherNames()  # E !mypy
accept_by_keyword: WebSocket = AcceptByKeyword()  # E
accept_giving_bool: WebSocket = AcceptGivingBool()  # E
sync_receive: WebSocket = SyncReceive()  # E
receive_of_int: WebSocket = ReceiveOfInt()  # E
receive_of_a_dict: WebSocket = ReceiveOfADict()  # E
receive_with_a_timeout: WebSocket = ReceiveWithATimeout()  # E
sync_send: WebSocket = SyncSend()  # E
send_of_text: WebSocket = SendOfText()  # E
send_of_bytes: WebSocket = SendOfBytes()  # E
send_of_two: WebSocket = SendOfTwo()  # E
send_of_another_name: WebSocket = SendOfAnotherName()  # E !mypy
send_giving_int: WebSocket = SendGivingInt()  # E
sync_close: WebSocket = SyncClose()  # E
close_without_code: WebSocket = CloseWithoutCode()  # E
close_requiring_code: WebSocket = CloseRequiringCode()  # E
close_of_text: WebSocket = CloseOfText()  # E
close_giving_int: WebSocket = CloseGivingInt()  # E
code_as_a_method: WebSocket = CodeAsAMethod()  # E
code_as_text: WebSocket = CodeAsText()  # E
code_as_an_attribute_of_text: WebSocket = CodeAsAnAttributeOfText()  # E
code_async: WebSocket = CodeAsync()  # E
