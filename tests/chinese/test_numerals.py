import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.chinese import numerals


@pytest.mark.parametrize(("text", "number"), [
    ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("廿三", 23), ("卅", 30), ("一百零二", 102), ("一〇二", 102),
    ("一○二", 102), ("一千二百六十", 1260), ("二〇〇七", 2007), ("壹拾貳", 12), ("一九九六", 1996), ("兩百", 200),
    ("一千九百四十五", 1945), ("一萬二千", 12000), ("二 十 三", 23), ("条", None), ("", None),
])
def test_chinese_numerals(text: str, number: int | None) -> None:
    assert numerals.han(text) == number


@pytest.mark.parametrize(("text", "system", "number"), [
    ("XIV", "roman", 14), ("iv", "roman", 4), ("Ⅲ", "roman", 3), ("IIII", "roman", None), ("Iv", "roman", None),
    ("１２", "arabic", 12), ("③", "circled", 3), ("㈡", "circled", 2), ("丙", "stem", 3), ("C", "letter", 3),
    ("AA", "letter", 27), ("AB", "letter", 28), ("bb", "letter", 28), ("в", "cyrillic", 3), ("Б", "cyrillic", 2),
    ("Three", "word", 3), ("первая", "word", 1), ("x1", "letter", None),
])
def test_other_systems(text: str, system: str, number: int | None) -> None:
    assert numerals.value(text, system) == number


@given(st.integers(1, 9999))
@settings(derandomize=True, deadline=None)
def test_there_and_back(number: int) -> None:
    assert numerals.han(numerals.to_han(number)) == number
    if number < 4000:
        assert numerals.roman(numerals.to_roman(number)) == number
