"""Script and region of documents and lines."""

from __future__ import annotations

import pytest

from sco_docs.chinese.detect import detect, mixed_lines


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("本办法由教育部门解释。", "zh-Hans"),
        ("本辦法由教育部門解釋。", "zh-Hant"),
        ("主管機關為內政部，直轄市為直轄市政府。", "zh-Hant-TW"),
        ("立法會議員及行政長官須遵守附屬法例。", "zh-Hant-HK"),
        ("Nothing Chinese here, 2001.", "und"),
        ("一二三", "und"),
        ("", "und"),
    ],
)
def test_script_and_region(text: str, tag: str) -> None:
    assert detect(text).tag == tag


def test_the_region_is_told_by_words_and_they_are_named() -> None:
    found = detect("行政院及立法院之網路計畫")
    assert found.tag == "zh-Hant-TW"
    assert {"行政院", "立法院"} <= set(found.evidence)


def test_a_long_text_is_sampled() -> None:
    assert detect("本辦法由教育部門解釋。" * 20_000).tag == "zh-Hant"


def test_mixed_lines_are_found_with_their_strange_characters() -> None:
    text = "實現商業活動规范化\n發展雙邊關係\r\n发展双边关系\n"
    lines = mixed_lines(text)
    assert [(line.number, line.strange) for line in lines] == [(1, "规"), (3, "发双边关")]
    assert lines[1].script == "Hans"
    assert text[lines[1].start : lines[1].end] == "发展双边关系"
