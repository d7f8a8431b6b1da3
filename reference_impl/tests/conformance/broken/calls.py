"""Faults that fail a requirement of WS-LIFETIME: how a handler is called."""

import re
from collections.abc import Callable
from copy import copy
from inspect import iscoroutine, iscoroutinefunction
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from bareasgi_ws import Application, Route, Router
from bareasgi_ws._reference.close_timeout import IN_MEMORY

from .fault import Call, application_fails, handling_fails, serve


@application_fails("WS-LIFETIME-01")
def copies_info(handler: Any, route: str, content: Any, info: Any) -> Any:
    return serve(handler, route, content, dict(info or {}))


@application_fails("WS-LIFETIME-01")
def has_an_info_of_its_own_for_an_empty_one(handler: Any, route: str, content: Any, info: Any) -> Any:
    return serve(handler, route, content, info or {})


@application_fails("WS-LIFETIME-01")
def calls_an_info_that_can_be_called(handler: Any, route: str, content: Any, info: Any) -> Any:
    return serve(handler, route, content, info() if callable(info) else info)


@application_fails("WS-LIFETIME-01")
def copies_info_for_the_second(handler: Any, route: str, content: Any, info: Any) -> Any:
    infos = iter([info])

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await handler(scope, next(infos, copy(info)), matches, web_socket)

    return serve(handled, route, content, info)


@handling_fails("WS-LIFETIME-14")
async def calls_twice(call: Call, web_socket: Any) -> None:
    await call()
    await call()


