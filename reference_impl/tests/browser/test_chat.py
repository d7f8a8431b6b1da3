"""The chat's page, in Chromium and in Firefox."""

import json
import os
import signal
from base64 import b64encode
from collections.abc import Iterator

import pytest

from bareasgi_ws._command.servers.process import ServerProcess

from ..chat_server import PNG, Member, free_port, running_redis, serving_chat, serving_chat_twice, workers
from .browsers import FIREFOX, FirefoxPage, Page, running

pytestmark = pytest.mark.slow

TEXTS = "[...document.querySelectorAll('#log p:not(.waiting)')].map((entry) => entry.textContent)"
SHOW_PICTURE = """
(() => {
  const bytes = Uint8Array.from(atob(%s), (character) => character.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], "dot.png", { type: "image/png" }));
  const input = document.querySelector("#picture");
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
})()
"""


@pytest.fixture(scope="module")
def firefox() -> Iterator[Page]:
    with running("firefox-esr", FIREFOX, "/session") as browser:
        page = FirefoxPage(browser)
        yield page
        assert page.errors() == []


@pytest.fixture(params=["chromium_page", "firefox"], ids=["chromium", "firefox"])
def page(request: pytest.FixtureRequest) -> Page:
    page: Page = request.getfixturevalue(request.param)
    return page


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    with serving_chat(password="secret") as server:
        yield server


def test_signs_in_and_talks(page: Page, server: ServerProcess) -> None:
    room = fresh_room()
    come_in(page, server, "Ann", "wrong", room)
    page.wait_for("state.textContent === 'The password is wrong'")
    page.evaluate("document.querySelector('#password').value = ''")
    page.click("#password")
    page.write("secret")
    page.press("Enter")
    page.wait_for("state.dataset.state === 'open'")
    bob = Member(server, "Bob", "secret")
    bob.join(room)
    say(page, "Hello <b>Bob</b>")
    assert bob.texts(1) == ["Hello <b>Bob</b>"]
    bob.say("<img src=x onerror=alert(1)>")
    page.wait_for("log.querySelectorAll('p.theirs').length === 1")
    assert page.evaluate(TEXTS) == ["AnnHello <b>Bob</b>", "Bob<img src=x onerror=alert(1)>"]
    assert page.evaluate("log.querySelectorAll('img').length") == 0


def test_shows_a_picture(page: Page, server: ServerProcess) -> None:
    room = fresh_room()
    come_in(page, server, "Ann", "secret", room)
    page.wait_for("state.dataset.state === 'open'")
    page.evaluate(SHOW_PICTURE % json.dumps(b64encode(PNG).decode()))
    page.wait_for("log.querySelector('p.mine:not(.waiting) img')")
    assert page.evaluate("log.querySelector('img').decode().then(() => log.querySelector('img').naturalWidth)") == 1
    bob = Member(server, "Bob", "secret")
    bob.join(room)
    assert bob.next()["picture"] == PNG


def test_signing_out_shows_the_form(page: Page, server: ServerProcess) -> None:
    come_in(page, server, "Ann", "secret", fresh_room())
    page.wait_for("state.dataset.state === 'open'")
    page.click("#leave")
    page.wait_for("state.dataset.state === 'out'")
    assert page.evaluate("fetch('/name').then((answer) => answer.status)") == 401


def test_comes_again_by_itself_and_misses_nothing(page: Page) -> None:
    """The worker of the page is killed; it finds another, and says what it could not say meanwhile."""
    room = fresh_room()
    with running_redis() as (url, _), serving_chat_twice(redis=url, secret="x") as server:
        come_in(page, server, "Ann", "", room)
        page.wait_for("state.dataset.state === 'open'")
        bob = Member(server, "Bob")
        say(page, "before")
        page.wait_for("log.querySelectorAll('p.mine:not(.waiting)').length === 1")
        for worker in workers(server):
            os.kill(worker, signal.SIGKILL)
        page.wait_for("state.dataset.state === 'waiting'")
        say(page, "while away")
        page.wait_for("state.dataset.state === 'open'")
        page.wait_for("log.querySelectorAll('p.mine:not(.waiting)').length === 2")
        bob.join(room)
        assert bob.texts(2) == ["before", "while away"]
        bob.say("after")
        page.wait_for("log.querySelectorAll('p.theirs').length === 1")
        assert page.evaluate(TEXTS) == ["Annbefore", "Annwhile away", "Bobafter"]


def come_in(page: Page, server: ServerProcess, name: str, password: str, room: str) -> None:
    page.open(f"http://{server.address}/")
    page.wait_for("document.querySelector('#leave')")
    page.evaluate(f"document.querySelector('#room').value = {json.dumps(room)}")
    page.click("#name")
    page.write(name)
    page.click("#password")
    page.write(password)
    page.press("Enter")


def say(page: Page, text: str) -> None:
    page.click("#text")
    page.write(text)
    page.press("Enter")


def fresh_room() -> str:
    return f"room-{free_port()}-{os.urandom(4).hex()}"
