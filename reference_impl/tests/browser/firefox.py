"""Firefox without a window, driven over WebDriver BiDi, which it speaks itself."""

import itertools
import json
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from .devtools import DEADLINE
from .page import MIDDLE, WAIT

LISTENING = "WebDriver BiDi listening on "
KEYS = {"Enter": "\ue007", "Tab": "\ue004"}
NOT_CONNECTED = "can’t establish a connection to the server"  # noqa: RUF001
"""What Firefox logs where nobody listens: a page that comes again by itself cannot keep it from that."""


class FirefoxPage:
    """A page in a tab of its own, used as :class:`.page.Page` is."""

    def __init__(self, connection: ClientConnection) -> None:
        """Use the browser at the other end."""
        self._connection = connection
        self._numbers = itertools.count(1)
        self._events: list[dict[str, Any]] = []
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded", "browsingContext.userPromptOpened"])
        user = self._call("browser.createUserContext")["userContext"]
        self._context = self._call("browsingContext.create", type="tab", userContext=user)["context"]

    def open(self, address: str) -> None:
        """Go to the address."""
        self._call("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return an expression's value, as JSON can carry it; of a promise, what it is fulfilled with."""
        called = f"(async () => JSON.stringify({{ value: await ({expression}) }}))()"
        answer = self._call("script.evaluate", expression=called, target={"context": self._context}, awaitPromise=True)
        assert answer["type"] == "success", f"{expression}: {answer['exceptionDetails']['text']}"
        return json.loads(answer["result"]["value"]).get("value")

    def wait_for(self, expression: str) -> Any:
        """Wait until a change of the document makes the expression true, and give its value."""
        return self.evaluate(WAIT % {"expression": expression, "milliseconds": DEADLINE * 1000})

    def click(self, selector: str) -> None:
        """Click the middle of an element, which must be in sight."""
        middle = self.evaluate(MIDDLE.rstrip() % json.dumps(selector))
        assert middle["there"], f"{selector} cannot be clicked"
        move = {"type": "pointerMove", "x": int(middle["x"]), "y": int(middle["y"])}
        self._act("pointer", [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def write(self, text: str) -> None:
        """Write into whatever has the focus."""
        kinds = ("keyDown", "keyUp")
        self._act("key", [{"type": kind, "value": character} for character in text for kind in kinds])

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        self.write(KEYS[key])

    def errors(self) -> list[dict[str, Any]]:
        """Return the dialogs and the exceptions that nothing caught."""
        self.evaluate("0")  # a round trip: what had been told by now is here
        return [event for event in self._events if event["type"] == "event" and _is_error(event)]

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self._call("input.performActions", context=self._context, actions=[source])

    def _call(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._connection.recv(DEADLINE))).get("id") != number:
            self._events.append(answer)
        assert answer["type"] == "success", f"{method}: {answer.get('message')}"
        return answer["result"]


def _is_error(event: dict[str, Any]) -> bool:
    if event["method"] == "log.entryAdded" and NOT_CONNECTED in (event["params"].get("text") or ""):
        return False
    return bool(event["method"] == "browsingContext.userPromptOpened" or event["params"].get("level") == "error")


@contextmanager
def firefox(program: str) -> Generator[FirefoxPage]:
    """Run the browser with an empty profile, and give its page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                told = (line for line in process.stderr if line.startswith(LISTENING))
                address = next(told).removeprefix(LISTENING).strip()
                with connect(f"{address}/session", proxy=None, max_size=None, open_timeout=DEADLINE) as connection:
                    yield FirefoxPage(connection)
            finally:
                process.kill()
