"""Generate the cases of every parameter of what has overloads: in each overload, right values and wrong ones.

``python -m typecheck_tests.parameters`` writes ``clean/parameters_*.py`` and ``wrong/parameters_*.py``; a test compares
them. The handlers are those of ``matrix.py``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

HOME: Final = Path(__file__).parent


class Value(NamedTuple):
    """The values of one parameter."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]


class Function(NamedTuple):
    """A function that has overloads.

    Attributes:
        imported: Where it is imported from.
        call: What is called.
        given: What each call has beside the handler, by name.
        values: The values of each parameter that all overloads have.
        has_info: Whether it takes an info.
        returned: What it returns is not assignable to an int; what awaits it, if anything.
    """

    imported: str
    call: str
    given: dict[str, str]
    values: dict[str, Value]
    has_info: bool = True
    awaited: str = ""


MATCHES: Final = Value(('{"room": "1"}', "None"), ("[1]", "{1: 2}"))
INFO: Final = Value(('{"size": 1}', "None"), ("1",))
SERVICES: Final = Value((), ("Others()", "None"))
CONNECTION: Final = {
    "path": Value(('"/"',), ('b"/"',)),
    "subprotocols": Value(('["chat"]', '("chat",)'), ('"chat"', '[b"chat"]', '(b"chat",)')),
    "headers": Value(('[(b"cookie", b"a")]', '((b"cookie", b"a"),)'), ('[("cookie", "a")]', '{"cookie": "a"}')),
    "deadline": Value(("1", "0.5"), ('"1"',)),
    "client": Value(('("host", 1)', "None"), ('("host", "1")', "(1, 1)", '"host"')),
    "server": Value(('("host", 1)', '("/socket", None)', "None"), ('("host", "1")', "(1, 1)", '"host"')),
    "scheme": Value(('"ws"', '"wss"'), ('"http"',)),
    "root_path": Value(('"/api"',), ('b"/api"',)),
    "query_string": Value(('"a"', 'b"a"', "None"), ("1",)),
    "state": Value(('{"size": 1}', "None"), ("{1: 2}", "[1]")),
    "lifespan": Value(("True",), ('"on"',)),
    "profile": Value(("None",), ('"hypercorn"',)),
}
SCOPE: Final = {
    "scope": Value(('{"type": "websocket"}',), ("[1]", "{1: 2}")),
    "receive": Value((), ("1", "not_async")),
    "send": Value(("send_any",), ("1", "not_async", "send_nothing")),
    "matches": MATCHES,
}
CLOSE_TIMEOUT: Final = {"close_timeout": Value(("1", "0.5", "None"), ('"1"',))}
PATH: Final = {"path": Value((), ("1",))}
HOST: Final = {
    "host": Value(('"localhost"', "None"), ("1",)),
    "port": Value(("0", "None"), ('"0"',)),
    "max_size": Value(("None", "1"), ()),
}

FUNCTIONS: Final = {
    "add_of_router": Function("bareasgi_ws import Router", "Router[INFO]().add", {"path": '"/"'}, PATH, has_info=False),
    "add_of_protocol": Function(
        "bareasgi_ws import Application", "Application(INFO_GIVEN).ws_router.add", {"path": '"/"'}, PATH, has_info=False
    ),
    "serve": Function(
        "bareasgi_ws.backends.asgi import serve",
        "serve",
        {"scope": "{}", "receive": "receive", "send": "send"},
        SCOPE | CLOSE_TIMEOUT,
        awaited="await ",
    ),
    "starlette": Function("bareasgi_ws.backends.starlette import endpoint", "endpoint", {}, CLOSE_TIMEOUT),
    "bareasgi": Function(
        "bareasgi_ws.backends.bareasgi import endpoint", "endpoint", {}, CLOSE_TIMEOUT, has_info=False
    ),
    "websockets": Function("bareasgi_ws.backends.websockets import serve", "serve", {}, HOST),
    "connect": Function("bareasgi_ws.testing import connect", "connect", {}, {**CONNECTION, "matches": MATCHES}),
}


