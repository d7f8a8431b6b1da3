"""Put the whole load on every server, and keep what comes of it."""

from .results import write

write()