@handling_fails("WS-LIFETIME-14")
async def calls_again_after_an_error(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except OSError:
        await call()
        raise


@application_fails("WS-LIFETIME-15")
def takes_coroutine_functions_alone(handler: Any, route: str, content: Any, info: Any) -> Any:
    if not iscoroutinefunction(handler):
        raise TypeError("expected an async function")
    return serve(handler, route, content, info)


@application_fails("WS-LIFETIME-15")
def awaits_coroutines_alone(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        result = handler(scope, info, matches, web_socket)
        if iscoroutine(result):
            await result

    return serve(handled, route, content, info)


@application_fails("WS-LIFETIME-15")
def names_its_handlers(handler: Any, route: str, content: Any, info: Any) -> Any:
    name = handler.__name__

    async def handled(*call: Any) -> None:
        try:
            await handler(*call)
        except Exception as error:
            error.add_note(name)
            raise

    return serve(handled, route, content, info)


def routing_fails(requirement: str) -> Callable[[Any], Any]:
    """Register what changes a route and a path before they are compared, so that it fails the requirement."""

    def register(change: Callable[[str], str]) -> Callable[[str], str]:
        class ChangingRouter(Router[Any]):
            def resolve(self, path: str) -> Route[Any] | None:
                return super().resolve(change(path))

        def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
            application = Application(info=info, ws_router=ChangingRouter(), close_timeout=IN_MEMORY)
            application.ws_router.add(route, handler, content=content)
            return application

        make_application.__name__ = change.__name__
        application_fails(requirement)(make_application)
        return change

    return register


@routing_fails("WS-LIFETIME-16")
def forgives_a_slash(path: str) -> str:
    return path.rstrip("/") or "/"


@routing_fails("WS-LIFETIME-16")
def forgives_two_slashes(path: str) -> str:
    return re.sub("/+", "/", path)


@routing_fails("WS-LIFETIME-16")
def forgives_the_case(path: str) -> str:
    return path.lower()


@routing_fails("WS-LIFETIME-16")
def decodes_twice(path: str) -> str:
    return unquote(path)


@routing_fails("WS-LIFETIME-16")
def decodes_as_a_form(path: str) -> str:
    return path.replace("+", " ")


@routing_fails("WS-LIFETIME-16")
def strips_the_path(path: str) -> str:
    return path.strip()


def expression_fails(requirement: str) -> Callable[[Any], Any]:
    """Register what finds a path by a regular expression made of a route, so that it fails the requirement."""

    def register(find: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
        def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
            class ByExpression(Router[Any]):
                def resolve(self, path: str) -> Route[Any] | None:
                    if ":" in route:
                        return super().resolve(path)
                    found = find(route, path)
                    return Route(handler, found.groupdict(), content) if found else None

            application = Application(info=info, ws_router=ByExpression(), close_timeout=IN_MEMORY)
            application.ws_router.add(route, handler, content=content)
            return application

        make_application.__name__ = find.__name__
        application_fails(requirement)(make_application)
        return find

    return register


def with_groups(route: str, variable: str = "[^/]+") -> str:
    return re.sub(r"\\?\{(\w+)\\?\}", rf"(?P<\1>{variable})", route)


@expression_fails("WS-LIFETIME-16")
def forgives_a_line_break(route: str, path: str) -> Any:
    """``$`` matches before a line break at the end."""
    return re.match(with_groups(re.escape(route)) + "$", path)


@expression_fails("WS-LIFETIME-16")
def takes_a_dot_for_any(route: str, path: str) -> Any:
    return re.fullmatch(with_groups(route), path)


@expression_fails("WS-LIFETIME-16")
def spans_slashes(route: str, path: str) -> Any:
    return re.fullmatch(with_groups(re.escape(route), "(?s:.+)"), path)


@expression_fails("WS-LIFETIME-16")
def takes_ascii_alone(route: str, path: str) -> Any:
    return re.fullmatch(with_groups(re.escape(route), "[ -.0-~]+"), path)


def _registers(requirement: str, changed: Callable[[Any, Any, Any, Any], Any]) -> Callable[[Any], Any]:
    """Return what registers a function: ``changed`` has it change what a handler is called with."""

    def register(change: Any) -> Any:
        def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
            async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
                await handler(*changed(change, scope, info, matches), web_socket)

            return serve(handled, route, content, info)

        make_application.__name__ = change.__name__
        application_fails(requirement)(make_application)
        return change

    return register


def matches_fail(requirement: str) -> Callable[[Any], Any]:
    """Register what changes the value of each variable, so that it fails the requirement."""

    def changed(change: Any, scope: Any, info: Any, matches: Any) -> Any:
        return scope, info, {name: change(value) for name, value in matches.items()}

    return _registers(requirement, changed)


@matches_fail("WS-LIFETIME-16")
def strips_a_value(value: Any) -> Any:
    return value.strip(" ") if isinstance(value, str) and value.startswith(" ") else value


@matches_fail("WS-LIFETIME-16")
def joins_slashes(value: Any) -> Any:
    return re.sub("/+", "/", value) if isinstance(value, str) else value


@matches_fail("WS-LIFETIME-10")
def has_numbers_of_64_bits(value: Any) -> Any:
    return min(value, 2**63 - 1) if isinstance(value, int) else value


def scope_fails(requirement: str) -> Callable[[Any], Any]:
    """Register what gives items of the scope in place of the server's, so that it fails the requirement."""

    def changed(change: Any, scope: Any, info: Any, matches: Any) -> Any:
        return {**scope, **change(scope)}, info, matches

    return _registers(requirement, changed)


@scope_fails("WS-LIFETIME-19")
def resolves_dots_in_the_path(scope: Any) -> Any:
    return {"path": normpath(scope["path"])} if "/." in scope["path"] else {}


@scope_fails("WS-LIFETIME-19")
def joins_cookies(scope: Any) -> Any:
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    others = [header for header in scope["headers"] if header[0] != b"cookie"]
    return {"headers": [*others, (b"cookie", b"; ".join(cookies))]} if cookies else {}


@application_fails("WS-LIFETIME-19")
def leaves_out_what_asgi_does_not_name(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        named = {name: value for name, value in scope.items() if "." not in name}
        await handler(named, info, matches, web_socket)

    return serve(handled, route, content, info)


@application_fails("WS-LIFETIME-19")
def rebuilds_the_scope_of_what_it_needs(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        names = ("type", "path", "root_path", "query_string", "headers", "subprotocols", "extensions")
        await handler({name: scope[name] for name in names if name in scope}, info, matches, web_socket)

    return serve(handled, route, content, info)


@application_fails("WS-LIFETIME-19")
def leaves_out_what_is_empty(handler: Any, route: str, content: Any, info: Any) -> Any:
    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await handler({name: value for name, value in scope.items() if value}, info, matches, web_socket)

    return serve(handled, route, content, info)


@application_fails("WS-LIFETIME-19")
def encodes_the_path_anew(handler: Any, route: str, content: Any, info: Any) -> Any:
    """As one that makes the raw path of the decoded one."""

    async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
        await handler({**scope, "raw_path": scope["path"].encode()}, info, matches, web_socket)

    return serve(handled, route, content, info)
