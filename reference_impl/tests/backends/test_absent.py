"""A backend whose library is not there says what to install; the others do not import it."""

import subprocess
import sys

import pytest

PYPI_NAMES = {"bareasgi": "bareasgi", "starlette": "starlette", "websockets": "websockets"}


def imported(backend: str, absent: list[str]) -> subprocess.CompletedProcess[str]:
    hidden = "".join(f"sys.modules[{name!r}] = None; " for name in absent)
    program = f"import sys; {hidden}import bareasgi_ws.backends.{backend}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("backend", PYPI_NAMES)
def test_its_own_librarys_absence_says_what_to_install(backend: str) -> None:
    done = imported(backend, [backend])
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"ImportError: bareasgi_ws.backends.{backend} needs "), done.stderr
    assert last.endswith(f": pip install {PYPI_NAMES[backend]}"), done.stderr


@pytest.mark.parametrize("backend", ["asgi", *PYPI_NAMES])
def test_the_other_libraries_are_not_imported(backend: str) -> None:
    done = imported(backend, [name for name in PYPI_NAMES if name != backend])
    assert (done.returncode, done.stderr) == (0, "")
