"""What an import takes, in an interpreter of its own, with compiled files: the first round makes them.

The interpreter tells its own time on the processor, so its start is not in it.
"""

import subprocess
import sys
from pathlib import Path

import bareasgi_ws

from .libraries import BAREASGI

BASE = "asyncio"
IMPORTS = {
    BASE: BASE,
    "bareasgi_ws": "bareasgi_ws",
    "bareasgi 3": "bareasgi",
    "bareasgi 5": "bareasgi",
    "starlette": "starlette.applications, starlette.routing, starlette.websockets",
    "falcon": "falcon.asgi",
    "blacksheep": "blacksheep",
    "litestar": "litestar",
    "quart": "quart",
}
"""What a module with a handler and its route imports, by the library."""

FOLDERS = {
    "bareasgi_ws": Path(bareasgi_ws.__file__).parents[1],
    "bareasgi 3": Path(f"{BAREASGI}3"),
    "bareasgi 5": Path(f"{BAREASGI}5"),
}
"""What is not where the interpreter looks by itself."""

PROGRAM = """
import sys, time
sys.path[:0] = {folders}
began = time.process_time_ns()
import {modules}
print(time.process_time_ns() - began)
"""


def nanoseconds(library: str) -> float:
    """Time an import."""
    folders = [str(FOLDERS[library])] if library in FOLDERS else []
    program = PROGRAM.format(folders=folders, modules=IMPORTS[library])
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    return float(done.stdout)


def importable() -> list[str]:
    """Name the libraries that are installed."""
    there: list[str] = []
    for library in IMPORTS:
        try:
            nanoseconds(library)
        except subprocess.CalledProcessError:
            continue
        there.append(library)
    return there
