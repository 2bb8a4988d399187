"""Artefacts of an earlier conversion: each kind, what is innocent, the fingerprint, the restored original."""

from __future__ import annotations

import pytest

from sco_docs.chinese.audit import audit, fingerprint
from sco_docs.chinese.restore import restore
from sco_docs.chinese.script import convert


@pytest.mark.parametrize(
    ("text", "found", "meant", "kind"),
    [
        ("雙方簽署了三個檔。", "檔", "文件", "wrong sense"),
        ("表決程式由會議規定。", "程式", "程序", "wrong sense"),
        ("各國支援這一倡議。", "支援", "支持", "wrong sense"),
        ("委員會討論群組織預算。", "群組織", "組織", "wrong sense"),
        ("經濟資訊由雙方交換。", "資訊", "信息", "regional term"),
        ("全面禁止核子試驗的談判", "核子試驗", "核試驗", "regional term"),
        ("有利于兩國發展", "于", "於", "left unconverted"),
        ("農產品的制造與銷售", "制造", "製造", "left unconverted"),
        ("實現活動规范化。這是雙邊關係", "规范化", "規範化", "left unconverted"),
        ("這個問題十分復雜", "復雜", "複雜", "wrong character"),
        ("保持密切聯係的雙方", "聯係", "聯繫", "wrong character"),
        ("政治體係正在變動", "體係", "體系", "wrong character"),
        ("總統卡裏莫夫簽署", "卡裏莫夫", "卡里莫夫", "wrong character"),
        ("總理馬紮爾發言", "馬紮爾", "馬扎爾", "wrong character"),
        ("會議在杜桑貝舉行，雙方簽署聲明", "杜桑貝", "杜尚別", "name variant"),
    ],
)
def test_one_of_each_kind(text: str, found: str, meant: str, kind: str) -> None:
    artefacts = audit(text)
    assert [(a.text, a.suggestion, a.kind) for a in artefacts] == [(found, meant, kind)]
    assert text[artefacts[0].start : artefacts[0].end] == found
    assert 0.5 <= artefacts[0].confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "檔案館保存這些檔案，提高合作檔次。",
        "電腦程式設計與應用程式的開發",
        "向單于進貢，于右任題字",
        "王先生、于大成、李先生出席會議",
        "這裡的嘴巴裡有糖，夜裡在家裡睡覺",
        "發展雙邊關係，建立體系，保持聯繫，製造機器，制定規章",
        "复印件的双方关系",
    ],
)
def test_what_is_innocent(text: str) -> None:
    assert audit(text) == ()


def test_words_of_a_taiwanese_statute_are_no_conversion() -> None:
    assert audit("主管機關為辦理前項計畫，得設資訊專案，由中央主管機關核定後公告，直轄市準用之。") == ()


def test_a_whole_simplified_line_is_one_suspect() -> None:
    around = "雙方發展經濟關係與貿易聯繫，擴大雙邊貿易額。"
    artefacts = audit(f"{around}\n这一条还没有转换过来，应当补上。\n{around}")
    assert [a.text for a in artefacts] == ["这一条还没有转换过来，应当补上。"]


def test_fingerprints() -> None:
    assert fingerprint(audit("會議討論三個檔與資訊")).kind == "word processor"
    assert fingerprint(audit("聯係與體係有利于發展")).kind == "character gateway"
    assert fingerprint(audit("發展雙邊關係")).kind == "none"


def test_restoration_lists_every_change_and_keeps_the_way_back() -> None:
    text = "本著互信，各國支援簽署檔，并致力于核子試驗談判。"
    result, changes = restore(text)
    assert result.text == "本着互信，各国支持签署文件，并致力于核试验谈判。"
    assert {a.text for a in changes} == {"支援", "檔", "并", "于", "核子試驗"}
    assert len(result.positions) == len(result.text)
    plain = convert(text, "zh-Hans", "zh-Hant-TW").text
    for offset, origin in enumerate(result.positions):
        if not any(a.start <= origin < a.end for a in changes):
            assert plain[origin] == result.text[offset]


def test_simplified_text_is_not_restored() -> None:
    result, changes = restore("双方支援这一程式。")
    assert (result.text, changes) == ("双方支援这一程式。", ())
