"""WebSocket routes beside a bareASGI application."""

import bareasgi
from bareasgi import Content, HttpResponse, Info, Message, RouteMatches, Scope, text_reader, text_writer

from .routes import beside

http = bareasgi.Application(not_found_response=(404, [(b"answered-by", b"bareasgi")], None, None))


@http.on_startup
async def start(scope: Scope, info: Info, message: Message) -> None:
    print("lifespan: started", flush=True)
    scope["state"]["left"] = "a state"


@http.on_shutdown
async def stop(scope: Scope, info: Info, message: Message) -> None:
    print("lifespan: stopped", flush=True)


@http.on_http_request({"GET", "POST"}, "/hello")
async def hello(scope: Scope, info: Info, matches: RouteMatches, content: Content) -> HttpResponse:
    said = await text_reader(content)
    return 200, [(b"content-type", b"text/plain")], text_writer(f"{scope['method']} {said}"), None


application = beside(http)
