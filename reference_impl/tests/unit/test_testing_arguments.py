"""Every argument of connect, of lifespan and of the steps, wrong in every way: the sentence that rejects it."""

import inspect
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bareasgi_ws import Application
from bareasgi_ws.testing import Client, connect, lifespan

ROWS: dict[str, str] = tomllib.loads(Path(__file__).with_name("testing_arguments.toml").read_text("utf-8"))
"""What each call raises."""

CALLS = [row for row in ROWS.items() if not row[0].startswith("client.")]
STEPS = [row for row in ROWS.items() if row[0].startswith("client.")]


async def echo(scope: Any, info: Any, matches: Any, web_socket: Any) -> None:
    await web_socket.accept()
    await web_socket.receive()


async def generator(scope: Any, info: Any, matches: Any, web_socket: Any) -> Any:
    yield


NAMES = {"application": Application(), "connect": connect, "echo": echo, "generator": generator, "lifespan": lifespan}


@pytest.mark.parametrize(("call", "said"), CALLS)
def test_a_call_is_rejected_before_anything_is_started(call: str, said: str) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        eval(call, NAMES)
    assert f"{type(raised.value).__name__}: {raised.value}" == said


@pytest.mark.anyio
@pytest.mark.parametrize(("step", "said"), STEPS)
async def test_a_step_is_rejected_and_changes_nothing(step: str, said: str) -> None:
    async with connect(echo) as client:
        await client.handshake()
        with pytest.raises((TypeError, ValueError)) as raised:
            await awaited(eval(step, {"client": client}))
        assert f"{type(raised.value).__name__}: {raised.value}" == said
        assert client.code is None


async def awaited(value: Any) -> None:
    if inspect.isawaitable(value):
        await value


def test_every_argument_has_a_row() -> None:
    calls = " ".join(call for call, _ in CALLS)
    names = {*inspect.signature(connect).parameters, *inspect.signature(lifespan).parameters} - {"application"}
    assert [name for name in names if f"{name}=" not in calls] == []
    steps = {name: step for name, step in vars(Client).items() if inspect.isfunction(step) and name[0] != "_"}
    taking = {name for name, step in steps.items() if len(inspect.signature(step).parameters) > 1}
    assert taking == {step.removeprefix("client.").partition("(")[0] for step, _ in STEPS}
