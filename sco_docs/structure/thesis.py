"""The thesis: title page, abstracts, nested parts, contents and reference list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sco_docs.model import Block, Layout, Problem, Section, Source, Thesis, TitlePage
from sco_docs.structure.crossrefs import find_crossrefs
from sco_docs.structure.front import read_abstract, read_title_page
from sco_docs.structure.outline import OutlineItem
from sco_docs.structure.references import split_references
from sco_docs.structure.toc import printed_contents


def read_thesis(source: Source, layout: Layout, outline: Sequence[OutlineItem]) -> tuple[Thesis, tuple[Problem, ...]]:
    """Return the document around the agreements, and what is doubtful in it.

    Every block of the layout stands in exactly one section, except the blocks of headings, which are the sections'
    ``heading``; what stands before the first heading is a section without one.
    """
    sections = nest(layout.blocks, outline)
    front = layout.blocks[: outline[0].index] if outline else ()
    references, reference_problems = split_references(_reference_blocks(sections), source)
    crossrefs, crossref_problems = find_crossrefs(layout, outline)
    headings = tuple(item.heading for item in outline)
    thesis = Thesis(
        title_page=_title_page(front),
        abstracts=tuple(
            read_abstract(section.heading.title, _all_blocks(section))
            for section in sections
            if section.role == "abstract" and section.heading
        ),
        outline=headings,
        toc=printed_contents(layout.blocks, headings),
        sections=sections,
        references=references,
        crossrefs=crossrefs,
    )
    return thesis, _title_problems(thesis, source) + reference_problems + crossref_problems


def _title_page(front: Sequence[Block]) -> TitlePage:
    """Return what the first page says, or, where it gives no title and author, the pages up to one that does."""
    pages = list(dict.fromkeys(block.page for block in front))[:4]
    read = [read_title_page([b for b in front if b.page <= page]) for page in pages]
    whole = [page for page in read if (page.title or page.title_en) and (page.author or page.author_en)]
    return next(iter(whole or read), TitlePage())


def nest(blocks: Sequence[Block], outline: Sequence[OutlineItem]) -> tuple[Section, ...]:
    """Return the blocks as sections nested by the levels of their headings, every block once."""
    ends = [item.index for item in outline[1:]] + [len(blocks)]
    flat = [
        Section(item.role, item.heading, tuple(blocks[max(item.last, item.index) + 1 : end]))
        for item, end in zip(outline, ends, strict=True)
    ] if outline else []  # fmt: skip
    head = blocks[: outline[0].index] if outline else blocks
    front = [Section("front", None, tuple(head))] if head else []
    return (*front, *_tree(flat))


def _tree(flat: Sequence[Section]) -> list[Section]:
    """Return sections in reading order as a tree: a section holds those after it that are of a deeper level."""
    found: list[Section] = []
    start = 0
    while start < len(flat):
        end = start + 1
        while end < len(flat) and _holds(flat[start], flat[end]):
            end += 1
        found.append(replace(flat[start], children=tuple(_tree(flat[start + 1 : end]))))
        start = end
    return found


def _holds(section: Section, other: Section) -> bool:
    """Whether a section holds one after it: of a deeper level, and an appendix only where it is one itself."""
    deeper = _level(other) > _level(section)
    return deeper and not (other.role == "appendix" and section.role != "appendix")


def _level(section: Section) -> int:
    return section.heading.level if section.heading else 0


def _all_blocks(section: Section) -> list[Block]:
    return [*section.blocks, *(block for child in section.children for block in _all_blocks(child))]


def _reference_blocks(sections: Sequence[Section]) -> list[Block]:
    found: list[Block] = []
    for section in sections:
        if section.role == "references":
            found += _all_blocks(section)
        else:
            found += _reference_blocks(section.children)
    return found


def _title_problems(thesis: Thesis, source: Source) -> tuple[Problem, ...]:
    if not any(item.level == 1 for item in thesis.outline) or thesis.title_page.title or thesis.title_page.title_en:
        return ()
    return (
        Problem("title-page-without-title", "info", "No title was found before the first heading.", None, source.name,
                "Give title and author in the settings."),
    )  # fmt: skip
