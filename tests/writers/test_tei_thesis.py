"""TEI of the thesis: its parts, its pointers, every printed character."""

from __future__ import annotations

from dataclasses import replace

import editions
import pytest
from lxml import etree

from sco_docs.check.tei import check_tei
from sco_docs.model import (
    Block,
    Citation,
    CitationItem,
    Figure,
    Heading,
    Line,
    NoteMark,
    Place,
    Quotation,
    Section,
    Text,
)
from sco_docs.readers.tei import parse
from sco_docs.writers import tei
from sco_docs.writers.markup import TEI

T = f"{{{TEI}}}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def root() -> etree._Element:
    return parse(tei.thesis(editions.edition()))


def test_the_file_follows_our_grammar(root: etree._Element) -> None:
    assert check_tei(root, beside=["01-demo-lake-charter.xml"]) == ()


def test_chapters_are_nested(root: etree._Element) -> None:
    chapter = root.find(f"{T}text/{T}body/{T}div")
    assert [chapter.get("type"), chapter.find(f"{T}div").get("type")] == ["chapter", "section"]
    assert "".join(chapter.find(f"{T}div/{T}head").itertext()) == "第一節 背景"


def test_citations_point_to_the_reference_list(root: etree._Element) -> None:
    ref = next(r for r in root.iter(f"{T}ref") if r.get("type") == "citation")
    assert ref.text == "（某氏，2001）"
    target = next(b for b in root.iter(f"{T}biblStruct") if f"#{b.get(ID)}" == ref.get("target"))
    assert target.findtext(f"{T}monogr/{T}author") == "某氏"


def test_cross_references_and_names_of_agreements_point_on(root: etree._Element) -> None:
    crossref = next(r for r in root.iter(f"{T}ref") if r.get("type") == "crossref")
    assert (crossref.text, crossref.get("target")) == ("附錄一", "01-demo-lake-charter.xml")
    title = next(t for t in root.iter(f"{T}title") if t.get("ref"))
    assert (title.text, title.get("ref")) == ("《湖區合作憲章》", "#agreement.lake-charter")


def test_tables_keep_their_cells_and_figures_their_captions(root: etree._Element) -> None:
    table = next(root.iter(f"{T}table"))
    assert [[cell.text for cell in row] for row in table.iter(f"{T}row")] == [
        ["國名", "年"],
        ["湖東", None],
        [None, "2003"],
    ]
    assert "".join(next(root.iter(f"{T}figure")).itertext()) == "圖 1-1 湖區"


def test_captions_and_source_notes_join_their_table() -> None:
    edition = editions.edition()
    section = edition.thesis.sections[0].children[0]
    table = next(b for b in section.blocks if b.table)
    blocks = (
        Block("caption", editions.text("表 1-1 成員", 2, 5), 2),
        Block("caption", editions.text("單位：國", 2, 6), 2),
        table,
        Block("source_note", editions.text("資料來源：自製", 2, 7), 2),
        Block("caption", editions.text("表 1-2 別表", 2, 8), 2),
    )
    chapter = replace(edition.thesis.sections[0], children=(replace(section, blocks=blocks),))
    changed = replace(edition, thesis=replace(edition.thesis, sections=(chapter,)))
    root = parse(tei.thesis(changed))
    found = next(root.iter(f"{T}table"))
    assert ["".join(h.itertext()) for h in found.iter(f"{T}head")] == ["表 1-1 成員", "單位：國"]
    assert ["".join(n.itertext()) for n in found.iter(f"{T}note")] == ["資料來源：自製"]
    assert ["".join(p.itertext()) for p in root.iter(f"{T}p") if p.get("rend") == "caption"] == ["表 1-2 別表"]
    assert check_tei(root) == ()


def test_the_appendix_points_to_the_files_of_its_agreements() -> None:
    edition = editions.edition()
    heading = Heading("附錄一：湖區合作憲章（2003年5月6日）", 2, "2", Place(3, 1))
    blocks = (Block("paragraph", editions.text("協議的字。", 3, 4), 3),)
    appendix = Section("appendix", heading, blocks)
    changed = replace(edition, thesis=replace(edition.thesis, sections=(*edition.thesis.sections, appendix)))
    root = parse(tei.thesis(changed))
    found = root.find(f"{T}text/{T}back/{T}div")
    assert found.find(f"{T}p/{T}ptr").get("target") == "01-demo-lake-charter.xml"
    assert "協議的字" not in "".join(found.itertext())


def test_a_printed_title_page_keeps_its_lines() -> None:
    edition = editions.edition()
    lines = ("某大學某系", "湖區研究", "研究生：某生", "中華民國 99 年 6 月")
    blocks = tuple(Block("heading", editions.text(line, 1, n), 1) for n, line in enumerate(lines, 1))
    front = Section("front", None, blocks)
    changed = replace(edition, thesis=replace(edition.thesis, sections=(front, *edition.thesis.sections)))
    page = next(parse(tei.thesis(changed)).iter(f"{T}titlePage"))
    assert [(e.tag.removeprefix(T), "".join(e.itertext())) for e in page] == [
        ("docImprint", lines[0]), ("titlePart", lines[1]), ("byline", lines[2]), ("docDate", lines[3]),
    ]  # fmt: skip


