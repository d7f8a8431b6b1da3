"""The server of the page for authors of servers: uvicorn, but that it drops the headers of websocket.accept."""

import logging
import sys
from typing import Any

import uvicorn
from uvicorn.importer import import_from_string

sys.path.insert(0, "")
application = import_from_string(sys.argv[1])


async def drops_headers(scope: Any, receive: Any, send: Any) -> None:
    async def sends(event: Any) -> None:
        await send({**event, "headers": []} if event["type"] == "websocket.accept" else event)

    await application(scope, receive, sends)


if __name__ == "__main__":
    # Its own logger's name.
    logging.getLogger("uvicorn.error").name = "myserver.error"
    uvicorn.run(drops_headers, port=int(sys.argv[sys.argv.index("--port") + 1]), ws="wsproto")
