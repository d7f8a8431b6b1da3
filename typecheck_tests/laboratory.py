"""Where mutants are tested: in each process, a folder with the cases and stubs of its own that may be changed.

There the stubs are the package ``bareasgi_ws`` itself, which every checker prefers to what is installed.
"""

import json
import os
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bareasgi_ws._command.checkers import CHECKERS

from . import case_files, runner
from .case_files import HOME, CaseFile
from .mutants import Mutant, touched
from .runner import NAMES, Suite

# The chapters that are likely to notice a change to a stub. They go first; where they notice nothing, all are asked.
LIKELY = {
    "__init__.pyi": ("public_names", "websocket_close"),
    "websocket.pyi": ("websocket_*", "backends_*", "handlers_*"),
    "capabilities.pyi": ("capabilities_*", "websocket_awaits", "backends_conforming"),
    "scope.pyi": ("scope_*", "asgi_scopes", "public_names"),
    "routing.pyi": ("parameters_add_*", "routers_*", "content_registration", "info_*", "matrix_*"),
    "errors.pyi": ("errors_*",),
    "close_code.pyi": ("websocket_c*",),
    "_reference/router.pyi": ("parameters_add_*", "routers_*", "content_registration", "info_*", "handlers_forms"),
    "_reference/application.pyi": ("parameters_init", "asgi_applications", "content_decorator", "info_*"),
    "asgi.pyi": ("asgi_applications", "asgi_serve"),
    "_reference/messages.pyi": ("messages_*", "many_clients"),
    "_reference/outbox.pyi": ("many_clients",),
    "_reference/until_closed.pyi": ("many_clients",),
    "backends/asgi.pyi": ("asgi_serve", "parameters_serve", "matrix_serve"),
    "backends/bareasgi.pyi": ("adapter_bareasgi", "parameters_bareasgi", "matrix_bareasgi"),
    "backends/starlette.pyi": ("adapter_starlette", "parameters_starlette", "matrix_starlette"),
    "backends/websockets.pyi": ("adapter_websockets", "parameters_websockets", "matrix_websockets"),
    "testing/client.pyi": ("testing_*", "conformance_*"),
    "testing/profiles.pyi": ("conformance_profiles",),
    "testing/__init__.pyi": ("testing_*", "parameters_connect", "matrix_connect"),
    "conformance/backend.pyi": ("conformance_*",),
    "conformance/check.pyi": ("conformance_*",),
    "conformance/memory.pyi": ("conformance_*",),
    "conformance/report.pyi": ("conformance_run",),
    "conformance/requirements.pyi": ("conformance_run",),
    "conformance/runner.pyi": ("conformance_run",),
}
CONFIGURATION = """
[tool.mypy]
mypy_path = "{0}"

[tool.pyright]
extraPaths = ["{0}"]

[tool.ty.environment]
extra-paths = ["{0}"]

[tool.pyrefly]
search-path = ["{0}"]
"""
# The fastest first: a mutant goes to the next where none before notices it.
ORDER = ("ty", "zuban", "pyrefly", "mypy", "pyright", "basedpyright")
Lines = frozenset[tuple[str, int]]
FORK = get_context("fork")
CACHE = Path("cache/used")
CACHE_OF_THE_STUBS = Path("cache/of_the_stubs")


def open_laboratory(folder: Path, stubs: Path) -> None:
    """Make this process's folder, and prove that a change to its stubs is noticed there.

    Raises:
        RuntimeError: A checker does not see these stubs.
    """
    home = folder / str(os.getpid())
    for part in ("clean", "wrong"):
        shutil.copytree(HOME / part, home / HOME.name / part, ignore=shutil.ignore_patterns("__pycache__"))
    (home / HOME.name / "__init__.py").touch()
    copy_stubs(stubs, home)
    os.chdir(home)
    os.environ["MYPYPATH"] = str(home)
    import_module("mypy.main")
    _errors("mypy", _files(("*",)))
    shutil.copytree(CACHE, CACHE_OF_THE_STUBS)
    init = Path("bareasgi_ws/__init__.pyi").read_text(encoding="utf-8")
    for name in NAMES:
        if not _noticed(Mutant("__init__.pyi", "a name is gone", init.replace("CloseCode", "NoCode")), name):
            raise RuntimeError(f"{name} does not tell changed stubs from these")


