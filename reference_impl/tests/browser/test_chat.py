"""The chat's page, in Chromium and in Firefox."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bareasgi_ws._command.servers.process import ServerProcess

from ..chat_server import PNG, Member, running_redis, serving_chat, serving_chat_twice, workers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("browser", ["chromium", "firefox-esr"], indirect=True, scope="package"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    with serving_chat(password="secret") as server:
        yield server


def test_signs_in_and_talks(page: Page, server: ServerProcess) -> None:
    room = come_in(page, server, "wrong")
    expect(page.locator("#state")).to_have_text("The password is wrong")
    page.fill("#password", "secret")
    page.press("#password", "Enter")
    wait_until(page, "open")
    bob = Member(server, "Bob", "secret")
    bob.join(room)
    say(page, "Hello <b>Bob</b>")
    assert bob.texts(1) == ["Hello <b>Bob</b>"]
    bob.say("<img src=x onerror=alert(1)>")
    expect_posts(page, "AnnHello <b>Bob</b>", "Bob<img src=x onerror=alert(1)>")
    assert page.locator("#log img").count() == 0


def test_shows_a_picture(page: Page, server: ServerProcess) -> None:
    room = come_in(page, server)
    wait_until(page, "open")
    page.set_input_files("#picture", {"name": "dot.png", "mimeType": "image/png", "buffer": PNG})
    picture = page.locator("#log p.mine:not(.waiting) img")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
    bob = Member(server, "Bob", "secret")
    bob.join(room)
    assert bob.next()["picture"] == PNG


def test_signing_out_shows_the_form(page: Page, server: ServerProcess) -> None:
    come_in(page, server)
    wait_until(page, "open")
    page.click("#leave")
    wait_until(page, "out")
    expect(page.locator("#sign-in")).to_be_visible()
    assert page.evaluate("fetch('/name').then((answer) => answer.status)") == 401


def test_comes_again_by_itself_and_misses_nothing(page: Page) -> None:
    """The worker of the page is killed; it finds another, and says what it could not say meanwhile."""
    with running_redis() as (url, _), serving_chat_twice(redis=url, secret="x") as server:
        room = come_in(page, server)
        wait_until(page, "open")
        bob = Member(server, "Bob")
        say(page, "before")
        expect_posts(page, "Annbefore")
        for worker in workers(server):
            os.kill(worker, signal.SIGKILL)
        wait_until(page, "waiting")
        say(page, "while away")
        wait_until(page, "open")
        expect_posts(page, "Annbefore", "Annwhile away")
        bob.join(room)
        assert bob.texts(2) == ["before", "while away"]
        bob.say("after")
        expect_posts(page, "Annbefore", "Annwhile away", "Bobafter")


def come_in(page: Page, server: ServerProcess, password: str = "secret") -> str:
    """Come into a room of one's own as Ann, and return its name."""
    room = os.urandom(8).hex()
    page.goto(f"http://{server.address}/")
    page.fill("#room", room)
    page.fill("#name", "Ann")
    page.fill("#password", password)
    page.press("#password", "Enter")
    return room


def wait_until(page: Page, state: str) -> None:
    page.locator(f"#state[data-state={state}]").wait_for()


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def expect_posts(page: Page, *texts: str) -> None:
    expect(page.locator("#log p:not(.waiting)")).to_have_text([*texts])
