"""The server's log."""

from ..._wire_cases import NOT_UTF_8, UNMASKED
from ...application import DENIAL
from ..check import check
from ..failure import NotSeenError
from ..remote import CONNECT, RECEIVE, accept, close, sending, text
from ..server import Server
from .handshake import offers_denial


def expect_no_error(server: Server) -> None:
    """Expect the server to have logged no error, after a connection that it serves after all else."""
    with server.accepted() as connection:
        server.expect_works(connection)
    server.ask()
    server.expect("server: errors in its log", [], server.errors)


def require_log(server: Server) -> None:
    """Go on only where the log is seen."""
    if server.target.logger is None:
        raise NotSeenError("the server's log: --logger names it")
    server.ask()


@check("WS-SERVER-28", needs=("WS-SERVER-41", "WS-SERVER-07"))
def what_an_application_does_is_not_logged(server: Server) -> None:
    require_log(server)
    with server.connect() as (client, application):
        application.begin(CONNECT, sending(close()), {"do": "return"})
        client.expect_status(403)
    with server.connect() as (client, application):
        if offers_denial(application):
            start = {"type": f"{DENIAL}.start", "status": 401, "headers": [(b"content-length", b"0")]}
            application.begin(
                CONNECT, sending(start), sending({"type": f"{DENIAL}.body", "body": b""}), {"do": "return"}
            )
            client.expect_status(401)
    with server.accepted() as (client, application):
        application.take(sending(close(code=4000)), {"do": "return"})
        client.expect_close()
    for is_known in (False, True):
        with server.connect() as (client, application):
            application.take(CONNECT, sending(accept()))
            client.drop()
            if is_known:
                application.take(RECEIVE)
            application.take(sending(text("late")), sending(text("later")), {"do": "return"})
    expect_no_error(server)


@check("WS-SERVER-29")
def what_a_client_does_is_not_logged(server: Server) -> None:
    require_log(server)
    for written in (b"", UNMASKED, *NOT_UTF_8.values()):
        with server.accepted() as (client, application):
            number = application.begin(RECEIVE, {"do": "return"})
            if written:
                client.write(written)
                client.wait(client.has_come)
            client.drop()
            application.entry(number)
    expect_no_error(server)
