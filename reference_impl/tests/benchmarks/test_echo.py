"""The benchmark runs, and leaves nobody out that is installed."""

import runpy
from pathlib import Path

import pytest

ECHO = Path(__file__).parents[2] / "benchmarks" / "echo.py"


def test_each_library_has_its_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    benchmark = runpy.run_path(str(ECHO))
    benchmark["main"].__globals__.update(ROUNDS=1, CONNECTIONS=1, MESSAGES=1)
    benchmark["main"]()
    printed = capsys.readouterr().out.splitlines()
    assert [line[:24].strip() for line in printed] == ["", *benchmark["PEERS"]]
