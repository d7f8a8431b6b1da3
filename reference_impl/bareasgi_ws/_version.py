"""The version of the specification."""

from typing import Final

SPEC_VERSION: Final = "1.0"
"""The version of the specification that this package states: what its requirements were when it was released."""
