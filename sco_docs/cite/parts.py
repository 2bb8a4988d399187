"""The parts that all styles share: years, locators, imprints, web addresses with their dates, schools.

Each ``read_…`` function takes the printed part and returns the fields of ``Reference`` that it gives, or ``None`` where
the part is none of this kind: a pattern then does not match, and nothing is guessed.
"""

from __future__ import annotations

import re

from sco_docs.cite.words import URL, YEAR, words
from sco_docs.data import table

Fields = dict[str, str]

_PAGE = r"[A-Za-z]{0,2}\d+[A-Za-z]?"
_RANGE = rf"{_PAGE}(?:\s*(?:[-–—－−~～〜‐‑]|至|--)\s*{_PAGE})?"
_RANGES = rf"{_RANGE}(?:\s*[,，、;；+]\s*(?!(?:19|20)\d\d\s*(?:年|[./-]\d)){_RANGE})*"
_PAGES = (
    re.compile(
        rf"(?:頁碼|页码|頁次|頁|页)\s*[:：]?\s*(?P<pages>{_RANGES})\s*(?:頁|页|以下|起)?|第\s*(?P<pages_>{_RANGES})\s*(?:頁|页)"
    ),
    re.compile(rf"(?P<pages>{_RANGES})\s*(?:頁|页)$"),
    re.compile(rf"\bpp?\.?\s*(?P<pages>{_RANGES})"),
    re.compile(rf"[:：]\s*(?P<pages>{_RANGES})$"),
    re.compile(r"第?\s*(?P<pages>[A-Z]?\d+)\s*版"),
    re.compile(rf"[,，]\s*(?P<pages>{_RANGES})$"),
)
_VOLUME = re.compile(
    r"第?\s*(?P<volume>[\d一二三四五六七八九十百]+)\s*[卷本]|卷\s*(?P<volume__>\d+)"
    r"|\b[Vv]ol(?:ume|\.)?\s*(?P<volume_>[\dIVXLC]+)"
)
_ISSUE = re.compile(
    r"(?:總|总)?第?\s*(?P<issue>[\d一二三四五六七八九十百]+(?:\s*[-–/、及]\s*\d+)?)\s*(?:期|號|号|輯|分)"
    r"|期\s*(?P<issue___>\d+)|(?P<special>特刊|專刊|增刊|特輯)"
    r"|\b[Nn]o\.?\s*(?P<issue_>\d+(?:[-–/]\d+)?)|\b[Ii]ssue\s*(?P<issue__>\d+)"
)
_DATE = (
    r"(?:1[5-9]|20)\d\d\s*[年./-]\s*\d{1,2}(?:\s*[月./-]\s*\d{1,2}\s*日?|\s*月)?"
    r"|民國?\s*\d{2,3}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
    r"|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,?\s+\d{4}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec)\.?\s+(?:\d{1,2},?\s+)?\d{4}"
    r"|(?:Spring|Summer|Autumn|Fall|Winter)\s+\d{4}"
)
_YEAR_ISSUE = re.compile(r"^(?P<year>(?:19|20)\d\d)\s*(?:年)?\s*(?=[（(第])")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def read_year(text: str) -> tuple[int | str | None, str | None] | None:
    """Return the year and its letter: ``2007a`` → (2007, "a"), 民國 91 年 → 2002, ``1996/97`` as printed."""
    text = text.strip()
    if re.fullmatch(words("no_date"), text, re.IGNORECASE):
        return None, None
    republic = re.fullmatch(r"(?:中華)?民國?\s*(\d{1,3}|[一二三四五六七八九十○〇零百]{1,5})\s*年?([a-z])?", text)
    if republic:
        return 1911 + (number(republic[1]) or 0), republic[2]
    found = re.fullmatch(r"(?:西元|公元)?\s*(\d{4})\s*年?(?:([/／–-]\d{2,4}))?([a-z])?", text)
    if not found:
        return None
    return (f"{found[1]}{found[2]}" if found[2] else int(found[1])), found[3]


def number(text: str) -> int | None:
    """Return the number that digits or Chinese numerals below a thousand stand for."""
    if text.isdigit():
        return int(text)
    if re.fullmatch("[零一二三四五六七八九〇○]+", text):
        return int("".join(str(_NUMERALS[c]) for c in text))
    found = re.fullmatch(
        "(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", text
    )
    if not found or not text:
        return None
    tens = _NUMERALS[found[2]] if found[2] else 1 if found[3] else 0
    return (_NUMERALS[found[1]] if found[1] else 0) * 100 + tens * 10 + (_NUMERALS[found[4]] if found[4] else 0)


