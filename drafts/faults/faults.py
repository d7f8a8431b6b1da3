"""FAULTS: by its name, a backend with one subtle fault; SAYS: what is wrong, and what it breaks."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import f_arguments  # noqa: E402, F401
import f_connections  # noqa: E402, F401
import f_ends  # noqa: E402, F401
import f_given  # noqa: E402, F401
import f_messages  # noqa: E402, F401
from base import CONTROLS, FAULTS, SAYS  # noqa: E402, F401
