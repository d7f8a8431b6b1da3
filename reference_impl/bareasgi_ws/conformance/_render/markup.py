"""HTML, in which text can be no markup."""

import html

from .outcomes import visible

VOID = ("link", "meta", "wbr")
LINES = ("dd", "div", "dt", "h1", "h2", "h3", "h4", "head", "header", "li", "meta", "p", "section", "style", "tr")


class HTML(str):
    """What is HTML; every other str is text, and escaped where it is put into HTML."""

    __slots__ = ()


def tag(name: str, /, *content: str, **attributes: str | bool) -> HTML:
    """Write an element; ``class_`` is written for ``class``, and an attribute that is True has no value."""
    opening = "".join([name, *(_attribute(key, value) for key, value in attributes.items() if value is not False)])
    inner = "".join(map(escaped, content))
    end = "\n" if name in LINES else ""
    return HTML(f"<{opening}>{end}" if name in VOID else f"<{opening}>{inner}</{name}>{end}")


def escaped(content: str) -> HTML:
    """Return HTML as it is, and text as HTML."""
    return content if isinstance(content, HTML) else HTML(html.escape(visible(content)))


def joined(*content: str) -> HTML:
    """Put pieces one after the other."""
    return HTML("".join(map(escaped, content)))


def _attribute(name: str, value: str | bool) -> str:
    key = name.rstrip("_").replace("_", "-")
    return f" {key}" if value is True else f' {key}="{escaped(str(value))}"'
