"""What is being done, on standard error, where that is a terminal."""

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


@contextmanager
def progress(names: Iterable[str]) -> Generator[Callable[[str], None]]:
    """Show a line per name until it is given to the function that this yields."""
    with _bar(SpinnerColumn(finished_text=" "), TextColumn("{task.description}"), TimeElapsedColumn()) as bar:
        tasks = {name: bar.add_task(name, total=1) for name in names}
        yield lambda name: bar.update(tasks[name], completed=1)


@contextmanager
def counting(total: int) -> Generator[Callable[[int, str], None]]:
    """Show how many of a total are done and what is done now, with which the function that this yields is called."""
    with _bar(BarColumn(20), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)) as bar:
        task = bar.add_task("loading", total=total)
        yield lambda done, now: bar.update(task, completed=done, total=max(done, total), description=now)


def _bar(*columns: ProgressColumn) -> Progress:
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
