"""The list of checks, and how one is put on it."""

from collections.abc import Awaitable, Callable
from typing import Any, assert_type

from bareasgi_ws.conformance import Check
from bareasgi_ws.conformance.check import CHECKS, check


def case_the_list() -> None:
    assert_type(CHECKS, list[Check])


def case_a_check_of_a_requirement() -> None:
    decorator = check("WS-CLOSE-01")
    assert_type(decorator, Callable[[Callable[[Any], Awaitable[None]]], Callable[[Any], Awaitable[None]]])


def case_a_check_that_needs_a_requirement() -> None:
    check(requirement="WS-CLOSE-02", needs=("WS-HANDSHAKE-01", "WS-CLOSE-01"))
