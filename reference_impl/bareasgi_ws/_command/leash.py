"""Processes that do not outlive the command, however it ends, and whatever they do meanwhile."""

import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import wait


def end_with(pipe: int) -> None:
    """Have this process, and all that it starts, be killed once the other end of a pipe is closed.

    The process gets a group of its own, and the holder of the other end is to write nothing. On Linux the kernel sends
    the signal (fcntl(2), F_SETSIG), so that this holds where no thread of Python's can run; elsewhere a thread does.
    """
    if not hasattr(os, "setsid"):
        return
    os.setsid()
    have_kernel_end(pipe, os.getpgrp())
    threading.Thread(target=_end_group, args=(pipe,), daemon=True).start()


def end_group(pid: int) -> None:
    """Kill what is left of the group of a process that has called ``end_with``."""
    with suppress(AttributeError, ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def end_at_sigterm() -> None:
    """Have SIGTERM end the command as Ctrl-C does, so that it ends what it has started."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def have_kernel_end(pipe: int, group: int) -> None:
    """Have the kernel, where it can, kill a group that has this end of a pipe once the other end is closed."""
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETOWN, -group)
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def _end_group(pipe: int) -> None:
    wait([pipe])
    os.killpg(0, signal.SIGKILL)
