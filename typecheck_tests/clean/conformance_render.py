"""Reports for people, as they are and from their JSON form."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypedDict, assert_type

from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance import run
from bareasgi_ws.conformance.render import html, markdown


class OneField(TypedDict):
    format: int


async def case_a_report() -> None:
    report = await run(backend, select=["WS-CLOSE-01"])
    assert_type(markdown([report.as_json()]), str)
    assert_type(html([report.as_json()]), str)
    assert markdown([report])
    assert html([report])
    assert "WS-CLOSE-01" in markdown(reports=(report.as_json(),))
    assert "WS-CLOSE-01" in html(reports=(report.as_json(),))


async def case_reports_of_any_iterable() -> None:
    text = json.dumps((await run(backend, select=["WS-CLOSE-01"])).as_json())
    assert markdown(json.loads(one) for one in [text, text])
    assert html(json.loads(one) for one in [text, text])


async def case_a_report_that_cannot_be_changed() -> None:
    report: Mapping[str, Any] = MappingProxyType((await run(backend, select=["WS-CLOSE-01"])).as_json())
    assert markdown([report])
    assert html({1: report}.values())


def case_a_report_of_a_type_of_its_own(report: OneField) -> None:
    markdown([report])
    html([report])