class Variant(NamedTuple):
    """An overload: the handler that chooses it, and what else does."""

    name: str
    handler: str
    info: str
    content: str


VARIANTS: Final = [
    Variant(f"{content}_{info}", f"function_{kind}_plain_{info}", info, given)
    for info in ("info", "services")
    for content, kind, given in (
        ("either", "either", ""),
        ("text", "text", "str"),
        ("binary", "binary", "bytes"),
        ("union", "either", "content"),
    )
]


OF_AN_APPLICATION: Final = Variant("application", "application", "", "")


def calls(function: Function, variant: Variant, *, wrong: bool) -> Iterator[str]:
    """Write a call for each value of each parameter."""
    base = dict(function.given)
    if function.has_info and variant.info == "services":
        base["info"] = "Services()"
    if variant.content:
        base["content"] = variant.content
    values = dict(CONNECTION if variant is OF_AN_APPLICATION else function.values)
    if function.has_info and variant.info:
        values["info"] = INFO if variant.info == "info" else SERVICES
    if variant.name.startswith("union") or (function.call == "connect" and variant.info and not variant.content):
        values["content"] = Value(("str", "bytes", "None"), ("int", '"str"'))
    if not wrong:
        yield _call(function, variant, base)
    else:
        yield from (
            _call(function, variant._replace(handler=other), base) for other in _wrong_handlers(function, variant)
        )
    for name, value in values.items():
        for one in value.wrong if wrong else value.right:
            yield _call(function, variant, {**base, name: one})


def _wrong_handlers(function: Function, variant: Variant) -> Iterator[str]:
    """Name handlers of other matches than a mapping, and of another info."""
    if variant is OF_AN_APPLICATION:
        return
    _, kind, _, info = variant.handler.split("_")
    if function.call != "connect":  # whose handlers take any matches
        yield f"counted_{kind}_{info}"
    yield f"scoped_{kind}_{info}"
    yield f"returning_{kind}_{info}"
    if function.call != "endpoint" or function.has_info:  # bareASGI's application has the info
        yield f"function_{kind}_plain_{'services' if info == 'info' else 'info'}"


def _call(function: Function, variant: Variant, arguments: dict[str, str]) -> str:
    services = variant.info == "services"
    call = function.call.replace("INFO_GIVEN", "info=Services()" if services else "")
    call = call.replace("INFO", "Services" if services else "Info")
    given = "".join(f", {name}={value}" for name, value in arguments.items())
    first = f"{arguments['path']}, " if "path" in function.given else ""
    if first:
        given = "".join(f", {name}={value}" for name, value in arguments.items() if name != "path")
    return f"{call}({first}{variant.handler}{given})"


MISSED: Final = " !ty !pyrefly"
"""Neither holds the matches of a handler to the bound of their type variable."""

STRANGE: Final = "".join(
    f"""

async def {strange}_{kind}_{name}({parameters}, web_socket: {web_socket}) -> {end}"""
    for name, info in (("info", "Info"), ("services", "Services"))
    for kind, web_socket in (("either", "WebSocket"), ("text", "WebSocket[str]"), ("binary", "WebSocket[bytes]"))
    for strange, parameters, end in (
        ("counted", f"scope: Scope, info: {info}, matches: int", "None: ..."),
        ("scoped", f"scope: int, info: {info}, matches: RouteMatches", "None: ..."),
        ("returning", f"scope: Scope, info: {info}, matches: RouteMatches", "int:\n    return 1"),
    )
)
APPLICATION: Final = """

async def application(scope: Any, receive: Any, send: Any) -> None: ..."""

HELPERS: Final = """

async def receive() -> Mapping[str, Any]:
    return {}


async def send(event: dict[str, Any]) -> None: ...
async def send_any(event: Any) -> None: ...
async def send_nothing() -> None: ...
def not_async(*event: Any) -> None: ...
"""


