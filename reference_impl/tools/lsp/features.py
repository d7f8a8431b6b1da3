"""What is asked of each server, and when it counts as supported."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from bareasgi_ws import CloseCode, Scope

from .docstrings import described, docstring, shows, shows_beginning
from .editor import Editor
from .names import KINDS, public_names
from .project import CARET

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


class Feature(NamedTuple):
    """Something that an editor can do for a person.

    Attributes:
        title: What it is, to a person.
        supported: Tells whether the server supports it.
    """

    title: str
    supported: Callable[[Editor], bool]


def pointing_at(member: str) -> str:
    """Write a line with the caret on a member of the WebSocket."""
    return f"web_socket.{member[0]}{CARET}{member[1:]}"


def _completion(title: str, line: str, wanted: tuple[str, ...]) -> Feature:
    def supported(editor: Editor) -> bool:
        return set(wanted) <= {label.strip("\"'") for label in editor.completions(line)}

    return Feature(f"completion: {title}", supported)


def _hover(member: str) -> Feature:
    def supported(editor: Editor) -> bool:
        return shows(editor.hover(editor.inside(pointing_at(member))), docstring(member))

    return Feature(f"hover: the whole docstring of `{member}`", supported)


def _hovers(kind: str) -> Feature:
    def supported(editor: Editor) -> bool:
        names = [name for name in public_names().values() if name.kind == kind]
        return all(shows(editor.hover(editor.at(name.code)), name.documentation) for name in names)

    return Feature(f"hover: the docstring of {KINDS[kind]}", supported)


def _separates_parameters(editor: Editor) -> bool:
    """Tell whether each parameter of accept begins a line of its own, as a person sees it."""
    lines = [line.split() for line in editor.hover(editor.inside(pointing_at("accept"))).splitlines()]
    return {"subprotocol", "headers"} <= {words[0].rstrip(":") for words in lines if words}


def _call(member: str) -> Feature:
    def supported(editor: Editor) -> bool:
        shown = editor.signature(f"await web_socket.{member}({CARET})")
        return shown is not None and shows(shown.documentation, docstring(member))

    return Feature(f"in `{member}(`: the docstring", supported)


def _parameter(typed: str, parameter: str) -> Feature:
    def supported(editor: Editor) -> bool:
        shown = editor.signature(f"await web_socket.{typed}{CARET})")
        said = described(docstring(typed.partition("(")[0]))[parameter]
        return shown is not None and shows_beginning(shown.of_the_active_parameter(), said)

    return Feature(f"in `{typed}`: what the docstring says of `{parameter}`", supported)


def _leads(kind: str, line: str, file: str, editor: Editor) -> bool:
    target = editor.target(kind, line)
    return target is not None and target.match(file)


def _jump(kind: str, name: str, line: str, file: str) -> Feature:
    place = "the runtime's source" if kind == "definition" else "the stub that defines it"
    return Feature(f"{kind} of {name}: in {place}", partial(_leads, kind, line, file))


def _reports_mistake(editor: Editor) -> bool:
    return {line for line, _ in editor.errors(TUTORIAL)} == {MISTAKE}


METHOD, CLASS = pointing_at("close"), f"print(Close{CARET}Code)"

FEATURES = {
    "completion_members": _completion("the five members, after `web_socket.`", f"await web_socket.{CARET}", MEMBERS),
    "completion_open_quote": _completion('the keys of the scope, after `scope["`', f'print(scope["{CARET}', KEYS),
    "completion_in_quotes": _completion('the keys of the scope, inside `scope[""]`', f'print(scope["{CARET}"])', KEYS),
    "completion_codes": _completion("the close codes, after `CloseCode.`", f"print(CloseCode.{CARET})", CODES),
    **{f"hover_{member}": _hover(member) for member in MEMBERS},
    **{f"hover_{kind}": _hovers(kind) for kind in KINDS},
    "hover_parameters": Feature("hover: each parameter on a line of its own", _separates_parameters),
    "signature_accept": _call("accept"),
    "signature_accept_first": _parameter("accept(", "subprotocol"),
    "signature_accept_second": _parameter("accept(None, ", "headers"),
    "signature_close": _call("close"),
    "signature_close_first": _parameter("close(", "code"),
    "definition_method": _jump("definition", "`close`", METHOD, "bareasgi_ws/websocket.py"),
    "definition_class": _jump("definition", "`CloseCode`", CLASS, "bareasgi_ws/close_code.py"),
    "declaration_method": _jump("declaration", "`close`", METHOD, "bareasgi_ws-stubs/websocket.pyi"),
    "declaration_class": _jump("declaration", "`CloseCode`", CLASS, "bareasgi_ws-stubs/close_code.pyi"),
    "diagnostics_mistake": Feature("error: `'You said: ' + text`, but not of a `WebSocket[str]`", _reports_mistake),
}
"""What is compared with the committed table: the name of each feature there, and the feature."""
