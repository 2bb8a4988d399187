"""The tree of divisions of a legal text, read from the sequence of its markers.

No order among styles is given beforehand. A style that opens inside another goes deeper, one that continues a series
returns to it. Only the three classes of ``data/markers.tsv`` matter: a container never stands in an item, and an
annex in nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sco_docs.chinese.texts import join_texts, place_at, slice_text, strip_text
from sco_docs.model import Block, Division, Problem, Text
from sco_docs.structure.chains import follows
from sco_docs.structure.cuts import cut_at_lines, running_list
from sco_docs.structure.headings import set_headings
from sco_docs.structure.markers import Marker
from sco_docs.structure.nodes import Node
from sco_docs.structure.openings import Openings, find_openings

_ABOVE_ITEMS = ("container", "annex", "article")
_WIDEST_GAP = 3


def find_divisions(blocks: Sequence[Block]) -> tuple[tuple[Text, ...], tuple[Division, ...], tuple[Problem, ...]]:
    """Return the text before the first division, the divisions, and what is odd about their numbers.

    Each block is a paragraph. Nothing is dropped: a paragraph without a marker belongs to the division before it.
    Gaps, repeats and steps back in a series are kept as printed and reported.
    """
    walk = _Walk(blocks)
    for index in range(len(walk.blocks)):
        walk.take(index)
    set_headings(walk.root)
    ids: set[str] = set()
    body = tuple(_freeze(child, "", ids) for child in walk.root.children)
    return tuple(walk.root.paragraphs), body, tuple(walk.problems)


def _freeze(node: Node, parent: str, ids: set[str]) -> Division:
    own = "-".join(map(str, node.path)) if node.kind == "article" else str(node.number)
    name = first = f"{parent}.{own}" if parent else own
    times = 1
    while name in ids:
        times += 1
        name = f"{first}_{times}"
    ids.add(name)
    children = tuple(_freeze(child, name, ids) for child in node.children)
    return Division(name, node.label, node.number or None, node.heading, tuple(node.paragraphs), children, node.kind)


def _is_sure(marker: Marker) -> bool:
    """Whether a marker alone can open an item: a bare number cannot, nor a capital that may begin a name (J. Smith)."""
    return marker.kind == "item" and not (marker.series.endswith("/capital") and marker.series.startswith("點號"))


class _Walk:
    """The state of one walk over the blocks: the open divisions and the last number of every series."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks, self.goes_on = cut_at_lines(blocks)
        self.openings: Openings = find_openings(self.blocks, self.goes_on)
        self.root = Node.root()
        self.stack = [self.root]
        self.last: dict[str, tuple[int, ...]] = {}
        self.problems: list[Problem] = []

    def take(self, index: int) -> None:
        """Open the division that begins at block ``index``, or add the block to the open one."""
        text = self.blocks[index].text
        marker = self.openings.fixed.get(index)
        if marker is not None:
            self._open_upper(index, marker)
            return
        item = self._choose_item(index) if index >= self.openings.preamble_end else None
        if item is None:
            self._add(text, self.openings.strong[index], self.goes_on[index])
        else:
            self._open_item(index, item)

    def _add(self, text: Text, strong: bool, goes_on: bool) -> None:
        top = self.stack[-1]
        if goes_on and top.paragraphs and not top.children:
            top.paragraphs[-1] = join_texts((top.paragraphs[-1], text))
            return
        top.paragraphs.append(text)
        top.strong.append(strong)

    def _push(self, index: int, marker: Marker, text: Text) -> None:
        label = strip_text(slice_text(text, 0, marker.end))
        rest = strip_text(slice_text(text, marker.end))
        kind = marker.kind if marker.kind in ("container", "annex", "article") else "item"
        node = Node(marker.series, kind, marker.number, marker.path, label)
        if rest.text:
            node.rest = True
            node.paragraphs.append(rest)
            node.strong.append(self.openings.strong[index])
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def _open_at(self, series: str) -> int | None:
        """Return the depth of the deepest open division of a series, or ``None``."""
        return next((d for d in range(len(self.stack) - 1, 0, -1) if self.stack[d].series == series), None)

    def _open_upper(self, index: int, marker: Marker) -> None:
        depth = self._open_at(marker.series)
        last = self.last.get(marker.series)
        if depth is not None:
            del self.stack[depth:]
        elif marker.kind == "annex":
            del self.stack[1:]
        else:
            self._close_for(index, marker)
        if last is None:
            if marker.number > 1:
                self._report("series-start", index, marker, "the series does not begin with 1")
        elif not follows(last, marker.path) and (marker.number > 1 or marker.path == last) and marker.number:
            self._report_order(index, marker, last)
        if last is None or marker.number == 1 or marker.path > last:
            self.last[marker.series] = marker.path
        self._push(index, marker, self.blocks[index].text)

    def _close_for(self, index: int, marker: Marker) -> None:
        """Close what cannot hold ``marker``: items for every upper class, articles for a container that holds some."""
        keep = len(self.stack)
        while keep > 1 and self.stack[keep - 1].kind not in _ABOVE_ITEMS:
            keep -= 1
        if marker.kind == "article" and keep < len(self.stack) and self.openings.holds_articles(index, self.stack):
            keep = len(self.stack)
        article = next((d for d in range(1, keep) if self.stack[d].kind == "article"), None)
        if article is not None and (marker.kind == "article" or self.openings.article_before_next(index)):
            keep = article
        del self.stack[keep:]

    def _choose_item(self, index: int) -> Marker | None:
        markers = self.openings.items.get(index, ())
        next_one: list[tuple[int, Marker]] = []
        first: list[Marker] = []
        odd: list[Marker] = []
        for marker in markers:
            depth = self._open_at(marker.series)
            if depth is None:
                if self._may_open(index, marker):
                    first.append(marker)
                continue
            last = self.stack[depth].path
            if marker.path[-1] == last[-1] + 1:
                next_one.append((depth, marker))
            elif marker.number == 1:
                first.append(marker)
            elif last[-1] <= marker.number <= last[-1] + _WIDEST_GAP and _is_sure(marker):
                odd.append(marker)
        ahead = self.openings.continues
        if next_one:
            depth, marker = max(next_one, key=lambda pair: pair[0])
            rival = next((m for m in first if ahead(index, m)), None)
            return rival if rival and not ahead(index, marker) else marker
        if first:
            return next((m for m in first if ahead(index, m)), first[0])
        return odd[0] if odd else None

    def _may_open(self, index: int, marker: Marker) -> bool:
        if marker.number == 1 and _is_sure(marker) and self._has_stem(marker):
            return True
        if (marker.number == 1 or _is_sure(marker)) and self.openings.continues(index, marker):
            return True
        before = self.stack[-1].paragraphs
        return _is_sure(marker) and bool(before) and bool(running_list(before[-1], marker))

    def _has_stem(self, marker: Marker) -> bool:
        """Whether a decimal number goes on from an open division: 2.1 stands in 2; else 1.1 may be any quantity."""
        stems = [node for node in self.stack[1:] if node.kind != "article"]
        return len(marker.path) == 1 or any(node.path[-1] == marker.path[-2] for node in stems)

    def _open_item(self, index: int, marker: Marker) -> None:
        depth = self._open_at(marker.series)
        if depth is not None:
            last = self.stack[depth].path
            if marker.path[-1] not in (1, last[-1] + 1) or (marker.path == last and not self._text_between(depth)):
                self._report_order(index, marker, last)
            del self.stack[depth:]
        elif marker.number > 1 and not self._open_running_list(index, marker):
            self._report("series-start", index, marker, "the series does not begin with 1")
        self._push(index, marker, self.blocks[index].text)

    def _open_running_list(self, index: int, marker: Marker) -> bool:
        """Open the items before ``marker`` that stand in the running text of the last paragraph."""
        top = self.stack[-1]
        items = running_list(top.paragraphs[-1], marker) if top.paragraphs else []
        if not items:
            return False
        depth = len(self.stack)
        top.paragraphs[-1] = strip_text(items[0][0])
        for text, found in items[1:]:
            del self.stack[depth:]
            self._push(index, found, text)
        del self.stack[depth:]
        return True

    def _text_between(self, depth: int) -> bool:
        node = self.stack[depth]
        return len(node.paragraphs) > node.rest

    def _report_order(self, index: int, marker: Marker, last: tuple[int, ...]) -> None:
        before = "-".join(map(str, last))
        if marker.path == last:
            self._report("number-repeated", index, marker, f"number {before} stands twice in a row")
        elif marker.path > last:
            self._report("number-missing", index, marker, f"something is missing after number {before}")
        else:
            self._report("number-out-of-order", index, marker, f"it follows number {before}")

    def _report(self, code: str, index: int, marker: Marker, what: str) -> None:
        text = self.blocks[index].text
        label = text.text[: marker.end].strip()
        self.problems.append(Problem(
            code, "warning", f"{label}: {what}.", place_at(text, 0), text.text[:40],
            "Compare with the source; the number is kept as printed.",
        ))