def read_locator(text: str, bare: str = "issue") -> Fields | None:
    """Read what follows a journal: ``44(2)：57-76``, ``第 34 卷第 3 期，頁 1-50``, ``12, no. 3 (1999): 1-20``.

    A number that stands alone before the pages is the ``bare`` field: the issue of a Chinese magazine, the volume in a
    Western journal. ``None`` where anything is left that is no part of a locator.
    """
    fields: Fields = {}
    rest = text.strip(" 　,，。．.;；")
    found = _YEAR_ISSUE.match(rest)
    if found:
        fields["year"], rest = found["year"], rest[found.end() :]
    rest = _take_pages(rest, fields)
    rest = _take_date(rest, fields)
    rest = _take(rest, _VOLUME, "volume", fields)
    rest = _take(rest, _ISSUE, "issue", fields)
    rest = _take_numbers(rest, fields, bare)
    if re.search(r"[^\W_]", re.sub(words("unpublished"), "", rest)):
        return None
    return fields or None


def _take_pages(rest: str, fields: Fields) -> str:
    for pattern in _PAGES:
        found = pattern.search(rest)
        if not found:
            continue
        after = rest[found.end() :].lstrip()
        if after[:1] in ("期", "卷", "年", "號", "月", "号", "輯") or (
            pattern is _PAGES[5] and _is_date(rest, found.start())
        ):
            continue
        if pattern is _PAGES[5] and not re.search(r"\d|[)）期]", rest[: found.start()]):
            continue
        fields["pages"] = re.sub(r"\s+", " ", _page_text(found)).strip()
        return rest[: found.start()] + " " + rest[found.end() :]
    return rest


