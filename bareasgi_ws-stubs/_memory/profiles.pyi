# Written by `make stubs` from the module of this name.
"""How each server was seen to speak ASGI."""

from collections.abc import Mapping
from typing import Final

from .profile import Profile

PROFILES: Final[Mapping[str, Profile]]
"""The profiles by their names: ``"strict"``, the kit's default, then one for each server."""
