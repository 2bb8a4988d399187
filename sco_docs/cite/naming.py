"""Where a source names agreements: each 《…》 with its date, and the short names that the text sets up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_docs.chinese.texts import place_at
from sco_docs.cite.citations import citation_words
from sco_docs.cite.passages import Passage
from sco_docs.cite.titles import is_agreement, normal, nouns
from sco_docs.model import Place

_NAMED = re.compile(r"《(?P<title>[^《》]{2,120})》|[“「](?P<quoted>[^“”「」]{6,120})[”」]")
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:18|19|20)\d\d)(?:\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*日)?)?"
    r"|[./．-](?P<m2>\d{1,2})[./．-](?P<d2>\d{1,2})(?!\d))"
)
_SIGNED = re.compile(
    r"簽[署訂定]|通過|發表|批准|宣[布佈]|達成|公[布佈]|締結|签[署订定]|通过|发表|签订|缔结|宣布|^\s*[:：]"
)
_ENUMERATED = re.compile(r"[、，,；;和與及以及\s\d.．()（）①-⑳並并]*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A title as it stands in ``passage[start:end]``, with the date that its sentence gives to it."""

    title: str
    place: Place
    date: str | None
    passage: str
    start: int
    end: int
    where: str


def names_in(passage: Passage) -> Iterator[Name]:
    """Return the agreements that a passage names; in an enumeration, all have the date of the first."""
    text = passage.text.text
    last_end, last_date = 0, None
    for match in _NAMED.finditer(text):
        title = (match["title"] or match["quoted"]).strip()
        end = match.end()
        if not is_agreement(title, match["quoted"] is not None):
            after = re.match(rf"(?:的|之)?(?:聯合|联合)?{nouns()}", text[end:])
            if match["quoted"] or not after:
                continue
            end += after.end()
            title = f"{title}{after[0]}"
        date = date_before(text, match.start())
        if date is None and last_date and _ENUMERATED.match(text[last_end : match.start()]):
            date = last_date
        if date is None and passage.note is not None:
            date = _date_at_end(text[end:])
        place = place_at(passage.text, match.start()) or Place(passage.page)
        yield Name(re.sub(r"\s+", " ", title), place, date, text, match.start(), end, passage.where)
        last_end, last_date = end, date


def date_before(text: str, position: int) -> str | None:
    """Return the date of the sentence before a title if it is of the signing, with no other title in between."""
    sentence = re.split(r"[。！？；]", text[:position])[-1].rpartition("》")[2]
    found = list(_DATE.finditer(sentence))
    if not found or not _SIGNED.search(sentence[found[-1].end() :]):
        return None
    return _iso(found[-1])


def _date_at_end(text: str) -> str | None:
    """The date after the address in a source note is that of the agreement, until something says otherwise."""
    found = list(_DATE.finditer(text))
    if not found or not re.fullmatch(r"[\s。．.)）]*", text[found[-1].end() :]) or found[-1]["m2"] is None:
        return None
    return _iso(found[-1])


def _iso(match: re.Match[str]) -> str:
    parts = [match["y"], match["m"] or match["m2"], match["d"] or match["d2"]]
    return "-".join(part if n == 0 else f"{int(part):02}" for n, part in enumerate(parts) if part)


def short_titles(names: Sequence[Name]) -> dict[str, str]:
    """Return the short names set up after a title: （以下簡稱《…》）, （簡稱…）, 即《…》; both sides as ``normal``.

    A name that is set up for two titles, as 《宣言》 may be chapter by chapter, stands for neither.
    """
    setter = re.compile(
        rf"\s*[（(]?\s*(?:{citation_words('alias')}|又稱|也稱|又称|也称|即)\s*[：:為为]?\s*[《“「]?"
        r"(?P<short>[^《》“”「」（）()，。；]{2,40})"
    )
    found: dict[str, set[str]] = {}
    for name in names:
        match = setter.match(name.passage[name.end : name.end + 60])
        if match and is_agreement(match["short"]) and normal(match["short"]) != normal(name.title):
            found.setdefault(normal(match["short"]), set()).add(normal(name.title))
    return {short: titles.pop() for short, titles in found.items() if len(titles) == 1}
