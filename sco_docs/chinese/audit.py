"""What an earlier conversion from Simplified spoiled in a Traditional text: each suspect, why, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from sco_docs.chinese.decisions import decide, has_rules, rule_at, scopes
from sco_docs.chinese.detect import detect
from sco_docs.chinese.engine import one_sided, regional, run
from sco_docs.data import table
from sco_docs.model import Artefact, ArtefactKind

PROCESSOR: Final = "word processor"
PHRASES: Final = "phrase dictionary"
LEAST = 0.5
ALONE = 0.6
SURE = 0.95
BY_RULE, BY_PHRASE, IN_NAME, ALWAYS = 0.9, 0.75, 0.85, 0.9
_TW = "zh-Hant-TW"
_ALWAYS_CONVERTED = frozenset("于据价种么党仅仆云极术柜枪虫蜡蝎愿宁确筑厂广")
_TRANSLITERATION = frozenset(
    "阿埃艾奥巴贝比波博布查茨达德迪杜多厄恩尔法菲费夫弗戈格盖古哈海赫霍吉加金久卡科克肯库拉兰劳雷黎里利列林卢鲁罗洛"
    "伦马玛迈曼梅米密莫姆穆纳娜尼涅努诺帕佩皮普奇恰乔切丘萨塞桑沙莎什史斯苏索塔泰坦特托图瓦维韦沃乌希谢辛雅亚扬"
    "耶叶伊尤约泽扎兹佐鲍彼茹"
)
_GEOGRAPHIC = frozenset("湾州省市岛河港")
_KEPT_IN_NAMES = frozenset("里扎布托克卜斗松谷")
_HAN = re.compile("[\u3400-\u9fff]")
_EDGE = r"、，。；：（）()《》\s·"
_SURNAME_YU = re.compile(
    rf"(?:^|[{_EDGE}])于(?![0-9０-９一二三四五六七八九十是])[\u4e00-\u9fff]{{1,2}}(?=[{_EDGE}]|先生|女士|教授|同志|$)"
)
_KNOWN_YU = ("單于", "于右任", "于歸", "于斯", "淳于", "鮮于")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How a document was converted, as far as its artefacts tell, and the artefacts that tell it.

    ``character gateway``: character by character, as web gateways do; ``word processor``: with its list of common
    terms; ``phrase dictionary``: with OpenCC's regional phrases or a like list; ``none``: nothing found.
    """

    kind: Literal["character gateway", "word processor", "phrase dictionary", "none"]
    evidence: tuple[str, ...] = ()


def audit(text: str) -> tuple[Artefact, ...]:
    """Return the suspects of a Traditional text in its order, none overlapping another.

    Offsets are of ``text``; a suggestion is in Traditional characters. A text in Simplified characters, or with
    the vocabulary of Taiwanese statutes (whose words are no conversion), has no suspect words.
    """
    if detect(text).script == "Hans":
        return ()
    hans = run(text, "t2s")
    active = scopes(hans, _TW)
    found = [*_simplified(text), *_characters(text, hans, (active - {"tw"}) | {"legal"})]
    if "tw" not in active:
        found += [*_words(text), *_names(text)]
    return _without_overlaps(artefact for artefact in found if artefact.confidence >= LEAST)


def fingerprint(artefacts: Iterable[Artefact]) -> Fingerprint:
    """Return what the artefacts of one document tell of the conversion that made them."""
    found = tuple(artefacts)
    words = [a for a in found if a.kind in ("wrong sense", "regional term")]
    characters = [a for a in found if a.kind in ("left unconverted", "wrong character")]
    if words:
        phrased = sum(_converter(a.text) == PHRASES for a in words)
        processed = sum(_converter(a.text) == PROCESSOR for a in words)
        return Fingerprint(PHRASES if phrased > processed else PROCESSOR, tuple(dict.fromkeys(a.text for a in words)))
    if characters:
        return Fingerprint("character gateway", tuple(dict.fromkeys(a.text for a in characters)))
    return Fingerprint("none")


