"""A backend in the least obvious way that the specification allows: this module itself is the backend.

It speaks no ASGI and shares no code with the reference. It conforms, so what the kit demands of it is the
specification and no habit of the reference's. Each freedom that it takes has a test; nobody is to take one back.

What a call does
- Each call but receive does what it does at the call, before its awaitable is awaited; rejections are raised there too.
- accept and close are over at the call: neither waits for the client (WS-HANDSHAKE-01, WS-CLOSE-01, WS-CLOSE-11).
- What a caller gave is looked at before the state is, where both are wrong (WS-SEND-01, WS-SEND-08, WS-HANDSHAKE-09,
  WS-HANDSHAKE-10); only a close after the end takes whatever code comes (WS-CLOSE-04).
- Errors are subclasses of those that the specification names.
- code and reason are attributes, where the Protocols have properties.
- A message that is there already is received without giving way to other tasks, even where the task is cancelled
  (WS-CANCELLATION-01).
- A header may be a list of two, for a list of two is a pair (WS-HANDSHAKE-09).

On the way
- A message travels as frames of one byte each, and whole beside other messages (WS-CONCURRENCY-03).
- Of sends that wait beside each other, the one called last goes first (WS-CONCURRENCY-03); sends one after the other
  keep their order, the cancelled ones too (WS-SEND-05).
- A cancelled send goes out (WS-CANCELLATION-02).
- What the client sends is read ahead of the handler, so a message of the wrong kind closes the connection with 1003
  before the handler comes to it; what came before it is received still (WS-CONTENT-03, WS-CONTENT-05).

A client that has gone
- accept returns, and the next receive gives None (WS-HANDSHAKE-13).
- As on TCP, the first send to it returns, and the next one raises, chained from a BrokenPipeError (WS-SEND-10).
- Its close reason is not reported (WS-CAPABILITY-04).

The response and the end
- The handshake's response has headers of the server's own, between those that accept was given too
  (WS-HANDSHAKE-05), and its status is a member of HTTPStatus.
- A path without a route is answered with 403 (WS-LIFETIME-08); the matches are a read-only Mapping (WS-LIFETIME-01).
- The scope leaves out whatever a scope may leave out; its headers are a tuple.
- A cancelled handler closes with 1001 on trio too, for close awaits nothing (WS-LIFETIME-07).
- A receive that waits beside close ends when the client has answered the close frame (WS-CONCURRENCY-04), or after
  the close timeout (WS-CONCURRENCY-06).

What is not offered: SupportsSubprotocols, and the peer's SupportsInject, for there are no ASGI events here.
"""

from .backend import connect, socket_type
from .web_socket import CLOSE_TIMEOUT as close_timeout

__all__ = ["close_timeout", "connect", "socket_type"]
