"""Cross references inside the thesis: found in text, notes and tables, and tried against what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sco_docs.chinese.texts import place_at, plain
from sco_docs.data import table
from sco_docs.model import Block, CrossReference, Layout, Place, Problem, Text
from sco_docs.structure.evidence import weigh
from sco_docs.structure.names import squeeze
from sco_docs.structure.outline import OutlineItem
from sco_docs.structure.targets import Key, Target, Targets, find_targets, nearest, parse_target

_N = r"(?:[一二三四五六七八九十]{1,3}|[壹貳參肆伍陸柒捌玖拾]{1,3}|[0-9０-９]{1,2})"
_IDS = r"[A-Z]?\s?[0-9０-９]{1,3}(?:\s?[-–—－‐﹣─.．]\s?[0-9０-９]{1,3}){0,2}"
_SECTION = rf"第\s*{_N}\s*[節节](?:\s*第\s*{_N}\s*[項项](?:\s*第\s*{_N}\s*款(?:\s*第\s*{_N}\s*目)?)?)?"
_TARGETS = (
    rf"第\s*{_N}\s*章(?:\s*[的之，,]?\s*{_SECTION})?(?:\s*[的之]\s*(?:表|圖|图)\s*{_IDS})?",
    rf"(?:本章\s*[的之]?\s*)?{_SECTION}",
    r"第?\s*[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s*[節节]",
    rf"(?:附錄|附录|附件)\s*(?:{_N}|[A-ZＡ-Ｚ](?![A-Za-z]))",
    rf"(?<![代發外儀手鐘列報年附对對地計圖])(?:附?[表圖图])\s*(?:{_IDS}|[一二三四五六七八九十]{{1,3}})",
    rf"(?:Tables?|Figures?|Fig\.)\s*{_IDS}",
    r"(?:Chapters?)\s+(?:[0-9]{1,2}|[IVX]+)\b|Sections?\s+[0-9]{1,2}(?:\.[0-9]{1,2})*\b|Appendix\s+(?:[A-Z]|[0-9]{1,2}|[IVX]+)\b",
    r"(?:前揭|前)?(?:註釋|註腳|腳註|附註|註|注)\s*[0-9０-９]{1,3}",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in which references are sought: the block where it stands or is called, the text before it;
    ``plans``: it tells what each chapter will do, so that a chapter named is no reference."""

    text: Text
    block: int
    before: str = ""
    plans: bool = False


@cache
def _words(kind: str) -> str:
    return "|".join(row["text"] for row in table("crossref_words") if row["kind"] == kind)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<open>[（(])?\s*(?P<verb>(?:{_words('verb')})\s*)?(?P<self>(?:{_words('self')})\s*)?"
        rf"(?P<target>{'|'.join(_TARGETS)})(?P<tail>{_words('tail')})?\s*(?P<close>[)）])?"
    )


def find_crossrefs(
    layout: Layout, outline: Sequence[OutlineItem]
) -> tuple[tuple[CrossReference, ...], tuple[Problem, ...]]:
    """Return every cross reference in text, notes and tables outside the appended agreements and the reference list.

    ``resolves_to`` names what is meant, also where the printed number is wrong; ``problem`` then says why. An
    appendix is taken for wrong where the words and the date before the reference fit the title of another.
    """
    targets = find_targets(layout, outline)
    found: list[CrossReference] = []
    for passage in _passages(layout, outline, len(targets.of_kind("chapter"))):
        found += _in_passage(passage, targets)
    found.sort(key=lambda ref: (ref.place.page, ref.place.line, ref.place.offset))
    problems = tuple(
        Problem("crossref-wrong", "warning", "A cross reference does not lead where it should.", ref.place,
                f"{ref.raw}: {ref.problem}", f"Read {ref.resolves_to}." if ref.resolves_to else "Correct the number.")
        for ref in found
        if ref.problem
    )  # fmt: skip
    return tuple(found), problems


# ---------------------------------------------------------------- where references are sought


def _passages(layout: Layout, outline: Sequence[OutlineItem], chapters: int) -> Iterator[Passage]:
    closed, headings, overviews = _regions(layout, outline)
    callers: dict[str, tuple[int, str]] = {}
    for index, block in enumerate(layout.blocks):
        for mark in block.text.notes:
            callers.setdefault(mark.note, (index, block.text.text[: mark.offset]))
        if index in closed or index in headings:
            continue
        before = layout.blocks[index - 1].text.text if index and index - 1 not in headings else ""
        plans = index in overviews or _plans(block.text.text, chapters)
        yield from (replace(passage, plans=plans) for passage in _of_block(index, block, before))
    for note in layout.notes:
        on_page = (i for i, block in enumerate(layout.blocks) if block.page == note.page)
        index, before = callers.get(note.id) or (next(on_page, -1), "")
        if index >= 0 and index not in closed:
            yield Passage(note.text, index, before)


