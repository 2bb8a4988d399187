"""Small PDFs for the tests: text at given places in a font that is not embedded, rules, boxes, rotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ink:
    """Text set with its baseline starting at (x, y); y grows upwards from the lower edge, as in PDF.

    ``matrix`` replaces the plain placement; ``mode`` as ``Tr``; ``font`` is F1 (horizontal), F2 (vertical), F3,
    where the character U+0001 stands for what ``make_pdf`` is told that the font maps it to, or F4, which maps none.
    """

    text: str
    x: float
    y: float
    size: float = 12.0
    font: str = "F1"
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)
    mode: int = 0
    spread: float = 0.0


@dataclass(frozen=True)
class Stroke:
    """A line from one point to another, half a point thick."""

    x0: float
    y0: float
    x1: float
    y1: float


def _content(marks: Sequence[Ink | Stroke]) -> bytes:
    parts: list[str] = []
    for mark in marks:
        if isinstance(mark, Stroke):
            parts.append(f"0.5 w {mark.x0} {mark.y0} m {mark.x1} {mark.y1} l S")
            continue
        a, b, c, d = mark.matrix
        code = mark.text.encode("latin-1" if mark.font == "F3" else "utf-16-be").hex()
        parts.append(f"BT /{mark.font} {mark.size} Tf {mark.mode} Tr {mark.spread} Tc "
                     f"{a} {b} {c} {d} {mark.x} {mark.y} Tm <{code}> Tj ET")
    return "\n".join(parts).encode()


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%b\nendstream" % (len(data), data)


def make_pdf(pages: Sequence[Sequence[Ink | Stroke]], *, page_entries: str = "", tree_entries: str = "",
             catalog_entries: str = "", size: tuple[int, int] = (595, 842), own_box: bool = True,
             mapped: str = "") -> bytes:
    """Return a PDF; ``own_box`` False leaves the MediaBox to the page tree; ``mapped``: what F3 shows."""
    box = f"/MediaBox[0 0 {size[0]} {size[1]}]"
    numbers = [10 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog_entries}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}{'' if own_box else box}{tree_entries}>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/MSung-Light/Encoding/UniCNS-UTF16-H/DescendantFonts[5 0 R]>>",
        4: b"<</Type/Font/Subtype/Type0/BaseFont/MSung-Light/Encoding/UniCNS-UTF16-V/DescendantFonts[5 0 R]>>",
        5: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/MSung-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(CNS1)"
           b"/Supplement 0>>/DW 1000/W[1 95 500]/FontDescriptor 6 0 R>>",
        6: b"<</Type/FontDescriptor/FontName/MSung-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
           b"/Descent -120/CapHeight 700/StemV 80>>",
    }
    objects[7] = (b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1"
                  b"/LastChar 1/Widths[1000]/Encoding<</Differences[1/a]>>/CharProcs<</a 9 0 R>>/ToUnicode 8 0 R>>")
    objects[8] = _stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def 1 begincodespacerange <00> "
        b"<FF> endcodespacerange 1 beginbfchar <01> <%b> endbfchar endcmap end end"
        % mapped.encode("utf-16-be").hex().encode())
    objects[4_000] = (b"<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[4001 0 R]>>")
    objects[4_001] = (b"<</Type/Font/Subtype/CIDFontType2/BaseFont/None/CIDSystemInfo<</Registry(Adobe)"
                      b"/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 6 0 R>>")
    objects[9] = _stream(b"1000 0 0 0 900 900 d1 100 0 800 800 re f")
    for number, marks in zip(numbers, pages, strict=True):
        own = box if own_box else ""
        objects[number] = (f"<</Type/Page/Parent 2 0 R{own}/Contents {number + 1} 0 R"
                           f"/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 7 0 R/F4 4000 0 R>>>>{page_entries}>>").encode()
        objects[number + 1] = _stream(_content(marks))
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, top = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % top
    for number in range(1, top):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (top, start)
    return bytes(out)
