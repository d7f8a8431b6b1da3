"""A backend whose library is not there says what to install; the others do not import it."""

import subprocess
import sys

import pytest

INSTALL = {"bareasgi": "bareasgi", "starlette": "starlette", "websockets": "'websockets>=17'"}


def imported(backend: str, absent: list[str]) -> subprocess.CompletedProcess[str]:
    hidden = "".join(f"sys.modules[{name!r}] = None; " for name in absent)
    program = f"import sys; {hidden}import bareasgi_ws.backends.{backend}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("backend", INSTALL)
def test_its_own_librarys_absence_says_what_to_install(backend: str) -> None:
    done = imported(backend, [backend])
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"ImportError: bareasgi_ws.backends.{backend} needs "), done.stderr
    assert last.endswith(f": pip install {INSTALL[backend]}"), done.stderr


@pytest.mark.parametrize("backend", ["asgi", *INSTALL])
def test_the_other_libraries_are_not_imported(backend: str) -> None:
    done = imported(backend, [name for name in INSTALL if name != backend])
    assert (done.returncode, done.stderr) == (0, "")


def test_an_older_websockets_library_is_rejected() -> None:
    program = "import websockets.version as v; v.version = '16.1.1'; import bareasgi_ws.backends.websockets"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "it is 16.1.1, which logs every lost client as an error" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("17 or newer: pip install 'websockets>=17'")


def test_what_bareasgi_itself_lacks_is_not_taken_for_it() -> None:
    program = "import sys; sys.modules['bareutils'] = None; import bareasgi_ws.backends.bareasgi"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "bareutils" in done.stderr.splitlines()[-1]
