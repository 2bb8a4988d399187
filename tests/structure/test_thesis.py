from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thesis_blocks import LOREM, head, layout, para

from sco_docs.model import Block, Layout, Section, Source, Thesis
from sco_docs.structure.outline import find_outline
from sco_docs.structure.thesis import nest, read_thesis

SOURCE = Source("invented.pdf", "", "pdf", ())


def read(found: Layout) -> Thesis:
    return read_thesis(SOURCE, found, find_outline(found)[0])[0]


def test_parts_are_nested() -> None:
    thesis = read(
        layout(
            para("虛構大學"),
            para("河的研究"),
            head("摘要", 18),
            para("本文研究河。"),
            para("關鍵字：河、水"),
            head("第一章 緒論", 18),
            para(LOREM),
            head("第一節 動機", 16),
            para(LOREM),
            head("參考文獻", 18),
            head("一、中文部分", 14),
            para("王水，2010，《河》，臺北：虛構。"),
        )
    )
    assert [(s.role, s.heading.title if s.heading else None) for s in thesis.sections] == [
        ("front", None),
        ("abstract", "摘要"),
        ("chapter", "第一章 緒論"),
        ("references", "參考文獻"),
    ]
    assert [child.role for child in thesis.sections[2].children] == ["section"]
    assert thesis.title_page.title == "河的研究"
    assert thesis.abstracts[0].keywords == ("河", "水")
    assert [entry.text for entry in thesis.references] == ["王水，2010，《河》，臺北：虛構。"]


def test_a_document_without_headings() -> None:
    thesis = read(layout(para(LOREM)))
    assert [section.role for section in thesis.sections] == ["front"]
    assert read(Layout(())).sections == ()


def test_an_appendix_is_no_part_of_the_reference_list() -> None:
    thesis = read(
        layout(
            head("第一章 河", 18),
            para(LOREM),
            head("參考文獻", 18),
            para("王水，2010，《河》，臺北：虛構。"),
            head("附錄一：甲協定", 16),
            para("各方同意合作。"),
        )
    )
    assert [s.role for s in thesis.sections] == ["chapter", "references", "appendix"]
    assert len(thesis.references) == 1


def collect(sections: Sequence[Section]) -> list[Block]:
    return [block for s in sections for block in (*s.blocks, *collect(s.children))]


PIECES = st.sampled_from(
    [
        "第一章 緒論",
        "第二章 河",
        "第一節 水",
        "壹、岸",
        "一、由來",
        "（一）民間",
        "1.1 背景",
        "參考文獻",
        "附錄",
        "附錄一：甲",
        "目錄",
        "摘要",
        LOREM,
        "王水，2010，《河》。",
        "Chapter 1",
        "第一章 緒論......3",
    ]
)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.lists(st.tuples(PIECES, st.sampled_from([12.0, 14.0, 18.0]), st.booleans()), max_size=14))
def test_no_block_is_lost_and_none_stands_twice(pieces: list[tuple[str, float, bool]]) -> None:
    blocks = [head(words, size, bold=bold) if size > 12 else para(words) for words, size, bold in pieces]
    found = layout(*blocks)
    outline, _ = find_outline(found)
    headings = [block for item in outline for block in found.blocks[item.index : item.last + 1]]
    read_thesis(SOURCE, found, outline)
    placed = collect(nest(found.blocks, outline)) + headings
    assert sorted(map(id, placed)) == sorted(map(id, found.blocks))


# ---------------------------------------------------------------- the real thesis


@pytest.fixture(scope="session")
def real(shared: Path) -> Thesis:
    from sco_docs import readers
    from sco_docs.layout import arrange

    path = shared / "thesis" / "word.pdf"
    source, _ = readers.read(path)
    arranged, _ = arrange(source)
    return read_thesis(source, arranged, find_outline(arranged)[0])[0]


def squeeze(words: str) -> str:
    return "".join(words.split())


def gold(shared: Path, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((shared / "gold" / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.thesis
def test_headings_of_the_real_thesis(real: Thesis, shared: Path) -> None:
    wanted = {(squeeze(item["title"]), item["level"]) for item in gold(shared, "outline")}
    found = {(squeeze(heading.title), heading.level) for heading in real.outline}
    assert len(wanted ^ found) <= 2


@pytest.mark.thesis
def test_references_of_the_real_thesis(real: Thesis, shared: Path) -> None:
    wanted = {squeeze(item["raw"]) for item in gold(shared, "references_all")}
    assert {squeeze(entry.text) for entry in real.references} == wanted


@pytest.mark.thesis
def test_cross_references_of_the_real_thesis(real: Thesis, shared: Path) -> None:
    items = gold(shared, "crossrefs")
    found = [squeeze(ref.raw) for ref in real.crossrefs]
    wrong = [squeeze(ref.raw) for ref in real.crossrefs if ref.problem]
    assert {squeeze(item["raw"]) for item in items} <= set(found)
    assert {squeeze(item["raw"]) for item in items if item["problem"]} <= set(wrong)
