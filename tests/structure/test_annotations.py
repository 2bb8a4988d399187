"""Where the editor's notes stand after a new reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sco_docs.align.segments import segments
from sco_docs.model import Agreement, AgreementEdition, Division, EditorNote, LineStart, Place, Text, TextRange, Version
from sco_docs.structure.annotations import anchor_notes


def agreement(n: int = 1, *paragraphs: str, language: str = "zh-Hant", label: str = "第一條") -> Agreement:
    texts = tuple(Text(p, (LineStart(0, Place(10 + n, i + 1)),)) for i, p in enumerate(paragraphs))
    return Agreement(
        n, f"a{n}", language, None, Text("湖區憲章"), (), (Text("各方商定："),),
        (Division("1", Text(label), 1, None, texts),), (), (), (), None, None, None, None, (), None, (10, 12),
    )  # fmt: skip


def item(*agreements: Agreement) -> AgreementEdition:
    sigla = ("T", "Tc", "S")
    return AgreementEdition(
        tuple(Version(s, a.language, a, segments(a), "x.pdf") for s, a in zip(sigla, agreements, strict=False))
    )


TRADITIONAL = agreement(1, "各方每年會晤一次。", "秘書長每年會晤各方一次。")
SIMPLIFIED = agreement(1, "各方每年会晤一次。", "秘书长每年会晤各方一次。", language="zh-Hans", label="第一条")
EDITION = (item(TRADITIONAL, SIMPLIFIED), item(agreement(2, "各方不再會晤。")))


def test_words_are_found_where_they_stand() -> None:
    (found,), problems = anchor_notes([EditorNote("x", "註", 1, None, "秘書長每年")], EDITION)
    assert (found.found, found.agreement, found.siglum) == (True, 1, "T")
    assert found.ranges == (TextRange("1", "p", 1, 0, 5),)
    assert problems == ()


def test_words_of_the_other_script_are_found_in_the_other_version() -> None:
    (found,), _ = anchor_notes([EditorNote("x", "註", 1, None, "秘书长每年")], EDITION)
    assert (found.siglum, found.ranges) == ("Tc", (TextRange("1", "p", 1, 0, 5),))


def test_words_of_a_converted_version_are_shown_in_its_source() -> None:
    source, converted = item(TRADITIONAL, SIMPLIFIED).versions
    made = AgreementEdition((source, replace(converted, derived_from="T")))
    (found,), _ = anchor_notes([EditorNote("x", "註", 1, None, "秘书长每年")], [made])
    assert (found.siglum, found.ranges) == ("T", (TextRange("1", "p", 1, 0, 5),))


@pytest.mark.parametrize(
    ("note", "paragraph"),
    [
        (EditorNote("x", "註", 1, None, "每年會晤", prefix="秘書長"), 1),
        (EditorNote("x", "註", 1, None, "每年會晤", suffix="一次"), 0),
    ],
)
def test_what_stands_around_decides_between_places(note: EditorNote, paragraph: int) -> None:
    (found,), problems = anchor_notes([note], EDITION)
    assert found.ranges[0].paragraph == paragraph
    assert problems == ()


def test_a_tie_is_reported_and_the_first_place_taken() -> None:
    (found,), (problem,) = anchor_notes([EditorNote("x", "註", 1, None, "每年會晤")], EDITION)
    assert found.ranges[0].paragraph == 0
    assert (problem.code, problem.place) == ("note-ambiguous", Place(11, 1, 2))


def test_white_space_and_compatibility_forms_do_not_matter() -> None:
    (found,), _ = anchor_notes([EditorNote("x", "註", 1, None, " 秘書\n 長每\uf98e ")], EDITION)
    assert found.ranges == (TextRange("1", "p", 1, 0, 5),)


def test_words_may_run_over_paragraphs() -> None:
    (found,), _ = anchor_notes([EditorNote("x", "註", 1, None, "會晤一次。秘書長")], EDITION)
    assert found.ranges == (TextRange("1", "p", 0, 4, 9), TextRange("1", "p", 1, 0, 3))


def test_a_label_names_its_article() -> None:
    (found,), _ = anchor_notes([EditorNote("x", "註", 1, "第一条")], EDITION)
    assert (found.found, found.siglum, found.ranges[0].unit, found.ranges[0].part) == (True, "Tc", "1", "label")


def test_the_unit_is_preferred() -> None:
    made = replace(TRADITIONAL, preamble=(Text("各方每年會晤"),))
    (found,), problems = anchor_notes([EditorNote("x", "註", 1, "preamble", "每年會晤")], [item(made)])
    assert (found.ranges[0].unit, problems) == ("preamble", ())


def test_without_an_agreement_every_one_is_searched() -> None:
    (found,), _ = anchor_notes([EditorNote("x", "註", None, None, "不再會晤")], EDITION)
    assert found.agreement == 2


def test_words_that_are_gone_are_kept_with_the_nearest_place() -> None:
    (found,), (problem,) = anchor_notes([EditorNote("x", "註", 1, None, "秘書處每年會晤各國")], EDITION)
    assert not found.found
    assert found.ranges[0].paragraph == 1
    assert (problem.code, problem.place) == ("note-unanchored", Place(11, 2))
    assert "秘書長每年會晤各" in problem.message


@pytest.mark.parametrize(
    "note",
    [
        EditorNote("x", "註", 9, None, "每年"),
        EditorNote("x", "註", 1, "第九條"),
        EditorNote("x", "註"),
        EditorNote("x", "註", None, None, "\u3000"),
    ],
)
def test_a_note_without_any_place_is_kept_and_reported(note: EditorNote) -> None:
    (found,), (problem,) = anchor_notes([note], EDITION)
    assert (found.note, found.found, found.ranges) == (note, False, ())
    assert problem.code == "note-unanchored"


def test_a_note_on_the_agreement_as_a_whole() -> None:
    (found,), problems = anchor_notes([EditorNote("x", "註", 2)], EDITION)
    assert (found.found, found.agreement, found.siglum, found.ranges, problems) == (True, 2, "T", (), ())


def test_no_agreements_at_all() -> None:
    (found,), (problem,) = anchor_notes([EditorNote("x", "註", None, None, "每年")], [])
    assert not found.found
    assert problem.code == "note-unanchored"


def test_an_anchor_outlives_a_new_reading() -> None:
    note = EditorNote("x", "註", 1, "1", "秘書長每年")
    longer = agreement(1, "新的一段。", "各方每年會晤一次。", "秘書長每年會晤各方一次。")
    (found,), problems = anchor_notes([note], [item(longer)])
    assert (found.ranges, problems) == ((TextRange("1", "p", 2, 0, 5),), ())
