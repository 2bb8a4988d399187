"""Alignment of units: what matches, what is left out, in which order; texts of our own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.align.beads import markers
from sco_docs.align.lexicon import CedictLexicon, LegalLexicon, NoLexicon
from sco_docs.align.lines import align_lines, collate_texts
from sco_docs.align.sentences import sentence_ends
from sco_docs.align.tokens import tokens
from sco_docs.align.units import WINDOW, align_units, clauses

CHINESE = [
    "第一條 締約各方應在港口安全方面合作。",
    "第二條 每一成員國應指定一個主管機關，並於三十日內通知秘書處。",
    "第三條 秘書處設於霧港，有職員十二人。",
    "一、秘書長任期四年。",
    "二、副秘書長任期兩年。",
    "第四條 本協定自第五份批准書交存之日起生效。",
]
ENGLISH = [
    "Article 1 The Contracting Parties shall cooperate in the security of ports.",
    "Article 2 Each member state shall designate a competent authority and notify the Secretariat within 30 days.",
    "Article 3 The Secretariat is located in Wugang and has a staff of twelve.",
    "(1) The term of office of the Secretary-General is four years.",
    "(2) The term of office of the deputy is two years.",
    "Article 4 This Agreement enters into force on the date of deposit of the fifth instrument of ratification.",
]
RUSSIAN = [
    "Статья 1 Договаривающиеся Стороны сотрудничают в области безопасности портов.",
    "Статья 2 Каждое государство-член назначает компетентный орган и уведомляет Секретариат в течение 30 дней.",
    "Статья 3 Секретариат расположен в Уган и имеет 12 сотрудников.",
    "1) Срок полномочий Генерального секретаря составляет 4 года.",
    "2) Срок полномочий заместителя составляет 2 года.",
    "Статья 4 Настоящее Соглашение вступает в силу с даты депонирования пятой ратификационной грамоты.",
]


def pairs(a: list[str], b: list[str], languages: tuple[str, str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.a, bead.b) for bead in align_units(a, b, languages).beads]


ONE_TO_ONE = [((i,), (i,)) for i in range(len(CHINESE))]


@pytest.mark.parametrize(
    ("a", "b", "languages"),
    [
        (CHINESE, ENGLISH, ("zh", "en")),
        (ENGLISH, CHINESE, ("en", "zh")),
        (CHINESE, RUSSIAN, ("zh", "ru")),
        (ENGLISH, RUSSIAN, ("en", "ru")),
        (RUSSIAN, ENGLISH, ("ru", "en")),
        (CHINESE, CHINESE, ("zh", "zh")),
    ],
)
def test_parallel_units_match_one_to_one(a: list[str], b: list[str], languages: tuple[str, str]) -> None:
    assert pairs(a, b, languages) == ONE_TO_ONE


def test_units_match_without_a_lexicon() -> None:
    found = align_units(CHINESE, ENGLISH, ("zh", "en"), NoLexicon()).beads
    assert [(bead.a, bead.b) for bead in found] == ONE_TO_ONE


def test_a_unit_left_out_stands_alone() -> None:
    assert pairs(CHINESE, ENGLISH[:2] + ENGLISH[3:], ("zh", "en")) == [
        ((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), (2,)), ((4,), (3,)), ((5,), (4,)),
    ]  # fmt: skip


def test_merged_units_match_their_parts() -> None:
    merged = [*ENGLISH[:3], f"{ENGLISH[3]} {ENGLISH[4]}", ENGLISH[5]]
    assert ((3, 4), (3,)) in pairs(CHINESE, merged, ("zh", "en"))


def test_an_excerpt_matches_where_it_stands() -> None:
    assert pairs(CHINESE, ENGLISH[2:5], ("zh", "en")) == [
        ((0,), ()), ((1,), ()), ((2,), (0,)), ((3,), (1,)), ((4,), (2,)), ((5,), ()),
    ]  # fmt: skip


def test_a_likelihood_goes_with_each_bead() -> None:
    assert all(0.5 < bead.score <= 1 for bead in align_units(CHINESE, ENGLISH, ("zh", "en")).beads)


def test_a_text_longer_than_a_window_is_aligned_to_its_end() -> None:
    size = WINDOW + 300
    a = [f"第{n}號決定於{1900 + n % 100}年通過。" for n in range(1, size)]
    b = [f"Decision No. {n} was adopted in {1900 + n % 100}." for n in range(1, size)]
    del b[10]
    found = pairs(a, b, ("zh", "en"))
    assert ((10,), ()) in found
    assert sum(1 for p, q in found if len(p) == len(q) == 1) > 0.98 * size


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.lists(st.text("第一條二港口。；( )1a.各方合作", max_size=12), max_size=8),
    st.lists(st.text("Article 12 (a); port. cooperate ", max_size=20), max_size=8),
)
def test_every_unit_stands_in_exactly_one_bead(a: list[str], b: list[str]) -> None:
    beads = align_units(a, b, ("zh", "en"), LegalLexicon(NoLexicon())).beads
    assert sorted(i for bead in beads for i in bead.a) == list(range(len(a)))
    assert sorted(j for bead in beads for j in bead.b) == list(range(len(b)))


def test_other_texts_are_refused_with_the_measure() -> None:
    cooking = [
        "Wash the rice three times and let it stand.", "Cut the mushrooms into thin strips.", "Heat the oil slowly.",
        "Fry the garlic until it smells.", "Add the rice, and stir.", "Serve with pickled plums and green tea.",
        "Leftovers keep for a day in a cool place.",
    ]  # fmt: skip
    beads, problems = align_lines([*CHINESE, "第五條 本協定用中文寫成。"], cooking, ("a.txt", "b.txt"))
    assert not beads
    assert [problem.code for problem in problems] == ["not-a-version"]
    assert "a.txt and b.txt are not versions of one text" in problems[0].message


def test_an_empty_side_is_refused() -> None:
    assert [p.code for p in align_lines(CHINESE, ["", " "], ("a.txt", "b.txt"))[1]] == ["empty-version"]
    assert [p.code for p in collate_texts([("a.txt", "條約"), ("b.txt", "")])[1]] == ["empty-version"]


def test_numbers_are_one_token_however_they_are_written() -> None:
    words = CedictLexicon().words
    texts = (("第十二條", "zh"), ("Article 12", "en"), ("twelve", "en"), ("XII", "en"), ("Статья 12", "ru"))
    for text, language in texts:
        assert "#12" in tokens(text, language, words)
    assert "#1200.50" in tokens("1,200.50 yuan", "en", ())
    assert "#6" in tokens("in June", "en", ())


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        ("第十二條之一 各方", (1012,)), ("（三）其他", (3,)), ("二、人員。 三、經費。", (2, 3)), ("(b) the list", (2,)),
        ("Article 7 Ports", (7,)), ("Статья 7", (7,)), ("The port (see note) is open.", ()), ("iv) fees", ()),
        ("(iv) fees", (4,)),
        ("the following:(a) fees;(b) dues", (1, 2)), ("paragraph 2 (c) of", ()),
        ("1. Fees; 2. Dues", (1, 2)), ("3.5 percent", ()),
    ],
)  # fmt: skip
def test_markers(unit: str, numbers: tuple[int, ...]) -> None:
    assert markers(unit) == numbers


@settings(derandomize=True, deadline=None)
@given(st.text("第一條。；！？”「」 \n(1)a.b. C;，", max_size=60), st.sampled_from(["zh-Hant", "en", "ru"]))
def test_sentences_and_clauses_lose_no_character(text: str, language: str) -> None:
    ends = (0, *sentence_ends(text, language))
    assert "".join(text[i:j] for i, j in pairwise(ends)) == text
    assert "".join("".join(clauses(text, language[:2])).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("各方同意。各方重申：「和平可貴。」會議結束。", "zh", 3),
        ("Art. 5 applies. See para. 2 of No. 7. It stays.", "en", 3),
        ("Mr. A. Lin signed. The U.N. Charter applies.", "en", 2),
        ("The ship left at 5 p.m. It was dark.", "en", 2),
        ("Messrs. Lin and Wu came in Jan. 1999. No. That is wrong.", "en", 3),
        ("The rights are kept without interference.Where they are lost, help is given.", "en", 2),
        ("см. рис. 3 и табл. 4. Далее.", "ru", 2),
        ("В соответствии со ст. 5 Договора. Стороны согласны.", "ru", 2),
    ],
)
def test_sentences(text: str, language: str, count: int) -> None:
    assert len(sentence_ends(text, language)) == count
