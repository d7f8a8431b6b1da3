# Written by `make stubs` from the module of this name.
"""Known deviations: what the author of a backend says of the requirements that it does not meet."""

from pathlib import Path

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
