"""What the parts of a connection cost: each is left out in turn, which says why the whole is not cheaper."""

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any
from unittest.mock import patch

from . import in_memory
from .libraries import Application, Does, handler_that, raw, reference
from .tables import Table, Tables

TITLE = "what the parts of a connection cost"
LEFT = "what is left"
ROUNDS = 30


def leave_out(target: str, stand_in: Callable[..., Any]) -> Any:
    """Have something cheaper stand where a part is."""
    return patch(f"bareasgi_ws.{target}", stand_in)


async def untimed(seconds: Any, sending: Any, connection: Any) -> None:
    """Await what sends the end, however long it takes."""
    await sending


def parts(handler: Any) -> dict[str, list[Any]]:
    """Name the parts, each with what leaves it out."""
    headers = leave_out("_rules.scope._are_usual", lambda headers: True)
    scope = leave_out("_reference.lifetime.mended", lambda scope: scope)
    route = leave_out("_reference.application.Application._found", lambda *asked: ((handler, None), {"name": "attic"}))
    log = leave_out("_reference.log.debug", lambda *said: None)
    close = leave_out("_reference.socket.within", untimed)
    return {
        "checking the headers": [headers],
        "checking the scope": [scope],
        "finding the handler": [route],
        "asking whether to log": [log],
        "limiting the close": [close],
        "all these but the first": [scope, route, log, close],
    }


def ratio(application: Application, by_hand: Application, left_out: list[Any]) -> float:
    """Measure a connection without some parts, beside the raw function."""
    with ExitStack() as stack:
        for part in left_out:
            stack.enter_context(part)
        of_ours = in_memory.seconds_a_connection(application)
    return of_ours / in_memory.seconds_a_connection(by_hand)


def costs(rounds: int, only: list[str]) -> Tables:
    """Measure what a connection saves without each part, and what it costs without them all."""
    rows: Table = {}
    columns: dict[str, Does] = {"client closes, no loop": "text", "handler closes, no loop": "closes"}
    for column, does in columns.items():
        compared = reference(does), raw(does)
        in_memory.settle()
        for name, left_out in parts(handler_that(does)).items():
            pairs = [(ratio(*compared, []), ratio(*compared, left_out)) for _ in range(rounds or ROUNDS)]
            rows.setdefault(name, {})[column] = median(whole - without for whole, without in pairs)
            rows.setdefault(LEFT, {})[column] = median(without for _, without in pairs)  # the last leaves out all
    left = rows.pop(LEFT)
    return {TITLE: {**rows, LEFT: left}}
