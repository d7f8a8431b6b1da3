"""Names that are values or aliases, and where they come from."""

from collections.abc import Mapping
from typing import Any, assert_type

import bareasgi_ws
import bareasgi_ws.conformance.application
from bareasgi_ws import SPEC_VERSION, ASGIVersions, Header, Headers, Info, RouteMatches, conformance, testing
from bareasgi_ws.conformance.application import application
from bareasgi_ws.conformance.backend import SupportsWrite


def case_the_version_is_text() -> None:
    version: str = SPEC_VERSION
    assert version.count(".") == 1
    of_the_package: str = bareasgi_ws.__version__
    assert of_the_package.count(".") == 2


def case_the_aliases(header: Header, headers: Headers, info: Info, matches: RouteMatches) -> None:
    assert_type(header, tuple[bytes, bytes])
    assert_type(headers, list[tuple[bytes, bytes]])
    assert_type(info, dict[str, Any])
    assert_type(matches, Mapping[str, Any])


def case_through_the_module() -> None:
    assert_type(bareasgi_ws.Application(), bareasgi_ws.Application[bareasgi_ws.Info])
    assert testing.Handshake is conformance.Handshake
    assert conformance.SupportsWrite is SupportsWrite
    assert bareasgi_ws.conformance.application.application is application


def case_the_versions_of_asgi() -> None:
    versions: ASGIVersions = {"version": "3.0"}
    with_both: ASGIVersions = {"version": "3.0", "spec_version": "2.5"}
    assert versions["version"] == with_both["version"]
