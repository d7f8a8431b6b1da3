"""The adapter for basedpyright, the fork of pyright: the same command line, the same output.

It reads the same configuration, in a pyproject.toml as ``[tool.basedpyright]`` or as ``[tool.pyright]``; basedpyright
1.40.2 rejects a file with both. Where the user has one, its mode counts, and that is ``recommended`` unless the user
says otherwise; ``--strict`` is pyright's ``strict`` and not ``all``, which forbids every Any. A baseline
(``.basedpyright/baseline.json``) does not count: what it would keep back is reported.
"""

from collections.abc import Iterator

from . import pyright
from .base import Batch, Job


def check(job: Job) -> Iterator[Batch]:
    """Check the files in one process."""
    return pyright.check(job, "basedpyright")
