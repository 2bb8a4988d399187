"""List numbers of Word files: they are not in the text, the numbering part says how each is written
(ECMA-376 Part 1, 17.9 and the number formats of 17.18.59)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Return a number from 1 to 9999 as it is counted in Chinese (十二, 一百〇三)."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + (units[power - 1] if power else "")
        elif text and not text.endswith(digits[0]) and number % 10**power:
            text += digits[0]
    return text[1:] if digits is _DIGITS and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def written(number: int, form: str) -> str:
    """Return a number in one of Word's number formats; a format that is not known gives digits."""
    if form in ("none", "bullet") or number < 1:
        return "" if form in ("none", "bullet") else str(number)
    if form.startswith("ideographTraditional"):
        return _STEMS[(number - 1) % 10]
    if form.startswith("ideographZodiac"):
        return _BRANCHES[(number - 1) % 12]
    if form == "ideographLegalTraditional" or form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return chinese(number, _FORMAL, "拾佰仟")
    if form in ("taiwaneseCounting", "taiwaneseCountingThousand", "chineseCounting", "chineseCountingThousand",
                "japaneseCounting", "koreanCounting"):
        return chinese(number)
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form.startswith("decimalEnclosedCircle"):
        return chr(0x2460 + number - 1) if number <= 20 else str(number)
    if form == "decimalEnclosedParen":
        return f"({number})"
    if form == "decimalFullWidth":
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if form == "decimalZero":
        return f"{number:02d}"
    letters = {"lowerLetter": _letter, "upperLetter": _letter, "lowerRoman": _roman, "upperRoman": _roman}.get(form)
    if letters is not None:
        return letters(number).upper() if form.startswith("upper") else letters(number)
    return str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, the text around it, where it starts."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]]
    shared: dict[str, str]
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, number: str, depth: int) -> str:
        """Count one item of list ``number`` at ``depth`` and return its printed label."""
        levels = self.levels.get(number)
        if not levels or depth not in levels or depth > 8:
            return ""
        counts = self.counts.setdefault(self.shared.get(number, number), [0] * 9)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1:] = [0] * (8 - depth)
        for above in range(depth):
            counts[above] = counts[above] or levels.get(above, Level()).start
        level = levels[depth]
        if level.form == "bullet":
            return ""

        def write(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return written(counts[at], levels.get(at, Level()).form)

        return re.sub(r"%([1-9])", write, level.text)


def _level(node: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        child = node.find(f"{W}{name}")
        return child.get(f"{W}val", default) if child is not None else default

    start = value("start", "1")
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1)


def read_numbering(root: etree._Element | None) -> Numbering:
    """Return the lists that ``word/numbering.xml`` defines."""
    if root is None:
        return Numbering({}, {})
    abstract = {
        node.get(f"{W}abstractNumId", ""): {
            int(level.get(f"{W}ilvl", "0")): _level(level) for level in node.iterchildren(f"{W}lvl")}
        for node in root.iter(f"{W}abstractNum")}
    levels: dict[str, dict[int, Level]] = {}
    shared: dict[str, str] = {}
    for node in root.iterchildren(f"{W}num"):
        name, link = node.get(f"{W}numId", ""), node.find(f"{W}abstractNumId")
        base = link.get(f"{W}val", "") if link is not None else ""
        levels[name] = dict(abstract.get(base, {}))
        restarts = False
        for override in node.iterchildren(f"{W}lvlOverride"):
            depth, start = int(override.get(f"{W}ilvl", "0")), override.find(f"{W}startOverride")
            if start is not None and depth in levels[name]:
                old = levels[name][depth]
                levels[name][depth] = Level(old.form, old.text, int(start.get(f"{W}val", "1")))
                restarts = True
        if not restarts:
            shared[name] = f"abstract {base}"
    return Numbering(levels, shared)
