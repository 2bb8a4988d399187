"""Which first lines of divisions are headings: decided for a whole series, since one line alone does not tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sco_docs.chinese.texts import slice_text, strip_text
from sco_docs.structure.nodes import Node
from sco_docs.structure.shapes import looks_like_heading

_MOST, _HALF = 0.6, 0.5
_BRACKETED = re.compile(r"\s*[【〔［\[][^】〕］\]]{1,40}[】〕］\]]")
_IN_PARENTHESES = re.compile(r"\s*[（(][^（()）]{1,40}[)）]")


def set_headings(root: Node) -> None:
    """Move the heading of every division below ``root`` from its paragraphs to ``heading``."""
    articles: dict[str, list[Node]] = defaultdict(list)
    for node in _below(root):
        if node.kind == "article":
            articles[node.series].append(node)
        elif node.kind in ("container", "annex"):
            _head_container(node)
        items: dict[str, list[Node]] = defaultdict(list)
        for child in node.children:
            if child.kind not in ("container", "annex", "article"):
                items[child.series].append(child)
        for siblings in items.values():
            _head_items(siblings)
    tops: dict[str, list[Node]] = defaultdict(list)
    for child in root.children:
        if child.kind not in ("container", "annex", "article"):
            tops[child.series].append(child)
    for siblings in tops.values():
        _head_items(siblings)
    for series in articles.values():
        _head_articles(series)


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _has_more(node: Node) -> bool:
    return len(node.paragraphs) > 1 or bool(node.children)


def _take(node: Node, end: int | None = None) -> None:
    first = node.paragraphs.pop(0)
    strong = node.strong.pop(0)
    node.heading = strip_text(slice_text(first, 0, end))
    if end is not None and (rest := strip_text(slice_text(first, end))).text:
        node.paragraphs.insert(0, rest)
        node.strong.insert(0, strong)
    node.rest = False


def _head_container(node: Node) -> None:
    if node.paragraphs and (node.rest or (looks_like_heading(node.paragraphs[0].text) and _has_more(node))):
        _take(node)


def _head_items(siblings: list[Node]) -> None:
    fitting = [n for n in siblings if n.rest and _has_more(n) and looks_like_heading(n.paragraphs[0].text)]
    if len(fitting) > _MOST * len(siblings):
        for node in fitting:
            _take(node)


def _head_articles(series: list[Node]) -> None:
    with_rest = [n for n in series if n.rest and _has_more(n)]
    on_line = [n for n in with_rest if looks_like_heading(n.paragraphs[0].text)]
    if on_line and len(on_line) >= _HALF * len(with_rest):
        for node in on_line:
            _take(node)
    alone = [n for n in series if not n.rest and n.heading is None and n.paragraphs]
    below = [n for n in alone if _has_more(n) and looks_like_heading(n.paragraphs[0].text)]
    if len(below) >= _MOST * max(len(alone), 1):
        for node in below:
            _take(node)
    else:
        for node in below:
            if node.strong[0]:
                _take(node)
    _head_brackets(series)


def _head_brackets(series: list[Node]) -> None:
    """``第一條【目的】本法…``: square brackets hold a heading, round ones where most articles have them."""
    open_ones = [n for n in series if n.rest and n.heading is None]
    for node in open_ones:
        match = _BRACKETED.match(node.paragraphs[0].text)
        if match and (match.end() < len(node.paragraphs[0].text) or _has_more(node)):
            _take(node, match.end())
    rounds = [
        (n, m) for n in open_ones
        if n.heading is None and (m := _IN_PARENTHESES.match(n.paragraphs[0].text))
        and (m.end() < len(n.paragraphs[0].text) or _has_more(n))
    ]
    if len(rounds) >= _MOST * len(series):
        for node, match in rounds:
            _take(node, match.end())
