"""The Language Server Protocol, 3.17: as much of an editor's end as asking about a user's file takes."""

import itertools
import json
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

# pyright's first start after an installation reads its whole typeshed from the disk.
DEADLINE = 60.0

MARKDOWN_AND_TEXT = ["markdown", "plaintext"]

# What Neovim and VS Code say that they can do, as far as it concerns what is asked here.
CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"configuration": True, "workspaceFolders": True, "didChangeConfiguration": {}},
    "textDocument": {
        "completion": {
            "completionItem": {"documentationFormat": MARKDOWN_AND_TEXT, "snippetSupport": True},
            "contextSupport": True,
        },
        "declaration": {"linkSupport": True},
        "definition": {"linkSupport": True},
        "diagnostic": {"dynamicRegistration": False},
        "hover": {"contentFormat": MARKDOWN_AND_TEXT},
        "publishDiagnostics": {"versionSupport": True},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": MARKDOWN_AND_TEXT,
                "parameterInformation": {"labelOffsetSupport": True},
                "activeParameterSupport": True,
            },
            "contextSupport": True,
        },
    },
    "window": {"workDoneProgress": True},
}

NOTHING: Mapping[str, Any] = {}

OPENED = 1
"""The version of a document as it is opened."""


class Refused(Exception):
    """The server answered a request with an error."""


class Cursor(NamedTuple):
    """A place in a document, counted from 0."""

    uri: str
    line: int
    character: int


class Client:
    """An editor's end of the protocol: JSON messages, each after a header that tells its length.

    Attributes:
        capabilities: What the server says that it can do.
        published: The last diagnostics that the server published of each document, without being asked.
    """

    def __init__(self, pipe: socket.socket, settings: Mapping[str, Any]) -> None:
        """Talk to the server that holds the other end of the pipe; it may ask for these settings, by section."""
        pipe.settimeout(DEADLINE)
        self.capabilities: dict[str, Any] = {}
        self.published: dict[str, list[dict[str, Any]]] = {}
        self._pipe = pipe
        self._settings = settings
        self._unread = b""
        self._numbers = itertools.count(1)

    def initialize(self, folder: Path, options: Mapping[str, Any]) -> None:
        """Begin, as an editor does that has this folder open."""
        uri = folder.as_uri()
        parameters = {
            "processId": None,
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": folder.name}],
            "capabilities": CAPABILITIES,
            "initializationOptions": options,
        }
        self.capabilities = self.ask("initialize", **parameters)["capabilities"]
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=self._settings)

    def open(self, path: Path, text: str) -> str:
        """Open a document, and give its URI."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "python", "version": OPENED, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        """Return a document another text."""
        self.tell(
            "textDocument/didChange",
            textDocument={"uri": uri, "version": version},
            contentChanges=[{"text": text}],
        )

    def ask_at(self, method: str, cursor: Cursor, **parameters: Any) -> Any:
        """Ask about a place in a document."""
        position = {"line": cursor.line, "character": cursor.character}
        return self.ask(method, textDocument={"uri": cursor.uri}, position=position, **parameters)

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """Ask for a document's diagnostics, or wait for them where the server publishes them by itself."""
        if "diagnosticProvider" in self.capabilities:
            report: list[dict[str, Any]] = self.ask("textDocument/diagnostic", textDocument={"uri": uri})["items"]
            return report
        while uri not in self.published:
            self._take(self._read())
        return self.published[uri]

    def ask(self, method: str, **parameters: Any) -> Any:
        """Make a request, and give its result."""
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        while (message := self._read()).get("id") != number or "method" in message:
            self._take(message)
        if "error" in message:
            raise Refused(f"{method}: {message['error']['message']}")
        return message["result"]

    def tell(self, method: str, **parameters: Any) -> None:
        """Send a notification, which has no answer."""
        self._send({"method": method, "params": parameters})

    def finish(self) -> None:
        """Ask the server to end."""
        self._send({"id": next(self._numbers), "method": "shutdown"})
        while "result" not in (message := self._read()) or "method" in message:
            self._take(message)
        self._send({"method": "exit"})

    def _take(self, message: dict[str, Any]) -> None:
        """Answer what the server asks, and keep the diagnostics that it publishes."""
        method: str | None = message.get("method")
        parameters: dict[str, Any] = message.get("params") or {}
        if method == "textDocument/publishDiagnostics":
            self.published[parameters["uri"]] = parameters["diagnostics"]
        if method is not None and "id" in message:
            self._send({"id": message["id"], "result": self._answer(method, parameters)})

    def _answer(self, method: str, parameters: dict[str, Any]) -> Any:
        if method == "workspace/configuration":
            return [self._setting(item.get("section", "")) for item in parameters["items"]]
        return None

    def _setting(self, section: str) -> Any:
        found: Any = self._settings
        for name in filter(None, section.split(".")):
            found = found.get(name, NOTHING)
        return found or None

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._pipe.sendall(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def _read(self) -> dict[str, Any]:
        while b"\r\n\r\n" not in self._unread:
            self._read_more()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n"))
        length = int(fields[b"content-length"])
        while len(self._unread) < length:
            self._read_more()
        body, self._unread = self._unread[:length], self._unread[length:]
        message: dict[str, Any] = json.loads(body)
        return message

    def _read_more(self) -> None:
        received = self._pipe.recv(1 << 16)
        if not received:
            raise ConnectionError("the server has gone")
        self._unread += received
