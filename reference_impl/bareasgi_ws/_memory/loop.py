"""Which library runs the event loop."""

from typing import Any


def asyncio_task() -> Any:
    """Give asyncio's current task, or None where another library runs."""
    import asyncio

    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def library() -> str:
    """Name the library."""
    return "trio" if asyncio_task() is None else "asyncio"
