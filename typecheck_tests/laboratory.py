"""Where mutants are tested: in each process, a folder with the cases and stubs of its own that may be changed.

There the stubs are the package ``bareasgi_ws`` itself, which every checker prefers to what is installed.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import case_files
import runner
from bareasgi_ws._command.checkers import CHECKERS
from case_files import HOME, CaseFile
from mutants import Mutant
from runner import NAMES, Suite

# The chapters that are likely to notice a change to a stub. They go first; where they notice nothing, all are asked.
LIKELY = {
    "_spec/websocket.pyi": ("websocket_*", "backends_*", "handlers_*"),
    "_spec/capabilities.pyi": ("capabilities_*", "websocket_awaits", "backends_conforming"),
    "_spec/scope.pyi": ("scope_*", "asgi_scopes", "public_names"),
    "_spec/routing.pyi": ("routers_*", "content_registration", "info_*"),
    "_spec/errors.pyi": ("errors_*",),
    "_spec/close_code.pyi": ("websocket_c*",),
    "_reference/router.pyi": ("routers_*", "content_registration", "info_*", "handlers_forms"),
    "_reference/application.pyi": ("asgi_applications", "content_decorator", "info_*"),
    "_reference/asgi.pyi": ("asgi_applications", "asgi_serve"),
    "_reference/messages.pyi": ("messages_*",),
    "backends/asgi.pyi": ("asgi_serve",),
    "testing.pyi": ("testing_*",),
    "conformance/backend.pyi": ("conformance_backend",),
    "conformance/check.pyi": ("conformance_*",),
    "conformance/memory.pyi": ("conformance_backend",),
    "conformance/report.pyi": ("conformance_run",),
    "conformance/requirements.pyi": ("conformance_run",),
    "conformance/runner.pyi": ("conformance_run",),
}
CONFIGURATION = """
[tool.mypy]
mypy_path = "{0}"

[tool.pyright]
extraPaths = ["{0}"]
"""
Lines = frozenset[tuple[str, int]]
FORK = get_context("fork")


def open_laboratory(folder: Path, stubs: Path) -> None:
    """Make this process's folder, and prove that a change to its stubs is noticed there.

    Raises:
        RuntimeError: A checker does not see these stubs, or fails without a change.
    """
    home = folder / str(os.getpid())
    for part in ("clean", "wrong"):
        shutil.copytree(HOME / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(stubs, home / "bareasgi_ws")
    os.chdir(home)
    import_module("mypy.main")
    os.environ["MYPYPATH"] = str(home)
    init = Path("bareasgi_ws/__init__.pyi").read_text(encoding="utf-8")
    unchanged = Mutant("__init__.pyi", "nothing changed", init)
    nameless = Mutant("__init__.pyi", "a name is gone", init.replace("CloseCode", "NoCode"))
    for name in NAMES:
        if _noticed(unchanged, name) or not _noticed(nameless, name):
            raise RuntimeError(f"{name} does not tell changed stubs from these: run the cases first")


def notices(mutant: Mutant) -> bool:
    """Whether some case fails under some checker."""
    return any(_noticed(mutant, name) for name in NAMES)


def _noticed(mutant: Mutant, checker: str) -> bool:
    likely = _files(LIKELY.get(mutant.stub, ()))
    look = _noticed_by_mypy if checker == "mypy" else _noticed_by_another
    return any(look(mutant, checker, files) for files in (likely, _files(("*",))) if files)


def _noticed_by_mypy(mutant: Mutant, _: str, files: Sequence[CaseFile]) -> bool:
    expected = _mypys_errors(files)
    with _in_place(mutant):
        found = _run_mypy(files)
    return found is not None and found != expected


def _noticed_by_another(mutant: Mutant, checker: str, files: Sequence[CaseFile]) -> bool:
    installed = [one for one in CHECKERS if one.name == checker and one.version is not None]
    with _in_place(mutant):
        verdicts = runner.run(installed, Suite(files, CONFIGURATION.format(Path.cwd().as_posix())))
    return any(verdict.failure is None and verdict.exit_status for verdict in verdicts)


_KNOWN: dict[tuple[str, ...], Lines | None] = {}


def _mypys_errors(files: Sequence[CaseFile]) -> Lines | None:
    """Give where mypy reports errors as long as no stub is changed.

    Not all that the markers say: among fewer files mypy 2.4.1 reports an error or two differently.
    """
    names = tuple(file.name for file in files)
    if names not in _KNOWN:
        _KNOWN[names] = _run_mypy(files)
    return _KNOWN[names]


def _run_mypy(files: Sequence[CaseFile]) -> Lines | None:
    """Give where mypy reports errors in the files; None where it did not come so far.

    Each run has a process of its own, for mypy keeps what it has read. The process is a copy of this one, which has
    imported mypy already: a new one would spend half its time on that.
    """
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_send_mypys_errors, args=(theirs, files))
    process.start()
    # Without this, a process that dies would be waited for.
    theirs.close()
    lines: Lines | None = ours.recv()
    process.join()
    return lines


def _send_mypys_errors(to: Connection, files: Sequence[CaseFile]) -> None:
    from mypy import api

    arguments = ["--strict", "--output=json", "--show-absolute-path", "--cache-dir=.mypy_cache"]
    stdout, _, status = api.run([*arguments, *(str(file.path) for file in files)])
    if status not in (0, 1):
        to.send(None)
        return
    names = {str(file.path): file.name for file in files}
    findings = [json.loads(line) for line in stdout.splitlines()]
    errors = [one for one in findings if one["severity"] == "error" and one["file"] in names]
    to.send(frozenset((names[one["file"]], one["line"]) for one in errors))


@contextmanager
def _in_place(mutant: Mutant) -> Iterator[None]:
    """Have the mutant in its stub's place for a while."""
    stub = Path("bareasgi_ws", mutant.stub).absolute()
    original = stub.read_text(encoding="utf-8")
    stub.write_text(mutant.source, encoding="utf-8")
    try:
        yield
    finally:
        stub.write_text(original, encoding="utf-8")


@cache
def _files(patterns: tuple[str, ...]) -> list[CaseFile]:
    files = case_files.read(Path.cwd(), NAMES)
    return [file for file in files if any(fnmatch(file.path.stem, pattern) for pattern in patterns)]
