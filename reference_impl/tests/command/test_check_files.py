import os
from pathlib import Path

import pytest

from bareasgi_ws._command.errors import CannotRunError
from bareasgi_ws._command.files import display_path, import_roots, python_files


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def names(folder: Path, *paths: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in python_files(paths)]


def test_a_folder_gives_its_python_files_and_stubs_in_order(tmp_path: Path) -> None:
    put(tmp_path, "b.py", "a.pyi", "sub/deep/c.py", "read.me", "py", "d.pyc")
    assert names(tmp_path, tmp_path) == ["a.pyi", "b.py", os.path.join("sub", "deep", "c.py")]


@pytest.mark.parametrize(
    "folder", [".hidden", "__pycache__", "node_modules", "site-packages", "x.egg-info", "build", "dist"]
)
def test_a_folder_that_holds_no_source_is_passed_over(tmp_path: Path, folder: str) -> None:
    put(tmp_path, "a.py", f"{folder}/b.py")
    assert names(tmp_path, tmp_path) == ["a.py"]


def test_a_virtual_environment_is_passed_over_whatever_its_name(tmp_path: Path) -> None:
    put(tmp_path, "a.py", "environment/pyvenv.cfg", "environment/b.py")
    assert names(tmp_path, tmp_path) == ["a.py"]


def test_a_package_called_build_is_source(tmp_path: Path) -> None:
    put(tmp_path, "build/__init__.py")
    assert names(tmp_path, tmp_path) == [os.path.join("build", "__init__.py")]


def test_a_path_that_is_passed_over_below_a_folder_counts_when_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/a.py", "node_modules/b.py")
    found = names(tmp_path, tmp_path / ".hidden", tmp_path / "node_modules" / "b.py")
    assert found == [os.path.join(".hidden", "a.py"), os.path.join("node_modules", "b.py")]


def test_each_real_file_comes_once_under_the_name_that_came_first(tmp_path: Path) -> None:
    put(tmp_path, "a.py", "sub/b.py")
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    (tmp_path / "folder").symlink_to(tmp_path / "sub")
    assert names(tmp_path, tmp_path / "link.py", tmp_path, tmp_path / "folder") == [
        "link.py",
        os.path.join("sub", "b.py"),
    ]


def test_a_dangling_link_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.py")
    (tmp_path / ".#b.py").symlink_to("somebody@somewhere")
    assert names(tmp_path, tmp_path) == ["a.py"]


def test_relative_paths_start_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.py")
    monkeypatch.chdir(tmp_path)
    assert python_files([Path("a.py")]) == [tmp_path / "a.py"]


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "a.py")
    with pytest.raises(CannotRunError, match="no such file or folder: nowhere"):
        python_files([tmp_path, Path("nowhere")])


@pytest.mark.parametrize("path", ["empty", "read.me"])
def test_a_path_without_python_files_is_an_error_even_beside_one_that_has_some(tmp_path: Path, path: str) -> None:
    put(tmp_path, "a.py", "read.me")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotRunError, match=f"no Python files .* under .*{path}"):
        python_files([tmp_path / "a.py", tmp_path / path])


def test_imports_start_from_the_folder_above_the_outermost_package(tmp_path: Path) -> None:
    put(tmp_path, "package/__init__.py", "package/sub/__init__.pyi", "package/sub/a.py", "plain/b.py")
    paths = [tmp_path / "package/sub", tmp_path / "package/sub/a.py", tmp_path / "plain", tmp_path / "plain/b.py"]
    assert import_roots(paths) == [tmp_path, tmp_path / "plain"]


def test_a_file_is_shown_relative_only_below_the_current_folder(tmp_path: Path) -> None:
    assert display_path(tmp_path / "sub" / "a.py", tmp_path) == os.path.join("sub", "a.py")
    assert display_path(tmp_path / "a.py", tmp_path / "sub") == str(tmp_path / "a.py")
