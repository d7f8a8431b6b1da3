"""python run.py [NAME...] [--python PATH]: hold each fault to the whole kit, and tell which requirement catches it.

A NAME may be the beginning of names with a '*'. Without --python the children run in this interpreter's environment.
"""

import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


def everything() -> dict:
    import faults
    import wire_faults

    return {**faults.CONTROLS, **wire_faults.CONTROLS, **faults.FAULTS, **wire_faults.FAULTS}


def says() -> dict:
    import faults
    import wire_faults

    return {**faults.SAYS, **wire_faults.SAYS}


def one(name: str, deadline: float, library: str) -> None:
    """The child: print what became of one fault, as JSON."""
    import logging

    import anyio
    from bareasgi_ws.conformance import run

    logging.disable(logging.NOTSET)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
    logging.lastResort = None
    report = anyio.run(partial(run, everything()[name], deadline=deadline), backend=library)
    found: dict = {}
    for result in report.results:
        found.setdefault(str(result.outcome.value), []).append(result.requirement.id)
    print("RESULT" + json.dumps([found, report.conforms]))


async def echo_is_served(backend: object) -> str:
    """Return what is wrong with a simple echo; empty where nothing is."""
    import anyio

    async def handler(scope: object, info: object, matches: object, web_socket: object) -> None:
        await web_socket.accept()
        while (content := await web_socket.receive()) is not None:
            await web_socket.send(content)
        await web_socket.close()

    with anyio.fail_after(5):
        async with backend.connect(handler) as client:
            if (status := (await client.handshake()).status) != 101:
                return f"HTTP {status}"
            for message in ("a", b"b"):
                await client.send(message)
                if (echo := await client.receive()) != message:
                    return f"{message!r} came back as {echo!r}"
            await client.close()
    return ""


def smoke(names: list[str]) -> int:
    import anyio

    wrong = 0
    for name in names:
        try:
            trouble = anyio.run(echo_is_served, everything()[name])
        except BaseException as error:
            trouble = repr(error)
        if trouble:
            wrong += 1
            print(f"{name}: {trouble}")
    print(f"smoke: {len(names)} faults, {wrong} do not serve a simple echo")
    return wrong


def held(name: str, python: str, deadline: float, library: str, patience: float) -> tuple[str, str]:
    if "wire" in name:  # WS-SERVER-34 waits 1 s, and so does a client's step at 0.5
        deadline = max(deadline, 1.0)
    command = [python, __file__, "--one", name, "--deadline", str(deadline), "--library", library]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return name, f"HANGS the kit (no end within {patience:.0f} s)"
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    if not lines:
        return name, f"ENDS the kit (exit {done.returncode}): {(done.stderr.strip().splitlines() or [''])[-1][:150]}"
    found, conforms = json.loads(lines[-1][6:])
    fails, blocked = found.get("fail", []), found.get("blocked", [])
    if not conforms or fails:
        listed = ", ".join(fails[:4]) + (", ..." if len(fails) > 4 else "")
        return name, f"caught by {listed} ({len(fails)} fail, {len(blocked)} blocked)"
    strict = found.get("non-strict", [])
    return name, "PASSES" + (f" (non-strict: {', '.join(strict)})" if strict else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--deadline", type=float, default=0.5)
    parser.add_argument("--library", default="asyncio")
    parser.add_argument("--patience", type=float, default=120)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--one")
    parser.add_argument("--smoke", action="store_true", help="only see that each serves a simple echo")
    parser.add_argument("--list", action="store_true", help="only say what each fault is")
    parser.add_argument("--passing", action="store_true", help="print at the end what those that pass get wrong")
    given = parser.parse_args()
    if given.one:
        one(given.one, given.deadline, given.library)
        return 0
    known = list(everything())
    names = [n for n in known if not given.names or any(n == g or (g.endswith("*") and n.startswith(g[:-1])) for g in given.names)]
    unknown = [g for g in given.names if not g.endswith("*") and g not in known]
    if unknown:
        parser.error(f"no such fault: {', '.join(unknown)}")
    if given.list:
        for name in names:
            print(f"{name}: {says().get(name, 'no fault: must conform')}")
        return 0
    if given.smoke:
        return smoke(names)
    do = partial(held, python=given.python, deadline=given.deadline, library=given.library, patience=given.patience)
    passing = []
    with ThreadPoolExecutor(given.jobs) as pool:
        for name, outcome in pool.map(do, names):
            print(f"{name}: {outcome}", flush=True)
            if outcome.startswith("PASSES") and not name.startswith("control"):
                passing.append(name)
    faults = [name for name in names if not name.startswith("control")]
    print(f"\n{len(passing)} of {len(faults)} faults pass as conforming")
    if given.passing:
        for name in passing:
            print(f"- {name}: {says()[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
