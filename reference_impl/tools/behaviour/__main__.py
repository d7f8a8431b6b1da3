"""Try every row on every server, and keep what comes of it."""

from .results import write

write()
