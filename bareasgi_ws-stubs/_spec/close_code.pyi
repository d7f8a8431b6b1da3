"""Close codes by name."""

from enum import IntEnum


class CloseCode(IntEnum):
    """The registered close codes (RFC 6455 section 7.4.1 and the IANA registry).

    ``close`` takes a member as it takes a number. NO_STATUS_RCVD, ABNORMAL_CLOSURE and TLS_HANDSHAKE are never
    sent: they name what ``code`` reads as when no close frame told (WS-CLOSE-07). The numbers 3000-3999 are for
    libraries to register, 4000-4999 are an application's own.
    """

    NORMAL_CLOSURE = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    NO_STATUS_RCVD = 1005
    ABNORMAL_CLOSURE = 1006
    INVALID_DATA = 1007
    POLICY_VIOLATION = 1008
    MESSAGE_TOO_BIG = 1009
    MANDATORY_EXTENSION = 1010
    INTERNAL_ERROR = 1011
    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_GATEWAY = 1014
    TLS_HANDSHAKE = 1015
    UNAUTHORIZED = 3000
    FORBIDDEN = 3003
    TIMEOUT = 3008
