"""What is asked of each language server, and when it counts as supported."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from bareasgi_ws import CloseCode, Scope

from .public_names import CARET, KINDS, described, docstring, public_names

MEMBERS = ("accept", "receive", "send", "close", "code")
KEYS = tuple(Scope.__annotations__)
CODES = tuple(CloseCode.__members__)

TUTORIAL = """\
from bareasgi_ws import Info, RouteMatches, Scope, WebSocket


async def anything(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    text = await web_socket.receive()
    if text is not None:
        await web_socket.send('You said: ' + text)


async def text_only(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None:
    text = await web_socket.receive()
    if text is not None:
        await web_socket.send('You said: ' + text)
"""
"""The tutorial's handler twice: in the first, ``text`` may be bytes."""
MISTAKE = 7
"""The line of its mistake."""

HANDLER = """\
from bareasgi_ws import CloseCode, Info, RouteMatches, Scope, WebSocket


async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    %s
"""

MARKDOWN = MarkdownIt()
MARKDOWN.add_render_rule("softbreak", lambda *_: " ")


class Question(NamedTuple):
    """A request of the Language Server Protocol about a place in a file."""

    method: str
    code: str


class Feature(NamedTuple):
    """Something that an editor can do for a person.

    Attributes:
        asks: The questions, each with what the response has to hold.
        met: Tells whether a response holds it.
    """

    asks: Mapping[Question, Any]
    met: Callable[[Any, Any], bool]

    def supported(self, answers: Mapping[Question, Any]) -> bool:
        """Tell whether every response holds what it has to."""
        return all(self.met(answers[question], wanted) for question, wanted in self.asks.items())


def rendered(contents: Any) -> str:
    """Return what a person sees of a hover, or of documentation: in Markdown only a marked break is one."""
    text: str = contents["value"] if isinstance(contents, dict) else contents or ""
    if isinstance(contents, dict) and contents["kind"] == "markdown":
        text = unescape(re.sub(r"<[^>]+>", "", MARKDOWN.render(text)))
    return text.replace("\xa0", " ")


def shows(shown: str, documentation: str) -> bool:
    """Tell whether every line of a docstring is shown, markup and the sections' headings aside."""
    lines = (line for line in documentation.splitlines() if not re.fullmatch(r"\w+:", line.strip()))
    return all(_letters(line) in _letters(shown) for line in lines)


def signature(answer: Any) -> tuple[str, str, str]:
    """Return the signature that is shown, its documentation, and what is said of the parameter that is being typed."""
    if not answer or not answer["signatures"]:
        return "", "", ""
    shown = answer["signatures"][answer.get("activeSignature") or 0]
    said = [rendered(parameter.get("documentation")) for parameter in shown.get("parameters", ())]
    active = shown.get("activeParameter", answer.get("activeParameter")) or 0
    return shown["label"], rendered(shown.get("documentation")), said[active] if active < len(said) else ""


def errors(answer: Any) -> list[tuple[int, str]]:
    """Return the line of each error, counted from 1, and what is said of it."""
    return [(one["range"]["start"]["line"] + 1, one["message"]) for one in answer or () if one["severity"] == 1]


def inside(line: str) -> str:
    """Write a handler with this line in it."""
    return HANDLER % line


def pointing_at(member: str) -> str:
    """Write a handler with the caret on a member of the WebSocket."""
    return inside(f"web_socket.{member[0]}{CARET}{member[1:]}")


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text))


def _completes(answer: Any, wanted: Iterable[str]) -> bool:
    items = answer["items"] if isinstance(answer, dict) and "items" in answer else answer or ()
    return set(wanted) <= {item["label"].strip("\"'") for item in items}


def _hovers(answer: Any, wanted: str) -> bool:
    return bool(answer) and shows(rendered(answer["contents"]), wanted)


def _separates(answer: Any, wanted: set[str]) -> bool:
    lines = [line.split() for line in rendered(answer["contents"]).splitlines()]
    return wanted <= {words[0].rstrip(":") for words in lines if words}


