"""From the paths on the command line to the files that every checker gets, and to those that are written."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .errors import CannotRunError

SUFFIXES = (".py", ".pyi")
NEVER_SOURCE = {"__pycache__", "node_modules", "site-packages"}
BUILD_OUTPUT = {"build", "dist"}


def python_files(paths: Iterable[Path]) -> list[Path]:
    """List the Python files of the paths: absolute, each real file once.

    Below a folder, hidden folders, virtual environments, ``node_modules`` and what builds leave are passed over. A
    folder that is itself a path is not: who names it means it.

    Raises:
        CannotRunError: A path does not exist, has no Python file, or cannot be read.
    """
    files: dict[str, Path] = {}
    for path in paths:
        found = list(_files_of(path))
        if not found:
            raise CannotRunError(
                f"no Python files (.py or .pyi) under {path}: name the file or folder of your handlers."
            )
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return list(files.values())


def import_roots(paths: Iterable[Path]) -> list[Path]:
    """Return the folders that imports start from: of each path the first folder upwards that is not a package."""
    return list(dict.fromkeys(_import_root(Path(os.path.abspath(path))) for path in paths))


def display_path(file: Path, cwd: Path) -> str:
    """Return a file's path as the user would write it: relative where it is below the current folder."""
    return str(file.relative_to(cwd) if file.is_relative_to(cwd) else file)


def write_report(file: Path, text: str) -> None:
    """Write a report.

    Raises:
        CannotRunError: The file cannot be written.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotRunError(f"cannot write {file}: {error.strerror}") from error


def _files_of(path: Path) -> Iterator[Path]:
    # `os.path.abspath` and not `Path.resolve`: a symbolic link keeps the name by which the user knows it.
    absolute = Path(os.path.abspath(path))
    if absolute.is_dir():
        yield from _walk(absolute)
    elif not absolute.exists():
        raise CannotRunError(f"no such file or folder: {path}")
    elif absolute.suffix in SUFFIXES:
        yield absolute


def _walk(top: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(top, onerror=_unreadable):
        here = Path(folder)
        subfolders[:] = sorted(name for name in subfolders if _may_hold_source(here / name))
        # A dangling link (an editor's lock file, say) has a Python file's name and nothing to read.
        yield from (here / name for name in sorted(names) if name.endswith(SUFFIXES) and (here / name).is_file())


def _may_hold_source(folder: Path) -> bool:
    if folder.name.startswith(".") or folder.name in NEVER_SOURCE or folder.name.endswith(".egg-info"):
        return False
    if folder.name in BUILD_OUTPUT and not (folder / "__init__.py").exists():
        return False
    return not (folder / "pyvenv.cfg").exists()


def _unreadable(error: OSError) -> None:
    raise CannotRunError(f"cannot read the folder {error.filename}: {error.strerror}")


def _import_root(path: Path) -> Path:
    folder = path if path.is_dir() else path.parent
    while any((folder / f"__init__{suffix}").exists() for suffix in SUFFIXES) and folder != folder.parent:
        folder = folder.parent
    return folder
