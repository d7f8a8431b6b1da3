"""The suite that looks at a server: a raw ASGI application inside of it, a raw client outside, a record of each.

A check drives both ends: :mod:`.remote` is the application's end, over HTTP, and :mod:`.client` the client's, over a
socket. Nothing of the reference implementation is between them and the server.
"""
