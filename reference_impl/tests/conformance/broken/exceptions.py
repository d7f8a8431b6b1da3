"""Faults that fail a requirement of WS-LIFETIME: what becomes of a handler's exception."""

from contextlib import suppress
from typing import Any

import anyio

from bareasgi_ws import WebSocketClosedError
from bareasgi_ws._rules.states import BEFORE, CLOSED, OPEN

from .fault import Call, handling_fails

NOT_THE_EXCEPTION = ("WS-LIFETIME-11", "WS-LIFETIME-13")
"""The requirements that show nothing where the handler's exception does not reach the server."""


@handling_fails("WS-LIFETIME-06", blocks=NOT_THE_EXCEPTION)
async def drops_an_error_after_the_close(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception:
        if web_socket.state != CLOSED:
            raise


@handling_fails("WS-LIFETIME-06", blocks=NOT_THE_EXCEPTION)
async def logs_an_error_alone(call: Call, web_socket: Any) -> None:
    """As one that runs the handler in a task, whose exception nobody retrieves."""
    try:
        await call()
    except Exception:
        if web_socket.state is BEFORE:
            await web_socket.deny(500)
        elif web_socket.state is OPEN:
            await web_socket.close(1011)


@handling_fails("WS-LIFETIME-06", blocks=NOT_THE_EXCEPTION)
async def raises_an_error_of_its_own(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception as error:
        raise RuntimeError(f"the handler failed: {type(error).__name__}: {error}") from error


@handling_fails("WS-LIFETIME-06", blocks=NOT_THE_EXCEPTION)
async def raises_a_copy(call: Call, web_socket: Any) -> None:
    """As one that takes it from another thread or process."""
    try:
        await call()
    except Exception as error:
        raise type(error)(*error.args) from None


@handling_fails("WS-LIFETIME-06", blocks=NOT_THE_EXCEPTION)
async def raises_a_group_of_its_task_group(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception as error:
        raise ExceptionGroup("unhandled errors in a TaskGroup", [error]) from None


@handling_fails("WS-LIFETIME-13")
async def takes_its_error_for_the_clients_end(call: Call, web_socket: Any) -> None:
    with suppress(WebSocketClosedError):
        await call()


@handling_fails("WS-LIFETIME-13")
async def takes_an_os_error_for_a_lost_client(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except OSError:
        if web_socket.state in (BEFORE, OPEN):
            raise


@handling_fails("WS-LIFETIME-13")
async def takes_a_runtime_error_for_the_servers(call: Call, web_socket: Any) -> None:
    """As servers raise one for an event after the end."""
    try:
        await call()
    except RuntimeError:
        if web_socket.state is not CLOSED:
            raise


@handling_fails("WS-LIFETIME-13")
async def raises_the_first_of_a_group(call: Call, web_socket: Any) -> None:
    """As one that has a task group of its own, and takes each group for that one's."""
    try:
        await call()
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


@handling_fails("WS-LIFETIME-13")
async def looks_for_os_errors_in_groups(call: Call, web_socket: Any) -> None:
    """``except*`` makes a group of an exception that was in none."""
    try:
        await call()
    except* OSError:
        raise


@handling_fails("WS-LIFETIME-13")
async def ends_well_by_what_is_no_exception(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except (Exception, anyio.get_cancelled_exc_class()):
        raise
    except BaseException:
        await web_socket.close()


@handling_fails("WS-LIFETIME-13")
async def takes_a_key_error_for_its_own(call: Call, web_socket: Any) -> None:
    """As where ``except KeyError``, meant for a look-up, stands around the handler."""
    with suppress(KeyError):
        await call()


@handling_fails("WS-LIFETIME-13")
async def raises_the_cause(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception as error:
        if error.__cause__ is not None and not isinstance(error, WebSocketClosedError):
            raise error.__cause__ from None
        raise


@handling_fails("WS-LIFETIME-13")
async def looks_whether_an_error_is_true(call: Call, web_socket: Any) -> None:
    failure = None
    try:
        await call()
    except Exception as error:
        failure = error
    if failure:
        raise failure


@handling_fails("WS-LIFETIME-13")
async def shows_an_error(call: Call, web_socket: Any) -> None:
    """As one that writes it into a log."""
    try:
        await call()
    except Exception as error:
        str(error)
        raise


@handling_fails("WS-LIFETIME-06", blocks=NOT_THE_EXCEPTION)
async def drops_an_error_after_a_loss(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception:
        if web_socket.code != 1006:
            raise


@handling_fails("WS-LIFETIME-04", blocks=("WS-LIFETIME-11",))
async def rejects_for_a_permission_error(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except PermissionError:
        if web_socket.state is BEFORE:
            await web_socket.close()
        raise


@handling_fails("WS-LIFETIME-05", blocks=("WS-LIFETIME-11",))
async def closes_with_the_code_of_an_error(call: Call, web_socket: Any) -> None:
    try:
        await call()
    except Exception as error:
        if web_socket.state is OPEN and hasattr(error, "status_code"):
            await web_socket.close(getattr(error, "code"))  # noqa: B009
        raise


@handling_fails("WS-LIFETIME-14")
async def calls_again_after_a_type_error(call: Call, web_socket: Any) -> None:
    """As one that takes it for that of a signature."""
    try:
        await call()
    except TypeError:
        await call()
        raise
