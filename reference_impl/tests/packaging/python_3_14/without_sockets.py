"""pytest where there are no sockets, processes and threads, but time: on Python in WebAssembly."""

import asyncio
import selectors
import sys
import time
from collections.abc import Sequence
from typing import Any, Final

CANNOT: Final = {
    "backends/test_kit.py::test_on_websockets": "opens sockets",
    "unit/test_eager_tasks.py::test_a_backend_conforms[websockets]": "opens sockets",
    "unit/test_extras.py": "starts processes",
    "unit/test_log.py::test_a_connection_imports_no_logging_of_its_own": "starts processes",
    "unit/test_stubs.py::test_importing_loads_no_event_loop": "starts processes",
    "unit/test_stubs.py::test_importing_needs_no_backport_from_python_3_13": "starts processes",
}
"""The files and tests that fail there, and why; a test among them that passes is an error."""


class _NoFiles(selectors.BaseSelector):
    """Waits for a time only: there is nothing else to wait for."""

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        raise NotImplementedError

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        raise NotImplementedError

    def get_map(self) -> dict[Any, selectors.SelectorKey]:
        return {}

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("the loop has nothing to wait for, and would wait for ever")
        time.sleep(max(timeout, 0))
        return []


class Loop(asyncio.SelectorEventLoop):
    """asyncio's own loop. Pyodide's would go on in JavaScript's, and not return before that."""

    def __init__(self) -> None:
        super().__init__(_NoFiles())

    def _make_self_pipe(self) -> None:
        """What wakes a loop from a thread or a signal is a pair of sockets."""

    def _close_self_pipe(self) -> None: ...

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """There are no threads; to wait for their end would take one."""


def run(arguments: Sequence[str]) -> int:
    """Run the tests in an event loop of this module's; give pytest's exit status."""
    asyncio._set_running_loop(None)  # Pyodide's is running
    asyncio.events.new_event_loop = asyncio.new_event_loop = Loop
    absent: Any = None
    sys.modules["trio"] = absent  # it rejects the platform as it is imported
    import pytest

    print("Python", sys.version)
    options = ["-p", "anyio", "-p", "no:cacheprovider", "-k", "not trio"]
    return int(pytest.main([*options, *arguments], [sys.modules[__name__]]))


def pytest_collection_modifyitems(items: list[Any]) -> None:
    import pytest

    for item in items:
        _, _, name = item.nodeid.partition("tests/")
        for start, reason in CANNOT.items():
            if name.startswith(start):
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
