"""Chromium and Firefox without a window, used as a person uses them: with a mouse, a keyboard and eyes.

Chromium is driven over its DevTools protocol, Firefox over WebDriver BiDi, which it speaks itself. Both are JSON
messages over a WebSocket whose address the browser writes as it starts.
"""

import itertools
import json
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Generator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from websockets.sync.client import ClientConnection, connect

from ..required_programs import missing_program

# The first start after an installation takes a quarter of a minute.
DEADLINE = 60.0

# Without a sandbox it starts as root too, and opens no page but ours.
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=%s"]
FIREFOX = ["--headless", "--no-remote", "--profile", "%s"]

WAIT = """
new Promise((resolve, reject) => {
  const look = () => { const found = %s; if (found) resolve(found); };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  setTimeout(() => reject(new Error("it did not come to this: " + document.body.innerText)), %d);
  look();
})"""

# Where a mouse would be put, and what is there, which may be another element on top of it.
MIDDLE = """
(() => {
  const element = document.querySelector(%s);
  const box = element.getBoundingClientRect();
  const [x, y] = [Math.trunc(box.x + box.width / 2), Math.trunc(box.y + box.height / 2)];
  return { x, y, there: element.contains(document.elementFromPoint(x, y)) };
})()"""


class Browser:
    """A browser that runs.

    Attributes:
        events: What it told without being asked, in its order.
    """

    def __init__(self, connection: ClientConnection) -> None:
        """Drive the browser at the other end."""
        self.events: list[dict[str, Any]] = []
        self._connection = connection
        self._numbers = itertools.count(1)

    def call(self, method: str, parameters: dict[str, Any], **session: str) -> Any:
        """Send a command, and return its result."""
        number = self._send(method, parameters, session)
        while (answer := json.loads(self._connection.recv(DEADLINE))).get("id") != number:
            self.events.append(answer)
            if answer.get("method") == "Page.javascriptDialogOpening":
                # It holds up every response of its page.
                self._send("Page.handleJavaScriptDialog", {"accept": False}, {"sessionId": answer["sessionId"]})
        assert "result" in answer, f"{method}: {answer}"
        return answer["result"]

    def _send(self, method: str, parameters: dict[str, Any], session: dict[str, str]) -> int:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters, **session}))
        return number


@contextmanager
def running(name: str, options: list[str], path: str = "") -> Generator[Browser]:
    """Run a browser with an empty profile."""
    program = shutil.which(name)
    if program is None:
        missing_program(name)
    # What it still writes while it ends must not keep the profile from going.
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(program), *(one.replace("%s", profile) for one in options), "--remote-debugging-port=0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                address = next(line for line in process.stderr if " listening on ws://" in line).split()[-1]
                with connect(address + path, proxy=None, max_size=None, open_timeout=DEADLINE) as connection:
                    yield Browser(connection)
            finally:
                process.kill()


class _Used(ABC):
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """Return an expression's value, as JSON can carry it; of a promise, what it is fulfilled with."""

    @abstractmethod
    def _press_at(self, x: int, y: int) -> None: ...

    @abstractmethod
    def _errors(self) -> list[dict[str, Any]]: ...

    def wait_for(self, expression: str) -> Any:
        """Wait until a change of the document makes the expression true, and return its value."""
        return self.evaluate(WAIT % (expression, DEADLINE * 1000))

    def click(self, selector: str) -> None:
        """Click the middle of an element, which must be in sight."""
        middle = self.evaluate(MIDDLE % json.dumps(selector))
        assert middle["there"], f"{selector} cannot be clicked"
        self._press_at(middle["x"], middle["y"])

    def errors(self) -> list[dict[str, Any]]:
        """Return the dialogs, the exceptions that nothing caught, and what the page's policy kept from happening."""
        self.evaluate("0")  # a round trip: what had been told by now is here
        return self._errors()


class ChromiumPage(_Used):
    """A page in a tab of its own, which shares nothing with another."""

    def __init__(self, browser: Browser) -> None:
        """Open an empty page, as in a browser that has never been used."""
        super().__init__(browser)
        context = browser.call("Target.createBrowserContext", {})
        target = browser.call("Target.createTarget", {"url": "about:blank", **context})
        self._session = browser.call("Target.attachToTarget", {**target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.resize(1280, 800)

    def resize(self, width: int, height: int) -> None:
        """Give the page a window, or a telephone, of this size."""
        mobile = width < 500  # a telephone makes a page that does not know of it 980 pixels wide
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def call(self, method: str, **parameters: Any) -> Any:
        """Send a command about this page."""
        return self._browser.call(method, parameters, sessionId=self._session)

    def open(self, address: str) -> None:
        answer = self.call("Page.navigate", url=address)
        assert "errorText" not in answer, answer["errorText"]

    def evaluate(self, expression: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        problem = answer.get("exceptionDetails")
        assert problem is None, f"{expression}: {problem['exception'].get('description')}"
        return answer["result"].get("value")

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def press(self, key: str, *, shift: bool = False) -> None:
        code, text = {"Enter": (13, "\r"), "Tab": (9, "")}[key]
        what = {"key": key, "code": key, "windowsVirtualKeyCode": code, "text": text, "modifiers": 8 * shift}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, **what)

    def _press_at(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def _errors(self) -> list[dict[str, Any]]:
        events = [event for event in self._browser.events if event.get("sessionId") == self._session]
        wrong = ("Page.javascriptDialogOpening", "Runtime.exceptionThrown")
        return [
            event
            for event in events
            if event["method"] in wrong or event["params"].get("entry", {}).get("source") == "security"
        ]


class FirefoxPage(_Used):
    """A page in Firefox, whose only page it is."""

    def __init__(self, browser: Browser) -> None:
        """Open an empty page."""
        super().__init__(browser)
        browser.call("session.new", {"capabilities": {}})
        browser.call("session.subscribe", {"events": ["log.entryAdded", "browsingContext.userPromptOpened"]})
        self._context = browser.call("browsingContext.create", {"type": "tab"})["context"]

    def open(self, address: str) -> None:
        self._browser.call("browsingContext.navigate", {"context": self._context, "url": address, "wait": "complete"})

    def evaluate(self, expression: str) -> Any:
        called = f"(async () => JSON.stringify({{ value: await ({expression}) }}))()"
        target = {"target": {"context": self._context}, "awaitPromise": True}
        answer = self._browser.call("script.evaluate", {"expression": called, **target})
        assert answer["type"] == "success", f"{expression}: {answer['exceptionDetails']['text']}"
        return json.loads(answer["result"]["value"]).get("value")

    def write(self, text: str) -> None:
        self._act("key", [{"type": kind, "value": one} for one in text for kind in ("keyDown", "keyUp")])

    def press(self, key: str, *, shift: bool = False) -> None:
        assert not shift
        self.write({"Enter": "\ue007", "Tab": "\ue004"}[key])

    def _press_at(self, x: int, y: int) -> None:
        kinds = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act("pointer", [{"type": "pointerMove", "x": x, "y": y}, *kinds])

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        sources = [{"type": kind, "id": kind, "actions": actions}]
        self._browser.call("input.performActions", {"context": self._context, "actions": sources})

    def _errors(self) -> list[dict[str, Any]]:
        # It logs where nobody listens, and a page that comes again by itself cannot keep it from that.
        known = "establish a connection to the server"
        events = (event for event in self._browser.events if event.get("type") == "event")
        return [
            event
            for event in events
            if event["method"] == "browsingContext.userPromptOpened"
            or (event["params"].get("level") == "error" and known not in (event["params"].get("text") or ""))
        ]


Page = ChromiumPage | FirefoxPage
