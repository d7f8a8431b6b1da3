# Written by `make stubs` from the module of this name.
"""The typing names that came with Python 3.13, and their backport below it."""

import sys

if sys.version_info >= (3, 13):
    from typing import ReadOnly as ReadOnly
    from typing import TypeVar as TypeVar
else:
    from typing_extensions import ReadOnly as ReadOnly
    from typing_extensions import TypeVar as TypeVar
