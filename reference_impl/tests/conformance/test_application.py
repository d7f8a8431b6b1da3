"""The application that servers are examined with serves the kit alone."""

import pytest

from bareasgi_ws.conformance.application import application

from ..unit.scripted_server import CONNECT, DENIAL, SCOPE, ScriptedServer


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/", "/chat", "/0a1b2c3d", "/0a1b2c3d-", "/0A1B2C3D-1", "/x0a1b2c3d-1"])
async def test_a_connection_that_is_not_the_kits_is_rejected(path: str) -> None:
    server, denying = ScriptedServer(CONNECT), ScriptedServer(CONNECT)
    await application({**SCOPE, "path": path}, server.receive, server.send)
    await application({**DENIAL, "path": path}, denying.receive, denying.send)
    assert server.sent == [{"type": "websocket.close"}]
    assert [event.get("status") for event in denying.sent] == [404, None]
