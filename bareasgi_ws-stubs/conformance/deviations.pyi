# Written by `make stubs` from the module of this name.
"""Known deviations: what the author of a backend says of the requirements that it does not meet."""

from collections.abc import Mapping
from pathlib import Path

from .report import Result

__all__ = ["apply_deviations", "read_deviations"]

def read_deviations(file: Path) -> dict[str, str]:
    """Read deviations from a TOML file, which has a line ``WS-CLOSE-03 = "the reason"`` for each.

    Args:
        file: The file.

    Returns:
        The reasons by requirement id.

    Raises:
        OSError: The file cannot be read.
        TypeError: The file is not a Path.
        ValueError: It is not TOML, has an id that no requirement has, or something else than a reason beside one.
    """

def apply_deviations(result: Result, deviations: Mapping[str, str]) -> Result:
    """Hold a result against the known deviations.

    Args:
        result: The result.
        deviations: The requirements that are known not to be met, each with the reason.

    Returns:
        The result, where no deviation is of its requirement. Else one that deviates; one that is still not seen; or
        one that failed, where the requirement is met after all, or was not offered.
    """
