"""Programs that a test needs and a machine may lack."""

import os

import pytest


def missing_program(program: str) -> None:
    """Skip the test by the name of what it lacks; where everything must be there, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{program} is not there, and CI must have it")
    pytest.skip(f"{program} is not there")
