"""Saved web pages: the document is found inside the page and read block by block, its notes below a rule."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree, html

from sco_docs.errors import SourceError
from sco_docs.model import Problem, Source
from sco_docs.readers.flow import MAX_CELLS, SIZE, Cell, Grid, Paragraph, Piece, page_of, span_of
from sco_docs.readers.text import decode

_DROP = frozenset(re.findall(
    r"\w+",
    "script style noscript template nav header footer aside form button select option input textarea iframe svg "
    "canvas video audio object embed map dialog head title meta link rp rt"))
_BLOCKS = frozenset(re.findall(
    r"\w+",
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 "
    "h6 hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"))
_CHROME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|breadcrumb|crumbs?|sidebar|side|footer|header|banner|share|social|related|"
    r"recommend|comments?|advert|ads?|copyright|pagination|pager|toolbar|login|search|skip|cookie|hidden|toc|"
    r"printfooter|catlinks|mw-editsection|noprint)(?:[-_\s]|$)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NOTE_LABEL = re.compile(r"\[?\(?(\d{1,3}|[a-z]|[*†‡①-⑳]|註\d+|注\d+)\)?\]?", re.IGNORECASE)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*none", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HEADING_SIZES = {"h1": 8.0, "h2": 6.0, "h3": 4.0, "h4": 2.0, "h5": 1.0, "h6": 0.0}
MAX_BYTES = 50_000_000
_MAX_CELL, _MAX_ROWS = 600, 8


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    centred: bool = False
    size: float = SIZE
    depth: int = 0


@dataclass(slots=True)
class _Flow:
    """Paragraphs while they are being gathered."""

    calls: set[etree._Element] = field(default_factory=set)
    paragraphs: list[Paragraph | Grid] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    look: _Look = field(default_factory=_Look)
    column: bool = False

    def add(self, text: str, look: _Look) -> None:
        text = _BLANKS.sub(" ", text)
        if not self.pieces or self.column:
            text = text.lstrip(" ")
        if text:
            if not self.pieces:
                self.look = look
            self.pieces.append(Piece(text, look.bold, look.italic, look.superscript, self.column))
            self.column = False

    def end(self) -> None:
        if any(piece.text.strip() for piece in self.pieces):
            last = self.pieces[-1]
            self.pieces[-1] = Piece(last.text.rstrip(" "), last.bold, last.italic, last.superscript, last.column)
            self.paragraphs.append(Paragraph(tuple(self.pieces), self.look.size, self.look.centred, self.look.depth))
        self.pieces, self.column = [], False


def _tag(node: etree._Element) -> str:
    return node.tag.lower() if isinstance(node.tag, str) else ""


def _drop(node: etree._Element) -> None:
    """Take an element out of its tree and leave the text that follows it."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (node.tail or "")
    else:
        parent.text = (parent.text or "") + (node.tail or "")
    parent.remove(node)


def _text(node: etree._Element) -> str:
    return "".join(str(part) for part in node.itertext())


def _text_length(node: etree._Element) -> int:
    return len(re.sub(r"\s+", "", _text(node)))


def _clean(root: etree._Element) -> None:
    """Take out what is not the document: scripts, navigation, hidden parts."""
    whole = _text_length(root) or 1
    for node in list(root.iter()):
        tag = _tag(node)
        if not tag or node.getparent() is None or tag in ("html", "body", "main", "article"):
            continue
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        chrome = tag in _DROP or bool(_HIDDEN.search(node.get("style") or "")) or node.get("hidden") is not None
        if not chrome and _CHROME.search(names):
            chrome = _text_length(node) < 0.3 * whole
        if chrome:
            _drop(node)


def _score(node: etree._Element) -> float:
    """Return how much prose stands directly in the blocks of ``node``; text of links does not count."""
    total = 0.0
    for child in node:
        tag = _tag(child)
        if tag in _BLOCKS or tag == "br":
            links = sum(_text_length(link) for link in child.iter("a"))
            length = max(0, _text_length(child) - 2 * links)
            total += length if tag in ("p", "blockquote", "ol", "ul", "pre", "table") else 0.5 * length
        total += 0.8 * len((child.tail or "").strip())
    return total + 0.8 * len((node.text or "").strip())


def find_document(root: etree._Element) -> etree._Element:
    """Return the element that holds the document: the deepest one that keeps nearly all of the page's prose."""
    body = next(iter(root.iter("body")), root)
    named = list(body.iter("article", "main"))
    best = max(named, key=_text_length, default=body)
    if _text_length(best) < 0.5 * _text_length(body):
        best = body
    while True:
        whole = _score(best)
        children = [child for child in best if _tag(child) in ("div", "section", "article", "main", "td", "center",
                                                               "table", "tbody", "tr")]
        inner = max(children, key=_text_length, default=None)
        if inner is None or _text_length(inner) < 0.85 * _text_length(best) or whole == 0:
            return best
        best = inner


def _is_raised(link: etree._Element) -> bool:
    return any(_tag(node) == "sup" for node in (link, *list(link.iterancestors())[:2], *link))


