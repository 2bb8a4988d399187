"""Names in reference lists: who did what, where one name ends, how it is read."""

from __future__ import annotations

import pytest

from sco_docs.cite.people import family_name, invert, is_institution, is_person, pinyin, read_people, split_names


@pytest.mark.parametrize(
    ("text", "authors", "editors", "translators"),
    [
        ("Baker, T. W.著，柳如是、區少文等譯", ["Baker, T. W."], [], ["柳如是", "區少文"]),
        ("邢海主編；吳河、張帆副主編", [], ["邢海", "吳河", "張帆"], []),
        ("柳如是、單明遠(編)", [], ["柳如是", "單明遠"], []),
        ("海濱大學港務法律系（編）", [], ["海濱大學港務法律系"], []),
        ("稻野硬一著、王帆譯", ["稻野硬一"], [], ["王帆"]),
        ("何立言、柳如是，單明遠", ["何立言", "柳如是", "單明遠"], [], []),
        ("何立言與柳如是", ["何立言", "柳如是"], [], []),
        ("Brook, Barry R. & Stone, Andrew L.", ["Brook, Barry R.", "Stone, Andrew L."], [], []),
        ("Pier, O. & J. Hill.", ["Pier, O.", "J. Hill"], [], []),
        ("Smith, J. A., Brown, B., & Lee, C.", ["Smith, J. A.", "Brown, B.", "Lee, C."], [], []),
        ("SMITH J, BROWN A, et al", ["SMITH J", "BROWN A"], [], []),
        ("Smith, John, Bob Jones, and Al Lee.", ["Smith, John", "Bob Jones", "Al Lee"], [], []),
        ("Office of the Port Secretary.", ["Office of the Port Secretary"], [], []),
        ("[美]亨德里克", ["亨德里克"], [], []),
        ("ed. Paul Hill", [], ["Paul Hill"], []),
    ],
)
def test_people(text: str, authors: list[str], editors: list[str], translators: list[str]) -> None:
    people = read_people(text)
    assert (list(people.authors), list(people.editors), list(people.translators)) == (authors, editors, translators)


def test_etc_is_remembered() -> None:
    assert read_people("柳如是、區少文等譯").others
    assert read_people("Smith et al.").others
    assert not read_people("何立言").others


def test_an_institution_is_kept_whole() -> None:
    name = "海濱現代港務研究所民族與港灣研究中心"
    assert split_names(name) == (name,)
    assert is_institution(name)
    assert not is_person(name)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾一平", "zengyiping"),
        ("繆帆", "miaofan"), ("單明遠", "shanmingyuan"), ("仇河", "qiuhe"), ("查海", "zhahai"),
        ("解明山", "xiemingshan"), ("翟風", "zhaifeng"), ("區少文", "oushaowen"), ("朴仁", "piaoren"),
        ("尉遲風", "yuchifeng"), ("呂帆", "lyufan"), ("Müller", "muller"), ("Козырев", "kozyrev"),
    ],
)  # fmt: skip
def test_family_names_are_read_as_names(name: str, reading: str) -> None:
    assert pinyin(name) == reading


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Barry Hill", "Hill"),
        ("Ludwig van der Berg", "van der Berg"),
        ("Hill, Barry", "Hill"),
        ("SMITH J", "SMITH"),
        ("Baker Z.", "Baker"),
        ("何立言", "何立言"),
    ],
)
def test_family_name(name: str, family: str) -> None:
    assert family_name(name) == family


def test_invert() -> None:
    assert invert("Ludwig van der Berg") == "van der Berg, Ludwig"
    assert invert("Stefan Hill") == "Hill, Stefan"
    assert invert("Port Bank") == "Port Bank"
