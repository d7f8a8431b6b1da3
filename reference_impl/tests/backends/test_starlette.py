"""An endpoint on Starlette is an application of its own: it answers HTTP too, and its connections share its info."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, WebSocketRoute

from bareasgi_ws.backends.starlette import endpoint
from bareasgi_ws.testing import connect

pytestmark = pytest.mark.anyio
given: list[Any] = []


async def handler(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    given.append(info)


async def test_http_on_a_mounted_endpoint_is_answered_with_404() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(event: Any) -> None:
        sent.append(event)

    application: Any = Starlette(routes=[Mount("/chat", endpoint(handler))])
    scope = {"type": "http", "method": "GET", "path": "/chat/", "headers": [], "query_string": b"", "root_path": ""}
    await application(scope, receive, send)
    assert [event.get("status") for event in sent] == [404, None]


async def test_an_info_that_is_left_out_is_an_empty_dict_that_connections_share() -> None:
    given.clear()
    application = Starlette(routes=[WebSocketRoute("/chat", endpoint(handler))])
    for _ in range(2):
        async with connect(application, "/chat") as client:
            await client.handshake()
    assert given == [{}, {}]
    assert given[0] is given[1]
