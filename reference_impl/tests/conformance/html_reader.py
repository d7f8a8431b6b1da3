"""A page read as a browser would read it that knows no CSS."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"link", "meta", "wbr"}


class Element:
    """An element.

    Attributes:
        name: The name of its tag.
        attributes: Its attributes.
        children: Its elements and texts.
    """

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def all(self, name: str, class_: str = "") -> "list[Element]":
        """Return the elements below this one with the name, and the class where one is asked for."""
        return [one for one in self.walk() if one.name == name and (not class_ or class_ in one.classes)]

    def one(self, name: str, class_: str = "") -> "Element":
        (found,) = self.all(name, class_)
        return found

    def by_id(self, wanted: str) -> "Element":
        (found,) = (one for one in self.walk() if one.attributes.get("id") == wanted)
        return found

    def walk(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()


class Reader(HTMLParser):
    """Builds the elements; a tag that is not closed in its place is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"<{tag}> has an attribute twice"
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_html(page: str) -> Element:
    """Read a page, which must close every element that it opens."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    (document,) = reader.open
    return document
