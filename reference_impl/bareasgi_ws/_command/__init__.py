"""The command ``bareasgi-ws``."""

import argparse
import contextlib
import io
import os
import sys
import textwrap
from collections.abc import Sequence
from typing import Protocol

from .. import __version__
from .._version import SPEC_VERSION
from . import check, conformance, matrix, requirements
from .errors import CannotRunError


class Subcommand(Protocol):
    """A module of this package; its docstring is the subcommand's description."""

    __doc__: str | None

    @property
    def SUMMARY(self) -> str:
        """One line for the list of subcommands."""
        ...

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work and give the exit status."""
        ...


SUBCOMMANDS: dict[str, Subcommand] = {
    "check": check,
    "conformance": conformance,
    "matrix": matrix,
    "requirements": requirements,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    _print_anything()
    arguments = build_parser().parse_args(argv)
    try:
        return SUBCOMMANDS[arguments.subcommand].run(arguments)
    except CannotRunError as problem:
        print(f"bareasgi-ws: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has gone (`| head`). Python flushes stdout once more at its end and must not find the pipe then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    """Make the parser of the command and of every subcommand."""
    parser = argparse.ArgumentParser(
        prog="bareasgi-ws",
        description="Check handlers, backends and servers of bareASGI's WebSocket.",
        epilog="bareasgi-ws COMMAND --help says more about one.",
        formatter_class=HelpFormatter,
    )
    version = f"bareasgi-ws {__version__} (specification {SPEC_VERSION})"
    parser.add_argument("--version", action="version", version=version, help="print the version and exit")
    subparsers = parser.add_subparsers(title="commands", dest="subcommand", required=True, metavar="COMMAND")
    for name, module in SUBCOMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=module.SUMMARY, description=module.__doc__, formatter_class=HelpFormatter
        )
        module.add_arguments(subparser)
    return parser


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of a description, and names with hyphens whole."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._action_max_length = 16  # for which argparse of Python 3.11 forgets that commands are indented

    def _split_lines(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)


def _print_anything() -> None:
    """Let a name or a message that the terminal's encoding lacks be printed, escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(io.UnsupportedOperation):
                stream.reconfigure(errors="backslashreplace")
