"""The front matter: what the title page says, and the abstracts with their keywords."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from sco_docs.chinese.numerals import arabic, han
from sco_docs.chinese.texts import slice_text, strip_text
from sco_docs.data import table
from sco_docs.model import Abstract, Block, Text, TitlePage
from sco_docs.structure.names import named, squeeze

_KEYWORDS = re.compile(
    r"\s*[【\[〔]?\s*(?:中文|英文)?\s*"
    r"(?:關\s*鍵\s*[詞字語]|关\s*键\s*[词字]|Key\s?-?[Ww]ords?|KEY\s?WORDS?|Index Terms)"
    r"\s*[】\]〕]?\s*[:：︰]?\s*"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@cache
def _rows(kind: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = [row for row in table("title_page") if row["kind"] == kind]
    return tuple((row["field"], re.compile(row["pattern"]), row["value"]) for row in rows)


def is_chinese(text: str) -> bool:
    """Return whether a line is Chinese: at least as many Chinese characters as Latin letters divided by three."""
    wide = sum("\u3400" <= c <= "\u9fff" for c in text)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    return wide > 0 and wide * 3 >= latin


def _bare(line: str) -> str:
    return squeeze(line) if is_chinese(line) else " ".join(line.replace("’", "'").split())


def _split_labels(line: str) -> list[str]:
    """Return the parts of a line that holds several labels, each with its colon (研究生：…　指導教授：…)."""
    cuts = {
        match.start()
        for _, pattern, _ in _rows("label")
        for match in re.finditer(rf"(?<!\S)(?:{pattern.pattern})", line)
        if match.group().rstrip().endswith((":", "："))
    }
    bounds = sorted({0, *cuts, len(line)})
    return [part for a, b in pairwise(bounds) if (part := line[a:b].strip())]


def read_title_page(blocks: Sequence[Block]) -> TitlePage:
    """Return what the blocks before the first heading (the title page) say; what they do not give is ``None``.

    Dates are ISO, years of the Republic (中華民國 102 年) are turned into years of the common era; ``date_printed``
    keeps the words. Names are given without title, rank or the blanks that space them out.
    """
    blocks = _display(blocks)
    lines = [part for block in blocks for cell in _printed(block) for part in _split_labels(cell)]
    found: dict[str, list[str]] = {}
    waiting: str | None = None
    for line in lines:
        bare = _bare(line)
        field, value, rest = _classify(bare)
        if waiting and field in ("title", "title_en"):
            field = waiting
        waiting = None if value else field if value == "" else None
        if waiting:
            continue
        found.setdefault(_unlabelled(field, bare, found), []).append(value or bare)
        if rest and _classify(rest)[0] in ("institution", "department"):
            found.setdefault(_classify(rest)[0], []).append(rest)
    if not set(found) & {"author", "advisors", "advisors_en", "degree", "institution"}:
        largest = max((block.size for block in blocks), default=0.0)
        found = {"title": [_bare(block.text.text) for block in blocks if block.size == largest]}
    return _title_page(found)


def _display(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are set as lines of a title page, without paragraphs of running text."""
    return [b for b in blocks if len(b.text.text) < 120 and not b.text.text.rstrip().endswith(("。", "；"))]


def _unlabelled(field: str, line: str, found: Mapping[str, list[str]]) -> str:
    """Return the field of a line that has no label: a name after the title is the author."""
    if field == "title" and found.get("title") and "author" not in found and found["title"][-1][-1] not in "：:─—－":
        return "author" if _is_chinese_name(line) else field
    if field == "title_en" and found.get("author") and "author_en" not in found and _is_name(line):
        return "author_en"
    return field


def _is_chinese_name(line: str) -> bool:
    names = {row["surname"] for row in table("surnames")}
    return 2 <= len(line) <= 4 and (line[0] in names or line[:2] in names)


def _printed(block: Block) -> list[str]:
    starts = [line.offset for line in block.text.lines]
    bounds = sorted({0, *starts, len(block.text.text)})
    return [block.text.text[a:b] for a, b in pairwise(bounds) if block.text.text[a:b].strip()]


def _classify(line: str) -> tuple[str, str | None, str]:
    """Return the field that a line gives, its value (empty: the next line gives it), and what else stands in it."""
    for field, pattern, _ in _rows("label"):
        match = pattern.match(line)
        if match:
            return field, line[match.end() :].strip(" :："), ""
    if any(pattern.fullmatch(line) for _, pattern, _ in _rows("ignore")):
        return "ignored", line, ""
    for field, pattern, value in _rows("line"):
        match = pattern.match(line)
        if match and (match.end() == len(line) or field == "institution"):
            return field, value or line, match[1] if pattern.groups else ""
    return ("title" if is_chinese(line) else "title_en"), None, ""


def _is_name(line: str) -> bool:
    words = line.replace("-", " ").replace(",", " ").split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word.replace(".", "").isalpha() for word in words)


