"""Reports of seven backends, most of them with a fault, as they come out of their JSON files: for the tests."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

import anyio

from bareasgi_ws import Application, Info, RouteMatches, Scope, WebSocket, WebSocketHandler
from bareasgi_ws._reference.close_timeout import IN_MEMORY
from bareasgi_ws._reference.socket import DenyingWebSocket, ReferenceWebSocket
from bareasgi_ws.backends.asgi import backend as reference
from bareasgi_ws.conformance import Backend, MemoryBackend, Outcome, Result, StaticResult, run

Json = dict[str, Any]

# What no form may take for markup, what no file could hold, and what has no place to break a line.
HOSTILE = "<script>alert(1)</script> | `tick` **bold** @you &amp; \" ' \x1b[31m \u202e \ud800 " + "x" * 400

STATIC = (
    StaticResult("mypy", "2.4.1", "pass", ()),
    StaticResult("pyright", "1.1.414", "fail", (f"its web_socket is not a WebSocket:\n  {HOSTILE}",)),
    StaticResult("ty", "0.1", "could not run", ("it wrote no JSON",)),
)


class EmptyBinaryIsTheEnd(DenyingWebSocket[Any]):
    """Fails one MUST."""

    async def receive(self) -> Any:
        """Return None for an empty message."""
        content = await super().receive()
        return None if content == b"" else content


class MixesCodesUp(DenyingWebSocket[Any]):
    """Fails a SHOULD, on the third connection of its check, and a MUST that others need."""

    async def close(self, code: Any = 1000) -> None:
        """Close with 1000 in the place of 1008."""
        await super().close(1000 if code == 1008 else code)


class Crashes(DenyingWebSocket[Any]):
    """Fails nearly everything, with words of its own, and blocks the rest."""

    async def receive(self) -> Any:
        """Raise what it should not."""
        raise ZeroDivisionError(HOSTILE)


class FiveMembers:
    """A web_socket with no capability, on another one."""

    def __init__(self, inner: WebSocket) -> None:
        """Take over its methods."""
        self.accept, self.receive, self.send, self.close = inner.accept, inner.receive, inner.send, inner.close
        self._inner = inner

    @property
    def code(self) -> int | None:
        """The code of the other one."""
        return self._inner.code


class BarePeer:
    """A peer with nothing beyond what every peer has."""

    def __init__(self, inner: Any) -> None:
        """Take over the methods of another one."""
        for name in ("handshake", "send", "receive", "close", "drop"):
            setattr(self, name, getattr(inner, name))
        self._inner = inner

    @property
    def code(self) -> int | None:
        """The code of the other one."""
        code: int | None = self._inner.code
        return code

    @property
    def reason(self) -> str | None:
        """The reason of the other one."""
        reason: str | None = self._inner.reason
        return reason


class SmallBackend:
    """The reference, with no capability at either end."""

    socket_type = FiveMembers

    @asynccontextmanager
    async def connect(self, handler: WebSocketHandler, **how: Any) -> AsyncIterator[Any]:
        """Serve the handler."""

        async def small(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
            await handler(scope, info, matches, FiveMembers(web_socket))

        async with reference.connect(small, **how) as client:
            yield BarePeer(client)


def reference_with(web_socket: type[ReferenceWebSocket[Any]]) -> MemoryBackend:
    """Return the reference, which gives this web_socket to its handlers."""

    return MemoryBackend(partial(application_with, web_socket), web_socket, close_timeout=IN_MEMORY)


def application_with(
    web_socket: type[ReferenceWebSocket[Any]], handler: Any, route: str, content: Any, info: Any
) -> Application[Any]:
    """Return the reference's application, which gives this web_socket to its handlers."""

    class WithWebSocket(Application[Any]):
        _open_web_socket = web_socket

    application = WithWebSocket(info=info, close_timeout=IN_MEMORY)
    application.ws_router.add(route, handler, content=content)
    return application


def faulty(web_socket: type[ReferenceWebSocket[Any]], library: str = "asyncio", **how: Any) -> Json:
    """Run the kit on the reference, which gives this web_socket to its handlers."""
    return report(reference_with(web_socket), library, **how)


def report(backend: Backend, library: str = "asyncio", **how: Any) -> Json:
    """Run the kit, and give the report as it comes out of its file."""
    static, not_announced = how.pop("static", ()), how.pop("not_announced", "")
    found = anyio.run(partial(run, backend, deadline=1, **how), backend=library)
    results = tuple(
        Result(one.requirement, Outcome.NOT_ANNOUNCED, "as of a server") if one.requirement.id == not_announced else one
        for one in found.results
    )
    written: Json = json.loads(json.dumps(found._replace(static=static, results=results).as_json()))
    return written


@cache
def seven() -> tuple[Json, ...]:
    """Make the reports; together they have every outcome."""
    return (
        report(reference, name="the reference"),
        faulty(EmptyBinaryIsTheEnd, "trio", name="module.of_a_backend:WithOneFault", static=STATIC),
        faulty(EmptyBinaryIsTheEnd, name="known", deviations={"WS-RECEIVE-04": HOSTILE}),
        faulty(MixesCodesUp, name="mixes codes up", static=STATIC[:1]),
        report(SmallBackend(), name="without_capabilities", not_announced="WS-CLOSE-12"),
        faulty(Crashes, name=HOSTILE),
        report(reference, "trio", name="close alone", select=["WS-CLOSE"]),
    )


def run_with(report: Json) -> list[str]:
    """Return what tells the run from another one of the same backend."""
    found = [report["library"], f"Python {report['versions']['Python']}"]
    found += [f"profile {report['profile']}"] if report["profile"] else []
    return [*found, *([f"only {', '.join(report['select'])}"] if report["select"] else [])]


def unmet_outcomes(report: Json) -> list[str]:
    """Return the outcomes of what is not met, the worst first."""
    worst_first = ["fail", "blocked", "non-strict", "deviates"]
    return [outcome for outcome in worst_first for _ in range(report["counts"][outcome])]


def result_of(report: Json, requirement: str) -> Json:
    """Return what became of a requirement."""
    found: Json = next(one for one in report["results"] if one["requirement"]["id"] == requirement)
    return found
