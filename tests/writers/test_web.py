"""The reading edition: it opens from a folder, says what the model says, and runs nothing that a source brings."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from posixpath import dirname, join, normpath

import editions
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from sco_docs.model import (
    Block,
    Change,
    Edition,
    Figure,
    LineStart,
    Note,
    NoteMark,
    Place,
    Problem,
    Quotation,
    Segment,
    Text,
)
from sco_docs.readers.tei import parse
from sco_docs.writers import tei, web
from sco_docs.writers.edition import edition_files
from sco_docs.writers.markup import TEI
from sco_docs.writers.web_text import Mark, Page, paragraph

PAGE = "agreements/01-demo-lake-charter.html"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(edition_files(editions.edition()))


def tree(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content.decode())


def test_every_link_leads_somewhere_and_nothing_comes_from_the_network(files: dict[str, bytes]) -> None:
    for name in (n for n in files if n.endswith(".html")):
        page = tree(files[name])
        for element in page.iter("link", "script", "img"):
            address = element.get("href") or element.get("src")
            assert address == "data:," or normpath(join(dirname(name), address)) in files
        for element in page.iter("a"):
            address, _, anchor = element.get("href").partition("#")
            if address.startswith("http"):
                continue
            target = normpath(join(dirname(name), address)) if address else name
            assert target in files, f"{name} → {target}"
            if anchor:
                assert tree(files[target]).xpath("//*[@id=$i]", i=anchor), f"{name} → {anchor}"


def test_ids_of_segments_are_those_of_tei(files: dict[str, bytes]) -> None:
    edition = editions.edition()
    segments = parse(tei.agreement(edition, edition.agreements[0])).iter(f"{{{TEI}}}seg")
    in_tei = {seg.get("{http://www.w3.org/XML/1998/namespace}id"): "".join(seg.itertext()) for seg in segments}
    on_page = {e.get("id") for e in tree(files[PAGE]).find_class("s")}
    assert on_page == set(in_tei)


def test_no_id_is_there_twice(files: dict[str, bytes]) -> None:
    for name in (n for n in files if n.endswith(".html")):
        ids = [e.get("id") for e in tree(files[name]).xpath("//*[@id]")]
        assert len(ids) == len(set(ids)), name


def test_versions_stand_side_by_side(files: dict[str, bytes]) -> None:
    row = tree(files[PAGE]).get_element_by_id("A.u.1")
    cells = [cell for cell in row if "cell" in cell.get("class", "").split()]
    assert [cell.get("lang") for cell in cells] == ["zh-Hant", "zh-Hans", "zh-Hant"]
    assert ["宗旨" in cell.text_content() for cell in cells] == [True, True, True]
    assert "not in B" in tree(files[PAGE]).get_element_by_id("A.u.4.1").text_content()


def test_variants_artefacts_changes_and_remarks_are_marked(files: dict[str, bytes]) -> None:
    page = tree(files[PAGE])
    assert [e.text_content() for e in page.find_class("variant")] == ["合作", "協作", "甲。"]
    assert page.find_class("artefact")[0].get("title") == "wrong sense: perhaps 不改"
    assert "U+F9E4" in page.find_class("changed")[0].get("title")
    assert page.find_class("remark")[0].get("href") == "#note.e1"
    assert [e.find_class("by")[0].text_content() for e in page.find_class("comment")] == [
        "Editor", "某編者", "Editor, near here: the words are not in the source any more",
    ]  # fmt: skip


def test_notes_are_called_and_lead_back(files: dict[str, bytes]) -> None:
    page = tree(files[PAGE])
    calls = [c for c in page.find_class("call") if c.get("id")]
    assert [(c.text, c.get("href")) for c in calls] == [("3", "#note-1"), ("1", "#note-B-1")]
    assert (
        page.get_element_by_id(calls[0].get("href")[1:]).find_class("back")[0].get("href") == f"#{calls[0].get('id')}"
    )


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x00\ud800"


def hostile() -> Edition:
    edition = editions.edition()
    version = edition.agreements[0].versions[0]
    agreement = replace(
        version.agreement, preamble=(Text(HOSTILE),), source_url="javascript:alert(1)", title=Text(HOSTILE)
    )
    item = replace(edition.agreements[0], versions=(replace(version, agreement=agreement, segments=()),))
    thesis = replace(edition.thesis, title_page=replace(edition.thesis.title_page, title=HOSTILE))
    problem = Problem("x", "error", HOSTILE, None, HOSTILE, HOSTILE)
    return replace(edition, agreements=(item,), thesis=thesis, problems=(problem,), comments=())


def test_words_of_a_source_are_never_markup() -> None:
    for name, content in web.pages(hostile()):
        if name.endswith(".html"):
            page = tree(content)
            assert [s.get("src") for s in page.iter("script")] == [
                re.sub(r"[^/]+/", "../", dirname(name) + "/") * bool(dirname(name)) + "assets/reader.js"
            ]
            assert not list(page.iter("img"))
            assert "javascript:" not in content.decode()
            assert b"\0" not in content


def test_pages_name_their_language_and_have_landmarks(files: dict[str, bytes]) -> None:
    for name in (n for n in files if n.endswith(".html")):
        page = tree(files[name])
        assert page.get("lang") == "en"
        assert len(page.xpath("//main")) == 1
        assert len(page.xpath("//h1")) == 1
        assert page.xpath("//a[@class='skip']/@href") == ["#main"]


def test_every_start_tag_has_its_end(files: dict[str, bytes]) -> None:
    parser = etree.HTMLParser(recover=False)
    for name in (n for n in files if n.endswith(".html")):
        etree.fromstring(files[name], parser)
        unknown = [e for e in parser.error_log if "invalid" not in e.message]
        assert not unknown, (name, unknown)


def test_an_edition_without_anything_has_its_pages() -> None:
    edition = replace(editions.edition(), agreements=(), register=(), references=(), problems=(), comments=())
    pages = dict(web.pages(edition))
    assert set(pages) == {"index.html", "report.html", "assets/style.css", "assets/reader.js"}
    assert "No agreement was found" in pages["index.html"].decode()


offsets = st.integers(0, 12)
ranges = st.tuples(offsets, offsets).map(sorted)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.text("甲乙<&\"' a", max_size=12),
    st.lists(ranges, max_size=4),
    st.lists(ranges, max_size=2),
    st.sets(offsets),
    st.data(),
)
def test_marks_may_overlap_in_any_way(
    words: str, marks: list[list[int]], changes: list[list[int]], cuts: set[int], data: st.DataObject
) -> None:
    size = len(words)
    text = Text(
        words,
        tuple(LineStart(min(o, size), Place(n + 1, 1)) for n, o in enumerate(sorted(cuts))),
        tuple(Change(min(a, size), min(b, size), "x<", "y") for a, b in changes),
        tuple(NoteMark(min(o, size), "n") for o in sorted(data.draw(st.sets(offsets, max_size=2)))),
    )
    edges = sorted({0, size, *(c for c in cuts if c <= size)})
    segments = [(Segment(f"s{a}", "1", "p", 0, a, b, words[a:b]), f"s{a}", "") for a, b in pairwise(edges) if b > a]
    page = Page({"n": Note("n", "1", Text("註"), 1)})
    made = html.fragment_fromstring(
        str(paragraph(text, page, segments, [Mark(a, b, "m", "<t>") for a, b in marks])), "p"
    )
    assert [e.text_content() for e in made.find_class("call")] == ["1"] * len(text.notes)
    assert [e.get("id") for e in made.find_class("s")] == [ident for _, ident, _ in segments]
    for extra in (*made.find_class("call"), *made.find_class("pb")):
        extra.drop_tree()
    assert made.text_content() == words


def test_quotations_stand_beside_their_article_and_figures_on_the_first_page() -> None:
    edition = editions.edition()
    quotation = Quotation(1, "zh-Hant", "1", "各方每年會晤", "各方每年在湖心島會晤", False, Place(2, 3, 1))
    figure = Figure("圖 1-1", "湖區", None, Place(2, 8), 10, 20, 30, 40)
    blocks = (Block("figure", Text(""), 2, figure=figure),)
    changed = replace(
        edition,
        source=replace(edition.source, kind="application/pdf"),
        layout=replace(edition.layout, blocks=blocks),
        quotations=(quotation,),
    )
    pages = dict(web.pages(changed))
    row = tree(pages[PAGE]).get_element_by_id("A.u.1")
    assert row.find_class("quoted")[0].text_content() == "Quoted on page 1, in other words: 各方每年會晤"
    images = list(tree(pages["index.html"]).iter("img"))
    assert [(i.get("src"), i.get("alt")) for i in images] == [("figures/01-1-1.png", "圖 1-1 湖區")]
