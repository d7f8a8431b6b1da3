"""What needs an extra says so, in the words to install it with."""

import subprocess
import sys

import pytest

NEEDS_ANYIO = [
    ("testing", "bareasgi_ws.testing.connect(Application()).__aenter__().send(None)"),
    ("conformance", "list(bareasgi_ws.conformance.iter_checks())"),
    ("conformance", "bareasgi_ws.conformance.run(backend).send(None)"),
]


@pytest.mark.parametrize(("extra", "call"), NEEDS_ANYIO)
def test_a_missing_anyio_is_named_with_its_extra(extra: str, call: str) -> None:
    program = (
        "import sys; sys.modules['anyio'] = None\n"
        "import bareasgi_ws.testing, bareasgi_ws.conformance\n"
        "from bareasgi_ws import Application\n"
        "from bareasgi_ws.backends.asgi import backend\n"
        f"{call}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith(f"needs anyio: pip install 'bareasgi-ws[{extra}]'"), done.stderr
    assert done.stderr.splitlines()[-1].startswith("ImportError: ")