def _points_back(target: etree._Element, link: etree._Element) -> bool:
    """Return whether a link to ``link`` stands where it points: a note and its marker refer to each other."""
    names = {f"#{link.get(key)}" for key in ("id", "name") if link.get(key)}
    around = [target, *list(target.iterancestors())[:2]]
    return any(other.get("href") in names for node in around[:2] for other in node.iter("a") if other is not link)


def _find_notes(root: etree._Element) -> tuple[dict[etree._Element, str], set[etree._Element]]:
    """Return the elements that hold notes with the label that calls each, and the links that call them."""
    anchors: dict[str, etree._Element] = {}
    for node in root.iter():
        for name in (node.get("name"), node.get("id")):
            if name and _tag(node):
                anchors[name] = node
    notes: dict[etree._Element, str] = {}
    calls: set[etree._Element] = set()
    for link in root.iter("a"):
        target = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
        label = _NOTE_LABEL.fullmatch(_text(link).strip())
        if target not in anchors or label is None:
            continue
        block = next((node for node in (anchors[target], *anchors[target].iterancestors())
                      if _tag(node) in ("li", "p", "div", "td", "dd")), None)
        inside = set(block.iter("a")) if block is not None else set()
        if block is None or link in inside or inside & calls:
            continue
        if not (_is_raised(link) or _points_back(anchors[target], link)):
            continue
        notes.setdefault(block, label[1])
        calls.add(link)
    return notes, calls


def _looks(node: etree._Element, look: _Look) -> _Look:
    tag, style = _tag(node), (node.get("style") or "").lower()
    bold = look.bold or tag in ("b", "strong", "th") or tag in _HEADING_SIZES or bool(
        re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style))
    italic = look.italic or tag in ("i", "em", "cite") or "italic" in style
    raised = look.superscript or tag == "sup" or "vertical-align:super" in style.replace(" ", "")
    centred = look.centred or tag == "center" or (node.get("align") or "").lower() == "center" or (
        "text-align:center" in style.replace(" ", ""))
    size = SIZE + _HEADING_SIZES[tag] if tag in _HEADING_SIZES else look.size
    return _Look(bold, italic, raised, centred, size, look.depth + (tag in ("blockquote", "dd")))


def _list_marker(item: etree._Element, index: int) -> str:
    parent = item.getparent()
    style = f"{item.get('style') or ''};{parent.get('style') or '' if parent is not None else ''}"
    if parent is None or _NO_MARKER.search(style):
        return ""
    if _tag(parent) == "ol":
        kind = item.get("type") or parent.get("type") or "1"
        letter = "abcdefghijklmnopqrstuvwxyz"[(index - 1) % 26]
        return f"{letter if kind == 'a' else letter.upper() if kind == 'A' else index}. "
    return ""


def _numbers(parent: etree._Element) -> dict[etree._Element, int]:
    """Return the items of a list with the number that each counts."""
    start = parent.get("start") or "1"
    index = int(start) if start.lstrip("-").isdigit() else 1
    found = {}
    for child in parent:
        if _tag(child) == "li":
            value = child.get("value") or ""
            found[child] = index = int(value) if value.isdigit() else index
            index += 1
    return found


def _is_data(cell: etree._Element) -> bool:
    """Return whether a cell belongs to a table of data; pages were once laid out with tables as well."""
    row = cell.getparent()
    cells = [] if row is None else [child for child in row if _tag(child) in ("td", "th")]
    return len(cells) > 1 and all(
        _text_length(child) < _MAX_CELL and len(list(child.iter("p", "br"))) < _MAX_ROWS for child in cells)


_RULED = re.compile(r"border[\w-]*\s*:\s*(?!none|0)", re.IGNORECASE)


