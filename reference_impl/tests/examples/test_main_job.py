"""What `make check` runs: it ends well, and its table says what was found."""

import subprocess
import sys
from pathlib import Path

import pytest

from bareasgi_ws.conformance import iter_checks

MAIN_JOB = Path(__file__).parents[2] / "tools" / "main_job.py"


@pytest.mark.slow
def test_the_main_job_ends_well() -> None:
    done = subprocess.run([sys.executable, str(MAIN_JOB)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings in" in done.stdout
    assert f"{len(list(iter_checks()))} requirements" in done.stdout
    assert "on_bareasgi_5" not in done.stdout
