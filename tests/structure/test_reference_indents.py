"""Lists with hanging indents: what the layout goes on with inside an indent is no entry."""

from __future__ import annotations

from sco_docs.model import Block, Line, LineStart, Page, Place, Source, Span, Text
from sco_docs.structure.references import split_references

ENTRIES = [
    ("Ashworth, Daniel. Lighthouses, Navigation and Diplomacy from 1880 to", "1914. Bay Town: Quayside, 2003."),
    ("Bellamy, Ruth, and Owen Clarke. “Inspection and the Politics of Delay.”", "Maritime History 44 (2011): 1–9."),
    ("Denholm, Iris. “Telegraph Lines among Small States.” PhD diss., Uni-", "versity of Saltmarsh, 1999."),
    ("Farrow, Simon. “Pilots in Theory and Practice.” In Regional Insti-", "tutions, 55–89. Bay Town: Press, 2012."),
    ("Lin Haoran. “Haishi xieding de bijiao yanjiu ji qi fazhan, xia” 海事協定.", "Haiyang pinglun 9 (2015): 1–27."),
    ("Marchetti, Paolo. The Inland Cantons and the Sea, a Second Study. Salt:", "House, 1995."),
]


def test_a_line_inside_the_indent_begins_no_entry() -> None:
    blocks, printed = [], []
    for i, (first, second) in enumerate(ENTRIES):
        numbers = 2 * i + 1, 2 * i + 2
        starts = tuple(LineStart(at, Place(1, n)) for at, n in zip((0, len(first) + 1), numbers, strict=True))
        blocks.append(Block("paragraph", Text(f"{first} {second}", starts), 1, x0=60.0))
        for text, x, n in zip((first, second), (60.0, 80.0), numbers, strict=True):
            top = 100 + 15.2 * n + (2.5 if "Haiyang" in text else 0)
            x1 = 420.0 if n % 2 else 250.0
            printed.append(Line(text, 1, n, x, top, x1, top + 10, (Span(text, x, x1, "F", 10.5),)))
    source = Source("invented.pdf", "0" * 64, "application/pdf", (Page(1, 482.0, 680.0, tuple(printed)),))
    found, _ = split_references(blocks, source)
    assert [entry.text for entry in found] == [" ".join(entry) for entry in ENTRIES]
