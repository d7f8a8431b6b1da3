"""Info, scope, matches and routes."""

import copy
import re
from typing import Any
from urllib.parse import unquote

from base import handled, routed, scoped, wrapped
from bareasgi_ws import Router

INFO = "(WS-LIFETIME-01: the application's own info; issue 15.5)"


def informs(name: str, says: str) -> Any:
    def register(change: Any) -> Any:
        def handle(handler: Any) -> Any:
            def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
                return handler(scope, change(info), matches, web_socket)

            return call

        handled(name, says)(handle)
        return change

    return register


@informs("falsy-info", f"an info that is empty or falsy becomes a new dict {INFO}")
def falsy_info(info: Any) -> Any:
    return info or {}


@informs("falsy-info-is-none", f"an info that is 0, '' or an empty tuple becomes None {INFO}")
def falsy_none(info: Any) -> Any:
    return None if not info and not isinstance(info, dict | list | set) else info


@informs("dict-info-copied", f"an info that is a dict is copied {INFO}")
def dict_copied(info: Any) -> Any:
    return dict(info) if type(info) is dict else info


@informs("set-info-copied", f"an info that is a set or list is copied: the README's own members = set() {INFO}")
def set_copied(info: Any) -> Any:
    return copy.copy(info) if isinstance(info, set | list) else info


@informs("info-deep-copied", f"info is copied deeply, where it can be {INFO}")
def deep(info: Any) -> Any:
    try:
        return copy.deepcopy(info)
    except Exception:
        return info


@informs("info-called", f"an info that can be called is called, as a factory {INFO}")
def called(info: Any) -> Any:
    return info() if callable(info) else info


@informs("info-in-a-proxy", f"an info that is a dict comes as a read-only mapping {INFO}")
def proxy(info: Any) -> Any:
    import types

    return types.MappingProxyType(info) if type(info) is dict and info else info


SCOPE = "(WS-LIFETIME-01, WebSocketHandler: the connection scope, as the server gave it; issue 15.5)"


@scoped("scope-known-keys", f"items of the scope that ASGI does not name, such as a middleware's, are left out {SCOPE}")
def known(scope: Any) -> Any:
    names = "type asgi http_version scheme path raw_path query_string root_path headers client server subprotocols state extensions"
    return {key: value for key, value in scope.items() if key in names.split()}


@scoped("scope-without-query-string", f"an empty query string is left out, and one with a '+' is given with a space {SCOPE}")
def query(scope: Any) -> None:
    if "query_string" in scope:
        scope["query_string"] = scope["query_string"].replace(b"+", b" ")


@scoped("scope-query-decoded", f"the query string is percent-decoded {SCOPE}")
def query_decoded(scope: Any) -> None:
    if b"%" in scope.get("query_string", b""):
        scope["query_string"] = unquote(scope["query_string"].decode("latin-1")).encode()


@scoped("scope-query-str", f"the query string is a str {SCOPE}")
def query_str(scope: Any) -> None:
    if "query_string" in scope:
        scope["query_string"] = scope["query_string"].decode("latin-1")


@scoped("scope-path-decoded-twice", f"the path is percent-decoded twice: %2525 is given as % {SCOPE}")
def path_twice(scope: Any) -> None:
    scope["path"] = unquote(scope["path"])


@scoped("scope-path-lower-case", f"the path is given in lower case {SCOPE}")
def path_lower(scope: Any) -> None:
    scope["path"] = scope["path"].lower()


@scoped("scope-path-without-slash", f"a slash at the end of the path is left out {SCOPE}")
def path_slash(scope: Any) -> None:
    if len(scope["path"]) > 1:
        scope["path"] = scope["path"].rstrip("/") or "/"


@scoped("scope-path-slashes-merged", f"two slashes in the path are given as one {SCOPE}")
def path_slashes(scope: Any) -> None:
    scope["path"] = re.sub("//+", "/", scope["path"])


@scoped("scope-path-normalised", f"dots in the path are resolved: /a/../b is given as /b {SCOPE}")
def path_dots(scope: Any) -> None:
    import posixpath

    if "/." in scope["path"]:
        scope["path"] = posixpath.normpath(scope["path"])


@scoped("scope-raw-path-decoded", f"raw_path is the decoded path {SCOPE}")
def raw_path(scope: Any) -> None:
    if scope.get("raw_path") is not None:
        scope["raw_path"] = scope["path"].encode()


@scoped("scope-headers-str", f"the headers are pairs of str {SCOPE}")
def headers_str(scope: Any) -> None:
    scope["headers"] = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]]


@scoped("scope-headers-in-a-dict", f"of headers of one name the last is given {SCOPE}")
def headers_dict(scope: Any) -> None:
    scope["headers"] = list(dict(scope["headers"]).items())


