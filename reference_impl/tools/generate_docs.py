"""Write the generated pages of ``docs/``, and what is generated in README.md: run it with ``make docs``."""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from bareasgi_ws._rules.states import (
    BEFORE,
    CLOSED,
    GONE,
    OPEN,
    RECEIVING,
    SENDING,
    STATES,
    Receiving,
    Sending,
    State,
    Step,
)
from tools import checkers_page, editor_page, load_page, servers_page, specification, speed_page
from tools.tables import table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"

NAMES = {BEFORE: "before accept", OPEN: "open", GONE: "client gone", CLOSED: "closed"}
DIAGRAM_NAMES = {BEFORE: "Before", OPEN: "Open", GONE: "Gone", CLOSED: "Closed"}

INTRODUCTION = """\
# The states of a WebSocket

This page is generated from the state table of the reference implementation (`make docs`), which is what drives it.

A WebSocket has two halves, one that sends and one that receives, and each has a state of its own. They begin and end
together, with one exception: a `send` that finds the client gone ends the sending half alone. What the client had
sent before can still be received; then `receive` gives None, and the WebSocket is closed (WS-SEND-11, WS-CODE-11).

A step is a call of the handler's, or something that the server told. A cell says what the step leads to: a state, or
the error that refuses the call. A refused call changes nothing and sends nothing. The states are entered before
anything is awaited, so a call that is cancelled while it waits leaves its state behind (WS-CANCELLATION-03,
WS-CANCELLATION-04).
"""

NOTES = """\
Three steps need a word more:

- In **client gone**, `receive` goes on until the server reports the end; in **closed** it gives None, at once.
- In **closed**, `close` does nothing and returns (WS-CLOSE-04, WS-CLOSE-05).
- `deny` is there only where the WebSocket is a `SupportsDenial`.
"""


def whole() -> str:
    """Write the table of both halves together."""
    rows = ([f"`{step.value}`" if "()" in step.value else step.value, *_cells(step)] for step in Step)
    return table(["", *(f"**{NAMES[state]}**" for state in STATES)], rows)


def half(states: type[Enum], transitions: Mapping[Any, Mapping[Step, Any]]) -> str:
    """Write the table of one half."""
    rows = ([step.value, *(_half_cell(transitions[state][step]) for state in states)] for step in Step)
    return table(["", *(f"**{state.value}**" for state in states)], rows)


def diagram() -> str:
    """Write the transitions between states as a Mermaid diagram; what changes nothing is left out."""
    lines = ["stateDiagram-v2", "    [*] --> Before"]
    for state in STATES:
        labels: dict[State, list[str]] = {}
        for step in Step:
            following = state.after(step)
            if isinstance(following, State) and following in NAMES and following != state:
                labels.setdefault(following, []).append(step.value)
        for following, steps in labels.items():
            lines.append(f"    {DIAGRAM_NAMES[state]} --> {DIAGRAM_NAMES[following]} : {', '.join(steps)}")
    return "\n".join([*lines, "    Closed --> [*]"]) + "\n"


def states_page() -> str:
    """Write docs/states.md."""
    parts = [
        INTRODUCTION,
        whole(),
        NOTES,
        f"```mermaid\n{diagram()}```\n",
        "## The sending half\n",
        half(Sending, SENDING),
        "## The receiving half\n",
        half(Receiving, RECEIVING),
    ]
    return "\n".join(parts)


def readme() -> str:
    """Write README.md anew: the table of checkers in it is generated."""
    before, begin, rest = README.read_text("utf-8").partition("<!-- the checkers, by `make docs` -->\n")
    _, end, after = rest.partition("<!-- end -->\n")
    return f"{before}{begin}\n{checkers_page.support()}\n{end}{after}"


PAGES = {
    DOCS / "checkers.md": checkers_page.page,
    DOCS / "editors.md": editor_page.page,
    DOCS / "load.md": load_page.page,
    DOCS / "servers.md": servers_page.page,
    DOCS / "specification.md": specification.page,
    DOCS / "speed.md": speed_page.page,
    DOCS / "states.md": states_page,
    README: readme,
}
"""The generated pages: where they are, and what writes each."""


def main() -> None:
    """Write every generated page."""
    for path, write in PAGES.items():
        path.write_text(write(), "utf-8")


def _cells(step: Step) -> list[str]:
    return [_cell(state, state.after(step)) for state in STATES]


def _cell(state: State, following: Any) -> str:
    if isinstance(following, State):
        # The server fails to send only what was sent: never before accept.
        return "stays" if following == state else NAMES.get(following, "—")
    return f"`{following.__name__}`"


def _half_cell(following: Any) -> str:
    return following.value if isinstance(following, Enum) else f"`{following.__name__}`"


if __name__ == "__main__":
    main()
