"""What a fault is: a backend broken on purpose in one place, and the requirements that it is to fail."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, TypeAlias, TypeVar

from bareasgi_ws import Application
from bareasgi_ws._reference.close_timeout import IN_MEMORY
from bareasgi_ws._reference.socket import ReferenceWebSocket
from bareasgi_ws.conformance import Backend, MemoryBackend

from ...sample_reports import reference_with

Socket = TypeVar("Socket", bound=type[ReferenceWebSocket[Any]])
MakeApplication = TypeVar("MakeApplication", bound=Callable[..., Any])

Call: TypeAlias = Callable[[], Awaitable[None]]
Around: TypeAlias = Callable[[Call, Any], Awaitable[None]]


class Fault(NamedTuple):
    """A fault.

    Attributes:
        requirement: The requirement that it fails; several faults may fail one.
        blocked: The requirements whose checks show nothing then; every other one is met.
        backend: The backend with the fault.
    """

    requirement: str
    blocked: frozenset[str]
    backend: Backend


FAULTS: dict[str, Fault] = {}
"""The faults, by their names."""


def _register(name: str, fault: Fault) -> None:
    assert name not in FAULTS, f"two faults have the name {name}"
    FAULTS[name] = fault


def web_socket_fails(requirement: str, *, blocks: tuple[str, ...] = ()) -> Callable[[Socket], Socket]:
    """Register a web_socket, a subclass of the reference's, that fails the requirement."""

    def register(broken: Socket) -> Socket:
        _register(broken.__name__, Fault(requirement, frozenset(blocks), reference_with(broken)))
        return broken

    return register


def application_fails(
    requirement: str, *, blocks: tuple[str, ...] = ()
) -> Callable[[MakeApplication], MakeApplication]:
    """Register a function from handler, route, content and info to an ASGI application that fails the requirement."""

    def register(broken: MakeApplication) -> MakeApplication:
        backend = MemoryBackend(broken, ReferenceWebSocket, close_timeout=IN_MEMORY)
        _register(broken.__name__, Fault(requirement, frozenset(blocks), backend))
        return broken

    return register


def serve(handler: Any, route: str, content: Any, info: Any) -> Application[Any]:
    """Return the reference's application, with the handler on the route."""
    application = Application(info=info, close_timeout=IN_MEMORY)
    application.ws_router.add(route, handler, content=content)
    return application


def handling_fails(requirement: str, *, blocks: tuple[str, ...] = ()) -> Callable[[Around], Around]:
    """Register what is put around the call of each handler, so that it fails the requirement."""

    def register(around: Around) -> Around:
        def make_application(handler: Any, route: str, content: Any, info: Any) -> Any:
            async def handled(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
                await around(partial(handler, scope, info, matches, web_socket), web_socket)

            return serve(handled, route, content, info)

        make_application.__name__ = around.__name__
        application_fails(requirement, blocks=blocks)(make_application)
        return around

    return register