@scoped("scope-headers-joined", f"headers of one name are given in one, joined by a comma {SCOPE}")
def headers_joined(scope: Any) -> None:
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        found[name] = found[name] + b", " + value if name in found else value
    scope["headers"] = list(found.items())


@scoped("scope-cookies-joined-by-comma", f"two cookie headers are given as one, joined by a comma {SCOPE}")
def cookies(scope: Any) -> None:
    values = [v for n, v in scope["headers"] if n == b"cookie"]
    if len(values) > 1:
        scope["headers"] = [(n, v) for n, v in scope["headers"] if n != b"cookie"] + [(b"cookie", b",".join(values))]


@scoped("scope-headers-utf-8", f"header values with bytes over 0x7f are given in UTF-8 as if they were Latin-1 {SCOPE}")
def headers_utf8(scope: Any) -> None:
    scope["headers"] = [(n, v.decode("latin-1").encode()) for n, v in scope["headers"]]


@scoped("scope-headers-sorted", f"the headers are sorted by name {SCOPE}")
def headers_sorted(scope: Any) -> None:
    scope["headers"] = sorted(scope["headers"], key=lambda one: one[0])


@scoped("scope-headers-values-stripped", f"header values longer than 1,024 bytes, a token in a cookie, are cut {SCOPE}")
def headers_cut(scope: Any) -> None:
    scope["headers"] = [(n, v[:1024]) for n, v in scope["headers"]]


@scoped("scope-without-client", f"client is left out, where the server gave it {SCOPE}")
def without_client(scope: Any) -> None:
    scope.pop("client", None)


@scoped("scope-client-a-list", f"client and server are lists {SCOPE}")
def client_list(scope: Any) -> None:
    for key in ("client", "server"):
        if scope.get(key) is not None:
            scope[key] = list(scope[key])


@scoped("scope-without-extensions", f"extensions are left out {SCOPE}")
def without_extensions(scope: Any) -> None:
    scope.pop("extensions", None)


@scoped("scope-scheme-http", f"the scheme is http where it is ws {SCOPE}")
def scheme(scope: Any) -> None:
    scope["scheme"] = {"ws": "http", "wss": "https"}.get(scope.get("scheme", "ws"))


@scoped("scope-subprotocols-a-str", f"the subprotocols are one str, joined by a comma {SCOPE}")
def subprotocols(scope: Any) -> None:
    if scope.get("subprotocols"):
        scope["subprotocols"] = ", ".join(scope["subprotocols"])


@scoped("scope-type-http", f"the scope's type is 'http' {SCOPE}")
def kind(scope: Any) -> None:
    scope["type"] = "http"


MATCHES = "(WS-LIFETIME-10)"


