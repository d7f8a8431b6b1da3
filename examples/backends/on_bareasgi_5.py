"""A handler on a route of bareASGI 5's, beside an HTTP route. It needs Python 3.12 or newer."""

# The type checkers see bareASGI 3 here, which is in the development environment.
# mypy: ignore-errors
# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportCallIssue=false

import sys

import uvicorn
from bareasgi import Application, HttpRequest, HttpResponse
from bareutils import text_writer
from hello import hello

from bareasgi_ws.backends.bareasgi import endpoint, not_found, with_absolute_paths


async def home(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /``."""
    return HttpResponse(200, [(b"content-type", b"text/plain")], text_writer("Hello by HTTP"))


application = Application(info={"greeting": "Hello"})
application.http_router.add({"GET"}, "/", home)
application.ws_router.add("/hello/{name}", endpoint(hello, content=str))
application.ws_router.add("/{path:path}", not_found)

if __name__ == "__main__":
    uvicorn.run(with_absolute_paths(application), port=int(sys.argv[1]) if sys.argv[1:] else 9009)