def test_a_table_over_pages_has_its_page_breaks() -> None:
    edition = editions.edition()
    section = edition.thesis.sections[0].children[0]
    table = next(b for b in section.blocks if b.table)
    long = replace(table, text=editions.text("國名年湖東||2003", 2, 5))
    chapter = replace(edition.thesis.sections[0], children=(replace(section, blocks=(long,)),))
    root = parse(tei.thesis(replace(edition, thesis=replace(edition.thesis, sections=(chapter,)))))
    rows = list(next(root.iter(f"{T}table")).iter(f"{T}row"))
    assert [[pb.get("facs") for pb in row.iter(f"{T}pb")] for row in rows] == [[], [], ["#p3"]]


def test_nothing_at_all_is_still_a_valid_file() -> None:
    edition = editions.edition()
    empty = replace(
        edition,
        layout=replace(edition.layout, blocks=(), notes=(), furniture=()),
        thesis=replace(edition.thesis, abstracts=(), toc=(), outline=(), sections=(), references=(), crossrefs=()),
        agreements=(), references=(), citations=(), register=(), comments=(),
    )  # fmt: skip
    assert check_tei(parse(tei.thesis(empty))) == ()


def test_a_note_that_is_never_called_is_kept() -> None:
    edition = editions.edition()
    body = edition.thesis.sections[0].children[0].blocks[0]
    assert body.text.notes
    bare = replace(body, text=Text(body.text.text, body.text.lines))
    section = replace(edition.thesis.sections[0], children=(Section("section", None, (bare,)),))
    root = parse(tei.thesis(replace(edition, thesis=replace(edition.thesis, sections=(section,)))))
    notes = next(d for d in root.iter(f"{T}div") if d.get("type") == "notes")
    assert [n.get(ID) for n in notes.iter(f"{T}note")] == ["thesis.n.n1"]


def test_a_note_that_is_called_in_a_table_stands_in_its_cell() -> None:
    edition = editions.edition()
    section = edition.thesis.sections[0].children[0]
    table = next(b for b in section.blocks if b.table)
    called = replace(table, text=editions.text("國名 年 湖東 2003", 2, 5, notes=(NoteMark(7, "n1"),)))
    chapter = replace(edition.thesis.sections[0], children=(replace(section, blocks=(called,)),))
    root = parse(tei.thesis(replace(edition, thesis=replace(edition.thesis, sections=(chapter,)))))
    cell = next(note.getparent() for note in root.iter(f"{T}note") if note.get(ID) == "thesis.n.n1")
    assert (cell.tag, cell.text) == (f"{T}cell", "湖東")
    assert check_tei(root) == ()


def test_words_drawn_in_a_figure_are_kept() -> None:
    edition = editions.edition()
    lines = (Line("湖東", 2, 7, 110, 210, 130, 220), Line("別處", 2, 8, 110, 410, 130, 420))
    pages = (edition.source.pages[0], replace(edition.source.pages[1], lines=lines), *edition.source.pages[2:])
    figure = Figure("圖 1-1", "湖區", None, Place(2, 8), 100, 200, 300, 400)
    section = replace(edition.thesis.sections[0], children=(), blocks=(Block("figure", Text(""), 2, figure=figure),))
    changed = replace(
        edition,
        source=replace(edition.source, pages=pages),
        thesis=replace(edition.thesis, sections=(section,)),
    )
    root = parse(tei.thesis(changed))
    assert ["".join(ab.itertext()) for ab in next(root.iter(f"{T}figure")).iter(f"{T}ab")] == ["湖東"]
    assert check_tei(root) == ()


def test_citations_in_notes_and_tables_point_to_the_list() -> None:
    edition = editions.edition()
    cited = (CitationItem("某氏", "2001", None, 0),)
    citations = (
        Citation("某氏", Place(2, 9, 0), cited, "note"),
        Citation("湖東", Place(2, 5, 0), cited),
        Citation("自製", Place(2, 5, 5), cited),
    )
    root = parse(tei.thesis(replace(edition, citations=citations)))
    found = [
        (ref.getparent().tag.removeprefix(T), ref.text) for ref in root.iter(f"{T}ref") if ref.get("type") == "citation"
    ]
    assert found == [("note", "某氏"), ("cell", "湖東"), ("note", "自製")]
    assert check_tei(root) == ()


def test_quotations_point_to_the_unit_they_are_from_and_figures_to_their_picture() -> None:
    edition = editions.edition()
    quotation = Quotation(1, "zh-Hant", "4.1", "湖區的歷史", "甲。", False, Place(2, 3, 0))
    section = edition.thesis.sections[0].children[0]
    drawn = replace(
        next(b for b in section.blocks if b.figure), figure=Figure("圖 1-1", "湖區", None, Place(2, 8), 1, 2, 3, 4)
    )
    blocks = tuple(drawn if b.figure else b for b in section.blocks)
    chapter = replace(edition.thesis.sections[0], children=(replace(section, blocks=blocks),))
    changed = replace(
        edition,
        source=replace(edition.source, kind="application/pdf"),
        layout=replace(edition.layout, blocks=blocks),
        thesis=replace(edition.thesis, sections=(chapter,)),
        quotations=(quotation,),
    )
    root = parse(tei.thesis(changed))
    quote = next(q for q in root.iter(f"{T}quote") if q.get("source"))
    assert (quote.text, quote.get("source")) == ("湖區的歷史", "01-demo-lake-charter.xml#A.u.4.1")
    assert next(root.iter(f"{T}graphic")).get("url") == "../figures/01-1-1.png"
    assert check_tei(root) == ()
