from __future__ import annotations

import pytest

from sco_docs.structure.names import divides_references, named
from sco_docs.structure.numbering import key, label_of


@pytest.mark.parametrize(
    ("printed", "style", "path", "title"),
    [
        ("第一章 緒論", "chapter", (1,), "緒論"),
        ("第壹章　緒論", "chapter", (1,), "緒論"),
        ("第 12 章 結語", "chapter", (12,), "結語"),
        ("Chapter III: Law", "chapter", (3,), ": Law"),
        ("第十二節 河川", "section", (12,), "河川"),
        ("貳、方法", "formal", (2,), "方法"),
        ("一、 問題", "cn", (1,), "問題"),
        ("（三）民間", "cn_paren", (3,), "民間"),
        ("1.2.1 文獻", "decimal3", (1, 2, 1), "文獻"),
        ("A.2 Data", "decimal2", (1, 2), "Data"),
        ("3. 步驟", "arabic_dot", (3,), "步驟"),
        ("(4) 步驟", "arabic_paren", (4,), "步驟"),
        ("附錄一：章程", "appendix", (1,), "：章程"),
        ("附录二 协定", "appendix", (2,), "协定"),
        ("附件三　議定書", "appendix", (3,), "議定書"),
        ("Appendix C Data", "appendix", (3,), "Data"),
        ("甲、通則", "stem", (1,), "通則"),
    ],
)
def test_heading_numbers(printed: str, style: str, path: tuple[int, ...], title: str) -> None:
    label = label_of(printed)
    assert label is not None
    assert (label.style, label.path, printed[label.end :]) == (style, path, title)


@pytest.mark.parametrize("printed", ["2001年6月的事", "3.5%的人", "附錄的說明", "章節安排", "Appendices", ""])
def test_no_heading_number(printed: str) -> None:
    assert label_of(printed) is None


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("謝　辭", "front"),
        ("摘　　要", "abstract"),
        ("ABSTRACT", "abstract"),
        ("目　次", "contents"),
        ("Table of Contents", "contents"),
        ("表圖目次", "list"),
        ("圖 目 錄", "list"),
        ("參考書目", "references"),
        ("參考文獻 References", "references"),
        ("附錄", "appendix"),
        ("Acknowledgements", "front"),
        ("結論", "chapter"),
    ],
)
def test_headings_without_number(printed: str, role: str) -> None:
    name = named(printed)
    assert name is not None
    assert name.role == role


def test_a_sentence_is_no_heading() -> None:
    assert named("目錄學是一門學問") is None
    assert named("本文的參考文獻") is None


@pytest.mark.parametrize(
    "printed",
    ["壹、中文文獻", "一、專書", "(二) 期刊論文", "English References", "三、網路資料（依筆畫排列）", "Books"],
)
def test_headings_inside_a_reference_list(printed: str) -> None:
    assert divides_references(printed)


def test_an_entry_is_no_heading_of_the_list() -> None:
    assert not divides_references("王小明，2010，《河川與法律》，臺北：虛構。")


def test_keys_forget_spaces_punctuation_and_width() -> None:
    assert key("第１章　緒論：起點") == key("第1章 緒論-起點")
