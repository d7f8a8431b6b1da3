"""The page is a session in an empty folder with the wheel alone, a server in another terminal, and a workflow."""

import json
import os
import re
import socket
from pathlib import Path

import pytest
import yaml

from bareasgi_ws._command.servers.process import serving
from bareasgi_ws.conformance import Outcome, Report
from tools.server_suite import ALL

from .pages import ROOT, SESSIONS, all_blocks
from .sessions import Environment, Quoted, agrees, quotations, run_job, save, shell

[PAGE] = [page for page in SESSIONS if page.stem == "testing-a-server"]
WORKFLOW = ROOT / "examples" / "testing_a_server" / "workflow.yml"
SERVE = "myserver bareasgi_ws.conformance.application:application --port 8000"
ADDRESS = "127.0.0.1:8000"
FAILS = "does not conform"

ENTRY_POINT = "[console_scripts]\nmyserver = myserver:main\n"
METADATA = "Metadata-Version: 2.1\nName: myserver\nVersion: {}\n"

pytestmark = pytest.mark.slow


def session() -> list[Quoted]:
    return [quoted for block in all_blocks(PAGE) if block.language == "console" for quoted in quotations(block.code)]


@pytest.fixture
def project(environment: Environment, tmp_path: Path) -> Path:
    """A folder in whose environment the server of the page is installed."""
    done = shell("python -m pip install uvicorn wsproto", environment, tmp_path)
    assert done.returncode == 0, done.stdout
    folder = Path(environment["PATH"].partition(os.pathsep)[0])
    program = folder / "myserver"
    program.write_text(f"#!{folder / 'python'}\n{Path(__file__).with_name('myserver.py').read_text('utf-8')}", "utf-8")
    program.chmod(0o755)
    (site,) = folder.parent.glob("lib/python*/site-packages")
    save(site / "myserver-1.2.0.dist-info", "METADATA", METADATA.format("1.2.0"))
    save(site / "myserver-1.2.0.dist-info", "entry_points.txt", ENTRY_POINT)
    for block in all_blocks(PAGE):
        if block.title:
            save(tmp_path, block.title, block.code)
    return tmp_path


def test_the_page_from_its_beginning_to_its_end(environment: Environment, project: Path) -> None:
    """Each command ends well or with a verdict, and prints what the page says; the servers have free ports."""
    commands = [quoted for quoted in session() if quoted.command != ALL]
    served = [quoted.command for quoted in commands].index(SERVE)
    for quoted in commands[:served]:
        follow(quoted, environment, project)
    program = str(Path(environment["PATH"].partition(os.pathsep)[0], "myserver"))
    with serving([program, *SERVE.split()[1:-1], "0"], project) as server:
        follow(commands[served + 1], environment, project, server.address)
    compares = next(number for number, one in enumerate(commands) if one.command.startswith("bareasgi-ws matrix"))
    for quoted in commands[served + 2 : compares]:
        follow(quoted, environment, project)
    save_last(run_workflow(environment, project), project)
    for quoted in commands[compares:]:
        follow(quoted, environment, project)


def test_the_workflow_is_a_file_of_the_examples() -> None:
    [block] = [block for block in all_blocks(PAGE) if block.language == "yaml"]
    assert block.code == WORKFLOW.read_text("utf-8")


def test_all_servers_are_asked_by_the_pages_command() -> None:
    """What it prints and writes is compared in the tests of the suite."""
    assert ALL in [quoted.command for quoted in session()]


def test_no_part_of_a_run_conforms() -> None:
    partial = [one for one in session() if re.search(r"--(select|level)\b", one.command)]
    assert partial
    assert [one for one in partial if "conforms" in "".join(one.output)] == []


def run_workflow(environment: Environment, project: Path) -> Report:
    """Run the workflow with what the page's commands have written, and give its report."""
    (job,) = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"].values()
    [install] = [step for step in job["steps"] if "pip install" in step.get("run", "")]
    # The server itself is there.
    install["run"] = install["run"].replace("install . ", "install ")
    assert run_job(job, environment, project) == {}
    assert "- WS-SERVER-05 (MUST) fail -> deviates: " in (project / "summary").read_text("utf-8")
    report = Report.from_json(json.loads((project / "report.json").read_text("utf-8")))
    assert (report.conforms, report.counts[Outcome.DEVIATES], report.counts[Outcome.BLOCKED]) == (True, 5, 0)
    return report


def save_last(report: Report, project: Path) -> None:
    """Save what an earlier version of the server would have come to."""
    results = [
        one._replace(outcome=Outcome.FAIL) if one.requirement.id == "WS-SERVER-06" else one for one in report.results
    ]
    last = report._replace(
        versions={**report.versions, "myserver": "1.1.0"}, date="2026-01-02T00:00:00+00:00", results=tuple(results)
    )
    save(project, "last.json", json.dumps(last.as_json()))


def follow(quoted: Quoted, environment: Environment, folder: Path, address: str = ADDRESS) -> None:
    done = shell(quoted.command.replace(ADDRESS, address), environment, folder)
    printed = done.stdout.replace(address, ADDRESS).splitlines()
    assert done.returncode == 0 or FAILS in done.stdout, done.stdout
    assert agrees(quoted.output, printed), f"{quoted.command}: expected {quoted.output}, got:\n{done.stdout}"
    if quoted.command.endswith("> repro.py"):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        program = (folder / "repro.py").read_text("utf-8")
        save(folder, "repro.py", program.replace("8765", str(port)))
