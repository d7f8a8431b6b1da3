"""The page about editors: its prose, with what the servers answered. It asks none; it reads the committed tables."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

from tools.lsp import neovim
from tools.lsp import table as committed
from tools.lsp.environments import WAYS
from tools.lsp.features import FEATURES, MEMBERS
from tools.lsp.servers import SERVERS
from tools.tables import filled, table

PROSE = Path(__file__).with_suffix(".md")
BENCHMARK = "python reference_impl/benchmarks/language_servers.py"
WIDTH = 110

FIGURES = {
    "first_answer": "first answer",
    "completion": "completion",
    "completion_after_edit": "after an edit",
    "hover": "hover",
}


def page() -> str:
    """Write the page."""
    entries, seen = committed.read(), neovim.read()
    screens = seen["screens"]
    others = {name: entry for name, entry in entries.items() if name != neovim.CAPTURED}
    parts = {
        "COMMAND": f"`{committed.COMMAND}`",
        "BENCHMARK": BENCHMARK,
        "SUPPORT": _support(entries),
        "LATENCIES": _latencies(),
        "SERVERS": _servers(),
        **{f"NEOVIM_{server.name.upper()}": neovim.configuration(server) for server in SERVERS},
        "NEOVIM": seen["version"],
        "HOVER": _block(screens["hover"].splitlines()),
        "COMPLETION": _block(screens["completion"].splitlines()[: len(MEMBERS) + 2]),
        "MISTAKE": _block(screens["mistake"].splitlines()),
        "SIGNATURES": _each(entries, "signature", documented=True),
        "ERRORS": _each(others, "errors"),
    }
    return filled(PROSE, parts)


def _support(entries: dict[str, committed.Entry]) -> str:
    titles = {name: one.title for name, one in (FEATURES | WAYS).items()}
    rows = (
        [title, *("yes" if entry.features[name] else "no" for entry in entries.values())]
        for name, title in titles.items()
    )
    return table(["", *(f"{name} {entry.version}" for name, entry in entries.items())], rows)


def _latencies() -> str:
    figures = tomllib.loads(committed.LATENCIES.read_text("utf-8"))
    rows = ([name, *(_ms(found[figure]) for figure in FIGURES)] for name, found in figures.items())
    return table(["", *FIGURES.values()], rows)


def _ms(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 10 else f"{figure:.1f}"


def _servers() -> str:
    rows = (
        [server.name, f"`{server.distribution}`", f"`{' '.join(server.command)}`"]
        + [f"`{json.dumps(told)}`" if told else "" for told in (server.settings, server.options)]
        for server in SERVERS
    )
    return table(["", "package", "command", "settings", "initialization options"], rows)


def _each(entries: dict[str, committed.Entry], capture: str, *, documented: bool = False) -> str:
    """Write what each server says, but for those that say nothing, or nothing beyond the first line."""
    said = {name: entry.captures[capture] for name, entry in entries.items()}
    shown = {name: text for name, text in said.items() if text and (not documented or "\n" in text)}
    return "\n".join(f"{name}:\n\n{_block(map(_wrapped, text.splitlines()))}" for name, text in shown.items())


def _block(lines: Iterable[str]) -> str:
    return "\n".join(["```text", *lines, "```", ""])


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
