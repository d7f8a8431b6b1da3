"""An example as a process, and what it logs."""

import re
import subprocess
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO

EXAMPLES = Path(__file__).parents[3] / "examples"
DEADLINE = 20.0


class Served:
    """An example that runs as a process of its own, on a free port."""

    def __init__(self, process: "subprocess.Popen[str]", log: IO[str]) -> None:
        self._process = process
        self._log: list[str] = []
        self._addresses: Queue[str] = Queue()
        self._reader = Thread(target=self._read, args=(log,), daemon=True)
        self._reader.start()
        self.address = self._addresses.get(timeout=DEADLINE)
        assert self.address, f"the example ended before it served:\n{''.join(self._log)}"

    def stop(self) -> str:
        """End the server, which waits for its handlers, and give all that it logged."""
        self._process.terminate()
        self._process.wait(DEADLINE)
        self._reader.join(DEADLINE)
        return "".join(self._log)

    def _read(self, log: IO[str]) -> None:
        for line in log:
            self._log.append(line)
            if running := re.search(r"running on http://(\S+)", line):
                self._addresses.put(running[1])
        self._addresses.put("")
