"""A handler on a route of bareASGI 3's, beside an HTTP route."""

import sys
from typing import Any

import uvicorn
from bareasgi import Application
from bareutils import text_writer
from hello import hello

from bareasgi_ws.backends.bareasgi import endpoint, not_found, with_absolute_paths


async def home(scope: Any, info: Any, matches: Any, content: Any) -> Any:
    """Answer ``GET /``."""
    return 200, [(b"content-type", b"text/plain")], text_writer("Hello by HTTP")


application = Application(info={"greeting": "Hello"})
application.http_router.add({"GET"}, "/", home)
application.ws_router.add("/hello/{name}", endpoint(hello, content=str))
application.ws_router.add("/{path:path}", not_found)

if __name__ == "__main__":
    uvicorn.run(with_absolute_paths(application), port=int(sys.argv[1]) if sys.argv[1:] else 9009)
