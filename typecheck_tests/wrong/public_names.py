"""Names that are not there, and aliases that are used for what they are not."""

import bareasgi_ws
from bareasgi_ws import ASGIVersions, Header, Headers, Info, RouteMatches
from bareasgi_ws import WebSockets  # E
from bareasgi_ws.testing import Server  # E
from bareasgi_ws.conformance import Kit  # E
from bareasgi_ws.backends import uvicorn  # E
from bareasgi_ws.conformance import CanRead  # E
from bareasgi_ws.conformance.backend import CanRead as OfTheModule  # E
from bareasgi_ws.conformance.application import app  # E
from bareasgi_ws.conformance.application import Application  # E
from bareasgi_ws.conformance.application import ASGIApplication  # E !pyrefly

print(bareasgi_ws.handler)  # E

of_text: Header = ("host", "example.com")  # E
of_three: Header = (b"host", b"example.com", b"")  # E
of_tuples: Headers = ((b"host", b"example.com"),)  # E
of_a_dict: Headers = {b"host": b"example.com"}  # E
of_a_list: Info = []  # E
of_numbers: Info = {1: 2}  # E
of_pairs: RouteMatches = [("room", 1)]  # E
of_integers: RouteMatches = {1: 2}  # E
of_a_number: ASGIVersions = {"version": 3}  # E
of_another_key: ASGIVersions = {"version": "3.0", "spec": "2.5"}  # E
of_a_version: int = bareasgi_ws.__version__  # E
