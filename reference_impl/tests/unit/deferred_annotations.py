"""Handlers whose annotations are evaluated when somebody asks (PEP 649): it can be imported from Python 3.14 on."""

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from bareasgi_ws import WebSocket as CheckersOnly

    class CheckersSeat(TypedDict):
        number: int


class Unknown(TypedDict):
    number: CheckersOnly


# The checkers read it as Python 3.11, for which the name comes too late.
async def later(scope: Any, info: Any, matches: Later, web_socket: CheckersOnly) -> None: ...  # noqa: F821  # pyright: ignore[reportUndefinedVariable]
async def checkers_only(scope: Any, info: Any, matches: CheckersSeat, web_socket: Any) -> None: ...
async def unknown_item(scope: Any, info: Any, matches: Unknown, web_socket: Any) -> None: ...


class Later(TypedDict):
    number: int
