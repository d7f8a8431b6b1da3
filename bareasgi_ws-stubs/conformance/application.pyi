# Written by `make stubs` from the module of this name.
"""A raw ASGI application that does what the kit asks for, and writes down every event that it received and sent.

Serve ``bareasgi_ws.conformance.application:application``, at the root, in one process, and ask for the report:
``bareasgi-ws conformance --url http://127.0.0.1:8000``; with TLS, ``https://`` and ``--ca-file``. Nothing of the
reference implementation is between it and the server. It is not for the public: whoever reaches it can have it send
what it is asked to.

The kit asks by HTTP, with a POST of a dict as a literal of Python::

    {"connection": "0a1b2c3d-1", "steps": [{"do": "receive"}, {"do": "send", "event": {...}}], "until": 2, "wait": 2.0}

The connection is the one whose path begins so, and the response has its record: what was called, with which result.
"""

from ..asgi import ASGIApplication

__all__ = ["application"]

application: ASGIApplication
"""What the server serves; by HTTP it is told what to do, and gives its record."""
