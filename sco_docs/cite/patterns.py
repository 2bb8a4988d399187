"""The frame for all styles: rows of ``data/reference_patterns.tsv`` become regular expressions with checked fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sco_docs.cite import parts
from sco_docs.cite.words import URL, YEAR, words
from sco_docs.data import table

Fields = dict[str, str]

_LITERALS = {
    "，": r"\s*[，,。；;﹐]\s*",
    "。": r"\s*[。．.，]\s*",
    "．": r"\s*[.．。]\s*",
    "：": r"\s*[：:﹕]\s*",
    "（": r"\s*[（(]\s*",
    "）": r"\s*[）)]\s*",
    "［": r"\s*[\[［]\s*",
    "］": r"\s*[\]］]\s*",
    "〈": r"\s*[〈＜<「『“\"﹤]\s*",
    "〉": r"\s*[〉＞>」』”\"﹥]\s*",
    "《": r"\s*[《≪«『]\s*",
    "》": r"\s*[》≫»』]\s*",
    "“": r"\s*[“\"„「]\s*",
    "”": r"\s*[,.]?\s*[”\"“」]\s*[.,]?\s*",
    " ": r"\s*",
}
_NO_TITLE_MARKS = r"[^〈〉《》\[\]［］“”\"]"
_DASHED = r"(?:\s*[-–—－~～至]\s*"
_FREE = {
    "authors": rf"{_NO_TITLE_MARKS[:-1]}（(]{{2,160}}?|{_NO_TITLE_MARKS}{{2,160}}?",
    "authors1": r"[^〈〉《》\[\]（()）“”\".]{2,60}?(?:\s[A-Z]\.?){0,2}(?:,?\s(?:&|and)\s[^.]{2,40}?)?",
    "year": f"(?:{YEAR}|{words('no_date')})",
    "date_in": rf"(?:{YEAR}|{words('no_date')})[^（()）]{{0,20}}?",
    "title": r".{1,400}?",
    "title_orig": r"[^（()）]{2,300}?",
    "bare": rf"(?!{URL}){_NO_TITLE_MARKS}{{2,300}}?",
    "report": rf"[^《》〈〉“”\"]*{words('report')}[^《》〈〉“”\"]*?",
    "container": r"[^〈〉《》“”\[\]［］]{1,160}?",
    "in": words("in") + r"\s*[：:]?\s*",
    "editors": r"[^〈〉《》]{2,90}?",
    "weditors": r"[^〈〉《》“”\"]{3,120}?",
    "original": r".{5,300}",
    "original_author": r"[^（()）]{2,60}",
    "translators": r"[^（()）《》]{2,60}?",
    "translators_role": r"[^（()）《》〈〉]{2,60}?(?:譯|译)",
    "people_gbt": r"[^.．。\[\]]{2,60}?(?:譯|译|编|編|校|注)",
    "edition": r"(?:第?\s*[\d一二三四五六七八九十]+|修订|修訂|增訂|增订|初|再|新)\s*版|\d+(?:st|nd|rd|th)\s+ed",
    "place_colon": r"(?P<place>[^：:，,.]{1,20}?)\s*[：:]\s*",
    "institution": r"[^，,。\[\]]{2,60}?",
    "institution_w": r"[^\[\]\d]{4,100}?",
    "publisher": r"[^〈〉《》\"\d]{3,90}?",
    "pages_in": rf"(?:頁|页|第|[Pp]p?\.)\s*(?P<pages>[\dA-Za-z]+{_DASHED}[\dA-Za-z]+)?)\s*(?:頁|页)?\s*[，,。]\s*",
    "wpages_in": r"\s*(?:pp?\.)?\s*(?P<pages>\d+\s*[-–—]\s*\d+)",
    "pages_p": rf"(?:[^（()）]{{0,20}}[，,]\s*)?(?:頁|页|第|pp?\.)?\s*(?P<pages>\d+{_DASHED}\d+)?)\s*(?:頁|页)?",
    "degree_in": rf"(?:{words('unpublished')}\s*之?)?(?P<degree>[^（()）〔〕，,]*?(?:論文|论文))"
    r"(?:[，,]\s*(?P<institution>[^（()）〔〕]+?))?",
    "wdegree_in": r"(?:[Uu]npublished\s+)?(?P<degree>[^()\[\],]*?(?:thesis|dissertation))"
    r"(?:,\s*(?P<institution>[^()\[\]]+?))?",
    "vol_in": r"[^（()）《》]{1,20}",
    "note": r"[^（()）]{1,120}",
    "web_tail": rf"[，,。.．]?\s*(?:{words('online')}\s*[：:]?\s*)?(?:\[[\d/-]+\]\s*[.．]?\s*)?{URL}.*",
}
_GRAMMARS = {
    "locator": r"[^〈〉《》]*?[\d一二三四五六七八九十][^〈〉《》]*?",
    "vlocator": r"(?!.*https?:)[^〈〉《》]*?\d[^〈〉《》]*?"
    r"|[^〈〉《》]*?\d[^〈〉《》]*?(?=[，,。.．]?\s*(?:https?:|doi))",
    "wlocator": r"(?:[Vv]ol|[Nn]o|\d|\()[^〈〉《》]*?",
    "locator_pages": r"[^〈〉《》]*?\d[^〈〉《》]*?",
    "wpages": r"(?:pp?\.\s*)?\d[^〈〉《》]*?",
    "imprint": r"[^〈〉《》\[\]]{2,140}?",
    "imprint_or_web": r".{2,200}?",
    "wimprint": r"[^〈〉《》“”\"\[\]（()）]{2,140}?",
    "wimprint2": r"[^〈〉《》“”\"\[\]（()）.]{1,40}?(?:\.\s*)?:[^〈〉《》“”\"\[\]]{2,80}?|[^〈〉《》“”\"\[\]:.]{3,60}?",
    "imprint_pages": r"[^〈〉《》\[\]]{2,160}?",
    "web": rf".*?{URL}.*",
    "web_gbt": rf".*?{URL}.*",
    "school": r"[^〈〉《》（）]*?(?:論文|论文)(?:[，,][^〈〉《》（）]*)?",
    "school_tail": r".*",
    "wschool": r"[^\"“”]*?(?:[Tt]hesis|[Dd]iss)[^\"“”]*?",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the table, compiled; ``names`` maps groups of the expression to fields."""

    family: str
    script: str
    type: str
    source: str
    regex: re.Pattern[str]
    names: tuple[tuple[str, str], ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the compiled rows of ``data/reference_patterns.tsv`` in their order."""
    return tuple(
        compile_pattern(row["family"], row["script"], row["type"], row["pattern"])
        for row in table("reference_patterns")
    )


def compile_pattern(family: str, script: str, kind: str, source: str) -> Pattern:
    """Compile one row; a field may stand more than once, its first value counts.

    >>> bool(compile_pattern("x", "zh", "book", "{authors}，《{title}》").regex.fullmatch("王小明, 《書》"))
    True
    """
    names: list[tuple[str, str]] = []

    def group(match: re.Match[str]) -> str:
        name = match[1]
        body = _FREE.get(name) or _GRAMMARS[name]
        label = f"g{len(names)}_{name}"
        names.append((label, name))
        for inner in re.findall(r"\(\?P<(\w+)>", body):
            renamed = f"g{len(names)}_{inner}"
            names.append((renamed, inner))
            body = body.replace(f"(?P<{inner}>", f"(?P<{renamed}>", 1)
        return f"(?P<{label}>{body})"

    regex = "".join(
        re.sub(r"\{([a-z_12]+)\}", group, piece)
        if piece[:1] in "{["
        else "".join(f"(?:{_LITERALS[c]})" if c in _LITERALS else c for c in piece)
        for piece in re.split(r"(\{[a-z_12]+\}|\[[^\]]*\])", source)
    )
    return Pattern(family, script, kind, source, re.compile(rf"\s*{regex}\s*[。．.]?\s*"), tuple(names))


def match(pattern: Pattern, text: str) -> Fields | None:
    """Return the fields of ``text`` if the whole of it is what the pattern says, and every part passes its grammar."""
    found = pattern.regex.fullmatch(text)
    if not found:
        return None
    fields: Fields = {}
    for label, name in pattern.names:
        value = found[label]
        if value is None or name in (
            "in",
            "pages_in",
            "wpages_in",
            "pages_p",
            "degree_in",
            "wdegree_in",
            "place_colon",
            "vol_in",
        ):
            continue
        checked = read_part(name, value)
        if checked is None:
            return None
        for key, part in checked.items():
            fields.setdefault(key, part)
    return fields


def read_part(name: str, value: str) -> Fields | None:
    """Return the fields that one part of a pattern gives, ``None`` if it is no such part."""
    if name in ("locator", "wlocator", "vlocator", "locator_pages", "wpages"):
        return parts.read_locator(value, "issue" if name == "locator" else "pages" if "pages" in name else "volume")
    if name.startswith(("imprint", "wimprint")):
        return _imprint(name, value)
    if name in ("web", "web_gbt", "web_tail"):
        return parts.read_web(value)
    if name in ("school", "wschool"):
        return parts.read_school(value)
    if name == "school_tail":
        return {}
    if name == "container" and re.search(URL, value):
        return None
    return {_FIELDS.get(name, name): value.strip()}


_FIELDS = {
    "authors1": "authors",
    "bare": "title",
    "report": "title",
    "weditors": "editors",
    "institution_w": "institution",
    "translators_role": "translators",
    "people_gbt": "people",
    "date_in": "date_in",
}


def _imprint(name: str, value: str) -> Fields | None:
    if name == "imprint_or_web" and re.search(URL, value):
        return parts.read_web(value)
    return parts.read_imprint(value)
