"""What a person does in an editor: types, asks to complete, points at a name, jumps to where it is from."""

import itertools
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from .client import Client, Cursor, Refused
from .project import CARET, Project
from .rendering import text_of
from .servers import Server, start

HANDLER = """\
from bareasgi_ws import CloseCode, Info, RouteMatches, Scope, WebSocket


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    {line}
"""

ERROR = 1
"""The severity of a diagnostic that is an error."""
INVOKED = 1
"""The kind of a completion that a person asked for, with a key."""


class Signature(NamedTuple):
    """What is shown while a call is typed.

    Attributes:
        label: The signature.
        documentation: What is said of the function.
        parameters: What is said of each parameter.
        active: Which parameter is being typed.
    """

    label: str
    documentation: str
    parameters: tuple[str, ...]
    active: int

    def of_the_active_parameter(self) -> str:
        """Return what is said of the parameter that is being typed."""
        return self.parameters[self.active] if self.active < len(self.parameters) else ""


class Editor:
    """An editor with a user's project open; each question is about a file of its own."""

    def __init__(self, client: Client, project: Project) -> None:
        """Ask this server, about this project."""
        self.client = client
        self._project = project
        self._numbers = itertools.count(1)

    def completions(self, line: str) -> list[str]:
        """Return what is offered at the caret."""
        return self.completions_at(self.inside(line))

    def completions_at(self, cursor: Cursor) -> list[str]:
        """Return what is offered at the cursor."""
        found = self.client.ask_at("textDocument/completion", cursor, context={"triggerKind": INVOKED})
        items: list[dict[str, Any]] = found["items"] if found and "items" in found else found or []
        return [item["label"] for item in items]

    def hover(self, cursor: Cursor) -> str:
        """Return what is shown over the name at the cursor."""
        found = self.client.ask_at("textDocument/hover", cursor)
        return text_of(found["contents"]) if found else ""

    def signature(self, line: str) -> Signature | None:
        """Return what is shown of the call at the caret."""
        found = self.client.ask_at("textDocument/signatureHelp", self.inside(line))
        if not found or not found["signatures"]:
            return None
        shown = found["signatures"][found.get("activeSignature") or 0]
        return Signature(
            label=shown["label"],
            documentation=text_of(shown.get("documentation")),
            parameters=tuple(text_of(parameter.get("documentation")) for parameter in shown.get("parameters", ())),
            active=shown.get("activeParameter", found.get("activeParameter")) or 0,
        )

    def target(self, kind: str, line: str) -> Path | None:
        """Return the file in which the definition or the declaration of the name at the caret is, by the server."""
        try:
            found = self.client.ask_at(f"textDocument/{kind}", self.inside(line))
        except Refused:
            return None
        places: list[dict[str, Any]] = [found] if found and "uri" in found else found or []
        uris: list[str] = [place.get("targetUri") or place["uri"] for place in places]
        return Path(unquote(urlsplit(uris[0]).path)) if uris else None

    def errors(self, code: str) -> list[tuple[int, str]]:
        """Return what is reported as an error in this code: the line of each, counted from 1, and the message."""
        return [
            (found["range"]["start"]["line"] + 1, found["message"])
            for found in self.client.diagnostics(self.open(code))
            if found["severity"] == ERROR
        ]

    def inside(self, line: str) -> Cursor:
        """Write a handler with this line in it, and give the place of its caret."""
        return self.at(HANDLER.format(line=line))

    def at(self, code: str) -> Cursor:
        """Write this code to a file, and give the place of its caret."""
        before, _, after = code.partition(CARET)
        uri = self.open(before + after)
        return Cursor(uri, before.count("\n"), len(before.rpartition("\n")[2]))

    def open(self, code: str) -> str:
        """Write this code to a file of its own, open it, and give its URI."""
        path = self._project.folder / f"chat_{next(self._numbers)}.py"
        path.write_text(code, "utf-8")
        return self.client.open(path, code)


@contextmanager
def editing(server: Server, project: Project, **how: bool) -> Generator[Editor]:
    """Start the server, and open the project; ``how`` is what ``start`` takes."""
    with start(server, project, **how) as client:
        yield Editor(client, project)
