"""A handler of a scope of one's own, where nothing has put the items in."""

from typecheck_tests.clean.scope_items import SignedIn, greet, greet_by_text, signed_in

from bareasgi_ws import Application, Router, WebSocketHandler

Router().add("/", greet)  # E
Router().add("/", greet_by_text, content=str)  # E
Application(info=1).ws_router.add("/", signed_in(greet))  # E
Application(info=1).ws_router.add("/", signed_in(greet_by_text))  # E
handler: WebSocketHandler = greet  # E


def look(scope: SignedIn) -> None:
    print(scope["usr"])  # E
    print(scope["user"] + b"")  # E
