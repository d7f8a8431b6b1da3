"""Cancellations: which somebody asked for, and which arose by themselves."""

import sys
from typing import Any


def is_asked_for() -> bool:
    """Tell whether somebody cancels the running task from outside of its handler.

    On asyncio a CancelledError can arise without that: from a future that was cancelled, or by hand. A Cancelled of
    trio's cannot.
    """
    task = _asyncio_task()
    if task is not None:
        return bool(task.cancelling())
    trio = sys.modules.get("trio")
    try:
        return trio is not None and trio.current_effective_deadline() == -float("inf")
    except RuntimeError:
        return False  # another library's


def is_harmless(failure: BaseException) -> bool:
    """Tell whether what raised this in the last attempt at a close may be passed over: no end of the process is."""
    names = {"asyncio": "CancelledError", "trio": "Cancelled"}
    loaded = [(sys.modules.get(module), name) for module, name in names.items()]
    cancellations = [getattr(module, name) for module, name in loaded if module is not None]
    harmless = (Exception, *cancellations)
    return isinstance(failure, harmless) or (
        isinstance(failure, BaseExceptionGroup) and all(map(is_harmless, _exceptions(failure)))
    )


def _exceptions(group: Any) -> tuple[BaseException, ...]:
    exceptions: tuple[BaseException, ...] = group.exceptions
    return exceptions


def _asyncio_task() -> Any:
    asyncio = sys.modules.get("asyncio")
    try:
        return None if asyncio is None else asyncio.current_task()
    except RuntimeError:
        return None  # no event loop of asyncio's runs here
