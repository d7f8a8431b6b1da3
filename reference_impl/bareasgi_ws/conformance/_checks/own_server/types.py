"""WS-SERVER-31: the types of what is in the connection scope."""

from ..._context import CheckContext
from ..._ends import HandlerEnd
from ..._scope_types import wrong_items
from .._check import check


@check("WS-SERVER-31")
async def the_items_of_the_scope_are_of_their_types(context: CheckContext) -> None:
    async def handler(ws: HandlerEnd) -> None:
        for key, (expected, actual) in wrong_items(ws.arguments.server_scope).items():
            context.fail(f"handler: scope[{key!r}]", expected, actual)
        await ws.accept()

    async with context.connect(handler, subprotocols=("a", "b")) as client:
        await client.expect_accepted()
