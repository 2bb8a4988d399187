"""Word files (ECMA-376, Office Open XML): paragraphs with their list numbers, tables row by row, notes at the foot."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from sco_docs.errors import SourceError
from sco_docs.model import Problem, Source
from sco_docs.readers.docx_numbers import Numbering, read_numbering
from sco_docs.readers.flow import MAX_CELLS, SIZE, Cell, Grid, Paragraph, Piece, page_of, span_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_PART = 100_000_000


@dataclass(slots=True)
class _Style:
    size: float = 0.0
    bold: bool = False
    centred: bool = False
    number: tuple[str, int] | None = None


@dataclass(slots=True)
class _State:
    """What is gathered: finished pages, the page that is open, the notes called on it."""

    styles: dict[str, _Style]
    numbering: Numbering
    notes: dict[tuple[str, str], etree._Element]
    ruled: frozenset[str]
    pages: list[tuple[list[Paragraph | Grid], list[Paragraph]]] = field(default_factory=lambda: [([], [])])
    labels: int = 0
    in_code: bool = False


def _on(node: etree._Element | None) -> bool:
    return node is not None and node.get(f"{W}val", "1") not in ("0", "false", "none", "off")


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return a part of the package as XML, ``None`` if it is not there; entities are not resolved."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > MAX_PART:
        raise ValueError(f"the part {name} is larger than {MAX_PART} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    if root is None:
        return found
    parents: dict[str, str] = {}
    for node in root.iter(f"{W}style"):
        name, style = node.get(f"{W}styleId", ""), _Style()
        size = node.find(f"{W}rPr/{W}sz")
        if size is not None and size.get(f"{W}val", "").isdigit():
            style.size = int(size.get(f"{W}val", "0")) / 2
        style.bold = _on(node.find(f"{W}rPr/{W}b"))
        jc = node.find(f"{W}pPr/{W}jc")
        style.centred = jc is not None and jc.get(f"{W}val") == "center"
        style.number = _number(node.find(f"{W}pPr"))
        based = node.find(f"{W}basedOn")
        if based is not None:
            parents[name] = based.get(f"{W}val", "")
        found[name] = style
    for name, style in found.items():
        seen, parent = {name}, parents.get(name)
        while parent in found and parent not in seen:
            above = found[parent]
            style.size = style.size or above.size
            style.bold = style.bold or above.bold
            style.centred = style.centred or above.centred
            style.number = style.number or above.number
            seen.add(parent)
            parent = parents.get(parent)
    return found


def _ruled_styles(root: etree._Element | None) -> frozenset[str]:
    """Return the table styles that draw lines between cells, also through the style that they are based on."""
    if root is None:
        return frozenset()
    nodes = {node.get(f"{W}styleId", ""): node for node in root.iter(f"{W}style")}
    ruled = {name for name, node in nodes.items() if _has_borders(node)}
    for name, node in nodes.items():
        based = node.find(f"{W}basedOn")
        if based is not None and based.get(f"{W}val", "") in ruled:
            ruled.add(name)
    return frozenset(ruled)


def _number(properties: etree._Element | None) -> tuple[str, int] | None:
    if properties is None:
        return None
    number, level = properties.find(f"{W}numPr/{W}numId"), properties.find(f"{W}numPr/{W}ilvl")
    if number is None:
        return None
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    return number.get(f"{W}val", "0"), int(depth) if depth.isdigit() else 0


def _notes(root: etree._Element | None, kind: str) -> dict[tuple[str, str], etree._Element]:
    if root is None:
        return {}
    return {(kind, node.get(f"{W}id", "")): node for node in root.iter(f"{W}{kind}")
            if node.get(f"{W}type", "normal") == "normal"}


def _run(run: etree._Element, state: _State, base: _Style, column: bool) -> tuple[list[Piece], bool]:
    """Return the pieces of one run; a tab makes the next piece begin a column."""
    properties = run.find(f"{W}rPr")
    bold, italic, raised = base.bold, False, False
    if properties is not None:
        own = properties.find(f"{W}b")
        bold = _on(own) if own is not None else bold
        italic = _on(properties.find(f"{W}i"))
        align = properties.find(f"{W}vertAlign")
        raised = align is not None and align.get(f"{W}val") == "superscript"
        if _on(properties.find(f"{W}vanish")):
            return [], column
    pieces: list[Piece] = []
    for node in run:
        text = _character(node, state)
        if node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            pieces.append(_call(node, state, bold))
            if _own_mark(node):
                break
        elif node.tag in (f"{W}tab", f"{W}ptab"):
            column = True
        elif node.tag == f"{W}br" and node.get(f"{W}type") == "page":
            state.pages.append(([], []))
            pieces.append(Piece("\f"))
        elif text:
            pieces.append(Piece(text, bold, italic, raised, column))
            column = False
    return pieces, column


def _character(node: etree._Element, state: _State) -> str:
    if node.tag == f"{W}fldChar":
        kind = node.get(f"{W}fldCharType")
        state.in_code = kind == "begin" or (state.in_code and kind != "separate" and kind != "end")
        return ""
    if state.in_code:
        return ""
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag == f"{W}sym":
        code = node.get(f"{W}char", "")
        return chr(int(code, 16)) if code and all(c in "0123456789abcdefABCDEF" for c in code) else ""
    return {f"{W}noBreakHyphen": "-", f"{W}softHyphen": "", f"{W}br": "\n", f"{W}cr": "\n"}.get(str(node.tag), "")


def _call(node: etree._Element, state: _State, bold: bool) -> Piece:
    """Return the marker of a note, and put the note on the page where it is called."""
    kind = "footnote" if node.tag == f"{W}footnoteReference" else "endnote"
    own = _own_mark(node)
    state.labels += not own
    label = own or str(state.labels)
    body = state.notes.get((kind, node.get(f"{W}id", "")))
    if body is not None:
        for first, paragraph in enumerate(body.iter(f"{W}p")):
            pieces = [piece for piece in _pieces(paragraph, state, _Style()) if not piece.superscript]
            if own and first == 0 and pieces and pieces[0].text.strip() == own:
                pieces = [replace(pieces[1], column=False), *pieces[2:]] if len(pieces) > 1 else []
            mark = [Piece(label, superscript=True)] if first == 0 else []
            state.pages[-1][1].append(Paragraph((*mark, *pieces), continued=first > 0))
    return Piece(label, bold, superscript=True)


def _own_mark(node: etree._Element) -> str:
    """Return the mark that the author set for a note, the rest of its run; empty where the program counts notes.

    ECMA-376, part 1, 17.11.7 and 17.11.14 (``customMarkFollows``).
    """
    if node.get(f"{W}customMarkFollows", "0") not in ("1", "true", "on"):
        return ""
    return "".join(text.text or "" for text in node.itersiblings(f"{W}t")).strip()


def _pieces(paragraph: etree._Element, state: _State, style: _Style) -> list[Piece]:
    """Return the pieces of a paragraph: insertions are in, deletions and the old place of moved text are not."""
    pieces: list[Piece] = []
    column = False
    for run in paragraph.iter(f"{W}r"):
        around = {str(node.tag) for node in run.iterancestors()}
        if around & {f"{W}del", f"{W}moveFrom", f"{_MC}Fallback"}:
            continue
        if next(run.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        found, column = _run(run, state, style, column and bool(pieces))
        pieces += found
    return pieces


def _split(pieces: list[Piece]) -> list[tuple[int, list[Piece]]]:
    """Return the printed lines of a paragraph with the number of page breaks before each; a break ends a line."""
    rows: list[tuple[int, list[Piece]]] = [(0, [])]
    for piece in pieces:
        for part in re.split(r"([\n\f])", piece.text):
            if part in ("\n", "\f"):
                rows.append((rows[-1][0] + (part == "\f"), []))
            elif part:
                rows[-1][1].append(Piece(part, piece.bold, piece.italic, piece.superscript, piece.column))
    return [(page, row) for page, row in rows if row]


def _paragraph(node: etree._Element, state: _State) -> None:
    properties = node.find(f"{W}pPr")
    name = ""
    if properties is not None:
        style_node = properties.find(f"{W}pStyle")
        name = style_node.get(f"{W}val", "") if style_node is not None else ""
        if _on(properties.find(f"{W}pageBreakBefore")) and state.pages[-1][0]:
            state.pages.append(([], []))
    style = state.styles.get(name, _Style())
    number = _number(properties) or style.number
    label = state.numbering.label(*number) if number else ""
    jc = properties.find(f"{W}jc") if properties is not None else None
    centred = jc.get(f"{W}val") == "center" if jc is not None else style.centred
    first_page = len(state.pages) - 1
    pieces = _pieces(node, state, style)
    if label and any(piece.text.strip() for piece in pieces):
        at = next(index for index, piece in enumerate(pieces) if piece.text.strip())
        pieces.insert(at, Piece(label, style.bold))
    for index, (page, row) in enumerate(_split(pieces)):
        state.pages[first_page + page][0].append(
            Paragraph(tuple(row), style.size or SIZE, centred, number[1] if number else 0, index > 0))
    for box in node.iter(f"{W}txbxContent"):
        if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
            _blocks(box, state)


def _has_borders(properties: etree._Element | None) -> bool:
    """Return whether table, style or cell properties draw lines between cells."""
    if properties is None:
        return False
    return any(edge.get(f"{W}val", "none") not in ("none", "nil")
               for name in ("tblBorders", "tcBorders") for borders in properties.iter(f"{W}{name}")
               for edge in borders if edge.tag in (f"{W}insideH", f"{W}insideV", f"{W}left", f"{W}right"))


def _is_ruled(table: etree._Element, state: _State) -> bool:
    style = table.find(f"{W}tblPr/{W}tblStyle")
    if style is not None and style.get(f"{W}val", "") in state.ruled:
        return True
    return _has_borders(table.find(f"{W}tblPr")) or any(map(_has_borders, table.iter(f"{W}tcPr")))


def _cell_pieces(cell: etree._Element, state: _State) -> list[Piece]:
    """Return the text of a cell on one line, a blank between its paragraphs."""
    pieces: list[Piece] = []
    for paragraph in cell.iter(f"{W}p"):
        found = [replace(p, text=re.sub(r"[\n\f]", " ", p.text), column=False)
                 for p in _pieces(paragraph, state, _Style())]
        if pieces and found:
            pieces.append(Piece(" "))
        pieces += found
    return pieces


def _value(cell: etree._Element, name: str) -> str | None:
    node = cell.find(f"{W}tcPr/{W}{name}")
    return None if node is None else node.get(f"{W}val", "")


def _table(node: etree._Element, state: _State) -> None:
    cells: list[Cell] = []
    open_above: dict[int, int] = {}
    rows = list(node.iterchildren(f"{W}tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iter(f"{W}tc"):
            width = span_of(_value(cell, "gridSpan"))
            merged = _value(cell, "vMerge")
            if merged is not None and merged != "restart" and column in open_above:
                at = open_above[column]
                cells[at] = replace(cells[at], height=number - cells[at].row + 1)
            else:
                if merged is None:
                    open_above.pop(column, None)
                else:
                    open_above[column] = len(cells)
                cells.append(Cell(tuple(_cell_pieces(cell, state)), number, column, width))
            column += width
    columns = max((cell.column + cell.width for cell in cells), default=0)
    if _is_ruled(node, state) and len(rows) > 1 and columns > 1 and len(rows) * columns <= MAX_CELLS:
        state.pages[-1][0].append(Grid(tuple(cells), len(rows), columns))
        return
    for number in range(len(rows)):
        parts = [cell.pieces for cell in cells if cell.row == number and cell.pieces]
        pieces = [replace(piece, column=index > 0 and place == 0)
                  for index, part in enumerate(parts) for place, piece in enumerate(part)]
        state.pages[-1][0].append(Paragraph(tuple(pieces)))


def _blocks(parent: etree._Element, state: _State) -> None:
    for node in parent:
        if node.tag == f"{W}p":
            _paragraph(node, state)
        elif node.tag == f"{W}tbl":
            _table(node, state)
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            _blocks(node, state)


def read_docx(path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """Return a Word file as a ``Source``; a page ends where the file breaks it by hand."""
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            document = _part(archive, "word/document.xml")
            styles, numbers = _part(archive, "word/styles.xml"), _part(archive, "word/numbering.xml")
            notes = _notes(_part(archive, "word/footnotes.xml"), "footnote")
            notes |= _notes(_part(archive, "word/endnotes.xml"), "endnote")
    except (zipfile.BadZipFile, etree.LxmlError, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        raise SourceError(f"{path}: this Word file is damaged ({error}); save it again from the program.") from error
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise SourceError(f"{path}: this package holds no Word document; save it as .docx.")
    state = _State(_styles(styles), read_numbering(numbers), notes, _ruled_styles(styles))
    _blocks(body, state)
    filled = [(paragraphs, below) for paragraphs, below in state.pages if paragraphs or below]
    pages = tuple(page_of(paragraphs, below, number, "docx") for number, (paragraphs, below) in enumerate(filled, 1))
    return Source(path.name, hashlib.sha256(data).hexdigest(), KIND, pages), ()