def _grid(table: etree._Element, flow: _Flow, look: _Look) -> Grid | None:
    """Return a table that is printed with lines between its cells; what is only laid out as one gives ``None``."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    cells = [[cell for cell in row if _tag(cell) in ("td", "th")] for row in rows]
    every = [cell for row in cells for cell in row]
    ruled = (table.get("border") or "0") != "0" or any(
        _tag(cell) == "th" or _RULED.search(cell.get("style") or "") for cell in every) or bool(
        _RULED.search(table.get("style") or ""))
    if not ruled or len(rows) < 2 or not all(_is_data(cell) for cell in every if cell.get("colspan") is None):
        return None
    found: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(cells):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            width = span_of(cell.get("colspan"))
            height = min(span_of(cell.get("rowspan")), len(rows) - number)
            inner = _Flow(flow.calls)
            _walk(cell, inner, look, set(), inline=True)
            inner.end()
            pieces = tuple(piece for part in inner.paragraphs if isinstance(part, Paragraph)
                           for piece in _joined(part).pieces)
            found.append(Cell(pieces, number, column, width, height))
            taken |= {(number + r, column + c) for r in range(height) for c in range(width)}
            column += width
    columns = max(column for _, column in taken) + 1 if taken else 0
    return Grid(tuple(found), len(rows), columns) if columns > 1 and columns * len(rows) <= MAX_CELLS else None


def _walk(node: etree._Element, flow: _Flow, look: _Look, skip: set[etree._Element], inline: bool = False) -> None:
    """Gather the paragraphs of an element; ``inline``: its blocks go on in the open paragraph.

    The parser refuses files nested deeper than 256 elements, so the depth of the recursion is bounded.
    """
    tag = _tag(node)
    if node in skip or not tag or tag in _DROP:
        return
    here = _looks(node, look)
    if node in flow.calls:
        here = replace(here, superscript=True)
    breaks = tag in _BLOCKS and tag not in ("td", "th") and not inline
    grid = _grid(node, flow, here) if tag == "table" and not inline else None
    if grid is not None:
        flow.end()
        for caption in node.iterchildren("caption"):
            _walk(caption, flow, here, skip)
        flow.paragraphs.append(grid)
        return
    if tag in ("td", "th"):
        inline = inline or _is_data(node)
        flow.column = bool(flow.pieces)
    if breaks:
        flow.end()
    if tag == "br" and not inline:
        flow.end()
    elif tag == "br":
        flow.add(" ", here)
    if tag == "pre":
        for row in _text(node).split("\n"):
            flow.add(row, here)
            flow.end()
        return
    numbers = _numbers(node) if tag in ("ol", "ul") else {}
    flow.add(node.text or "", here)
    opening = tag == "li" and not (node.text or "").strip()
    for child in node:
        if child in numbers:
            flow.end()
            flow.add(_list_marker(child, numbers[child]), here)
        _walk(child, flow, here, skip, inline or opening or child in numbers)
        if child in numbers:
            flow.end()
        opening = False
        flow.add(child.tail or "", here)
    if breaks:
        flow.end()


def _note_paragraphs(notes: dict[etree._Element, str]) -> list[Paragraph]:
    """Return the notes as paragraphs that begin with their label, raised; links back to the text are taken out."""
    found: list[Paragraph] = []
    for block, label in notes.items():
        for link in list(block.iter("a")):
            if (link.get("href") or "").startswith("#") and _text_length(link) <= 4:
                _drop(link)
        flow = _Flow()
        _walk(block, flow, _Look(), set(), inline=True)
        flow.end()
        pieces = [piece for paragraph in flow.paragraphs if isinstance(paragraph, Paragraph)
                  for piece in paragraph.pieces if not piece.superscript]
        if pieces:
            first = pieces[0]
            text = re.sub(rf"^[\s\[(^↑]*(?:{re.escape(label)})?[\s.\])]*", "", first.text, count=1)
            marker = Piece(label, superscript=True)
            found.append(Paragraph((marker, Piece(text, first.bold, first.italic), *pieces[1:])))
    return found


def _unbracketed(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph whose raised markers stand without the brackets of the web (``[1]``), kept as printed."""
    pieces = []
    for piece in paragraph.pieces:
        bare = re.fullmatch(r"\s*\[(\S+)\]\s*", piece.text) if piece.superscript else None
        pieces.append(Piece(bare[1], piece.bold, piece.italic, True, piece.column, piece.text, "markup")
                      if bare else piece)
    return Paragraph(tuple(pieces), paragraph.size, paragraph.centred, paragraph.depth)


def _joined(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with neighbouring pieces of one raised marker joined (``[``, ``1``, ``]``)."""
    pieces: list[Piece] = []
    for piece in paragraph.pieces:
        last = pieces[-1] if pieces else None
        if last and last.superscript and piece.superscript and not piece.column:
            pieces[-1] = Piece(last.text + piece.text, last.bold, last.italic, True, last.column)
        else:
            pieces.append(piece)
    return _unbracketed(Paragraph(tuple(pieces), paragraph.size, paragraph.centred, paragraph.depth))


def _markup(data: bytes) -> str:
    declared = _META_CHARSET.search(data[:4096])
    if declared:
        try:
            name = declared[1].decode("ascii").lower()
            return data.decode({"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def read_html(path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """Return a saved web page as a ``Source`` of one page; raises ``SourceError`` where nothing can be read."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise SourceError(f"{path}: {len(data)} bytes are too many for a web page; save the document alone.")
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", _markup(data)).replace("\0", "")
    try:
        root = html.document_fromstring(markup, parser=html.HTMLParser(remove_comments=True, huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(f"{path}: this page cannot be read ({error}); save it again from a browser.") from error
    title = next((_text(node).strip() for node in root.iter("title")), "")
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    _clean(root)
    document = find_document(root)
    notes, calls = _find_notes(root)
    flow = _Flow(calls)
    _walk(document, flow, _Look(), set(notes))
    flow.end()
    blocks = [_joined(block) if isinstance(block, Paragraph) else block for block in flow.paragraphs]
    page = page_of(blocks, _note_paragraphs(notes), 1, "html")
    metadata = tuple((key, value) for key, value in (("Language", language), ("Title", title)) if value)
    return Source(path.name, hashlib.sha256(data).hexdigest(), "text/html", (page,), metadata=metadata), ()
