"""List the requirements of the specification: one a line, its id first, then its level, whom it binds, and the rule."""

import argparse

from ..conformance._selecting import selected
from .conformance import add_selection
from .errors import CannotRunError

SUMMARY = "list the requirements of the specification"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the subcommand."""
    add_selection(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the requirements."""
    try:
        chosen = selected(arguments.select, arguments.level)
    except ValueError as error:
        raise CannotRunError(f"{error}.") from error
    width = max(len(one.id) for one in chosen)
    for one in chosen:
        print(f"{one.id:{width}}  {one.level:6}  {one.binds:7}  {one.text}")
    return 0
