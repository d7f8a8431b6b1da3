"""The checks of servers, a module for each part of them."""

from ...requirements import requirements
from ..check import FIRST, ServerCheck
from . import closes, ends, frames, handshake, log, messages, scope, sending

_MODULES = (handshake, scope, messages, frames, closes, ends, sending, log)
_FOUND = {
    value.requirement: value for module in _MODULES for value in vars(module).values() if isinstance(value, ServerCheck)
}

LAST = "WS-SERVER-76"
"""It stops the server."""

_ORDER = sorted(requirements(), key=lambda number: (number == LAST) - (number == FIRST))
CHECKS = {number: _FOUND[number] for number in _ORDER if number in _FOUND}
"""The check of each requirement that binds servers, in an order in which what one needs comes before it."""