def _documents(answer: Any, wanted: str) -> bool:
    return shows(signature(answer)[1], wanted)


def _describes(answer: Any, wanted: str) -> bool:
    """Tell whether the first words are shown, at least; some servers show the first line alone."""
    return _letters(" ".join(wanted.split()[:8])) in _letters(signature(answer)[2])


def _leads(answer: Any, wanted: str) -> bool:
    found: Any = answer[0] if isinstance(answer, list) and answer else answer
    return bool(found) and Path(unquote(urlsplit(found.get("targetUri") or found["uri"]).path)).match(wanted)


def _reports(answer: Any, wanted: int) -> bool:
    return {line for line, _ in errors(answer)} == {wanted}


def _completion(line: str, wanted: Iterable[str]) -> Feature:
    return Feature({Question("completion", inside(line)): wanted}, _completes)


def _hover(wanted: Mapping[str, str]) -> Feature:
    return Feature({Question("hover", code): text for code, text in wanted.items()}, _hovers)


def _call(typed: str, wanted: str, met: Callable[[Any, str], bool]) -> Feature:
    return Feature({Question("signatureHelp", inside(f"await web_socket.{typed}{CARET})")): wanted}, met)


def _parameter(typed: str, name: str) -> Feature:
    return _call(typed, described(docstring(typed.partition("(")[0]))[name], _describes)


def _jump(kind: str, code: str, file: str) -> Feature:
    return Feature({Question(kind, code): file}, _leads)


def _of_kind(kind: str) -> dict[str, str]:
    return {code: name.documentation for name, code in public_names().values() if name.kind == kind}


METHOD, CLASS = pointing_at("close"), inside(f"print(Close{CARET}Code)")
COMPLETION = "completion: the five members, after `web_socket.`"
ERROR = "error: `'You said: ' + text`, but not of a `WebSocket[str]`"
ACCEPT = Question("signatureHelp", inside(f"await web_socket.accept({CARET})"))
DIAGNOSTICS = Question("diagnostic", TUTORIAL)

FEATURES = {
    COMPLETION: _completion(f"await web_socket.{CARET}", MEMBERS),
    'completion: the keys of the scope, after `scope["`': _completion(f'print(scope["{CARET}', KEYS),
    'completion: the keys of the scope, inside `scope[""]`': _completion(f'print(scope["{CARET}"])', KEYS),
    "completion: the close codes, after `CloseCode.`": _completion(f"print(CloseCode.{CARET})", CODES),
    **{f"hover: the docstring of {title}": _hover(_of_kind(kind)) for kind, title in KINDS.items()},
    "hover: each parameter on a line of its own": Feature(
        {Question("hover", pointing_at("accept")): {"subprotocol", "headers"}}, _separates
    ),
    "in `accept(`: the docstring": _call("accept(", docstring("accept"), _documents),
    "in `accept(`: what the docstring says of `subprotocol`": _parameter("accept(", "subprotocol"),
    "in `accept(None, `: what the docstring says of `headers`": _parameter("accept(None, ", "headers"),
    "in `close(`: the docstring": _call("close(", docstring("close"), _documents),
    "in `close(`: what the docstring says of `code`": _parameter("close(", "code"),
    "definition of `close`: in the runtime's source": _jump("definition", METHOD, "bareasgi_ws/websocket.py"),
    "definition of `CloseCode`: in the runtime's source": _jump("definition", CLASS, "bareasgi_ws/close_code.py"),
    "declaration of `close`: in the stub that defines it": _jump(
        "declaration", METHOD, "bareasgi_ws-stubs/websocket.pyi"
    ),
    "declaration of `CloseCode`: in the stub that defines it": _jump(
        "declaration", CLASS, "bareasgi_ws-stubs/close_code.pyi"
    ),
    ERROR: Feature({DIAGNOSTICS: MISTAKE}, _reports),
}
"""What is compared with the committed table, by its title there."""
