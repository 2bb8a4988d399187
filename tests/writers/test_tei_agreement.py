"""TEI of an agreement: what is printed, what is read, what belongs together."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import editions
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sco_docs.check.tei import check_tei
from sco_docs.model import (
    AgreementEdition,
    Change,
    Edition,
    LineStart,
    Mention,
    Note,
    NoteMark,
    Place,
    Reading,
    Segment,
    Text,
    Variant,
)
from sco_docs.readers.tei import parse, read_edition
from sco_docs.readers.tei_text import Sheets, read_text
from sco_docs.writers import tei
from sco_docs.writers.markup import TEI, Markup, legal
from sco_docs.writers.tei_text import Flow, Range, write

T = f"{{{TEI}}}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def root_of(edition: Edition) -> etree._Element:
    return parse(tei.agreement(edition, edition.agreements[0]))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return editions.edition()


@pytest.fixture(scope="module")
def root(edition: Edition) -> etree._Element:
    return root_of(edition)


def printed(element: etree._Element) -> str:
    """What stands on the page: of choices ``orig`` and ``sic``, without notes and running heads."""
    parts = [element.text or ""]
    for child in element:
        if child.tag.removeprefix(T) not in ("reg", "corr", "note", "fw", "rdg"):
            parts.append(printed(child))
        parts.append(child.tail or "")
    return "".join(parts)


def test_the_file_follows_our_grammar_and_every_pointer_resolves(root: etree._Element) -> None:
    assert check_tei(root) == ()


def test_tei_read_and_written_again_is_the_same_bytes(edition: Edition) -> None:
    content = tei.agreement(edition, edition.agreements[0])
    again, problems = read_edition(content)
    assert problems == ()
    assert tei.agreement(again, again.agreements[0]) == content


def test_the_model_comes_back(edition: Edition) -> None:
    again, _ = read_edition(tei.agreement(edition, edition.agreements[0]))
    before, after = edition.agreements[0], again.agreements[0]
    assert after.versions == before.versions
    assert after.alignments[0] == before.alignments[0]
    assert after.variants == before.variants
    assert after.artefacts == before.artefacts
    assert again.comments == edition.comments
    assert {n.id: n.text for n in again.layout.notes} == {n.id: n.text for n in edition.layout.notes if n.id != "n1"}


def test_versions_stand_side_by_side_with_their_languages(root: etree._Element) -> None:
    versions = root.findall(f"{T}text/{T}body/{T}div")
    assert [v.get("n") for v in versions] == ["A", "A-Hans", "B"]
    assert [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in versions] == ["zh-Hant", "zh-Hans", "zh-Hant"]


def test_links_go_both_ways(root: etree._Element) -> None:
    by_id = {e.get(ID): e for e in root.iter(f"{T}seg")}
    assert by_id["A.1.3"].get("corresp") == "#B.1.3 #A-Hans.1.3"
    for ident in ("B.1.3", "A-Hans.1.3"):
        assert "#A.1.3" in by_id[ident].get("corresp", "").split()


def test_a_compatibility_ideograph_stays_as_printed(root: etree._Element) -> None:
    choice = next(c for c in root.iter(f"{T}choice") if c.find(f"{T}orig") is not None)
    assert choice.findtext(f"{T}orig") == "\uf9e4"
    assert choice.find(f"{T}orig").get("n") == "U+F9E4"
    assert choice.findtext(f"{T}reg") == "理"


def test_no_normalisation_over_the_file(edition: Edition) -> None:
    assert "\uf9e4".encode() in tei.agreement(edition, edition.agreements[0])


def test_an_artefact_is_sic_and_corr_with_its_certainty(root: etree._Element) -> None:
    choice = next(c for c in root.iter(f"{T}choice") if c.find(f"{T}sic") is not None)
    assert (choice.findtext(f"{T}sic"), choice.findtext(f"{T}corr"), choice.get("cert")) == ("不變", "不改", "0.8")


def test_pages_and_their_running_heads(root: etree._Element) -> None:
    pages = [(pb.get("n"), pb.get("facs")) for pb in root.find(f".//{T}div[@n='A']").iter(f"{T}pb")]
    assert pages == [("2", "#A.p3"), ("3", "#A.p4")]
    assert [fw.text for fw in root.iter(f"{T}fw")] == ["湖區研究", "2"]


def test_a_printed_note_stands_where_it_is_called_and_once(root: etree._Element) -> None:
    notes = [n for n in root.iter(f"{T}note") if n.get("place") == "bottom"]
    assert [(n.get("n"), n.get(ID)) for n in notes] == [("2", "A.n.n7"), ("3", "A.n.n8"), ("1", "B.n.w1")]
    converted = root.find(f".//{T}div[@n='A-Hans']")
    assert [p.get("target") for p in converted.iter(f"{T}ptr")] == ["#A.n.n7", "#A.n.n8"]


def test_closer_has_signed_dateline_and_date(root: etree._Element) -> None:
    closer = root.find(f".//{T}div[@n='A']/{T}closer")
    assert [s.get("corresp") for s in closer.findall(f"{T}signed")] == [None, "#A.s1 #A.s2"]
    assert closer.find(f"{T}dateline/{T}date").get("when") == "2003-05-06"


def test_dash_items_are_a_list(root: etree._Element) -> None:
    items = root.find(f".//{T}div[@n='A']").iter(f"{T}item")
    assert [printed(item) for item in items] == ["——交通；", "——漁業。"]


def test_names_point_to_their_bearers_with_all_forms(root: etree._Element) -> None:
    names = {e.get("ref") for e in root.iter(f"{T}placeName") if e.get("ref")}
    assert names == {"#place.Shanghai", "#place.Moscow", "#signed-at.1"}
    moscow = next(p for p in root.iter(f"{T}place") if p.get(ID) == "place.Moscow")
    assert "Moscow" in [f.text for f in moscow]


def test_who_signs_is_named_as_the_text_itself_shows(root: etree._Element) -> None:
    version = root.find(f".//{T}div[@n='A']")
    signed = [
        (e.tag.removeprefix(T), e.get("ref"), e.text)
        for s in version.iter(f"{T}signed")
        for e in s.iter()
        if e.get("ref")
    ]
    assert signed == [
        ("orgName", "#party.1", "湖東共和國"),
        ("orgName", "#party.2", "湖西共和國"),
        ("persName", "#signer.1", "張三"),
        ("persName", "#signer.2", "李四"),
    ]
    party = next(o for o in root.iter(f"{T}org") if o.get(ID) == "party.1")
    assert {form.text for form in party} == {"湖東共和國"}


def test_a_short_name_of_a_person_counts_in_the_signatures_alone(edition: Edition) -> None:
    agreement = editions.agreement(closing=(Text("張三李四皆常見。"),))
    version = replace(editions.version(), agreement=agreement, segments=())
    root = parse(tei.agreement(replace(edition, comments=()), AgreementEdition((version,))))
    closing = next(d for d in root.iter(f"{T}div") if d.get("type") == "closing")
    assert not list(closing.iter(f"{T}persName"))


def test_an_agreement_that_is_named_points_to_the_register(edition: Edition) -> None:
    entry = replace(edition.register[1], mentions=(Mention("合作", Place(3, 7, 2)),))
    root = root_of(replace(edition, register=(edition.register[0], entry)))
    titles = [(t.text, t.get("ref")) for t in root.find(f"{T}text").iter(f"{T}title")]
    assert titles == [("合作", "thesis.xml#agreement.fish-treaty")]
    assert check_tei(root, beside=["thesis.xml"]) == ()


def test_an_editors_note_stays_apart_from_the_text(root: etree._Element) -> None:
    notes = [n for n in root.findall(f"{T}standOff/{T}note") if n.get("type") == "editorial"]
    assert [(n.get("n"), n.get("target"), n.get("subtype")) for n in notes] == [
        ("e1", "#string-range(A.1.4,2,6)", None),
        ("e2", "#string-range(A.closing.1,0,3)", "unanchored"),
        ("e3", "#A.text", None),
    ]
    assert notes[0].get("resp") == "#editor.1"


def test_ids_stay_when_a_footnote_is_added(edition: Edition) -> None:
    item = edition.agreements[0]
    version = item.versions[0]
    preamble = replace(version.agreement.preamble[0], notes=(NoteMark(5, "n99"),))
    agreement = replace(version.agreement, preamble=(preamble,), notes=("n7", "n99", "n8"))
    note = Note("n99", "3", editions.text("新註。", 3, 13), 3)
    changed = replace(
        edition,
        layout=replace(edition.layout, notes=(*edition.layout.notes, note)),
        agreements=(replace(item, versions=(replace(version, agreement=agreement), *item.versions[1:])),),
    )

    def ids(e: Edition) -> list[str | None]:
        return [element.get(ID) for element in root_of(e).iter(f"{T}seg", f"{T}div")]

    assert ids(changed) == ids(edition)


def test_characters_that_xml_forbids_are_dropped(edition: Edition) -> None:
    agreement = editions.agreement(closing=(Text("一\x00二\x0b三\ud800四\uffff。"),))
    version = replace(editions.version(), agreement=agreement, segments=())
    content = tei.agreement(edition, AgreementEdition((version,)))
    assert "一二三四。".encode() in content


def test_a_siglum_may_be_anything(edition: Edition) -> None:
    version = replace(editions.version(), siglum="1 甲/b")
    root = parse(tei.agreement(replace(edition, comments=()), AgreementEdition((version,))))
    assert check_tei(root) == ()


def test_parallel_segmentation_has_each_variant_in_its_place(edition: Edition) -> None:
    content = tei.parallel(edition, edition.agreements[0])
    assert content is not None
    root = parse(content)
    assert check_tei(root) == ()
    apps = [[(r.tag.removeprefix(T), r.get("wit"), r.text) for r in app] for app in root.iter(f"{T}app")]
    assert apps == [
        [("lem", "#A", "合作"), ("rdg", "#B", "協作")],
        [("lem", "#A", "甲。"), ("rdg", "#B", None)],
    ]
    assert tei.parallel(edition, AgreementEdition(edition.agreements[0].versions)) is None


def test_an_addition_is_an_empty_lemma(edition: Edition) -> None:
    item = edition.agreements[0]
    variant = Variant("addition", (Reading("A", "1.3", 2, 2, ""), Reading("B", "1.3", 2, 4, "協作")))
    content = tei.parallel(edition, replace(item, variants=(variant,)))
    assert content is not None
    root = parse(content)
    app = next(root.iter(f"{T}app"))
    assert app.getprevious() is not None
    assert [(r.tag.removeprefix(T), r.text) for r in app] == [("lem", None), ("rdg", "協作")]


def test_a_reading_may_run_on_into_the_next_segment(edition: Edition) -> None:
    item = edition.agreements[0]
    variant = Variant("substantive", (Reading("A", "1.3", 6, 12, "不變。各方每"), Reading("B", "1.3", 6, 7, "不")))
    changed = replace(edition, agreements=(replace(item, variants=(variant,)),))
    root = root_of(changed)
    lem = next(root.iter(f"{T}lem"))
    assert lem.get("corresp") == "#string-range(A.1.3,6,3) #string-range(A.1.4,0,3)"
    assert check_tei(root) == ()
    again, _ = read_edition(tei.agreement(changed, changed.agreements[0]))
    assert again.agreements[0].variants == (variant,)


def test_nothing_of_this_machine_is_in_the_file(edition: Edition) -> None:
    content = tei.agreement(edition, edition.agreements[0]).decode()
    assert content == tei.agreement(edition, edition.agreements[0]).decode()
    assert not re.search(r"/(tmp|home|work|Users)/", content)


# ---------------------------------------------------------------- any text at all

words = st.text(alphabet="甲乙丙 a。\uf9e4<&", max_size=30)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[Text, list[tuple[str, int, int]]]:
    """A text with lines, changes and notes anywhere, and segments that follow one another."""
    body = draw(words)
    size = len(body)
    offsets = st.integers(0, size)
    starts = sorted(draw(st.sets(offsets, max_size=4)))
    lines = tuple(LineStart(o, Place(1 + n // 2, n + 1, draw(st.integers(0, 2)))) for n, o in enumerate(starts))
    edges = sorted(draw(st.sets(offsets, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    changes = tuple(Change(a, b, draw(words), draw(st.sampled_from(["line end", "x"]))) for a, b in pairs)
    notes = tuple(NoteMark(o, f"m{n}") for n, o in enumerate(sorted(draw(st.lists(offsets, max_size=3)))))
    cuts = sorted({0, size, *draw(st.sets(offsets, max_size=4))})
    segments = [(f"s{n}", a, b) for n, (a, b) in enumerate(pairwise(cuts))]
    return Text(body, lines, changes, notes), segments


@settings(derandomize=True, deadline=None, max_examples=300)
@given(marked_texts())
def test_no_character_place_change_or_note_is_lost(case: tuple[Text, list[tuple[str, int, int]]]) -> None:
    text, segments = case
    markup = Markup(TEI)
    flow = Flow(
        "T", notes={m.note: Note(m.note, "1", Text("註"), 9) for m in text.notes}, pages="T.p", running=_no_head
    )
    ranges = [Range(a, b, "seg", (("type", "s"), ("n", name))) for name, a, b in segments]
    with markup.element("p"):
        write(markup, text, flow, ranges, [Range(1, 3, "orgName", (("ref", "#x"),))])
    element = etree.fromstring(etree.tostring(markup.close()))
    kinds = {"kind.line_end": "line end", "kind.x": "x"}
    read = read_text(element, Sheets(kinds))
    assert read.text == text
    assert list(read.segments) == segments
    assert _printed_of(element) == _printed_text(text)


def _no_head(markup: Markup, page: int) -> None:
    del markup, page


def _printed_text(text: Text) -> str:
    parts, position = [], 0
    for change in text.changes:
        parts += [text.text[position : change.start], change.printed]
        position = change.end
    return legal("".join([*parts, text.text[position:]]))


def _printed_of(element: etree._Element) -> str:
    return printed(element)


def test_a_segment_knows_its_words(edition: Edition) -> None:
    again, _ = read_edition(tei.agreement(edition, edition.agreements[0]))
    assert Segment("1.3", "1", "p", 0, 0, 9, "各方合作理念不變。") in again.agreements[0].versions[0].segments


def test_an_agreement_without_text_is_still_a_valid_file(edition: Edition) -> None:
    agreement = editions.agreement(preamble=(), body=(), closing=(), lead=())
    version = replace(editions.version(), agreement=agreement, segments=())
    root = parse(tei.agreement(replace(edition, comments=()), AgreementEdition((version,))))
    assert check_tei(root) == ()


def test_a_variant_may_stand_in_a_name(edition: Edition) -> None:
    item = edition.agreements[0]
    variant = Variant("substantive", (Reading("A", "preamble.1", 1, 2, "東"), Reading("B", "preamble.1", 1, 2, "西")))
    content = tei.parallel(edition, replace(item, variants=(variant,)))
    assert content is not None
    root = parse(content)
    assert next(root.iter(f"{T}app")).getparent().tag == f"{T}orgName"
    assert check_tei(root) == ()
