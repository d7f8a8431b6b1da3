# Written by `make stubs` from the module of this name.
"""An ASGI application that holds the server which serves it to the requirements that bind servers.

It is the reference implementation with the kit beside it: for each check the kit connects to its own server, over a
real socket, so both ends of the connection are in the server's one process, and know of each other.

Serve ``bareasgi_ws.conformance.application:application``, in one process, at the root, and ask for the report:
``bareasgi-ws conformance --url http://127.0.0.1:8000``; with TLS, ``https://`` and ``--ca-file``. It is not for the
public: whoever reaches it can have it run the kit, and connect to any URL.
"""

from ..asgi import ASGIApplication

__all__ = ["application"]

application: ASGIApplication
"""What the server serves; by HTTP it gives one result after the other to the command."""
