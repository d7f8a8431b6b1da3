# Written by `make stubs` from the module of this name.
"""Close codes by name."""

from enum import IntEnum

class CloseCode(IntEnum):
    """The registered close codes (RFC 6455 section 7.4.1 and the IANA registry).

    ``close`` takes a member as it takes a number. NO_STATUS_RCVD, ABNORMAL_CLOSURE and TLS_HANDSHAKE are never
    sent (WS-CLOSE-07). They name what ``code`` reads as when no close frame told. The numbers 3000-3999 are for
    libraries to register, 4000-4999 are an application's own.
    """

    NORMAL_CLOSURE = 1000
    """1000: the connection has done what it was for."""
    GOING_AWAY = 1001
    """1001: this end goes away, as a server does that stops, or a page that is left."""
    PROTOCOL_ERROR = 1002
    """1002: the other end broke the protocol."""
    UNSUPPORTED_DATA = 1003
    """1003: a message of a kind that is not taken, such as binary where only text is."""
    NO_STATUS_RCVD = 1005
    """1005: the close frame had no code. Never sent."""
    ABNORMAL_CLOSURE = 1006
    """1006: the connection ended without a close frame. Never sent."""
    INVALID_DATA = 1007
    """1007: a message whose content does not fit its kind, such as text that is not UTF-8."""
    POLICY_VIOLATION = 1008
    """1008: a message that breaks a rule of this end's; for where no other code fits."""
    MESSAGE_TOO_BIG = 1009
    """1009: a message that is too big to process."""
    MANDATORY_EXTENSION = 1010
    """1010: the server did not agree to an extension that the client needs; for clients to send."""
    INTERNAL_ERROR = 1011
    """1011: something unexpected keeps the server from going on."""
    SERVICE_RESTART = 1012
    """1012: the service restarts."""
    TRY_AGAIN_LATER = 1013
    """1013: the service is overloaded; the client may try again later."""
    BAD_GATEWAY = 1014
    """1014: a gateway had an invalid response from the server behind it."""
    TLS_HANDSHAKE = 1015
    """1015: the TLS handshake failed. Never sent."""
    UNAUTHORIZED = 3000
    """3000: the client is not authenticated, as HTTP's 401."""
    FORBIDDEN = 3003
    """3003: the client may not do this, as HTTP's 403."""
    TIMEOUT = 3008
    """3008: the client took too long, as HTTP's 408."""