def matching(name: str, says: str) -> Any:
    def register(change: Any) -> Any:
        def handle(handler: Any) -> Any:
            def call(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
                return handler(scope, info, {k: change(v) for k, v in matches.items()}, web_socket)

            return call

        handled(name, says)(handle)
        return change

    return register


@matching("matches-decoded-twice", f"a variable's value is percent-decoded once more {MATCHES}")
def value_twice(value: Any) -> Any:
    return unquote(value) if isinstance(value, str) else value


@matching("matches-lower-case", f"a variable's text is given in lower case {MATCHES}")
def value_lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


@matching("matches-stripped", f"a variable's text is stripped of spaces {MATCHES}")
def value_stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


@matching("matches-plus-as-space", f"a '+' in a variable's text is given as a space {MATCHES}")
def value_plus(value: Any) -> Any:
    return value.replace("+", " ") if isinstance(value, str) else value


@matching("matches-digits-as-int", f"a {{name}} of digits is given as an int: a room called 007 is 7 {MATCHES}")
def value_int(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


@matching("path-variable-without-slash", f"a slash at the end of a {{rest:path}} is left out {MATCHES}")
def value_slash(value: Any) -> Any:
    return value.rstrip("/") if isinstance(value, str) and len(value) > 1 else value


@matching("path-variable-slashes-merged", f"two slashes in a {{rest:path}} are given as one {MATCHES}")
def value_slashes(value: Any) -> Any:
    return re.sub("//+", "/", value) if isinstance(value, str) else value


def resolving(name: str, says: str) -> Any:
    """Change how a router finds, where the reference's own does not find, or where it does."""

    def register(change: Any) -> Any:
        class Resolves(Router[Any]):
            def resolve(self, path: str) -> Any:
                return change(super().resolve, path)

        routed(name, says)(Resolves)
        return change

    return register


ROUTE = "(WS-LIFETIME-08, 10; Router.add; issue 15.5)"


@resolving("trailing-slash-ignored", f"/a/ is served by the route /a {ROUTE}")
def ignored(resolve: Any, path: str) -> Any:
    return resolve(path) or (resolve(path.rstrip("/") or "/") if path.endswith("/") else None)


@resolving("trailing-slash-added", f"/a is served by the route /a/ {ROUTE}")
def added(resolve: Any, path: str) -> Any:
    return resolve(path) or resolve(path + "/")


@resolving("routes-in-any-case", f"/Chat is served by the route /chat {ROUTE}")
def any_case(resolve: Any, path: str) -> Any:
    return resolve(path) or resolve(path.lower())


@resolving("slashes-merged-for-routing", f"//a is served by the route /a {ROUTE}")
def merged(resolve: Any, path: str) -> Any:
    return resolve(path) or resolve(re.sub("//+", "/", path))


@resolving("decoded-again-for-routing", f"%2561 is served by the route /a {ROUTE}")
def again(resolve: Any, path: str) -> Any:
    return resolve(path) or resolve(unquote(path))


@resolving("negative-ints-have-no-route", f"{{n:int}} does not match -3: it looks for digits {ROUTE}")
def negative(resolve: Any, path: str) -> Any:
    found = resolve(path)
    if found is not None and any(isinstance(v, int) and v < 0 for v in found.matches.values()):
        return None
    return found


@resolving("floats-need-a-point", f"{{x:float}} does not match 1e5 {ROUTE}")
def floats(resolve: Any, path: str) -> Any:
    found = resolve(path)
    if found is not None and any(isinstance(v, float) for v in found.matches.values()) and "." not in path:
        return None
    return found


@resolving("names-are-words", f"{{name}} matches letters, digits and '_' alone: a-b, a.b and é have no route {ROUTE}")
def words(resolve: Any, path: str) -> Any:
    found = resolve(path)
    if found is not None and any(isinstance(v, str) and not re.fullmatch(r"[\w/]+", v, re.ASCII) for v in found.matches.values()):
        return None
    return found


@resolving("ints-are-cut-at-64-bits", f"{{n:int}} of over 64 bits has no route {ROUTE}")
def big(resolve: Any, path: str) -> Any:
    found = resolve(path)
    if found is not None and any(isinstance(v, int) and abs(v) >= 2**63 for v in found.matches.values()):
        return None
    return found


class _Spanning(Router[Any]):
    def __init__(self) -> None:
        super().__init__()
        self.patterns: list[Any] = []

    def add(self, path: str, handler: Any, *, content: Any = None) -> None:  # type: ignore[override]
        super().add(path, handler, content=content)
        self.patterns.append((path, handler, content))

    def literal(self, text: str) -> str:
        return re.escape(text)

    variable = "[^/]+"
    flags = 0

    def resolve(self, path: str) -> Any:
        from bareasgi_ws import Route

        found = super().resolve(path)
        if found is not None:
            return found
        for pattern, handler, content in self.patterns:
            if re.search(r"\{\w+:", pattern):
                continue
            parts = re.split(r"\{(\w+)\}", pattern)
            expression = "".join(f"(?P<{p}>{self.variable})" if i % 2 else self.literal(p) for i, p in enumerate(parts))
            match = self.match(expression, path)
            if match:
                return Route(handler, match.groupdict(), content)
        return None

    def match(self, expression: str, path: str) -> Any:
        return re.fullmatch(expression, path)


@routed("name-spans-slashes", f"{{name}} spans slashes: /chat/a/b is served by /chat/{{name}} {ROUTE}")
class Spans(_Spanning):
    variable = ".+"


@routed("name-may-be-empty", f"{{name}} matches nothing: /chat/ is served by /chat/{{name}} {ROUTE}")
class Empty(_Spanning):
    variable = "[^/]*"


@routed("route-is-an-expression", f"the text of a route is taken for a regular expression: /a.b serves /axb {ROUTE}")
class Expression(_Spanning):
    def literal(self, text: str) -> str:
        return text


@routed("route-matches-a-prefix", f"a route serves what begins with it: /chat serves /chatroom {ROUTE}")
class Prefix(_Spanning):
    def match(self, expression: str, path: str) -> Any:
        return re.match(expression, path) if expression != "/" else None


@routed("route-ignores-a-last-newline", f"a route ends with '$': /a serves '/a' and a line feed {ROUTE}")
class Newline(_Spanning):
    def match(self, expression: str, path: str) -> Any:
        return re.match(expression + "$", path)


@wrapped("routes-the-raw-path", f"the path is routed as it came: %C3%A9 is not served by the route /é (Router.resolve: the path, percent-decoded) {ROUTE}")
def raw(app: Any) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raw_path = scope.get("raw_path")
        if raw_path and b"%" in raw_path and not unquote(raw_path.decode()).isascii():
            scope = {**scope, "path": raw_path.decode("latin-1").split("?")[0]}
        await app(scope, receive, send)

    return application


@wrapped("non-ascii-paths-rejected", f"a path that is not ASCII has no route {ROUTE}")
def ascii_paths(app: Any) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        if not scope["path"].isascii():
            scope = {**scope, "path": "/\0no"}
        await app(scope, receive, send)

    return application
