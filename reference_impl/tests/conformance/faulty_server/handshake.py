"""Faults in the scope and in the response to the handshake: WS-SERVER-01 to 09, 35, 41, 44, 45, 51 to 53, 60, 66,
and 77."""

from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes

from .fault import fails
from .server import Between, Event, Healthy
from .transport import ChangesTheRequest, ChangesTheResponse


@fails("WS-SERVER-01")
class DropsTheQueryString(Between):
    """The scope has no query string."""

    def given(self, scope: Event) -> Event:
        return {**scope, "query_string": b""}


@fails("WS-SERVER-01")
class DecodesTheQueryString(Between):
    """The query string is decoded as the path is."""

    def given(self, scope: Event) -> Event:
        return {**scope, "query_string": unquote_to_bytes(scope["query_string"])}


@fails("WS-SERVER-01")
class LeavesThePathAsItWasSent(Between):
    """The path is not decoded."""

    def given(self, scope: Event) -> Event:
        return {**scope, "path": quote(scope["path"])}


@fails("WS-SERVER-01")
class DecodesThePathTwice(Between):
    """What the client encoded twice is decoded twice."""

    def given(self, scope: Event) -> Event:
        return {**scope, "path": unquote(scope["path"])}


@fails("WS-SERVER-01")
class TakesAPlusForASpace(Between):
    """The path is decoded as a form's fields are."""

    def given(self, scope: Event) -> Event:
        return {**scope, "path": scope["path"].replace("+", " ")}


@fails("WS-SERVER-02")
class MergesDuplicateHeaders(Between):
    """Headers of one name are one in the scope."""

    def given(self, scope: Event) -> Event:
        merged: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            merged.setdefault(name, []).append(value)
        return {**scope, "headers": [(name, b", ".join(values)) for name, values in merged.items()]}


@fails("WS-SERVER-02")
class KeepsTheLastOfDuplicateHeaders(Between):
    """Of the headers of one name the scope has the last."""

    def given(self, scope: Event) -> Event:
        return {**scope, "headers": list(dict(scope["headers"]).items())}


@fails("WS-SERVER-02")
class ReversesTheHeaders(Between):
    """The headers of the scope are in the reverse of their order."""

    def given(self, scope: Event) -> Event:
        return {**scope, "headers": scope["headers"][::-1]}


@fails("WS-SERVER-03")
class SortsTheHeadersByName(Between):
    """The headers of the scope are in the order of their names, those of one name in their own."""

    def given(self, scope: Event) -> Event:
        return {**scope, "headers": sorted(scope["headers"], key=lambda header: header[0])}


@fails("WS-SERVER-04")
class DropsTheSubprotocols(Between):
    """The scope has no subprotocols, so that the application can accept none either."""

    def given(self, scope: Event) -> Event:
        return {**scope, "subprotocols": []}


@fails("WS-SERVER-04")
class SortsTheSubprotocols(Between):
    """The subprotocols of the scope are not in the client's order."""

    def given(self, scope: Event) -> Event:
        return {**scope, "subprotocols": sorted(scope["subprotocols"])}


class ChangesAccept(Between):
    """Sends another websocket.accept than the application's."""

    def sent(self, event: Event) -> Event:
        return self.accept(event) if event["type"] == "websocket.accept" else event

    def accept(self, event: Event) -> Event:
        raise NotImplementedError


@fails("WS-SERVER-05")
class DropsTheHeadersOfAccept(ChangesAccept):
    """The response has none of accept's headers."""

    def accept(self, event: Event) -> Event:
        return {**event, "headers": []}


@fails("WS-SERVER-05")
class ReversesTheHeadersOfAccept(ChangesAccept):
    """The response has accept's headers in the reverse of their order."""

    def accept(self, event: Event) -> Event:
        return {**event, "headers": event.get("headers", [])[::-1]}


@fails("WS-SERVER-05")
class KeepsTheLastHeadersOfAccept(ChangesAccept):
    """Of accept's headers of one name the response has the last."""

    def accept(self, event: Event) -> Event:
        return {**event, "headers": list(dict(event.get("headers", [])).items())}


@fails("WS-SERVER-06")
class AnswersNoSubprotocol(ChangesAccept):
    """The response does not have accept's subprotocol."""

    def accept(self, event: Event) -> Event:
        return {**event, "subprotocol": None}


@fails("WS-SERVER-06")
class AnswersASubprotocolUnasked(ChangesAccept):
    """Where accept names no subprotocol, the first that was offered is answered."""

    def accept(self, event: Event) -> Event:
        offered: list[Any] = self.scope["subprotocols"] or [None]
        return {**event, "subprotocol": event.get("subprotocol") or offered[0]}


