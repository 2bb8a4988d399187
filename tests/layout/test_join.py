"""What stands between two lines: nothing between Chinese, a blank between words, nothing in an address."""

from __future__ import annotations

import pytest

from sco_docs.chinese.texts import plain
from sco_docs.layout.join import HYPHEN_CHANGE, Wording, Words, join_lines


def _words(lines: list[str]) -> Words:
    wording = Wording()
    for line in lines:
        wording.add(line)
    return wording.words()


PLAIN = _words([])


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("山海互助", "機制", "山海互助機制"),
        ("mountain and", "sea", "mountain and sea"),
        ("於 1998", "年成立", "於 1998年成立"),
        ("見 https://www.example.org/a/b-", "c/d.html。", "見 https://www.example.org/a/b-c/d.html。"),
        ("http://", "www.example.org/x", "http://www.example.org/x"),
        ("https://example.org/page/", "index.php?id=3", "https://example.org/page/index.php?id=3"),
        ("https://example.org/page.html", "Accessed 3 May", "https://example.org/page.html Accessed 3 May"),
        ("https://example.org/page.html", "，2013/01/02", "https://example.org/page.html，2013/01/02"),
        ("doi:10.1234/", "abc.2003.25", "doi:10.1234/abc.2003.25"),
        ("頁 101-", "134", "頁 101-134"),
        ("“Security.”", "Journal", "“Security.” Journal"),
        ("「安全」", "Journal", "「安全」Journal"),
    ],
)
def test_seams(first: str, second: str, whole: str) -> None:
    assert join_lines([plain(first), plain(second)], PLAIN).text == whole


def test_a_divided_word_is_healed_when_it_stands_whole_elsewhere() -> None:
    words = _words(["the organization of states", "an organi-", "zation and a self-help", "system of self-", "help"])
    healed = join_lines([plain("an organi-"), plain("zation")], words)
    assert healed.text == "an organization"
    assert [(c.start, c.end, c.printed, c.kind) for c in healed.changes] == [(9, 9, "-", HYPHEN_CHANGE)]
    assert join_lines([plain("self-"), plain("help")], words).text == "self-help"


def test_a_hyphen_stays_where_nothing_says_that_words_are_divided() -> None:
    assert join_lines([plain("post-"), plain("war era")], PLAIN).text == "post-war era"
