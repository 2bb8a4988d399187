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
    ("note", r"(?:前揭|前)?(?:註釋|註腳|腳註|附註|註|注)"),
)
_UNITS = ("chapter", "section", "clause", "subclause", "point")
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


def parse_target(printed: str, chapter: str | None) -> Key | None:
    """Return what printed words name: ``第三章第一節`` is section 3.1, ``第二節`` alone is of ``chapter``."""
    text = unicodedata.normalize("NFKC", "".join(printed.split()))
    floats = re.search(rf"(?:{_KINDS[0][1]}|{_KINDS[1][1]})[^章節节]+$", text)
    for kind, pattern in _KINDS:
        match = re.match(rf"(?:{pattern})(.+)$", floats.group() if floats else text)
        if match:
            return kind, _path(match[1])
    decimal = re.search(r"(\d+(?:\.\d+)+)", text)
    if decimal:
        return "decimal", tuple(decimal[1].split("."))
    parts = re.findall(r"第([^第]+?)[章節节項项款目]|(?:Chapter|Section)(.+)", text)
    path = tuple(_number(a or b) for a, b in parts)
    if "章" in text.replace("本章", "") or text.startswith("Chapter"):
        return ("chapter" if len(path) == 1 else "section"), path
    return ("section", (chapter, *path)) if chapter else None


def _number(printed: str) -> str:
    value = numeral(printed)
    return str(value) if value is not None else printed


def _path(printed: str) -> tuple[str, ...]:
    return tuple(_number(part) for part in re.split(_DASHES, printed.strip()) if part)


def find_targets(layout: Layout, outline: Sequence[OutlineItem]) -> Targets:
    """Return everything in the document that has a number by which it can be referred to."""
    known: dict[Key, Target] = {}
    chapters: list[str | None] = [None] * len(layout.blocks)
    trail: list[tuple[str, str]] = []
    for position, item in enumerate(outline):
        end = outline[position + 1].index if position + 1 < len(outline) else len(layout.blocks)
        trail = _trail(trail, item)
        chapters[item.index : end] = [trail[0][0] if trail else None] * (end - item.index)
        target = _heading_target(item, trail, layout.blocks[item.last + 1 : end])
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


def _trail(trail: list[tuple[str, str]], item: OutlineItem) -> list[tuple[str, str]]:
    """Return the chapter, section, … (number, printed) that are open from a heading on."""
    label = label_of(item.heading.title)
    if item.heading.level == 1:
        chapter = item.role == "chapter" and label is not None
        return [(str(label.number), _printed(item))] if chapter and label else []
    depth = _UNITS.index(label.style) if label and label.style in _UNITS else len(_UNITS)
    if label is None or depth > len(trail) or depth == 0:
        return trail
    return [*trail[:depth], (str(label.number), _printed(item))]


def _heading_target(item: OutlineItem, trail: list[tuple[str, str]], body: Sequence[Block]) -> Target | None:
    label = label_of(item.heading.title)
    if label is None:
        return None
    title, name = item.heading.title[label.end :].strip(" 　:：—─-"), _printed(item)
    if item.role == "appendix":
        text = "".join(block.text.text for block in body)
        return Target("appendix", (str(label.number),), name, item.index, title, text)
    if label.style.startswith("decimal"):
        return Target("decimal", tuple(map(str, label.path)), name, item.index, title)
    if trail and trail[-1] == (str(label.number), name):
        kind = "chapter" if len(trail) == 1 else "section"
        path = tuple(number for number, _ in trail)
        return Target(kind, path, "".join(printed for _, printed in trail), item.index, title)
    return None


def _float_targets(index: int, block: Block) -> list[Target]:
    printed = [block.table.id if block.table else "", block.figure.id if block.figure else ""]
    if block.kind == "caption":
        match = re.match(
            rf"\s*(?:附?[表圖图]|Table|Figure|Fig\.)\s*[A-Z]?[\d一二三四五六七八九十]+(?:\s?{_DASHES}\s?\d+)*",
            block.text.text,
        )
        printed.append(match.group() if match else "")
    keys = [(name.strip(), parse_target(name, None)) for name in printed if name.strip()]
    return [Target(key[0], key[1], name, index) for name, key in keys if key and key[0] in ("table", "figure")]


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
