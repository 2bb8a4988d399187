"""Build XML piece by piece: only what XML allows gets in, the same input gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, production 2) does not allow as a character."""

Attributes = Mapping[str, str | None]


def legal(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 forbids (``check`` reports each of them)."""
    return FORBIDDEN.sub("", text)


class Markup:
    """An element tree in the making; ``namespace`` is that of every element, ``""`` for none.

    Attributes that are ``None`` are left out; ``xml:id`` and ``xml:lang`` are written with that prefix.
    """

    def __init__(self, namespace: str = "") -> None:
        self._builder = etree.TreeBuilder()
        self._prefix = f"{{{namespace}}}" if namespace else ""
        self._nsmap = {None: namespace} if namespace else None

    def start(self, tag: str, attributes: Attributes | None = None) -> None:
        """Open an element."""
        given: dict[str | bytes, str | bytes] = {
            f"{{{XML}}}{name[4:]}" if name.startswith("xml:") else name: legal(value)
            for name, value in (attributes or {}).items()
            if value is not None
        }
        self._builder.start(self._prefix + tag, given, self._nsmap)  # type: ignore[call-arg]  # the stubs lack it

    def end(self, tag: str) -> None:
        """Close the element that is open."""
        self._builder.end(self._prefix + tag)

    def text(self, text: str) -> None:
        """Add text to the element that is open."""
        self._builder.data(legal(text))

    @contextmanager
    def element(self, tag: str, attributes: Attributes | None = None) -> Iterator[None]:
        """Hold an element open for the length of a ``with`` block."""
        self.start(tag, attributes)
        yield
        self.end(tag)

    def leaf(self, tag: str, text: str = "", attributes: Attributes | None = None) -> None:
        """Add an element that holds text only."""
        self.start(tag, attributes)
        if text:
            self.text(text)
        self.end(tag)

    def close(self) -> etree._Element:
        """Return the root element; everything must be closed."""
        return self._builder.close()


def indent(element: etree._Element, containers: frozenset[str], level: int = 0) -> None:
    """Put each child of the elements named in ``containers`` on a line of its own; other text stays as it is."""
    children = list(element)
    if not children or etree.QName(element).localname not in containers:
        return
    element.text = "\n" + " " * (level + 1)
    for child in children:
        indent(child, containers, level + 1)
        child.tail = "\n" + " " * (level + 1)
    children[-1].tail = "\n" + " " * level


def serialise(root: etree._Element, instructions: tuple[str, ...] = ()) -> bytes:
    """Return the document as UTF-8 with one namespace declaration at the root and a line feed at the end."""
    head = ['<?xml version="1.0" encoding="UTF-8"?>', *instructions]
    return ("\n".join(head) + "\n").encode() + etree.tostring(root, encoding="utf-8") + b"\n"
