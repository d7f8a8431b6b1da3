"""The client's end of the protocol, against a scripted server."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tools.lsp.client import Client, Refused

SETTINGS = {"python": {"pythonPath": "/env/bin/python"}}


def written(**message: Any) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Type: application/vscode-jsonrpc\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def read(pipe: socket.socket) -> list[dict[str, Any]]:
    pipe.setblocking(False)
    text = pipe.recv(1 << 16)
    parts = [part.partition(b"\r\n\r\n")[2] for part in text.split(b"Content-Length: ")[1:]]
    return [json.loads(part) for part in parts]


@pytest.fixture
def ends() -> Iterator[tuple[Client, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        client = Client(ours, SETTINGS)
        yield client, theirs


Ends = tuple[Client, socket.socket]


def test_a_request_is_answered_by_its_number(ends: Ends) -> None:
    client, server = ends
    server.sendall(written(id=7, result="another") + written(id=1, result="müde"))
    assert client.ask("hover", line=3) == "müde"
    assert read(server) == [{"jsonrpc": "2.0", "id": 1, "method": "hover", "params": {"line": 3}}]


def test_the_server_gets_the_settings_that_it_asks_for(ends: Ends) -> None:
    client, server = ends
    items = [{"section": section} for section in ("python", "python.pythonPath", "python.analysis", "ty")] + [{}]
    # Its numbers are its own: this request is no answer to ours.
    server.sendall(
        written(id=1, method="workspace/configuration", params={"items": items}) + written(id=1, result=None)
    )
    client.ask("hover")
    _, answer = read(server)
    assert answer["result"] == [SETTINGS["python"], "/env/bin/python", None, None, SETTINGS]


def test_other_requests_of_the_server_are_answered(ends: Ends) -> None:
    client, server = ends
    server.sendall(written(id="a", method="client/registerCapability", params={}) + written(id=1, result=None))
    client.ask("hover")
    assert read(server)[1] == {"jsonrpc": "2.0", "id": "a", "result": None}


def test_published_diagnostics_are_waited_for(ends: Ends) -> None:
    client, server = ends
    for uri in ("file:///other.py", "file:///chat.py"):
        parameters = {"uri": uri, "diagnostics": [{"message": uri}]}
        server.sendall(written(method="textDocument/publishDiagnostics", params=parameters))
    assert client.diagnostics("file:///chat.py") == [{"message": "file:///chat.py"}]


def test_diagnostics_are_asked_for_where_the_server_answers(ends: Ends) -> None:
    client, server = ends
    client.capabilities = {"diagnosticProvider": {}}
    server.sendall(written(id=1, result={"kind": "full", "items": []}))
    assert client.diagnostics("file:///chat.py") == []


def test_an_error_is_raised(ends: Ends) -> None:
    client, server = ends
    server.sendall(written(id=1, error={"code": -32601, "message": "no such method"}))
    with pytest.raises(Refused, match="declaration: no such method"):
        client.ask("declaration")


def test_a_server_that_goes_is_noticed(ends: Ends) -> None:
    client, server = ends
    server.sendall(b"Content-Length: 100\r\n\r\n{")
    server.shutdown(socket.SHUT_WR)
    with pytest.raises(ConnectionError, match="the server has gone"):
        client.ask("hover")
