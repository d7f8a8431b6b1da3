"""List the requirements of the specification, one a line: the id, the level, whom
it binds, and the rule.

With an ID, or several, show those requirements whole. An ID may be only the
beginning, such as WS-CLOSE, and may be written in lower case.
"""

import argparse

from ..conformance.requirements import Requirement, requirement_id, select_requirements
from .conformance import add_selection
from .errors import CannotRunError

SUMMARY = "list the requirements of the specification, or show some"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "ids", nargs="*", type=requirement_id, metavar="ID", help="show this requirement whole, such as WS-CLOSE-03"
    )
    add_selection(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the requirements."""
    try:
        chosen = select_requirements([*arguments.ids, *arguments.select], arguments.level)
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error
    if arguments.ids:
        print("\n\n".join(map(_whole, chosen)))
        return 0
    width = max(len(one.id) for one in chosen)
    for one in chosen:
        print(f"{one.id:{width}}  {one.level:6}  {one.binds:7}  {one.text}")
    return 0


def _whole(one: Requirement) -> str:
    """Write all that there is of a requirement."""
    lines = [
        f"{one.id}  {one.level}",
        f"  {one.text}",
        f"  binds:   the {one.binds}",
        f"  chapter: {one.chapter}",
        f"  since:   specification {one.since}",
        f"  source:  {one.source}",
    ]
    return "\n".join(lines)
