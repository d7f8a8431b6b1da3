"""The benchmarks run, and leave nobody out that is installed."""

import asyncio
import runpy
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ECHO = BENCHMARKS / "echo.py"


def test_each_library_has_its_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    benchmark = runpy.run_path(str(ECHO))
    benchmark["main"].__globals__.update(ROUNDS=1, CONNECTIONS=1, MESSAGES=1)
    benchmark["main"]()
    printed = capsys.readouterr().out.splitlines()
    assert [line[:24].strip() for line in printed] == ["", *benchmark["PEERS"]]


def test_each_way_to_learn_of_the_end_has_its_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    benchmark = runpy.run_path(str(BENCHMARKS / "client_gone.py"))
    benchmark["main"].__globals__.update(ROUNDS=1, CONNECTIONS=1, MESSAGES=1)
    asyncio.run(benchmark["main"]())
    printed = capsys.readouterr().out.splitlines()
    assert [line[:16].strip() for line in printed] == ["", "as it is", "reading ahead", "until_closed"]