def module(name: str, *, wrong: bool) -> str:
    """Write the module of one function."""
    function = FUNCTIONS[name]
    kind = "wrong values" if wrong else "right values"
    helpers = HELPERS if name == "serve" else ""
    lines = [f'"""Every parameter in every overload of {name}, {kind}: generated by parameters.py."""', ""]
    lines += ["from collections.abc import Mapping"] if helpers else []
    lines += ["from typing import Any", ""] if helpers or function.call == "connect" else []
    if wrong or function.call.startswith("Router"):
        lines += [f"from bareasgi_ws import Info{', RouteMatches, Scope, WebSocket' if wrong else ''}"]
    lines += [f"from {function.imported}", f"from typecheck_tests.clean.matrix_handlers import *{helpers}"]
    lines += [APPLICATION] if function.call == "connect" else []
    lines += [STRANGE] if wrong else []
    definition = "async def" if function.awaited else "def"
    for variant in (*VARIANTS, *([OF_AN_APPLICATION] if function.call == "connect" else [])):
        named = f"{'wrong' if wrong else 'case'}_{variant.name}"
        lines.append(f"\n\n{definition} {named}(content: type[str] | type[bytes] | None) -> None:")
        mark = "  # E" if wrong else ""
        for call in calls(function, variant, wrong=wrong):
            lines.append(f"    {function.awaited}{call}{mark}{MISSED if 'counted_' in call else ''}")
        if wrong:
            (right,) = list(calls(function._replace(values={}, has_info=False), variant, wrong=False))[:1]
            given = ", info=Services())" if function.has_info and variant.info == "services" else ")"
            lines.append(f"    number: int = {function.awaited}{right.removesuffix(')')}{given}  # E")
            lines.append("    print(number)")
    return "\n".join([*lines, ""])


APPLICATIONS: Final = {
    "without_info": ("", "Info"),
    "a_counter": ("info=Counter[str](), ", "Counter[str]"),
    "a_display": ('info={"size": 1}, ', "Info"),
    "services": ("info=Services(), ", "Services"),
}
"""An application's info, which chooses the overload, and the type that its router is to have."""

BESIDE: Final = {
    "ws_router": Value(("Router[INFO]()", "None"), ("Router[Others]()", "1")),
    "http": Value(("receiving_any", "None"), ("not_async",)),
    "close_timeout": Value(("0.5", "None"), ('"1"',)),
}
OF_APPLICATIONS: Final = """

async def receiving_any(scope: Any, receive: Any, send: Any) -> None: ...
def not_async(scope: Any, receive: Any, send: Any) -> None: ..."""


def applications(*, wrong: bool) -> str:
    """Write the module of the application itself."""
    kind = "wrong values" if wrong else "right values"
    lines = [f'"""Every parameter in every overload of Application, {kind}: generated by parameters.py."""', ""]
    lines += ["from collections import Counter", "from typing import Any", ""]
    lines += [f"from bareasgi_ws import Application, {'' if wrong else 'Info, '}Router"]
    lines += [f"from typecheck_tests.clean.matrix_handlers import *{OF_APPLICATIONS}"]
    for name, (info, router) in APPLICATIONS.items():
        lines.append(f"\n\ndef {'wrong' if wrong else 'case'}_{name}() -> None:")
        for parameter, value in BESIDE.items():
            for one in value.wrong if wrong else value.right:
                given = f"{info}{parameter}={one.replace('INFO', router)}"
                lines.append(f"    Application({given}){'  # E' if wrong else ''}")
    return "\n".join([*lines, ""])


def files() -> dict[Path, str]:
    """Return each file's text."""
    folders = {"clean": False, "wrong": True}
    written = {
        HOME / folder / f"parameters_{name}.py": module(name, wrong=wrong)
        for name in FUNCTIONS
        for folder, wrong in folders.items()
    }
    of_applications = {
        HOME / folder / "parameters_init.py": applications(wrong=wrong) for folder, wrong in folders.items()
    }
    return written | of_applications


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