def _without_overlaps(found: Iterable[Artefact]) -> tuple[Artefact, ...]:
    """Keep, of suspects that overlap, the surest, then the longest."""
    kept: list[Artefact] = []
    taken: set[int] = set()
    for artefact in sorted(found, key=lambda a: (-a.confidence, a.start - a.end, a.start)):
        span = range(artefact.start, artefact.end)
        if taken.isdisjoint(span):
            kept.append(artefact)
            taken.update(span)
    return tuple(sorted(kept, key=lambda a: a.start))


# ---------------------------------------------------------------- Simplified characters left standing


def _simplified(text: str) -> Iterator[Artefact]:
    """Yield the runs of characters that only Simplified text has; a whole line where most of it is Simplified."""
    hans_only, hant_only = one_sided()
    start = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        strange = [at for at, character in enumerate(body) if character in hans_only]
        if len(strange) >= 6 and not any(character in hant_only for character in body):
            yield _left(text, start, start + len(body))
        else:
            for first, last in _runs(body, strange):
                yield _left(text, start + first, start + last)
        start += len(line)


def _runs(line: str, strange: list[int]) -> Iterator[tuple[int, int]]:
    """Join neighbours; what stands beside them and is not Traditional either, and a suffix (化, 性), belong to
    the word."""
    at = 0
    while at < len(strange):
        first = last = strange[at]
        while at + 1 < len(strange) and strange[at + 1] - last <= 1:
            at += 1
            last = strange[at]
        at += 1
        end = last + 1
        while end < len(line) and _default(line[end]) != line[end]:
            end += 1
        while first and _default(line[first - 1]) != line[first - 1]:
            first -= 1
        yield first, end + (line[end : end + 1] in ("化", "性"))


def _left(text: str, start: int, end: int) -> Artefact:
    word = text[start:end]
    return Artefact(start, end, word, regional(run(word, "s2t"), "TW"), "left unconverted", 0.95)


# ---------------------------------------------------------------- one character for another


def _characters(text: str, hans: str, active: frozenset[str]) -> Iterator[Artefact]:
    """Compare the text with the best conversion of its Simplified form, and yield the differences that matter."""
    printed = regional(text, "TW")
    meant, _ = decide(hans, regional(run(hans, "s2t"), "TW"), _TW, active)
    hans_only, _ = one_sided()
    surnames = {match.start() + match[0].index("于") for match in _SURNAME_YU.finditer(text)}
    for at, character in enumerate(printed):
        if text[at] in hans_only or at in surnames:
            continue
        if text[at] != hans[at] and _in_name(hans, at):
            yield _named(text, hans, at)
        elif character != meant[at] and f"{character}{meant[at]}" not in _same_word():
            artefact = _judged(text, hans, at, meant[at], active)
            if artefact:
                yield artefact


