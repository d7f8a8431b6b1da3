"""The response to the handshake request."""

from collections.abc import Sequence
from typing import Any

from ....scope import Header
from ..._wire import ACCEPTED_KEY, Response
from ..._wire_cases import MALFORMED_HEADERS
from ...application import DENIAL
from ..check import check
from ..failure import NotMetError, NotOfferedError, shortened
from ..remote import CONNECT, RETURN, Application, Event, accept, close, sending
from ..server import Connection, Server


def accept_with(connection: Connection, **items: Any) -> Response:
    """Have the application accept, and return the response."""
    connection.application.take(CONNECT, sending(accept(**items)))
    return connection.client.expect_status(101)


@check("WS-SERVER-41", needs=())
def accept_completes_the_handshake(server: Server) -> None:
    with server.connect() as connection:
        response = accept_with(connection)
        for name, expected in ((b"sec-websocket-accept", ACCEPTED_KEY), (b"upgrade", b"websocket")):
            actual = [value.lower() if name == b"upgrade" else value for value in response.values(name)]
            server.expect(f"client: {name.decode()} of the response", [expected], actual)
        tokens = b",".join(response.values(b"connection")).lower().split(b",")
        server.expect("client: upgrade in Connection", True, b"upgrade" in map(bytes.strip, tokens))


@check("WS-SERVER-66")
def the_headers_of_a_handshake_have_tokens(server: Server) -> None:
    for upgrade, connection in ((b"WebSocket", b"keep-alive, Upgrade"), (b"WEBSOCKET", b"upgrade")):
        with server.connect(upgrade=upgrade, connection=connection) as both:
            accept_with(both)


@check("WS-SERVER-05")
def the_headers_of_accept_are_answered(server: Server) -> None:
    headers = [(b"x-one", b"B"), (b"x-two", b'"2";\t A, b'), (b"x-one", b"A"), (b"x-two", b""), (b"x-one", b"B")]
    with server.connect() as connection:
        answered = [one for one in accept_with(connection, headers=headers).headers if one[0] in (b"x-one", b"x-two")]
        server.expect("client: headers", headers, answered, "b'x-one: B' in wire")


@check("WS-SERVER-44", needs=("WS-SERVER-05",))
def opaque_bytes_are_answered(server: Server) -> None:
    with server.connect() as connection:
        answered = accept_with(connection, headers=[(b"x-opaque", b"\xe9\x80\xff")]).values(b"x-opaque")
        server.expect("client: header x-opaque", [b"\xe9\x80\xff"], answered, r"b'\xe9\x80\xff' in wire")


def expect_subprotocol(server: Server, expected: list[bytes], **items: Any) -> None:
    """Expect the subprotocol that is answered where a, b and C are offered."""
    with server.connect(headers=[(b"Sec-WebSocket-Protocol", b"a, b, C")]) as connection:
        answered = accept_with(connection, **items).values(b"sec-websocket-protocol")
        server.expect("client: subprotocol", expected, answered)


@check("WS-SERVER-06")
def the_subprotocol_is_answered(server: Server) -> None:
    expect_subprotocol(server, [b"b"], subprotocol="b")
    expect_subprotocol(server, [b"C"], subprotocol="C")
    expect_subprotocol(server, [])
    expect_subprotocol(server, [], subprotocol=None)


@check("WS-SERVER-07")
def a_close_rejects_the_handshake(server: Server) -> None:
    for event in (close(), close(code=4000, reason="no")):
        with server.connect() as (client, application):
            application.begin(CONNECT, sending(event), RETURN)
            client.expect_status(403)


def offers_denial(application: Application) -> bool:
    """Tell whether the denial response extension is there."""
    return DENIAL in (application.scope().get("extensions") or {})


@check("WS-SERVER-08")
def denials_are_offered(server: Server) -> None:
    with server.connect() as (_, application):
        step = f"application: {DENIAL!r} in scope['extensions']"
        server.expect(step, True, offers_denial(application), f"{DENIAL!r} in (scope.get('extensions') or {{}})")


def expect_denial(server: Server, expected: Response, parts: Sequence[bytes], server_headers: set[bytes]) -> None:
    """Have the application deny, and expect just that response: the server may add what it adds to a rejection."""
    with server.connect() as (client, application):
        if not offers_denial(application):
            raise NotOfferedError(f"the denial response extension ({DENIAL})")
        start = {"type": f"{DENIAL}.start", "status": expected.status, "headers": expected.headers}
        bodies = [{"type": f"{DENIAL}.body", "body": part, "more_body": True} for part in parts[:-1]]
        last = {"type": f"{DENIAL}.body", "body": parts[-1]}
        events: list[Event] = [start, *bodies, last]
        number = application.begin(CONNECT, *map(sending, events), RETURN)
        for one in range(2, number):
            application.result(one)
        actual = client.expect_status(expected.status)
        own = {name for name, _ in expected.headers}
        added = server_headers | {b"content-length", b"transfer-encoding", b"date", b"server", b"connection"}
        headers = [one for one in actual.headers if one[0] in own or one[0] not in added]
        server.expect("client: headers of the denial", expected.headers, headers)
        server.expect("client: body of the denial", expected.body, actual.body, f"{expected.body[:20]!r} in wire")


