"""Saying something, and being answered."""

import pytest

from .echo_page import EchoPage

pytestmark = pytest.mark.slow

IMAGE = "<img src=x onerror=alert(1)>"


def test_a_message_sent_with_enter_is_answered(echo: EchoPage) -> None:
    echo.page.write("Hello")
    echo.page.press("Enter")
    assert echo.wait_for_entries(3) == [
        ("event", "Connected"),
        ("sent", "You: Hello"),
        ("received", "Server: You said: Hello"),
    ]


def test_a_message_sent_with_the_button_is_answered(echo: EchoPage) -> None:
    echo.page.write("Hello")
    echo.page.click("#send")
    assert echo.wait_for_entries(3)[-1] == ("received", "Server: You said: Hello")


def test_the_next_message_can_be_written_at_once(echo: EchoPage) -> None:
    echo.send("first")
    assert (echo.written, echo.focus) == ("", "message")
    echo.send("second")
    kinds_and_texts = echo.wait_for_entries(5)
    assert [text for kind, text in kinds_and_texts if kind == "received"] == [
        "Server: You said: first",
        "Server: You said: second",
    ]


def test_html_is_shown_as_text(echo: EchoPage) -> None:
    echo.send(IMAGE)
    assert echo.wait_for_entries(3)[1:] == [("sent", f"You: {IMAGE}"), ("received", f"Server: You said: {IMAGE}")]
    assert echo.page.evaluate("document.querySelectorAll('img').length") == 0
    assert echo.page.errors() == []  # no dialog either


def test_an_empty_message_is_shown_as_one(echo: EchoPage) -> None:
    echo.send("")
    assert echo.wait_for_entries(3)[1:] == [("sent", "You: (empty message)"), ("received", "Server: You said: ")]


def test_every_script_survives(echo: EchoPage) -> None:
    echo.send("日本語 😀 שלום")
    assert echo.wait_for_entries(3)[-1] == ("received", "Server: You said: 日本語 😀 שלום")