@fails("WS-SERVER-07")
class RejectsWith500(Between):
    """A close before accept is answered with 500."""

    accepted = False

    async def send(self, event: Event) -> None:
        self.accepted = self.accepted or event["type"] == "websocket.accept"
        if event["type"] == "websocket.close" and not self.accepted:
            await super().send({"type": "websocket.http.response.start", "status": 500, "headers": []})
            event = {"type": "websocket.http.response.body", "body": b""}
        await super().send(event)


@fails("WS-SERVER-08")
class OffersNoDenial(Between):
    """The scope lacks the denial response extension."""

    def given(self, scope: Event) -> Event:
        return {**scope, "extensions": {}}


class ChangesADenial(Between):
    """Sends another beginning of a denial than the application's."""

    def sent(self, event: Event) -> Event:
        return self.start(event) if event["type"] == "websocket.http.response.start" else event

    def start(self, event: Event) -> Event:
        raise NotImplementedError


@fails("WS-SERVER-09")
class DeniesWith403(ChangesADenial):
    """Every denial has the status 403."""

    def start(self, event: Event) -> Event:
        return {**event, "status": 403}


@fails("WS-SERVER-09")
class DropsTheHeadersOfADenial(ChangesADenial):
    """A denial has no headers but its length."""

    def start(self, event: Event) -> Event:
        return {**event, "headers": [header for header in event["headers"] if header[0] == b"content-length"]}


@fails("WS-SERVER-09")
class AddsAHeaderToADenial(ChangesADenial):
    """A denial has a header more, which a rejection has not."""

    def start(self, event: Event) -> Event:
        return {**event, "headers": [*event["headers"], (b"content-type", b"text/plain")]}


@fails("WS-SERVER-09")
class TakesADenialsBodyForText(Between):
    """What is no ASCII in the body of a denial is replaced."""

    def sent(self, event: Event) -> Event:
        if event["type"] != "websocket.http.response.body":
            return event
        return {**event, "body": event["body"].decode("ascii", "replace").encode("ascii", "replace")}


@fails("WS-SERVER-35")
class EndsAtAnUnreadableHandshake(Healthy):
    """The whole server ends, as hypercorn 0.18 on trio."""

    def data_received(self, data: bytes) -> None:
        if b"server_max_window_bits=x" in data:
            self.app_state["run"](self.end)
        super().data_received(data)

    async def end(self) -> None:
        raise ValueError("invalid literal for int()")


@fails("WS-SERVER-41")
class AnswersAnotherKey(ChangesTheResponse):
    """Sec-WebSocket-Accept is for another key."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", b"A" * 27 + b"=")


@fails("WS-SERVER-44")
class EncodesOpaqueHeaders(ChangesAccept):
    """A header that is not ASCII is taken for Latin-1, and encoded anew."""

    def accept(self, event: Event) -> Event:
        headers = [(name, value.decode("latin-1").encode()) for name, value in event.get("headers", [])]
        return {**event, "headers": headers}


@fails("WS-SERVER-45")
class KeepsTheFirstPartOfADenial(Between):
    """Of the body of a denial the first part goes out."""

    began = False

    def sent(self, event: Event) -> Event:
        if event["type"] != "websocket.http.response.body":
            return event
        was_there, self.began = self.began, True
        return {**event, "body": b""} if was_there else event


@fails("WS-SERVER-51")
class SelectsAnExtensionUnasked(ChangesTheResponse):
    """The response has an extension that nobody offered."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b"\r\n\r\n", b"\r\nSec-WebSocket-Extensions: x-own\r\n\r\n", 1)


@fails("WS-SERVER-52")
class AcceptsVersion12(ChangesTheRequest):
    """Version 12 is as good as 13."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b": 12\r\n", b": 13\r\n")


@fails("WS-SERVER-53")
class NeedsNoVersion(ChangesTheRequest):
    """No version is as good as 13."""

    def changed(self, data: bytes) -> bytes:
        if b"sec-websocket-version" in data.lower():
            return data
        return data.replace(b"\r\n\r\n", b"\r\nSec-WebSocket-Version: 13\r\n\r\n")


@fails("WS-SERVER-60")
class Rejects500With403(ChangesTheResponse):
    """An error of the application's is answered with 403."""

    def changed(self, data: bytes) -> bytes:
        return data.replace(b"HTTP/1.1 500", b"HTTP/1.1 403")


@fails("WS-SERVER-66", waits=True)
class KnowsOneConnectionToken(ChangesTheRequest):
    """A Connection with more than one token is not read."""

    def changed(self, data: bytes) -> bytes:
        return b"" if b"keep-alive, Upgrade" in data else data


@fails("WS-SERVER-77")
class NeedsTheBodyOfADenial(Between):
    """A body event without a body fails, as with uvicorn 0.54 on websockets' sansio."""

    def sent(self, event: Event) -> Event:
        return {**event, "body": event["body"]} if event["type"] == "websocket.http.response.body" else event
