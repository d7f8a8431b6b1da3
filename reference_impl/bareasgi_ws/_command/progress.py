"""Which checker is still at work, on standard error, where that is a terminal."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def progress(names: Iterable[str]) -> Generator[Callable[[str], None]]:
    """Show a line per name until it is given to the function that this yields."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(finished_text=" "), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {name: bar.add_task(name, total=1) for name in names}
        yield lambda name: bar.update(tasks[name], completed=1)
