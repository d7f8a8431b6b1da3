"""The connection scope."""

from typing import Any

from ....scope import Header
from ...application import STATE
from ..check import check
from ..failure import NotMetError, NotOfferedError
from ..remote import CONNECT, accept, sending
from ..server import Server


@check("WS-SERVER-42")
def the_application_is_called_once(server: Server) -> None:
    with server.connect() as (client, application):
        application.receive(type="websocket.connect")
        application.send(accept())
        client.expect_status(101)
        application.update()
        server.expect("application: how often it was called", 1, application.record[0]["calls"])


@check("WS-SERVER-01")
def the_scope_has_the_target(server: Server) -> None:
    with server.connect("/the%20attic/%C3%A9+%2525?a=%20&b=%C3%A9&a") as (_, application):
        scope = application.scope()
        path = "/" + scope["path"].removeprefix(scope.get("root_path") or "").split("/", 2)[2]
        server.expect("application: scope['path']", "/the attic/é+%25", path, "scope['path'].endswith('/é+%25')")
        query = scope.get("query_string")
        shows = r"scope['query_string'] == b'a=%20&b=%C3%A9&a'"
        server.expect("application: scope['query_string']", b"a=%20&b=%C3%A9&a", query, shows)


@check("WS-SERVER-67")
def the_raw_path_is_as_it_was_sent(server: Server) -> None:
    with server.connect("/a%20b/%c3%A9?x") as (_, application):
        raw = application.scope().get("raw_path")
        if raw is None:
            raise NotOfferedError("raw_path of the scope")
        shows = "scope['raw_path'].endswith(b'/a%20b/%c3%A9')"
        server.expect("application: the end of scope['raw_path']", b"/a%20b/%c3%A9", raw[-13:], shows)


SENT = ((b"X-One", b"B"), (b"x-two", b"2"), (b"x-one", b"A"), (b"X-TWO", b"1"))


def expect_headers(server: Server, *names: bytes) -> None:
    """Expect the scope's headers, as far as they have one of these names."""

    def named(headers: Any) -> list[Header]:
        return [(name.lower(), value) for name, value in headers if name.lower() in names]

    with server.connect(headers=SENT) as (_, application):
        headers = application.scope()["headers"]
        expected = named(SENT)
        shows = f"[tuple(one) for one in scope['headers'] if one[0] in {names!r}] == {expected!r}"
        server.expect("application: scope['headers']", expected, named(headers), shows)


@check("WS-SERVER-02")
def the_scope_has_the_headers(server: Server) -> None:
    expect_headers(server, b"x-one")
    expect_headers(server, b"x-two")


@check("WS-SERVER-03", needs=("WS-SERVER-02",))
def the_headers_are_in_their_order(server: Server) -> None:
    expect_headers(server, b"x-one", b"x-two")


@check("WS-SERVER-43")
def opaque_bytes_are_in_the_scope(server: Server) -> None:
    with server.connect(headers=[(b"X-Opaque", b"\xe9\x80\xff")]) as (_, application):
        values = [value for name, value in application.scope()["headers"] if name.lower() == b"x-opaque"]
        shows = r"b'\xe9\x80\xff' in dict(map(tuple, scope['headers'])).values()"
        server.expect("application: x-opaque in scope['headers']", [b"\xe9\x80\xff"], values, shows)


def expect_subprotocols(server: Server, expected: list[str], *lines: bytes) -> None:
    """Expect the subprotocols of the scope where these header lines offer them."""
    with server.connect(headers=[(b"Sec-WebSocket-Protocol", line) for line in lines]) as (_, application):
        actual: Any = application.scope().get("subprotocols") or []
        shows = f"list(scope.get('subprotocols') or ()) == {expected!r}"
        server.expect("application: scope['subprotocols']", expected, actual, shows)


@check("WS-SERVER-04")
def the_scope_has_the_subprotocols(server: Server) -> None:
    expect_subprotocols(server, ["b", "a", "c"], b"b, a, c")
    expect_subprotocols(server, [])


@check("WS-SERVER-32", needs=("WS-SERVER-04", "WS-SERVER-06"))
def the_scope_has_the_subprotocols_of_every_line(server: Server) -> None:
    expect_subprotocols(server, ["b", "a", "c", "e", "d"], b"b, a", b"c", b"e,d")


@check("WS-SERVER-31")
def the_items_of_the_scope_are_of_their_types(server: Server) -> None:
    with server.connect(headers=[(b"Sec-WebSocket-Protocol", b"a, b")]) as (_, application):
        application.scope()
        for key, (expected, actual) in application.record[0]["wrong"].items():
            raise NotMetError(f"application: scope[{key!r}]", expected, actual)


@check("WS-SERVER-64", needs=("WS-SERVER-31",))
def the_scope_says_what_is_so(server: Server) -> None:
    with server.connect() as (client, application):
        scope = application.scope()
        scheme = "ws" if server.target.tls is None else "wss"
        expected = {"type": "websocket", "http_version": "1.1", "scheme": scheme}
        defaults = {"http_version": "1.1", "scheme": "ws"}
        for key, value in expected.items():
            shows = f"scope.get({key!r}, {defaults.get(key)!r}) == {value!r}"
            server.expect(f"application: scope[{key!r}]", value, scope.get(key, defaults.get(key)), shows)
        own = list(client.socket.getsockname()[:2])
        if scope.get("client") is not None and own and own[0].startswith("127."):  # no proxy is between them
            server.expect("application: scope['client']", own, scope["client"])


@check("WS-SERVER-65")
def the_state_is_that_of_the_lifespan(server: Server) -> None:
    with server.connect() as (_, application):
        state = application.scope().get("state")
        if state is None:
            raise NotOfferedError("the state of the lifespan")
        server.expect("application: scope['state']", STATE, state.get(STATE))


@check("WS-SERVER-72")
def connections_are_independent(server: Server) -> None:
    with server.accepted() as one, server.accepted() as other, server.connect() as third:
        third.application.take(CONNECT, sending(accept()))
        third.client.expect_status(101)
        for _ in range(3):
            for connection in (one, third, other):
                server.expect_works(connection)
