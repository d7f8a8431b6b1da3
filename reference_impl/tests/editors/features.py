"""What is asked of each language server, and when it counts as supported."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from bareasgi_ws import CloseCode, Scope

from .public_names import CARET, KINDS, code_pointing_at, described, docstring, public_names

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


Feature = dict[Question, Callable[[Any], bool]]
"""Something that an editor can do for a person: the questions, and what tells whether each response shows it."""


def supported(feature: Feature, answers: Mapping[Question, Any]) -> bool:
    """Tell whether every response shows it."""
    return all(shown(answers[question]) for question, shown in feature.items())


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
    active = shown.get("activeParameter", answer.get("activeParameter")) or 0
    said = [rendered(parameter.get("documentation")) for parameter in shown.get("parameters", ())][active:]
    return shown["label"], rendered(shown.get("documentation")), said[0] if said else ""


def errors(answer: Any) -> list[tuple[int, str]]:
    """Return the line of each error, counted from 1, and the first line of what is said of it."""
    found = [one for one in answer or () if one["severity"] == 1]
    return [(one["range"]["start"]["line"] + 1, one["message"].partition("\n")[0]) for one in found]


def reports(lines: set[int], answer: Any) -> bool:
    """Tell whether there are errors on these lines, and on no others."""
    return {line for line, _ in errors(answer)} == lines


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text))


def _completes(wanted: Iterable[str], answer: Any) -> bool:
    items = answer["items"] if isinstance(answer, dict) and "items" in answer else answer or ()
    return set(wanted) <= {item["label"].strip("\"'") for item in items}


def _hovers(wanted: str, answer: Any) -> bool:
    return bool(answer) and shows(rendered(answer["contents"]), wanted)


def _separates(wanted: set[str], answer: Any) -> bool:
    lines = [line.split() for line in rendered(answer["contents"]).splitlines()]
    return wanted <= {words[0].rstrip(":") for words in lines if words}


def _documents(wanted: str, answer: Any) -> bool:
    return shows(signature(answer)[1], wanted)


def _describes(wanted: str, answer: Any) -> bool:
    """Tell whether the first words are shown, at least; some servers show the first line alone."""
    return _letters(" ".join(wanted.split()[:8])) in _letters(signature(answer)[2])


def _leads(wanted: str, answer: Any) -> bool:
    found: Any = answer[0] if isinstance(answer, list) and answer else answer
    return bool(found) and Path(unquote(urlsplit(found.get("targetUri") or found["uri"]).path)).match(wanted)


def _completion(line: str, wanted: Iterable[str]) -> Feature:
    return {Question("completion", HANDLER % line): partial(_completes, wanted)}


def _hover(kind: str) -> Feature:
    names = [name for name in public_names().values() if name.kind == kind]
    return {Question("hover", code_pointing_at(name)): partial(_hovers, name.documentation) for name in names}


def _call(typed: str) -> Question:
    return Question("signatureHelp", HANDLER % f"await web_socket.{typed}{CARET})")


def _parameter(typed: str, name: str) -> Feature:
    return {_call(typed): partial(_describes, described(docstring(typed.partition("(")[0]))[name])}


def _jump(kind: str, code: str, file: str) -> Feature:
    return {Question(kind, code): partial(_leads, file)}


METHOD, CLASS = HANDLER % f"web_socket.c{CARET}lose", HANDLER % f"print(Close{CARET}Code)"
COMPLETION = "completion: the five members, after `web_socket.`"
ERROR = "error: `'You said: ' + text`, but not of a `WebSocket[str]`"
DOCUMENTATION = "in `accept(` and `close(`: the docstring"
ACCEPT, CLOSE = _call("accept("), _call("close(")
DIAGNOSTICS = Question("diagnostic", TUTORIAL)

FEATURES: dict[str, Feature] = {
    COMPLETION: _completion(f"await web_socket.{CARET}", MEMBERS),
    'completion: the keys of the scope, after `scope["`': _completion(f'print(scope["{CARET}', KEYS),
    'completion: the keys of the scope, inside `scope[""]`': _completion(f'print(scope["{CARET}"])', KEYS),
    "completion: the close codes, after `CloseCode.`": _completion(f"print(CloseCode.{CARET})", CODES),
    **{f"hover: the docstring of {title}": _hover(kind) for kind, title in KINDS.items()},
    "hover: each parameter on a line of its own": {
        Question("hover", HANDLER % f"web_socket.a{CARET}ccept"): partial(_separates, {"subprotocol", "headers"})
    },
    DOCUMENTATION: {ACCEPT: partial(_documents, docstring("accept")), CLOSE: partial(_documents, docstring("close"))},
    "there, of each parameter: what the docstring says of it": (
        _parameter("accept(", "subprotocol") | _parameter("accept(None, ", "headers") | _parameter("close(", "code")
    ),
    "definition of `close` and of `CloseCode`: in the runtime's source": (
        _jump("definition", METHOD, "bareasgi_ws/websocket.py")
        | _jump("definition", CLASS, "bareasgi_ws/close_code.py")
    ),
    "declaration of `close`: in its stub": _jump("declaration", METHOD, "bareasgi_ws-stubs/websocket.pyi"),
    "declaration of `CloseCode`: in its stub": _jump("declaration", CLASS, "bareasgi_ws-stubs/close_code.pyi"),
    ERROR: {DIAGNOSTICS: partial(reports, {MISTAKE})},
}
"""What is compared with the committed table, by its title there."""
