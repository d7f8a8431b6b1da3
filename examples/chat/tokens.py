"""Who a request comes from: tokens that we have signed, in a cookie, and the page that sends it."""

import hmac
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from bareasgi_ws import Header

from .settings import Settings

COOKIE = "chat"
SECONDS_VALID = 12 * 3600
NAME = re.compile(r"\w[\w .'-]{0,28}\w|\w")


def sign(name: str, settings: Settings) -> str:
    """Return a token that says who its bearer is, for some hours."""
    claim = f"{name.encode().hex()}.{int(time.time()) + SECONDS_VALID}"
    return f"{claim}.{_signature(claim, settings)}"


def name_of(headers: Iterable[Header], settings: Settings) -> str | None:
    """Return the name in the request's token, or None where there is none that is valid."""
    claim, _, signature = _cookie(headers).rpartition(".")
    if not hmac.compare_digest(_signature(claim, settings).encode(), signature.encode()):
        return None
    name, _, end = claim.partition(".")
    return bytes.fromhex(name).decode() if int(end) > time.time() else None


def is_ours(headers: Iterable[Header], settings: Settings) -> bool:
    """Tell whether the request comes from a page that may send it. A browser always says which page it is."""
    origin = header(headers, b"origin")
    if settings.origins:
        return origin in settings.origins
    return origin != "" and urlsplit(origin).netloc == header(headers, b"host")


def header(headers: Iterable[Header], name: bytes) -> str:
    """Return a header's values, joined with a comma."""
    return ", ".join(value.decode("latin-1") for key, value in headers if key == name)


def _signature(claim: str, settings: Settings) -> str:
    return hmac.digest(settings.secret, claim.encode(), "sha256").hex()


def _cookie(headers: Iterable[Header]) -> str:
    sent = ";".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    for cookie in sent.split(";"):
        with suppress(CookieError):
            if found := SimpleCookie(cookie).get(COOKIE):
                return found.value
    return ""
