# Written by `make stubs` from the module of this name.
"""What can be a handler: checked when it is registered, before any connection finds out."""

from typing import Any

def check_handler(call: str, handler: Any) -> None:
    """Check at registration that what is given can be called as a handler is.

    Args:
        call: The function that was given it, which the error names.
        handler: What was given.

    Raises:
        TypeError: It is not callable, cannot take four positional arguments, or is an async generator function.
    """

def check_content(call: str, content: Any) -> None:
    """Check at registration that what is given says which messages a handler receives.

    Args:
        call: The function that was given it, which the error names.
        content: What was given.

    Raises:
        TypeError: It is not exactly ``str``, ``bytes`` or None.
    """
