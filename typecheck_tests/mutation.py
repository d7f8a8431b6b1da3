"""Test the cases: each annotation of the stubs, loosened or removed, must make some case fail under some checker.

Run it with ``python -m typecheck_tests.mutation``. The fastest checker goes first, on the chapters that are likely to
notice; what it lets through goes to the others, and then to all chapters. The survivors are listed in
``survivors.toml``, each with the reason why no case can notice it.
"""

import argparse
import os
import random
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from .case_files import HOME
from .laboratory import notices, open_laboratory
from .mutants import Mutant, mutants

STUBS = HOME.parent / "bareasgi_ws-stubs"
SURVIVORS = HOME / "survivors.toml"
# At most this share of the mutants may survive, whatever the reasons.
TOLERATED = 0.03


@dataclass(frozen=True)
class Result:
    """What a mutation test found.

    Attributes:
        tested: The names of the mutants.
        survived: The names of those that no case noticed.
        seconds: How long it took.
    """

    tested: list[str]
    survived: list[str]
    seconds: float

    def complaints(self) -> list[str]:
        """Say what is wrong, a line each: survivors that are not listed, and listed mutants that do not survive."""
        listed = reasons()
        unlisted = [f"no case notices {name}" for name in self.survived if name not in listed]
        died = [name for name in listed if name in self.tested and name not in self.survived]
        stale = [f"listed in {SURVIVORS.name}, and noticed: {name}" for name in died]
        reasonless = [f"listed in {SURVIVORS.name} without a reason: {name}" for name, why in listed.items() if not why]
        share = len(self.survived) / len(self.tested)
        is_sample = len(self.tested) < 500  # of which a single survivor may be more than that
        too_many = [f"{share:.1%} survive, more than {TOLERATED:.0%}"] if share > TOLERATED and not is_sample else []
        return [*unlisted, *stale, *reasonless, *too_many]

    def __str__(self) -> str:
        """Sum it up in a line."""
        noticed = len(self.tested) - len(self.survived)
        return (
            f"{noticed} of {len(self.tested)} mutants noticed, {noticed / len(self.tested):.1%}, {self.seconds:.0f} s"
        )


def reasons() -> dict[str, str]:
    """Read the list of survivors: the reason of each, by name."""
    listed: dict[str, str] = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))
    return listed


def all_mutants() -> list[Mutant]:
    """Make every mutant of every stub."""
    stubs = sorted(STUBS.rglob("*.pyi"))
    return [
        mutant
        for stub in stubs
        for mutant in mutants(stub.relative_to(STUBS).as_posix(), stub.read_text(encoding="utf-8"))
    ]


def run(chosen: Sequence[Mutant]) -> Result:
    """Test the mutants, on every core; where they are few, on one, for each process begins with a whole check."""
    started = time.perf_counter()
    processes = min(os.cpu_count() or 1, 1 + len(chosen) // 50)
    with (
        tempfile.TemporaryDirectory() as folder,
        # Each process has a folder and an instance of mypy of its own, so it must not be a copy of this one.
        ProcessPoolExecutor(processes, get_context("spawn"), open_laboratory, (Path(folder), STUBS)) as pool,
    ):
        noticed = list(pool.map(notices, chosen, chunksize=8))
    survived = [mutant.name for mutant, seen in zip(chosen, noticed, strict=True) if not seen]
    return Result([mutant.name for mutant in chosen], survived, time.perf_counter() - started)


def main() -> int:
    """Test the mutants, or a sample of them, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, metavar="N", help="test only so many, chosen at random")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="choose these again")
    parser.add_argument("--only", default="", metavar="TEXT", help="test only those with the text in their names")
    options = parser.parse_args()
    chosen = [mutant for mutant in all_mutants() if options.only in mutant.name]
    if not chosen:
        parser.error(f"no mutant has {options.only!r} in its name")
    if options.sample is not None:
        print(f"a sample of {options.sample} of {len(chosen)} mutants: --sample {options.sample} --seed {options.seed}")
        chosen = sample(chosen, options.sample, options.seed)
    result = run(chosen)
    print(result, *result.complaints(), sep="\n")
    return int(bool(result.complaints()))


def sample(of: Sequence[Mutant], number: int, seed: int) -> list[Mutant]:
    """Choose some mutants at random, in their order."""
    chosen = set(random.Random(seed).sample(range(len(of)), min(number, len(of))))
    return [mutant for number, mutant in enumerate(of) if number in chosen]


if __name__ == "__main__":
    sys.exit(main())
