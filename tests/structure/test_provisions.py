from __future__ import annotations

import pytest

from sco_docs.model import LineStart, Place, Text
from sco_docs.structure.provisions import find_provisions, is_date_line, when_and_where
from sco_docs.structure.urls import find_url


def text(words: str) -> Text:
    return Text(words, (LineStart(0, Place(3, 7)),))


@pytest.mark.parametrize(("words", "kind", "value"), [
    ("本約用甲文和乙文寫成，兩種文本同等作準。", "languages", "甲文和乙文"),
    ("This Treaty is done in the Chinese and Russian languages.", "languages", "Chinese and Russian"),
    ("The Chinese, English and Russian texts are equally authentic.", "languages", "Chinese, English and Russian"),
    ("Совершено на китайском и русском языках.", "languages", "китайском и русском"),
    ("本約自第三份批准書交存之日起第三十天生效。", "entry_into_force", "自第三份批准書交存之日起第三十天生效"),
    ("This Treaty shall enter into force on the first day of May.", "entry_into_force",
     "shall enter into force on the first day of May"),
    ("Договор вступает в силу с 1 мая.", "entry_into_force", "вступает в силу с 1 мая"),
    ("本約的保存國為甲國。", "depositary", "甲國"),
    ("The original shall be deposited with the Keeper of Hives.", "depositary", "the Keeper of Hives"),
    ("本約應在聯合國秘書處登記。", "registration", "在聯合國秘書處登記"),
    ("It shall be registered with the Secretariat.", "registration", "be registered with the Secretariat"),
])
def test_what_an_agreement_says_of_itself(words: str, kind: str, value: str) -> None:
    found = next(p for p in find_provisions([text(words)]) if p.kind == kind)
    assert found.value == value
    assert found.place == Place(3, 7, words.index(value))
    assert value in found.text


@pytest.mark.parametrize(("line", "closing", "lead", "date", "place"), [
    ("二〇〇一年六月十五日於丙城", "", "", "2001-06-15", "丙城"),
    ("2001 年 6 月 15 日", "", "", "2001-06-15", None),
    ("Newtown, 7 June 2002", "", "", "2002-06-07", "Newtown"),
    ("", "本約於二〇〇二年六月七日在丙城簽訂，正本一份。", "", "2002-06-07", "丙城"),
    ("", "公曆一千九百四十五年六月二十六日簽訂於丁城。", "", "1945-06-26", "丁城"),
    ("", "Done at Newtown, this fifteenth day of June 2001, in duplicate.", "", "2001-06-15", "Newtown"),
    ("", "Совершено в г. Медовске 7 июня 2002 года.", "", "2002-06-07", "Медовске"),
    ("", "", "甲國主席於1994年9月3日上午在戊宮簽署了聲明。全文如下：", "1994-09-03", "戊宮"),
    ("1994年9月3日", "", "甲國主席於1994年9月3日上午在戊宮簽署了聲明。全文如下：", "1994-09-03", "戊宮"),
    ("", "二〇〇一年五月一日以甲文乙文訂於丙城。", "", "2001-05-01", "丙城"),
    ("", "本約於一九九〇年批准之後生效。", "", None, None),
])
def test_when_and_where(line: str, closing: str, lead: str, date: str | None, place: str | None) -> None:
    own = text(line) if line else None
    assert when_and_where(own, [text(closing)], [text(lead)]) == (date, place)


@pytest.mark.parametrize(("line", "answer"), [
    ("一九九六年四月二十五日于丙城", True), ("2001年6月15日", True), ("2001年6月15日簽署的宣言是基礎。", False),
    ("第二條", False), ("Newtown, 7 June 2002", True),
])
def test_date_lines(line: str, answer: bool) -> None:
    assert is_date_line(line) is answer


@pytest.mark.parametrize(("words", "url"), [
    ("蜂網，http://bees.example/a/ b/content_1.htm，網頁。", "http://bees.example/a/b/content_1.htm"),
    ("見http://bees.example/2002- 11/t1.html。", "http://bees.example/2002-11/t1.html"),
    ("See <https://bees.example/t(1)>, 2001.", "https://bees.example/t(1)"),
    ("http://bees.example/t Retrieved in May", "http://bees.example/t"),
    ("網頁http://bees.example/t2.ht m，2001", "http://bees.example/t2.htm"),
    ("蜂網網頁", None),
])
def test_addresses_are_healed(words: str, url: str | None) -> None:
    assert find_url(words) == url