def copy_stubs(stubs: Path, home: Path) -> Path:
    """Copy the stubs to where they are the package itself, and give that."""
    package = home / "bareasgi_ws"
    shutil.copytree(stubs, package)
    # ty looks for a stub package in every place before it looks for a package in any.
    (home / "bareasgi_ws-stubs").symlink_to(package.name)
    return package


def notices(mutant: Mutant) -> bool:
    """Whether some case fails under some checker: first of the likely chapters, then of all."""
    return any(_noticed_in(patterns, mutant, name) for patterns in _chapters(mutant) for name in ORDER)


def _noticed(mutant: Mutant, checker: str) -> bool:
    return any(_noticed_in(patterns, mutant, checker) for patterns in _chapters(mutant))


def _chapters(mutant: Mutant) -> list[tuple[str, ...]]:
    return [patterns for patterns in (LIKELY.get(mutant.stub, ()), ("*",)) if patterns]


def _noticed_in(patterns: tuple[str, ...], mutant: Mutant, checker: str) -> bool:
    expected = _errors_unchanged(checker, mutant.stub, patterns)
    with _in_place(mutant):
        found = _errors(checker, _files(patterns))
    return found is not None and found != expected


@cache
def _errors_unchanged(checker: str, stub: str, patterns: tuple[str, ...]) -> Lines:
    """Return where a checker reports errors as long as a stub promises the same.

    Not what the markers say: a checker can report an error or two differently, depending on what it reads and in which
    order, and that must not pass for a case that fails.

    Raises:
        RuntimeError: The checker fails: then its failure with a mutant would mean nothing.
    """
    source = Path("bareasgi_ws", stub).read_text(encoding="utf-8")
    with _in_place(touched(stub, source)):
        found = _errors(checker, _files(patterns))
    if found is None:
        raise RuntimeError(f"{checker} fails on the cases as they are")
    return found


def _errors(checker: str, files: Sequence[CaseFile]) -> Lines | None:
    """Return where a checker reports errors in the files; None where it did not come so far."""
    if checker == "mypy":
        return _mypys_errors(files)
    (chosen,) = (one for one in CHECKERS if one.name == checker)
    (verdict,) = runner.run([chosen], Suite(files, CONFIGURATION.format(Path.cwd().as_posix()), Path.cwd()))
    if verdict.failure:
        return None
    return frozenset((str(one.file), one.line) for one in verdict.run.findings if one.severity == "error")


def _mypys_errors(files: Sequence[CaseFile]) -> Lines | None:
    """Run mypy from the cache of the stubs as they are, so that it rereads only what a mutant touches.

    Each run has a process of its own, for mypy keeps what it has read. The process is a copy of this one, which has
    imported mypy already: a new one would spend half its time on that.
    """
    if CACHE_OF_THE_STUBS.exists():
        shutil.rmtree(CACHE)
        shutil.copytree(CACHE_OF_THE_STUBS, CACHE)
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_send_mypys_errors, args=(theirs, [str(file.path) for file in files]))
    process.start()
    # Without this, a process that dies would be waited for.
    theirs.close()
    lines: Lines | None = ours.recv()
    process.join()
    return lines


def _send_mypys_errors(to: Connection, files: Sequence[str]) -> None:
    from mypy import api

    arguments = ["--strict", "--output=json", "--show-absolute-path", f"--cache-dir={CACHE}"]
    stdout, _, status = api.run([*arguments, *files])
    if status not in (0, 1):
        to.send(None)
        return
    findings = [json.loads(line) for line in stdout.splitlines()]
    errors = [one for one in findings if one["severity"] == "error" and one["file"] in files]
    to.send(frozenset((one["file"], one["line"]) for one in errors))


@contextmanager
def _in_place(mutant: Mutant) -> Generator[None]:
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
    files = case_files.read(Path.cwd() / HOME.name, NAMES)
    return [file for file in files if any(fnmatch(file.path.stem, pattern) for pattern in patterns)]
