"""What is being done, on standard error: in place on a terminal, elsewhere a line every few seconds."""

import sys
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

INTERVAL = 5.0
"""How many seconds lie between two lines of a log."""


@contextmanager
def progress(names: Iterable[str]) -> Generator[Callable[[str], None]]:
    """Show a line per name until it is given to the function that this yields."""
    with _bar(SpinnerColumn(finished_text=" "), TextColumn("{task.description}"), TimeElapsedColumn()) as bar:
        tasks = {name: bar.add_task(name, total=1) for name in names}
        yield lambda name: bar.update(tasks[name], completed=1)


@contextmanager
def counting(total: int) -> Generator[Callable[[int, str], None]]:
    """Show how many of a total are done and what is done now, with which the function that this yields is called."""
    if not Console(stderr=True).is_terminal:
        yield _Lines(total).tell
        return
    with _bar(BarColumn(20), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)) as bar:
        task = bar.add_task("loading", total=total)
        yield lambda done, now: bar.update(task, completed=done, total=max(done, total), description=now)


class _Lines:
    """A line now and then, for a log."""

    def __init__(self, total: int) -> None:
        """Begin; what is done within the first seconds needs no line."""
        self._total = total
        self._due = time.monotonic() + INTERVAL

    def tell(self, done: int, now: str) -> None:
        """Write how many are done, and what is done now, where it is time for a line."""
        if time.monotonic() >= self._due:
            print(f"bareasgi-ws: {done} of {self._total} done, now {now}", file=sys.stderr, flush=True)
            self._due = time.monotonic() + INTERVAL


def _bar(*columns: ProgressColumn) -> Progress:
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
