"""How long a person waits for each language server: completion after ``web_socket.``, and the hover over ``close``.

Run ``python reference_impl/benchmarks/language_servers.py``, with the servers in ``.venv-editors``. The servers take
turns, round after round, and each figure is the median over the rounds. It writes them, in milliseconds, to
``reference_impl/benchmarks/results/language_servers.toml``, from which ``make docs`` takes them. They are never
asserted.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tools.lsp import table
from tools.lsp.client import OPENED, Cursor
from tools.lsp.editor import HANDLER, Editor, editing
from tools.lsp.features import pointing_at
from tools.lsp.project import CARET, Project, build_wheel, create
from tools.lsp.servers import ENVIRONMENT, SERVERS, Server, versions

ROUNDS = 5
ANSWERS = 10
LINE = f"await web_socket.{CARET}"


def timed(ask: Callable[[], object]) -> float:
    """Time one answer, in milliseconds."""
    began = time.perf_counter()
    if not ask():
        raise RuntimeError("the server had no answer")
    return (time.perf_counter() - began) * 1000


def measure(server: Server, project: Project) -> dict[str, float]:
    """Start the server, and give each figure once: the median over some answers."""
    began = time.perf_counter()
    with editing(server, project) as editor:
        cursor = editor.inside(LINE)
        editor.completions_at(cursor)
        cold = (time.perf_counter() - began) * 1000
        over_close = editor.inside(pointing_at("close"))
        return {
            "first_answer": cold,
            "completion": median(timed(lambda: editor.completions_at(cursor)) for _ in range(ANSWERS)),
            "completion_after_edit": median(after_edit(editor, cursor, number) for number in range(ANSWERS)),
            "hover": median(timed(lambda: editor.hover(over_close)) for _ in range(ANSWERS)),
        }


def after_edit(editor: Editor, cursor: Cursor, number: int) -> float:
    """Change a line below the cursor, as one does who types, and time the answer."""
    text = HANDLER.format(line=LINE.replace(CARET, "")) + f"\nnumber = {number}\n"
    editor.client.change(cursor.uri, OPENED + 1 + number, text)
    return timed(lambda: editor.completions_at(cursor))


def main() -> None:
    """Write the figures, and print them."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        project = create(folder / "chat", build_wheel(folder / "wheel"), ENVIRONMENT / "bin" / "python")
        rounds = [{server.name: measure(server, project) for server in SERVERS} for _ in range(ROUNDS)]
    lines = ["# Median milliseconds; `python reference_impl/benchmarks/language_servers.py` writes the file anew."]
    for name, version in versions().items():
        figures = {figure: median(one[name][figure] for one in rounds) for figure in rounds[0][name]}
        lines += [
            "",
            f"[{name}]",
            f'version = "{version}"',
            *(f"{figure} = {ms:.1f}" for figure, ms in figures.items()),
        ]
    table.LATENCIES.write_text("\n".join([*lines, ""]), "utf-8")
    print(table.LATENCIES.read_text("utf-8"))


if __name__ == "__main__":
    main()
