"""A handler on the server of the websockets library, with no ASGI server."""

import asyncio
import sys

from hello import hello

from bareasgi_ws import Info, Router
from bareasgi_ws.backends.websockets import serve_routes

routes: Router[Info] = Router()
routes.add("/hello/{name}", hello, content=str)


async def main(port: int) -> None:
    """Serve until Ctrl-C."""
    async with serve_routes(routes, "127.0.0.1", port, info={"greeting": "Hello"}) as server:
        host, port = server.sockets[0].getsockname()
        print(f"Running on {host}:{port}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 9009))