def rejection_headers(server: Server) -> set[bytes]:
    """Return the names of the headers that the server gives to a rejection."""
    with server.connect() as (client, application):
        application.begin(CONNECT, sending(close()), RETURN)
        return {name for name, _ in client.expect_status(403).headers}


@check("WS-SERVER-09", needs=("WS-SERVER-07",))
def a_denial_is_answered(server: Server) -> None:
    added = rejection_headers(server)
    headers = [(b"www-authenticate", b"Basic"), (b"x-one", b"1"), (b"www-authenticate", b"Digest")]
    responses: tuple[tuple[int, list[Header], bytes], ...]
    responses = ((401, headers, b"who?"), (302, [(b"location", b"/elsewhere")], b""), (503, [], b"\0\xff" * 500))
    for status, of_response, body in responses:
        of_response = [*of_response, (b"content-length", b"%d" % len(body))]
        expect_denial(server, Response(status, of_response, body, 0), [body], added)


@check("WS-SERVER-45", needs=("WS-SERVER-07", "WS-SERVER-09"))
def a_denial_in_parts_is_answered(server: Server) -> None:
    expect_denial(server, Response(404, [], b"not here", 0), [b"not", b"", b" here"], rejection_headers(server))


@check("WS-SERVER-77", needs=("WS-SERVER-07", "WS-SERVER-09"))
def what_has_a_default_may_be_left_out_of_a_denial(server: Server) -> None:
    with server.connect() as (client, application):
        if not offers_denial(application):
            raise NotOfferedError(f"the denial response extension ({DENIAL})")
        application.take(CONNECT)
        application.send({"type": f"{DENIAL}.start", "status": 401})
        application.send({"type": f"{DENIAL}.body"})
        server.expect("client: body of the response", b"", client.expect_status(401).body)


@check("WS-SERVER-51")
def nothing_is_answered_unasked(server: Server) -> None:
    with server.connect() as connection:
        response = accept_with(connection)
        for name in (b"sec-websocket-extensions", b"sec-websocket-protocol"):
            server.expect(f"client: {name.decode()} of the response", [], response.values(name))


@check("WS-SERVER-80")
def a_subprotocol_that_nobody_offered_is_not_selected(server: Server) -> None:
    with server.connect() as (client, application):
        application.begin(CONNECT, sending(accept(subprotocol="unasked")), RETURN)
        response = client.try_response()
        selected = [] if response is None else response.values(b"sec-websocket-protocol")
        shows = "b'unasked' not in wire"
        server.expect("client: sec-websocket-protocol of the response, where none was offered", [], selected, shows)


def expect_no_handshake(server: Server, what: str, **own: Any) -> Response:
    """Expect a response that is no 101."""
    with server.connect(**own) as (client, application):
        application.begin(CONNECT, sending(accept()))
        response = client.response()
        if response.status == 101:
            raise NotMetError(f"client: status of the response, {what}", "an error such as 400", "101")
        return response


@check("WS-SERVER-52")
def another_version_is_rejected(server: Server) -> None:
    response = expect_no_handshake(server, "to version 12", sec_websocket_version=b"12")
    supported = b",".join(response.values(b"sec-websocket-version"))
    if b"13" not in map(bytes.strip, supported.split(b",")):
        shows = "b'13' in wire.lower().partition(b'sec-websocket-version:')[2].partition(b'\\r')[0]"
        raise NotMetError("client: sec-websocket-version, to version 12", "13", shortened(supported), shows)


@check("WS-SERVER-53")
def a_handshake_without_a_key_is_rejected(server: Server) -> None:
    expect_no_handshake(server, "without a key", sec_websocket_key=None)
    expect_no_handshake(server, "without a version", sec_websocket_version=None)


@check("WS-SERVER-35")
def an_unreadable_handshake_ends_itself_alone(server: Server) -> None:
    with server.accepted() as connection:
        for header in MALFORMED_HEADERS:
            with server.connect(headers=[header]) as (client, application):
                if "raised" in application.take(CONNECT, sending(accept())):
                    application.begin({"do": "raise"})
                client.try_response()
            server.expect_works(connection)
