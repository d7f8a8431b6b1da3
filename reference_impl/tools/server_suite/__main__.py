"""Ask about every server, and keep the responses; with ``--versions``, about older versions of some."""

import sys

from . import older, write

if sys.argv[1:] == ["--versions"]:
    older.write()
else:
    write()
