"""What needs an extra says so, in the words to install it with."""

import subprocess
import sys

import pytest

NEEDS = [
    ("anyio", "testing", "bareasgi_ws.testing.connect(Application()).__aenter__().send(None)"),
    ("anyio", "conformance", "list(bareasgi_ws.conformance.iter_checks())"),
    ("anyio", "conformance", "bareasgi_ws.conformance.run(backend).send(None)"),
    ("jinja2", "conformance", "html([report])"),
    ("anyio and websockets", "conformance", "URLBackend(None, None)"),
]


@pytest.mark.parametrize(
    ("missing", "packages", "extra", "call"), [(one, *need) for need in NEEDS for one in need[0].split(" and ")]
)
def test_a_missing_package_is_named_with_its_extra(missing: str, packages: str, extra: str, call: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "import bareasgi_ws.testing, bareasgi_ws.conformance\n"
        "from bareasgi_ws import Application\n"
        "from bareasgi_ws.backends.asgi import backend\n"
        "from bareasgi_ws.conformance import Report\n"
        "from bareasgi_ws.conformance.render import html, markdown\n"
        "from bareasgi_ws.conformance.url import URLBackend\n"
        "report = Report('a backend', '1.0', 'asyncio', {}, '', ())\n"
        "markdown([report])\n"
        f"{call}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith(f"needs {packages}: pip install 'bareasgi-ws[{extra}]'"), done.stderr
    assert done.stderr.splitlines()[-1].startswith("ImportError: ")