def _plans(text: str, chapters: int) -> bool:
    """Whether a paragraph tells what each chapter will do: it names most of them."""
    named = set(re.findall(rf"第\s*({_N})\s*章(?!\s*第)", text))
    return len(named) >= max(3, chapters * 0.6)


def _of_block(index: int, block: Block, before: str) -> Iterator[Passage]:
    if block.kind not in ("table", "toc", "caption", "figure"):
        yield Passage(block.text, index, before)
    if block.table:
        for cell in (cell for row in block.table.rows for cell in row if cell):
            yield Passage(plain(cell, block.table.place), index)


def _regions(layout: Layout, outline: Sequence[OutlineItem]) -> tuple[set[int], set[int], set[int]]:
    """Return the blocks of parts where no reference of the thesis stands (title page, contents, reference list,
    appended texts), of headings, and of sections that only tell what each chapter will do."""
    closed = set(range(outline[0].index)) if outline else set()
    headings: set[int] = set()
    overviews: set[int] = set()
    overview = re.compile(_words("overview"))
    for position, item in enumerate(outline):
        end = outline[position + 1].index if position + 1 < len(outline) else len(layout.blocks)
        headings.update(range(item.index, item.last + 1))
        if item.role in ("contents", "references", "appendix"):
            closed.update(range(item.index, end))
        elif overview.search(item.heading.title):
            overviews.update(range(item.index, end))
    return closed, headings, overviews


# ---------------------------------------------------------------- what is found there


def _in_passage(passage: Passage, targets: Targets) -> Iterator[CrossReference]:
    text = passage.text.text
    done = 0
    for match in _pattern().finditer(text):
        raw, start = _raw(match)
        target = match["target"]
        key = parse_target(target, targets.chapters[passage.block])
        if key is None or not _is_reference(match, text, key, targets):
            continue
        if passage.plans and key[0] in ("chapter", "section") and not match["verb"]:
            continue
        known = targets.known.get(key)
        problem, meant = None, known
        if known is None:
            meant = nearest(targets, key, passage.block)
            problem = f"no {target} exists" + (f"; {meant.name} may be meant" if meant else "")
        elif known.kind == "appendix":
            meant, problem = _weighed(known, passage, text[done:start], targets)
        done = match.end()
        place = place_at(passage.text, start) or Place(0)
        yield CrossReference(raw, " ".join(target.split()), meant.name if meant else None, problem, place)


def _raw(match: re.Match[str]) -> tuple[str, int]:
    """Return the reference as printed, with its brackets if it fills them, and where it begins."""
    if match["open"] and match["close"]:
        return match.group().strip(), match.start("open")
    start = next(match.start(g) for g in ("verb", "self", "target") if match[g] is not None)
    tail = match["tail"] if match["tail"] and re.fullmatch(_TARGETS[1], match["target"]) else None
    return match.string[start : match.end("tail" if tail else "target")].strip(), start


def _is_reference(match: re.Match[str], text: str, key: Key, targets: Targets) -> bool:
    """Whether words that look like a reference are one, and not the chapter of another text or a bare number."""
    kind, known = key[0], key in targets.known
    pointed = bool(match["verb"] or match["self"] or (match["open"] and match["close"]))
    start = next(match.start(group) for group in ("verb", "self", "target") if match[group] is not None)
    before = text[:start].rstrip()
    foreign = not match["self"] and re.search(rf"(?:{_words('foreign')})[之的]?$", before) is not None
    led = re.search(r"(?:^|[，。；：、（(如於在將與和及至見依據由從])$", before) is not None
    if kind == "note":
        return bool(match["verb"])
    if kind in ("table", "figure"):
        return known or pointed or len(key[1]) > 1
    if foreign and not match["verb"]:
        return False
    if kind == "section" and "章" not in match["target"]:
        return pointed or (known and (bool(match["tail"]) or bool(re.search("[如於在見依據]$", before))))
    return known or pointed or led


def _weighed(known: Target, passage: Passage, before: str, targets: Targets) -> tuple[Target, str | None]:
    """Return the appendix that the words before a reference speak of, and why the printed one is not it."""
    appendices = targets.of_kind("appendix")
    own = appendices.index(known)
    earlier = [match.end() for match in _pattern().finditer(passage.before)]
    contexts = [*reversed(re.split(r"(?<=[。！？!?])", before)), passage.before[max(earlier, default=0):]]
    seen = ""
    for context in contexts:
        seen = context + seen
        scores = weigh(seen, appendices)
        best = max(range(len(scores)), key=lambda i: (scores[i], i == own))
        if scores[best] >= 4 and scores[best] >= scores[own] * 1.5 and scores[best] - scores[own] >= 3:
            meant = appendices[best]
            return meant, f"the sentence speaks of {meant.name} ({squeeze(meant.title)}), printed {known.name}"
        if scores[own] >= 4:
            break
    return known, None
