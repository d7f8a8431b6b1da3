"""A page in the browser, used as a person uses it: with a mouse, a keyboard and eyes."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from bareasgi_ws._command.servers.process import DEADLINE

from .devtools import DevTools

KEYS = {"Enter": (13, "\r"), "Tab": (9, "")}

WAIT = """
new Promise((resolve, reject) => {
  const look = () => {
    const found = %(expression)s;
    if (found) {
      observer.disconnect();
      clearTimeout(timer);
      resolve(found);
    }
  };
  const observer = new MutationObserver(look);
  const timer = setTimeout(() => {
    observer.disconnect();
    reject(new Error("it did not come to this, and the page reads: " + document.body.innerText));
  }, %(milliseconds)d);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  look();
})
"""

# Where a mouse would be put, and what is there, which may be another element on top of it.
MIDDLE = """
(() => {
  const element = document.querySelector(%s);
  const box = element.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return { x, y, there: element.contains(document.elementFromPoint(x, y)) };
})()
"""


class Page:
    """A page in a tab of its own, which shares nothing with another."""

    def __init__(self, browser: DevTools, session: str) -> None:
        """Use the page that the session is attached to."""
        self._browser = browser
        self._session = session
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def open(self, address: str, width: int = 1280, height: int = 800) -> None:
        """Go to the address, in a window or on a telephone of this size."""
        mobile = width < 500  # a telephone makes a page that does not know of it 980 pixels wide
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        answer = self._call("Page.navigate", url=address)
        assert "errorText" not in answer, answer["errorText"]

    def evaluate(self, expression: str) -> Any:
        """Return an expression's value, as JSON can carry it; of a promise, what it is fulfilled with."""
        answer = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        problem = answer.get("exceptionDetails")
        assert problem is None, f"{expression}: {problem['exception'].get('description')}"
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> Any:
        """Wait until a change of the document makes the expression true, and give its value."""
        return self.evaluate(WAIT % {"expression": expression, "milliseconds": DEADLINE * 1000})

    def click(self, selector: str) -> None:
        """Click the middle of an element, which must be in sight."""
        middle = self.evaluate(MIDDLE % json.dumps(selector))
        assert middle["there"], f"{selector} cannot be clicked"
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=middle["x"], y=middle["y"], button="left", clickCount=1)

    def write(self, text: str) -> None:
        """Write into whatever has the focus."""
        self._call("Input.insertText", text=text)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let it go."""
        code, text = KEYS[key]
        what = {"key": key, "code": key, "windowsVirtualKeyCode": code, "text": text, "modifiers": 8 * shift}
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, **what)

    def errors(self) -> list[dict[str, Any]]:
        """Return the dialogs, the exceptions that nothing caught, and what the page's policy kept from happening."""
        self.evaluate("0")  # a round trip: what had been told by now is here
        return [
            event["params"]
            for event in self._browser.events
            if event.get("sessionId") == self._session and _is_error(event)
        ]

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **parameters)


def _is_error(event: dict[str, Any]) -> bool:
    if event["method"] == "Log.entryAdded":
        return bool(event["params"]["entry"]["source"] == "security")
    return event["method"] in ("Page.javascriptDialogOpening", "Runtime.exceptionThrown")


@contextmanager
def new_page(browser: DevTools) -> Generator[Page]:
    """Open an empty page, as in a browser that has never been used, and close it."""
    context = browser.call("Target.createBrowserContext")["browserContextId"]
    try:
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        yield Page(browser, browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
    finally:
        browser.call("Target.disposeBrowserContext", browserContextId=context)
