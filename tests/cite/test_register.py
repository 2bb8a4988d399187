"""The register: agreements named anywhere, joined by evidence only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from citation_makers import block, document, note

from sco_docs.chinese.texts import plain
from sco_docs.cite.register import build_register
from sco_docs.cite.titles import contains, core, is_agreement, normal, parties_in, subject
from sco_docs.errors import ConfigError
from sco_docs.model import Agreement, Problem, RegisterEntry

OWN = """id\tdate\tplace\ttitle\tnames\ttitle_en\ttitle_ru\tparties\tsource
river-2003\t2003-05-06\t海濱\t河口五國關於渡船的公約\t渡船公約\tRiver Convention\tРечная конвенция\t甲國|乙國\tinvented
"""


def agreement(n: int, title: str, date: str | None, pages: tuple[int, int] = (90, 95)) -> Agreement:
    return Agreement(
        n, f"a{n}", "zh-Hant-TW", None, plain(title), (), (), (), (), (), (), None, date, date, "海濱", (), None, pages
    )


def register(
    *texts: str, agreements: tuple[Agreement, ...] = (), own: str = "", page: int = 1
) -> tuple[dict[str, RegisterEntry], tuple[Problem, ...]]:
    blocks = [block(text, n + 1, page) for n, text in enumerate(texts)]
    entries, problems = build_register(*document(blocks), agreements, own)
    return {entry.key: entry for entry in entries}, problems


def test_every_title_with_its_mentions_and_pages() -> None:
    found, _ = register("各方簽署《河口憲章》。", "依《河口憲章》與《燈塔叢書》，渡船停駛。", page=7)
    (entry,) = found.values()
    assert entry.titles == ("河口憲章",)
    assert [(m.text, m.place.page, m.place.line) for m in entry.mentions] == [
        ("《河口憲章》", 7, 1),
        ("《河口憲章》", 7, 2),
    ]
    assert entry.printed_as is None
    assert entry.date is None


def test_an_agreement_without_a_title_stands_beside_others() -> None:
    bare = Agreement(1, "01", "zh-Hant", None, None, (), (), (), (), (), (), None, None, None, None, (), None, (1, 2))
    found, _ = register("各方簽署《河口憲章》。", agreements=(bare,))
    assert sorted(entry.titles for entry in found.values()) == [("[untitled]",), ("河口憲章",)]


def test_a_short_name_that_the_text_sets_up() -> None:
    found, _ = register(
        "2003年5月6日，五國簽署《關於河口渡船安全的公約》（以下簡稱《渡船公約》）。", "《渡船公約》生效。"
    )
    (entry,) = found.values()
    assert set(entry.titles) == {"關於河口渡船安全的公約", "渡船公約"}
    assert entry.date == "2003-05-06"
    assert len(entry.mentions) == 3


def test_containment_joins_only_with_the_same_date() -> None:
    joined, problems = register("2003年，五國簽署《打擊走私和偷渡海濱公約》。", "2003年簽署的《海濱公約》生效。")
    assert len(joined) == 1
    assert problems == ()
    apart, problems = register("2003年，五國簽署《打擊走私和偷渡海濱公約》。", "《海濱公約》生效。")
    assert len(apart) == 2
    assert [p.code for p in problems] == ["agreement-join-doubtful"]
    assert "打擊走私和偷渡海濱公約" in problems[0].message


def test_the_same_title_of_two_dates_is_two_agreements() -> None:
    printed = (agreement(1, "甲乙聯合聲明", "1994-09-03"), agreement(2, "《甲乙聯合聲明》", "1996-04-25", (96, 99)))
    found, _ = register("1996年4月25日發表《甲乙聯合聲明》。", "後來又有《甲乙聯合聲明》。", agreements=printed)
    by_date = {entry.date: entry for entry in found.values()}
    assert [len(by_date[d].mentions) for d in ("1994-09-03", "1996-04-25", None)] == [0, 1, 1]
    assert by_date["1996-04-25"].printed_as == 2
    assert by_date[None].printed_as is None


def test_dates_of_an_enumeration_and_of_a_source_note() -> None:
    found, _ = register("2001.06.15： 1. 《河口宣言》 2. 《渡口公約》")
    assert [entry.date for entry in found.values()] == ["2001-06-15", "2001-06-15"]
    notes = [note(1, "海濱網，1994，《燈塔協定》，http://a.example.org/1.htm，海濱網網頁，1994/09/03。")]
    entries, _ = build_register(*document([block("協定如下", notes=[(2, "n1")])], notes), ())
    assert entries[0].date == "1994-09-03"


def test_a_user_s_table_adds_to_the_authority_table() -> None:
    found, _ = register("《渡船公約》生效。", own=OWN)
    (entry,) = found.values()
    assert entry.id == "river-2003"
    assert (entry.date, entry.place, entry.title_en) == ("2003-05-06", "海濱", "River Convention")
    assert entry.parties == ("甲國", "乙國")


@pytest.mark.parametrize(
    "table",
    [
        "id\tname\nx\t河口憲章\n",
        "id\tdate\nx\t2001\n",
        OWN.replace("2003-05-06", "6. Mai 2003"),
        OWN.replace("河口五國關於渡船的公約", ""),
    ],
)
def test_a_user_s_table_that_cannot_be_used(table: str) -> None:
    with pytest.raises(ConfigError, match="register table"):
        register("《渡船公約》", own=table)


def test_a_user_s_table_of_comments_only() -> None:
    assert register("《渡船公約》", own="# nothing yet\n\n")[0]


def test_a_date_that_the_authority_table_does_not_have_is_reported() -> None:
    _, problems = register("x", agreements=(agreement(1, "河口五國關於渡船的公約", "2001-01-01"),), own=OWN)
    assert [p.code for p in problems] == ["agreement-date-differs"]
    assert "2003-05-06" in problems[0].message


def test_keys_never_collide() -> None:
    titles = [
        "河口組織成員國元首關於渡船的宣言",
        "河口組織成員國元首關於燈塔的宣言",
        "河口組織成員國元首關於潮汐的宣言",
    ]
    found, _ = register("".join(f"《{title}》" for title in titles))
    assert len(found) == 3
    assert len({key.lower() for key in found}) == 3


def test_titles() -> None:
    assert is_agreement("河口憲章")
    assert is_agreement("關於渡船的協定(草案)")
    assert not is_agreement("燈塔叢書")
    assert not is_agreement("宣言", quoted=True)
    assert normal("上合組織憲章") == normal("上海合作组织宪章")
    assert normal("加強信任的協定") == normal("加強信任協定")
    assert core("聯合公報") == ""
    assert contains("海濱公約", "打擊走私和偷渡海濱公約")
    assert not contains("海濱條約", "打擊走私和偷渡海濱公約")
    assert subject("甲國和乙國關於河口渡船安全合作的協定") == subject("關於河口渡船安全合作協定")


def test_parties_of_a_title() -> None:
    assert parties_in("中俄聯合聲明") == ("中華人民共和國", "俄羅斯聯邦")
    assert parties_in("哈、中、吉聯合公報") == ("哈薩克斯坦共和國", "中華人民共和國", "吉爾吉斯共和國")
    assert parties_in("中华人民共和国和俄罗斯联邦联合声明") == ("中华人民共和国", "俄罗斯联邦")
    assert parties_in("河口憲章") == ()


@pytest.mark.thesis
def test_the_agreements_of_the_thesis(shared: Path) -> None:
    """The ten are known to the authority table, each under its own date; none is joined to another."""
    gold = json.loads((shared / "gold" / "agreements.json").read_text("utf-8"))
    printed = tuple(agreement(a["n"], a["title"], a["signed_date_iso"] or a["appendix_date_iso"]) for a in gold)
    found, problems = register("x", agreements=printed)
    assert sorted(entry.printed_as or 0 for entry in found.values()) == [a["n"] for a in gold]
    assert all(entry.title_en for entry in found.values())
    assert problems == ()
