"""What a cross reference can lead to: chapters, sections, appendices, tables, figures, notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sco_docs.model import Block, Layout
from sco_docs.structure.numbering import label_of, numeral
from sco_docs.structure.outline import OutlineItem

Key = tuple[str, tuple[str, ...]]
_KINDS = (
    ("table", r"附?表|Tables?"),
    ("figure", r"附?[圖图]|Figures?|Fig\."),
    ("appendix", r"附錄|附录|附件|Appendix|Annex"),
    ("note", r"註釋|註腳|腳註|附註|註|注"),
)
_DASHES = r"[-–—－‐﹣─.．]"


@dataclass(frozen=True, slots=True)
class Target:
    """Something that is printed and can be referred to; ``name`` is how it is called, ``body`` its text."""

    kind: str
    path: tuple[str, ...]
    name: str
    block: int
    title: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets by kind and number, and the number of the chapter that each block stands in."""

    known: Mapping[Key, Target]
    chapters: tuple[str | None, ...]

    def of_kind(self, kind: str) -> list[Target]:
        """Return the targets of one kind in the order of the document."""
        return sorted((t for t in self.known.values() if t.kind == kind), key=lambda t: t.block)


def parse_target(printed: str, chapter: str | None) -> list[Key]:
    """Return what printed words name: ``第三章第一節`` is section 3.1, ``第二節`` alone is of ``chapter``."""
    text = unicodedata.normalize("NFKC", "".join(printed.split()))
    found: list[Key] = []
    last = re.search(rf"(?:{'|'.join(p for k, p in _KINDS if k in ('table', 'figure'))})[^章節节]+$", text)
    for kind, pattern in _KINDS:
        match = re.search(rf"(?:{pattern})(.+)$", last.group() if last else text)
        if match and not re.search("[章節节]", match[1]):
            return [(kind, _path(match[1]))]
    chapters = re.search(r"第(.+?)章|Chapter(.+)", text)
    sections = re.search(r"第?([^第章]+?)[節节]$|Section(.+)", text)
    own = _number(chapters[1] or chapters[2]) if chapters else chapter
    if sections:
        number = sections[1] or sections[2]
        if "." in number:
            found.append(("decimal", tuple(number.split("."))))
        elif own:
            found.append(("section", (own, _number(number))))
    elif chapters and own:
        found.append(("chapter", (own,)))
    return found


def _number(printed: str) -> str:
    value = numeral(printed)
    return str(value) if value is not None else printed


def _path(printed: str) -> tuple[str, ...]:
    return tuple(_number(part) for part in re.split(_DASHES, printed.strip()) if part)


def find_targets(layout: Layout, outline: Sequence[OutlineItem]) -> Targets:
    """Return everything in the document that has a number by which it can be referred to."""
    known: dict[Key, Target] = {}
    chapters: list[str | None] = [None] * len(layout.blocks)
    chapter: tuple[str, str] | None = None
    for position, item in enumerate(outline):
        end = outline[position + 1].index if position + 1 < len(outline) else len(layout.blocks)
        if item.role == "chapter" and item.heading.level == 1:
            label = label_of(item.heading.title)
            chapter = (str(label.number), _printed(item)) if label else None
        elif item.heading.level == 1:
            chapter = None
        chapters[item.index : end] = [chapter[0] if chapter else None] * (end - item.index)
        target = _heading_target(item, chapter, layout.blocks[item.last + 1 : end])
        if target:
            known.setdefault((target.kind, target.path), target)
    for index, block in enumerate(layout.blocks):
        for target in _float_targets(index, block):
            known.setdefault((target.kind, target.path), target)
    for note in layout.notes:
        number = _number(note.label)
        known.setdefault(("note", (number,)), Target("note", (number,), note.id, -1))
    return Targets(known, tuple(chapters))


def _printed(item: OutlineItem) -> str:
    label = label_of(item.heading.title)
    return item.heading.title[: label.end if label else None].strip(" 　:：、.．")


def _heading_target(item: OutlineItem, chapter: tuple[str, str] | None, body: Sequence[Block]) -> Target | None:
    label = label_of(item.heading.title)
    if label is None:
        return None
    title, name = item.heading.title[label.end :], _printed(item)
    if item.role == "appendix":
        text = "".join(block.text.text for block in body)
        return Target("appendix", (str(label.number),), name, item.index, title, text)
    if label.style.startswith("decimal"):
        return Target("decimal", tuple(map(str, label.path)), name, item.index, title)
    if item.role == "chapter" and item.heading.level == 1:
        return Target("chapter", (str(label.number),), name, item.index, title)
    if label.style == "section" and chapter:
        return Target("section", (chapter[0], str(label.number)), f"{chapter[1]}{name}", item.index, title)
    return None


def _float_targets(index: int, block: Block) -> list[Target]:
    printed = [block.table.id if block.table else "", block.figure.id if block.figure else ""]
    if block.kind == "caption":
        match = re.match(
            rf"\s*(?:附?[表圖图]|Table|Figure|Fig\.)\s*[A-Z]?[\d一二三四五六七八九十]+(?:\s?{_DASHES}\s?\d+)*",
            block.text.text,
        )
        printed.append(match.group() if match else "")
    keys = [(name.strip(), key) for name in printed if name for key in parse_target(name, None)]
    return [Target(key[0], key[1], name, index) for name, key in keys if key[0] in ("table", "figure")]


def nearest(targets: Targets, wanted: Key, block: int) -> Target | None:
    """Return the target that a number without one most likely means: of tables and figures the nearest on the page,
    in the same chapter and with the same last number first; of other kinds the nearest number."""
    kind, path = wanted
    floats = kind in ("table", "figure")

    def distance(target: Target) -> tuple[bool, bool, int]:
        elsewhere = target.block >= 0 and targets.chapters[target.block] != targets.chapters[block]
        if floats:
            return elsewhere, target.path[-1:] != path[-1:], abs(target.block - block)
        return target.path[:-1] != path[:-1], False, abs(_count(target.path) - _count(path))

    return min(targets.of_kind(kind), key=distance, default=None)


def _count(path: tuple[str, ...]) -> int:
    return int(path[-1]) if path and path[-1].isdecimal() else 0
