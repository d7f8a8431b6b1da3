"""The list of checks, and checks that are put on it wrongly."""

from typing import Any

from bareasgi_ws.conformance.check import CHECKS, check


async def play(context: Any) -> None: ...
async def play_on_nothing() -> None: ...
def play_synchronously(context: Any) -> None: ...


CHECKS.append("WS-CLOSE-01")  # E
check(1)  # E
check("WS-CLOSE-01", ("WS-CLOSE-02",))  # E
check("WS-CLOSE-01", needs="WS-CLOSE-02")  # E
check("WS-CLOSE-01", needs=(1,))  # E
check("WS-CLOSE-01")("play")  # E
check("WS-CLOSE-01")(play_on_nothing)  # E
check("WS-CLOSE-01")(play_synchronously)  # E
check("WS-CLOSE-01")(play).nothing()  # E