def _page_text(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups["pages"] or groups["pages_"] or ""


def _is_date(rest: str, position: int) -> bool:
    return any(m.start() <= position < m.end() for m in re.finditer(_DATE, rest))


def _take_date(rest: str, fields: Fields) -> str:
    found = re.search(
        rf"[（(]\s*(?:[^（()）\d]{{1,8}}[,，]\s*)?(?P<date>{_DATE}|{YEAR})\s*(?:[,，][^（()）\d]{{1,8}})?\s*[）)]|(?P<bare>{_DATE})|(?<!\d)(?P<year>(?:19|20)\d\d)(?=\s*[,，年])\s*年?",
        rest,
    )
    if not found:
        return rest
    date = found["date"] or found["bare"] or found["year"]
    year = re.search(r"(?:1[5-9]|20)\d\d", date)
    republic = re.search(r"民國?\s*(\d{1,3})", date)
    if year:
        fields.setdefault("year", year[0])
    elif republic:
        fields.setdefault("year", str(1911 + int(republic[1])))
    if re.sub(r"\D", "", date) != fields.get("year"):
        fields["date"] = date.strip()
    return rest[: found.start()] + "，" + rest[found.end() :]


def _take(rest: str, pattern: re.Pattern[str], name: str, fields: Fields) -> str:
    found = pattern.search(rest)
    if not found:
        return rest
    value = next(v for v in found.groups() if v)
    fields[name] = str(number(value) or value)
    rest = rest[: found.start()] + " " + rest[found.end() :]
    return pattern.sub(" ", rest)


def _take_numbers(rest: str, fields: Fields, bare: str) -> str:
    found = re.search(r"(?P<volume>[\dIVXLC]+)?\s*[（(]\s*(?P<issue>[^（）()]{1,14}?)\s*[）)]", rest)
    if found and "issue" not in fields and re.search(r"\d|特|增|[A-Z]", found["issue"]):
        fields["issue"] = re.sub(r"^(?:第|[Nn]o\.?)\s*|\s*期$", "", found["issue"])
        if found["volume"]:
            fields["volume"] = found["volume"]
        return rest[: found.start()] + " " + rest[found.end() :]
    found = re.search(r"(?P<volume>\d+)\s*[:：,，/．.]\s*(?P<issue>\d+)(?!\d)", rest)
    if found and "issue" not in fields and "volume" not in fields:
        fields["volume"], fields["issue"] = found["volume"], found["issue"]
        return rest[: found.start()] + " " + rest[found.end() :]
    found = re.search(r"(?<!\d)(?P<number>\d{1,5})(?!\d)", rest)
    if found:
        name = bare if bare not in fields else "volume" if "volume" not in fields else "issue"
        if "issue" in fields and "volume" not in fields:
            name = "volume"
        fields.setdefault(name, found["number"])
        return rest[: found.start()] + " " + rest[found.end() :]
    return rest


def read_imprint(text: str) -> Fields | None:
    """Read ``台北：五南``, ``New York: Norton, 1979``, ``五南，2010 年，三版``: place, publisher, year, pages."""
    fields: Fields = {}
    rest = text.strip(" 　,，。;；")
    rest = _take_imprint_numbers(rest, fields)
    place, colon, publisher = _split_imprint(rest)
    if not colon:
        if not re.search(_publishers(), rest) or len(rest) > 60:
            return None
        return fields | {"publisher": rest}
    if (
        not place
        or not re.search(r"[^\W\d_]", publisher)
        or len(place) > 30
        or len(publisher) > 90
        or re.search(r"[〈〉《》]|://", rest)
    ):
        return None
    return fields | {"place": place, "publisher": publisher}


def _split_imprint(rest: str) -> tuple[str, str, str]:
    found = re.match(r"(?P<place>[^:：]+?)\s*[:：]\s*(?P<publisher>.+)", rest)
    if not found:
        return "", "", rest
    return found["place"].strip(), ":", found["publisher"].strip(" ,，。;；")


def _take_imprint_numbers(rest: str, fields: Fields, alone: bool = False) -> str:
    found = re.search(rf"(?P<year>{YEAR})\s*[:：.．]\s*(?P<pages>{_RANGES})$", rest)
    if found:
        fields["pages"], rest = found["pages"], rest[: found.end("year")]
    for pattern in (_PAGES[0], _PAGES[2]):
        found = pattern.search(rest)
        if found and "pages" not in fields:
            fields["pages"] = _page_text(found)
            rest = (rest[: found.start()] + rest[found.end() :]).strip(" ,，。.;；（()）")
            break
    found = re.search(rf"[,，]\s*(?P<pages>{_RANGE})$", rest)
    if found and "pages" not in fields and re.search(r"[-–—]", found["pages"]):
        fields["pages"], rest = found["pages"], rest[: found.start()].strip()
    rest = _EDITION.sub("", rest).strip(" ,，。;；")
    for _ in range(2):
        rest = _take_imprint_year(rest, fields, alone)
        rest = _EDITION.sub("", rest).strip(" ,，、。;；")
    if re.search(r"\b(?:Co|Inc|Ltd|Mass|Conn|Calif)\.$", rest):
        return rest
    return re.sub(r"(?<=[^A-Z.])\.$", "", rest)


_EDITION = re.compile(
    r"[,，（(]?\s*(?:(?:修訂|增訂|修正|增修|最新|修订|增订)?第?\s*[\d一二三四五六七八九十]+|初|再|修訂|增訂|修正|增修|最新|新|修订|增订"
    r"|\d+(?:st|nd|rd|th))\s*(?:版|刷|ed\.|edition)[^,，：:）)\d]{0,8}[)）]?"
    r"|[,，]?\s*(?:影印本?|排印本|點校本|重印本?)"
)


def _take_imprint_year(rest: str, fields: Fields, alone: bool) -> str:
    found = re.search(
        rf"[,，、。.]?\s*[（(]?\s*(?P<year>{YEAR})\s*[./]?\s*(?:\d{{1,2}}\s*月?)?(?:出版|版)?[)）]?$", rest
    )
    if not found or (found.start() == 0 and not alone):
        return rest
    read = read_year(found["year"])
    if read and read[0]:
        fields.setdefault("year", str(read[0]))
        if read[1]:
            fields["year_suffix"] = read[1]
    return rest[: found.start()].strip(" ,，。;；")


def _publishers() -> str:
    return "(?:" + "|".join(re.escape(row["word"]) for row in table("publisher_words")) + ")"


def read_web(text: str) -> Fields | None:
    """Read a web address and the date beside it; the date says what it is only where the source says so."""
    found = re.search(URL, text)
    if not found:
        return None
    address = _trim_url(found[0])
    fields: Fields = {"url": address}
    rest = text[: found.start()] + " ｜ " + text[found.start() + len(address) :]
    kinds = "|".join(f"(?P<{kind}>{words(kind)})" for kind in ("updated", "accessed", "published"))
    labelled = re.search(rf"(?:{kinds})[\s:：,，於是為]*[（(\[［]?\s*(?P<date>{_DATE}|{YEAR})", rest)
    labelled = labelled or re.search(rf"[（(\[［]?\s*(?P<date>{_DATE})\s*(?:{kinds})", rest)
    fetched = re.search(
        rf"(?P<date>{_DATE})\s*[，,]?\s*(?:於|于)?\s*(?:取自|檢自|擷取自|引自|下載自|检索自|檢索自)", rest
    )
    if labelled:
        kind = next(k for k in ("updated", "accessed", "published") if labelled[k])
        fields |= {"date": labelled["date"].strip(), "date_kind": kind}
        rest = rest[: labelled.start()] + rest[labelled.end() :]
    elif fetched:
        fields |= {"date": fetched["date"].strip(), "date_kind": "accessed"}
        rest = rest[: fetched.start()] + rest[fetched.end("date") :]
    else:
        rest = _take_web_dates(rest, fields)
    rest = re.sub(rf"(?:{words('online')}|{words('accessed')}|{words('updated')}|{_DATE})(?![A-Za-z])", " ", rest)
    before, _, after = rest.partition("｜")
    if re.search(r"\w", re.sub(r"日期?|時間|on|於|是|自", "", after)):
        return None
    container = before.strip(" 　,，。．.;；:：()（）[]［］<>＜＞")
    if container:
        fields["container"] = container
    return fields


def _take_web_dates(rest: str, fields: Fields) -> str:
    """``(2012-06-07)`` is the publication, ``[2013-05-01]`` the access (GB/T 7714-2015, 8.7); a bare date is either."""
    found = re.search(rf"[（(]\s*(?P<date>(?:{_DATE})|(?:19|20)\d\d)\s*[）)]", rest)
    if found and found["date"][:4].isdigit():
        fields |= {"year": found["date"][:4], "date": found["date"], "date_kind": "published"}
        rest = rest[: found.start()] + rest[found.end() :]
    found = re.search(rf"[\[［]\s*(?P<date>{_DATE})\s*[\]］]", rest)
    if found:
        fields |= {"date": found["date"], "date_kind": "accessed"}
        return rest[: found.start()] + rest[found.end() :]
    found = re.search(_DATE, rest)
    if found:
        fields |= {"date": found[0], "date_kind": "printed"}
        if found[0][:4].isdigit():
            fields["year"] = found[0][:4]
        return rest[: found.start()] + rest[found.end() :]
    return rest


def _trim_url(address: str) -> str:
    address = re.split(r"[，。；、〉》」』）】＞>\"”’]|(?<=\w)[,;](?=\D|$|(?:19|20)\d\d[-/.]\d)", address)[0]
    while address and (
        address[-1] in ".,;:!'\"" or (address[-1] in ")]" and address.count("([") < 1 and _unbalanced(address))
    ):
        address = address[:-1]
    return address


def _unbalanced(address: str) -> bool:
    return address.count(")") > address.count("(") or address.count("]") > address.count("[")


_WESTERN_SCHOOL = re.compile(
    r"(?:[Uu]npublished\s+)?(?P<degree>[A-Za-z][\w.'’ ]{0,30}?(?:[Tt]hesis|[Dd]issertation|[Dd]iss\.)),\s*"
    r"(?P<institution>[A-Z][^:：.]+)\.?"
)


def read_school(text: str) -> Fields | None:
    """Read ``台北：政治大學俄羅斯研究所碩士論文`` (place, institution, degree) or ``Ph.D. diss., Some University``."""
    text = text.strip(" 　,，。；;")
    fields: Fields = {}
    year = re.search(rf"[,，]\s*(?P<year>{YEAR})$", text)
    if year:
        read = read_year(year["year"])
        if read and read[0]:
            fields["year"] = str(read[0])
        text = text[: year.start()].strip(" ,，")
    western = _WESTERN_SCHOOL.fullmatch(text)
    if western:
        return fields | {key: value.strip() for key, value in western.groupdict().items()}
    found = re.fullmatch(
        rf"(?:(?P<place>[^：:，,]{{1,12}}(?:[，,][^：:，,]{{1,8}})?)\s*[：:])?\s*(?P<institution>[^：:]+?)[\s，,]*(?:{words('unpublished')}[\s，,之]*)?"
        rf"(?P<degree>{words('degree')}[^，,：:。]*(?:論文|论文|專班|班)?)",
        text,
    )
    if not found or not re.search(r"論文|论文|thesis|diss", found["degree"]):
        return None
    fields |= {"institution": found["institution"].strip(), "degree": found["degree"].strip()}
    if found["place"]:
        fields["place"] = found["place"].strip()
    return fields


def read_imprint_law(text: str) -> Fields | None:
    extra = rf"^{words('online')}|[。.]?\s*[（(][^（()）]*[）)]\s*$"
    text = re.sub(extra, "", text.strip(" 　,，。；;")).strip(" 　,，。；;")
    fields: Fields = {}
    rest = _take_imprint_numbers(text.strip(" 　,，。;；"), fields, alone=True)
    if rest.startswith(("出版", "版")) or re.search(r"\d", rest):
        return None
    if "year" not in fields:
        return None
    return fields | {"publisher": rest} if rest else fields


def read_school_place(text: str) -> Fields | None:
    """Read ``國立臺灣師範大學，臺北市``: institution, place; or the data base that holds the thesis."""
    text = re.sub(rf"^{words('online')}|[。.]?\s*[（(][^（()）]*[）)]\s*$", "", text.strip(" 　,，。；;")).strip(
        " 　,，。；;"
    )
    institution, _, place = text.replace(",", "，").partition("，")
    if re.search(r"(?:系統|資料庫|系统|数据库|Database|Theses)$", institution.strip()):
        return {"container": institution.strip()}
    fields = {"institution": institution.strip()}
    return fields | {"place": place.strip()} if place.strip() else fields
