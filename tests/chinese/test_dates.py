import pytest

from sco_docs.chinese.dates import find_dates, first_date


@pytest.mark.parametrize(("text", "iso", "printed"), [
    ("一九九六年四月二十五日于北京", "1996-04-25", "一九九六年四月二十五日"),
    ("本憲章於二〇〇二年六月七日簽訂", "2002-06-07", "二〇〇二年六月七日"),
    ("二○○二年", "2002", "二○○二年"),
    ("2001 年 6 月 15 日於甲城", "2001-06-15", "2001 年 6 月 15 日"),
    ("中華民國八十五年十二月三十一日", "1996-12-31", "中華民國八十五年十二月三十一日"),
    ("民國 85 年 12 月", "1996-12", "民國 85 年 12 月"),
    ("公曆一千九百四十五年六月二十六日簽訂", "1945-06-26", "公曆一千九百四十五年六月二十六日"),
    ("民國元年元月一日", "1912-01-01", "民國元年元月一日"),
    ("網頁，1994/09/03。", "1994-09-03", "1994/09/03"),
    ("Done at Newtown on 25 April 1996 in two copies", "1996-04-25", "25 April 1996"),
    ("On April 25, 1996, the parties", "1996-04-25", "April 25, 1996"),
    ("this twenty-fifth day of April 1996", "1996-04-25", "twenty-fifth day of April 1996"),
    ("the 3rd day of May, one thousand nine hundred and sixty-six.", "1966-05-03",
     "3rd day of May, one thousand nine hundred and sixty-six"),
    ("Совершено 7 июня 2002 года", "2002-06-07", "7 июня 2002 года"),
    ("двадцать первого июня 2002 года", "2002-06-21", "двадцать первого июня 2002 года"),
    ("«16» августа 2007 г.", "2007-08-16", "«16» августа 2007 г."),
])
def test_a_date_is_read_and_its_printed_form_kept(text: str, iso: str, printed: str) -> None:
    found = find_dates(text)[0]
    assert (found.iso, found.printed, text[found.start:found.end]) == (iso, printed, printed)


@pytest.mark.parametrize("text", ["九六年", "2001年2月30日以前的事", "第二十條", "版本 1.2.3", ""])
def test_what_is_no_date(text: str) -> None:
    assert all(len(found.iso) < 10 for found in find_dates(text))


def test_the_first_exact_date_is_preferred() -> None:
    assert first_date("自1992年以來，2001年6月15日及2002年6月7日") == "2001-06-15"