def _title_page(found: dict[str, list[str]]) -> TitlePage:
    institution, department = _institution(found)
    printed = next(iter(found.get("date", ())), None)
    return TitlePage(
        title="".join(found.get("title", ())) or None,
        title_en=" ".join(found.get("title_en", ())) or None,
        author=_name(found, "author"),
        author_en=_name(found, "author_en"),
        advisors=_names(found, "advisors"),
        advisors_en=_names(found, "advisors_en"),
        institution=institution,
        institution_en=next(iter(found.get("institution_en", ())), None),
        department=department,
        department_en=next(iter(found.get("department_en", ())), None),
        degree=next(iter(found.get("degree", ())), None),
        date=next((date for text in found.get("date", ()) if (date := iso_date(text))), None),
        date_printed=printed,
    )


def _institution(found: dict[str, list[str]]) -> tuple[str | None, str | None]:
    lines = found.get("institution", [])
    departments = found.get("department", [])
    if not lines:
        return None, "".join(departments) or None
    match = re.match(r".{2,20}?(?:大學|大学|學院|学院|研究院)", lines[0])
    name = match.group() if match else lines[0]
    return name, "".join([lines[0][len(name) :], *lines[1:], *departments]) or None


def _names(found: dict[str, list[str]], field: str) -> tuple[str, ...]:
    names = [name for line in found.get(field, ()) for name in _split_names(line)]
    return tuple(name for raw in names if (name := _without_rank(raw.strip(), field)))


def _split_names(line: str) -> list[str]:
    """Return the names of a line; the comma of ``Lin, Siao-Ming`` is one of a name: a single word stands before it."""
    names: list[str] = []
    for part in re.split(r"[、，;；]|,(?!\s*(?:Ph|D))|\band\b|&", line):
        single = bool(names) and re.fullmatch(r"\s*[A-Z][\w'-]+\s*", names[-1]) is not None
        if single and "," in line and re.match(r"\s*[A-Z]", part):
            names[-1] += f",{part}"
        else:
            names.append(part)
    return names


def _name(found: dict[str, list[str]], field: str) -> str | None:
    return next((name for line in found.get(field, ()) if (name := _without_rank(line, field))), None)


def _without_rank(name: str, field: str) -> str:
    before = None
    while name != before:
        before = name
        for kind in ("end", "start"):
            for of, pattern, _ in _rows(kind):
                if of == field:
                    name = (
                        pattern.sub("", name) if kind == "end" else re.sub(rf"^{pattern.pattern}", "", name)
                    ).strip()
    return name


def iso_date(text: str) -> str | None:
    """Return the date of a title page as ``YYYY-MM`` or ``YYYY``, or ``None`` (``中華民國 102 年 8 月``)."""
    bare = squeeze(text)
    match = re.search(
        r"(中華民國|民國|西元|公元)?([\d０-９]+|[一二三四五六七八九十百〇○零]+)年(?:([\d０-９]+|[一二三四五六七八九十]+)月)?",
        bare,
    )
    if match:
        year, month = _number(match[2]), _number(match[3] or "")
        if year is None:
            return None
        year += 1911 if (match[1] or "").endswith("民國") or year < 200 else 0
        return f"{year}-{month:02}" if month else str(year)
    match = re.search(r"([A-Za-z]{3})[a-z]*\.?,?(?:\d{1,2},)?(\d{4})", bare)
    if match and match[1].lower() in _MONTHS:
        return f"{match[2]}-{_MONTHS.index(match[1].lower()) + 1:02}"
    return None


def _number(text: str) -> int | None:
    return arabic(text) if arabic(text) is not None else han(text)


# ---------------------------------------------------------------- abstracts


def read_abstract(title: str, blocks: Sequence[Block]) -> Abstract:
    """Return the abstract that stands in ``blocks`` under the heading ``title``, keywords taken out."""
    texts = [block.text for block in blocks if block.text.text.strip()]
    keywords: list[str] = []
    paragraphs: list[Text] = []
    open_list = False
    for text in texts:
        match = _KEYWORDS.search(text.text)
        if match and (match.start() == 0 or match.group().rstrip().endswith((":", "："))):
            keywords += split_keywords(text.text[match.end() :])
            open_list = not text.text[match.end() :].strip()
            text = strip_text(slice_text(text, 0, match.start()))
        elif open_list:
            keywords += split_keywords(text.text)
            open_list = False
            continue
        if text.text.strip():
            paragraphs.append(text)
    name = named(title)
    body = "".join(text.text for text in paragraphs)
    language = (name.language if name else None) or ("zh" if is_chinese(body) else "en")
    return Abstract(_tag(language, body), tuple(paragraphs), tuple(keywords))


def _tag(language: str, body: str) -> str:
    if is_chinese(body) or (language == "zh" and not body):
        return "zh"
    return "en" if language == "zh" else language


def split_keywords(text: str) -> list[str]:
    """Return the terms of a keyword line: between commas or semicolons, or between blanks where it has neither."""
    line = text.strip().rstrip("。.")
    if re.search(r"[、，,;；]", line):
        parts = re.split(r"[、，,;；]", line)
    elif is_chinese(line):
        parts = re.split(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])", line)
    else:
        parts = re.split(r"\s{2,}|\t", line)
    return [" ".join(part.split()) for part in parts if part.strip()]
