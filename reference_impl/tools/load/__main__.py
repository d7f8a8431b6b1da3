"""Put the whole load on every server, or on those that are named, and keep what comes of it."""

import sys

from bareasgi_ws._command.servers import SERVERS

from .results import write

write(sys.argv[1:] or SERVERS)
