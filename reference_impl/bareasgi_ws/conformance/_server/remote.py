"""The application's end: what it is asked to do in the server's process, and its record."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Protocol, TypeAlias

from ..._rules.arguments import is_a
from .failure import NotMetError, shortened

Step: TypeAlias = dict[str, Any]
Event: TypeAlias = Mapping[str, Any]

CONNECT: Step = {"do": "receive"}
RECEIVE: Step = {"do": "receive"}
RETURN: Step = {"do": "return"}


def sending(event: Event, **how: Any) -> Step:
    """Return the step that sends an event."""
    return {"do": "send", "event": event, **how}


def accept(**items: Any) -> Event:
    """Return a websocket.accept."""
    return {"type": "websocket.accept", **items}


def text(content: str) -> Event:
    """Return a websocket.send of a text."""
    return {"type": "websocket.send", "text": content}


def binary(content: bytes) -> Event:
    """Return a websocket.send of bytes."""
    return {"type": "websocket.send", "bytes": content}


def close(**items: Any) -> Event:
    """Return a websocket.close."""
    return {"type": "websocket.close", **items}


class Ask(Protocol):
    """Asks the application, and returns the record of a connection."""

    def __call__(self, **command: Any) -> list[dict[str, Any]]:
        """Ask."""
        ...


class Application:
    """The application's end of one connection.

    Attributes:
        steps: What it was asked to do, after the call.
        record: The call and each of the steps, and what came of it, as far as it is known.
    """

    def __init__(self, ask: Ask, deadline: float) -> None:
        """Begin before the call."""
        self._ask = ask
        self._deadline = deadline
        self.steps: list[Step] = []
        self.record: list[dict[str, Any]] = []

    def scope(self) -> dict[str, Any]:
        """Wait for the call, and return its scope."""
        entry = self._update(0, self._deadline)
        if "began" not in entry:
            raise NotMetError("application: its call", "a call", self._nothing(), "scope")
        scope: dict[str, Any] = entry["returned"]
        return scope

    def is_called(self, seconds: float) -> bool:
        """Tell whether it is called within so many seconds."""
        return "began" in self._update(0, seconds)

    def begin(self, *steps: Step) -> int:
        """Have steps taken, one after the other, and wait for none; return the number of the last."""
        self.steps += steps
        self._update(0, 0, steps)
        return len(self.steps)

    def entry(self, number: int, seconds: float | None = None) -> dict[str, Any]:
        """Wait for the end of a step, and return what came of it, ended or not."""
        return self._update(number, self._deadline if seconds is None else seconds)

    def take(self, *steps: Step) -> dict[str, Any]:
        """Have steps taken, wait for the end of the last, and return what came of that, ended or not."""
        self.steps += steps
        return self._update(len(self.steps), self._deadline, steps)

    def cancel(self, number: int) -> dict[str, Any]:
        """Cancel a step that has begun, and return what came of it, ended or not."""
        self.record = self._ask(cancel=[number], until=number, wait=self._deadline)
        return self.record[number]

    def result(self, number: int) -> Any:
        """Expect a step to have returned, and return what."""
        return self._returned(self.entry(number), number)

    def receive(self, **items: Any) -> dict[str, Any]:
        """Receive an event, and expect these of its items; one that is missing counts as None."""
        event: dict[str, Any] = self._returned(self.take(RECEIVE), len(self.steps))
        self.expect_items(event, len(self.steps), **items)
        return event

    def expect_items(self, event: Event, number: int, **items: Any) -> None:
        """Expect items of an event that a step returned."""
        for name, expected in items.items():
            actual = event.get(name)
            if not is_same(actual, expected):
                shows = f"(came({number}) or {{}}).get({name!r}) == {expected!r}"
                told = shortened(actual) if name in event else "nothing"
                place = f"application: {name!r} of what receive() returned"
                kind = event["type"]
                told += "" if name == "type" or kind == "websocket.receive" else f", in {kind}"
                raise NotMetError(place, shortened(expected), told, shows if len(shows) < 300 else "")

    def receive_message(self, content: bytes | str, number: int | None = None) -> None:
        """Receive a message, by a step that has begun or a new one, and expect just that content of it."""
        key, other = ("text", "bytes") if isinstance(content, str) else ("bytes", "text")
        items = {"type": "websocket.receive", key: content, other: None}
        if number is None:
            self.receive(**items)
        else:
            self.expect_items(self.result(number), number, **items)

    def send(self, event: Event) -> None:
        """Send an event, and expect that to return."""
        self._returned(self.take(sending(event)), len(self.steps))

    def attempt(self, event: Event) -> list[str] | None:
        """Send an event, and return the types of what that raises; None where it returns."""
        entry = self.expect_ended(self.begin(sending(event)), f"send({event['type']})")
        raised: list[str] | None = entry.get("raised")
        return raised

    def expect_ended(self, number: int, what: str) -> dict[str, Any]:
        """Expect a step to end, whether or not it returns, and return what came of it."""
        entry = self.entry(number)
        if "ended" not in entry:
            raise NotMetError(f"application: {what}", "its end", self._nothing(), f"ended({number})")
        return entry

    def update(self) -> None:
        """Fetch the record."""
        self._update(0, 0)

    def stop(self) -> None:
        """Have it return, whatever it waits for."""
        self.record = self._ask(end=True)

    def _update(self, until: int, wait: float, steps: tuple[Step, ...] = ()) -> dict[str, Any]:
        self.record = self._ask(steps=list(steps), until=until, wait=wait)
        return self.record[until]

    def _returned(self, entry: dict[str, Any], number: int) -> Any:
        step = self.steps[number - 1]
        what = f"application: {step['do']}({step.get('event', {}).get('type', '')})"
        if "ended" not in entry:
            raise NotMetError(what, "its return", self._nothing(), f"ended({number})")
        if "raised" in entry:
            raise NotMetError(what, "its return", f"{entry['raised'][0]}: {entry['said']}", f"not raised({number})")
        return entry.get("returned")

    def _nothing(self) -> str:
        return f"nothing within {self._deadline:g} s"


def is_same(actual: Any, expected: Any) -> bool:
    """Tell whether a content that came, or its digest, is the expected one."""
    if is_a(actual, dict) and "sha256" in actual and isinstance(expected, (str, bytes)):
        content = expected.encode() if isinstance(expected, str) else expected
        return bool(actual["type"] == type(expected).__name__ and actual["sha256"] == sha256(content).hexdigest())
    return type(actual) is type(expected) and bool(actual == expected)
