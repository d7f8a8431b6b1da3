"""Write the generated pages of ``docs/``, and what is generated in README.md: run it with ``make docs``."""

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bareasgi_ws._command.servers import SERVERS
from bareasgi_ws._rules.states import STATES, TABLE, State, Step
from tools import checkers_page, editor_page, load_page, servers_page, specification, speed_page
from tools.server_suite import pages
from tools.tables import table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"

INTRODUCTION = """\
# The states of a WebSocket

What each call does in each state, and what becomes of what the server tells. A cell is the state that follows, or the
error that rejects the call. A rejected call changes nothing and sends nothing.
"""

NOTES = """\
- **before**: the client's handshake waits for a response, from `accept`, `close`, or `deny` where the WebSocket is a
  `SupportsDenial`.
- **open**: messages go both ways.
- **gone**: a `send` found that the client has gone. What arrived before can still be received; then the server reports
  the end, and `receive` gives None (WS-SEND-11, WS-CODE-11).
- **closed**: by either side. `receive` gives None at once, and a further `close` does nothing (WS-RECEIVE-06,
  WS-RECEIVE-07, WS-CLOSE-04, WS-CLOSE-05).

`accept`, `close` and `deny` enter the next state before they wait for the server. So a call that is cancelled meanwhile
leaves that state behind (WS-CANCELLATION-03, WS-CANCELLATION-04).
"""

THEORY = """\
This page is generated (`make docs`) from the table in
[`_rules/states.py`](../reference_impl/bareasgi_ws/_rules/states.py), which drives the reference implementation. Above
it stands why there are these states and no others.
"""


def diagram() -> str:
    """Write the transitions between states as a Mermaid diagram; what changes nothing is left out."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> before"]
    for column, state in enumerate(STATES):
        labels: dict[State, list[str]] = {}
        for step, row in TABLE.items():
            following = row[column]
            if isinstance(following, State) and following is not state:
                labels.setdefault(following, []).append(step.value)
        lines += [f"    {state.name} --> {following.name} : {', '.join(steps)}" for following, steps in labels.items()]
    return "\n".join([*lines, "    closed --> [*]", "```"]) + "\n"


def states_page() -> str:
    """Write docs/states.md."""
    rows = ([_step(step), *map(_cell, STATES, row)] for step, row in TABLE.items())
    states = table(["", *(f"**{state.name}**" for state in STATES)], rows)
    return "\n".join([INTRODUCTION, states, NOTES, diagram(), THEORY])


def readme() -> str:
    """Write README.md anew: the table of checkers in it is generated."""
    before, begin, rest = README.read_text("utf-8").partition("<!-- the checkers, by `make docs` -->\n")
    _, end, after = rest.partition("<!-- end -->\n")
    return f"{before}{begin}\n{checkers_page.support()}\n{end}{after}"


def linked(text: str, rows: str = "specification.md") -> str:
    """Return a page of ``docs/`` in which each id of a requirement links to its row, but not in code."""
    text = text.partition(LINKS)[0].rstrip("\n") + "\n"
    text = OUTSIDE_OF_CODE.sub(lambda match: f"[{match[1]}]" if match[1] else match[0], text)
    numbers = sorted(set(re.findall(r"\[(WS-[A-Z]+-\d+)\]", text)))
    lines = [f"[{number}]: {rows}#{specification.anchor(number)}" for number in numbers]
    return "\n".join([text, LINKS, "", *lines, ""]) if lines else text


LINKS = "<!-- the requirements, by `make docs` -->"
OUTSIDE_OF_CODE = re.compile(r"^ *(?:```)[\s\S]*?^ *```$|`[^`\n]*`|(?<!\[)\b(WS-[A-Z]+-\d+)", re.MULTILINE)
"""Code, which is passed over, or an id, which is the group."""

WRITTEN: dict[Path, Callable[[], str]] = {
    DOCS / "checkers.md": checkers_page.page,
    DOCS / "editors.md": editor_page.page,
    DOCS / "load.md": load_page.page,
    DOCS / "servers.md": servers_page.page,
    DOCS / "speed.md": speed_page.page,
    DOCS / "states.md": states_page,
    **{DOCS / "servers" / f"{server}.md": partial(pages.page, server) for server in SERVERS},
}


def page(path: Path) -> str:
    """Return a page of ``docs/``: written anew, or as it is; the ids in it are links."""
    text = WRITTEN[path]() if path in WRITTEN else path.read_text("utf-8")
    return linked(text, os.path.relpath(DOCS / "specification.md", path.parent))


PAGES: dict[Path, Callable[[], str]] = {
    **{path: partial(page, path) for path in sorted({*DOCS.glob("*.md"), *WRITTEN})},
    DOCS / "specification.md": specification.page,
    README: readme,
}
"""What is written in whole or in part, and what writes each."""


def main() -> None:
    """Write every generated page."""
    for path, write in PAGES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(write(), "utf-8")


def _step(step: Step) -> str:
    return f"`{step}`" if step.endswith("()") else step


def _cell(state: State, following: Any) -> str:
    if isinstance(following, State):
        return "stays" if following is state else following.name
    return f"`{following.__name__}`"


if __name__ == "__main__":
    main()
