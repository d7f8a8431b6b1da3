"""Known deviations: what the author of a backend says of the requirements that it does not meet."""

import tomllib
from pathlib import Path

from .._rules.values import came
from ._judging import checked


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
    if not hasattr(file, "read_text"):
        raise TypeError(f"read_deviations: expected the file as a Path, got {came(file)}")
    try:
        deviations = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"expected TOML: {error}") from error
    return checked(deviations)
