"""``bareasgi-ws conformance --url https://...`` asks a server by TLS, and says what to do where it cannot."""

import sys
from collections.abc import Generator
from pathlib import Path

import pytest
import trustme

from bareasgi_ws._command.servers.process import serving

from .running import Command

pytestmark = pytest.mark.slow

EXAMINED = "bareasgi_ws.conformance.application:application"
SOME = ("--select", "WS-SERVER-11", "--select", "WS-SERVER-18", "--select", "WS-SERVER-37")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the certificates are: the server's, the one that it is trusted by, and another."""
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    trustme.CA().cert_pem.write_to_path(folder / "another.pem")
    (folder / "empty.pem").write_text("no certificate")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Generator[str]:
    """The address of a server that speaks TLS."""
    tls = ["--ssl-certfile", "server.pem"]
    command = [sys.executable, "-m", "uvicorn", "--port", "0", "--lifespan", "off", *tls, EXAMINED]
    with serving(command, folder) as server:
        yield server.address


def test_a_server_is_asked_by_tls(command: Command, folder: Path, address: str) -> None:
    url = f"https://{address}"
    done = command("conformance", "--url", url, "--ca-file", "ca.pem", *SOME, "--json", "-", cwd=folder)
    assert (done.status, done.err) == (0, "")
    assert [result["outcome"] for result in done.report["results"]] == ["pass"] * 3


@pytest.mark.parametrize("options", [[], ["--ca-file", "another.pem"]], ids=["none", "another"])
def test_a_certificate_that_is_not_trusted_is_told(
    options: list[str], command: Command, folder: Path, address: str
) -> None:
    done = command("conformance", "--url", f"https://{address}", *options, cwd=folder)
    assert (done.status, done.out) == (2, "")
    assert "got a certificate that is not trusted: unable to get local issuer certificate (--ca-file FILE" in done.err


def test_no_tls_to_a_server_that_speaks_it_is_told(command: Command, folder: Path, address: str) -> None:
    done = command("conformance", "--url", f"http://{address}", cwd=folder)
    assert (done.status, done.out) == (2, "")
    assert "(where it speaks TLS, its URL begins with https://)" in done.err


def test_tls_to_a_server_that_speaks_none_is_told(command: Command, folder: Path) -> None:
    with serving([sys.executable, "-m", "uvicorn", "--port", "0", "--lifespan", "off", EXAMINED], folder) as server:
        done = command("conformance", "--url", f"https://{server.address}", cwd=folder)
    assert (done.status, done.out) == (2, "")
    assert "(where it does not speak TLS, its URL begins with http://)" in done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--url", "http://127.0.0.1:1", "--ca-file", "ca.pem"], "--ca-file is for a --url that begins with https://"),
        (["--server", "granian", "--ca-file", "ca.pem"], "--ca-file is for --url."),
        (["--url", "https://127.0.0.1:1", "--ca-file", "none.pem"], "cannot read none.pem: No such file or directory."),
        (["--url", "https://127.0.0.1:1", "--ca-file", "empty.pem"], "expected empty.pem to be a certificate as PEM."),
    ],
)
def test_what_is_no_such_file_is_told(arguments: list[str], sentence: str, command: Command, folder: Path) -> None:
    done = command("conformance", *arguments, cwd=folder)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