def _judged(text: str, hans: str, at: int, meant: str, active: frozenset[str]) -> Artefact | None:
    """Return the suspect if something in the context, and not only a default, asks for the other character."""
    kind: ArtefactKind = "left unconverted" if text[at] == hans[at] else "wrong character"
    if hans[at] in _ALWAYS_CONVERTED:
        known = any(word in text[max(0, at - 1) : at + 3] for word in _KNOWN_YU)
        return None if known or text[at] != hans[at] else Artefact(at, at + 1, text[at], meant, kind, ALWAYS)
    if not has_rules(hans[at], _TW, active):
        certain = meant != _default(hans[at])
        return Artefact(at, at + 1, text[at], meant, kind, BY_PHRASE) if certain else None
    rule = rule_at(hans, at, _TW, active)
    if rule is not None and rule[1] == "~":
        rule = rule_at(hans, at, _TW, frozenset({"all"}))
    if rule is None or rule[0] == regional(text[at], "TW"):
        return None
    left, _, right = rule[1].partition("~")
    start, end = _word(text, at - len(left), at + 1 + len(right))
    suggestion = text[start:at] + rule[0] + text[at + 1 : end]
    return Artefact(start, end, text[start:end], suggestion, kind, BY_RULE)


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without what is no Chinese character at its ends."""
    while not _HAN.match(text[start]):
        start += 1
    while not _HAN.match(text[end - 1]):
        end -= 1
    return start, end


def _in_name(hans: str, at: int) -> bool:
    """Say whether the character stands among the syllables of a foreign name: between two of them (``克里姆林``),
    or after two at its end (``莱特扎``), which 里 does in other words too."""
    if hans[at] not in _KEPT_IN_NAMES or at == 0:
        return False
    before, after = hans[at - 1], hans[at + 1 : at + 2]
    if not (before in _TRANSLITERATION or before == "·"):
        return False
    if after and (after in _TRANSLITERATION or hans[at + 2 : at + 3] in _GEOGRAPHIC):
        return True
    return hans[at] != "里" and at > 1 and hans[at - 2] in _TRANSLITERATION and not _HAN.match(after)


def _named(text: str, hans: str, at: int) -> Artefact:
    start, end = at, at + 1
    while start and hans[start - 1] in _TRANSLITERATION:
        start -= 1
    while end < len(hans) and hans[end] in _TRANSLITERATION:
        end += 1
    suggestion = text[start:at] + hans[at] + text[at + 1 : end]
    return Artefact(start, end, text[start:end], suggestion, "wrong character", IN_NAME)


@cache
def _default(hans: str) -> str:
    return regional(run(hans, "s2t"), "TW")


@cache
def _same_word() -> frozenset[str]:
    return frozenset(form for row in table("spellings") for form in (row["pair"], row["pair"][::-1]))


# ---------------------------------------------------------------- words and names


@dataclass(frozen=True, slots=True)
class _Suspect:
    meant: str
    kind: ArtefactKind
    confidence: float
    unless: tuple[str, ...]
    by: str = ""


_Lexicon = tuple[re.Pattern[str], dict[str, _Suspect]]
_KINDS: dict[str, ArtefactKind] = {
    "wrong sense": "wrong sense",
    "regional term": "regional term",
    "wrong character": "wrong character",
}


@cache
def _lexicon() -> _Lexicon:
    return _compiled(
        {
            row["found"]: _Suspect(
                row["meant"], _KINDS[row["kind"]], float(row["confidence"]), tuple(row["unless"].split()), row["by"]
            )
            for row in table("converted_terms")
        }
    )


@cache
def _name_lexicon() -> _Lexicon:
    return _compiled(
        {
            row["taiwan"]: _Suspect(row["mainland"], "name variant", 0.7, tuple(row["unless"].split()))
            for row in table("name_variants")
        }
    )


def _compiled(suspects: dict[str, _Suspect]) -> _Lexicon:
    words = sorted(suspects, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), suspects


def _words(text: str) -> list[Artefact]:
    """Return the words of the table, as sure as the others in the text make them.

    One that stands alone beside the word it replaces tells much less; words that are innocent by themselves tell
    something beside two others that a phrase dictionary has put in.
    """
    found = list(_lookup(text, _lexicon()))
    sure = {a.text for a in found if a.confidence >= LEAST}
    if len({word for word in sure if _converter(word) == PHRASES}) > 1:
        found = [replace(a, confidence=LEAST) if a.confidence < LEAST else a for a in found]
    if len(sure) == 1 and not any(a.confidence >= SURE for a in found):
        found = [replace(a, confidence=a.confidence * ALONE) if a.suggestion in text else a for a in found]
    return found


def _converter(word: str) -> str:
    suspect = _lexicon()[1].get(word)
    return suspect.by if suspect else ""


def _names(text: str) -> Iterator[Artefact]:
    return _lookup(text, _name_lexicon())


def _lookup(text: str, lexicon: _Lexicon) -> Iterator[Artefact]:
    pattern, suspects = lexicon
    for match in pattern.finditer(text):
        suspect = suspects[match[0]]
        if not any(_covers(text, match.start(), match[0], word) for word in suspect.unless):
            yield Artefact(match.start(), match.end(), match[0], suspect.meant, suspect.kind, suspect.confidence)


def _covers(text: str, at: int, found: str, word: str) -> bool:
    """Say whether ``word``, which holds ``found``, stands around it at ``at``."""
    inside = word.find(found)
    return inside >= 0 and at >= inside and text.startswith(word, at - inside)
