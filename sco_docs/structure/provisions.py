"""What an agreement says of itself: languages, entry into force, depositary, registration; when and where signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, cast

from sco_docs.chinese.dates import find_dates
from sco_docs.chinese.texts import place_at
from sco_docs.data import table
from sco_docs.model import Place, Provision, Text

_Kind = Literal["languages", "entry_into_force", "depositary", "registration"]
_SIGNED = r"(?:簽訂|签订|簽署|签署|簽字|签字|訂立|订立|作成|訂於|完成|達成|达成|通過|通过|發表|发表)"
_PLACE = r"[\u3400-\u9fff·]{2,14}?"
_AFTER_DATE = re.compile(
    rf"^\s*(?:上午|下午|當天|当天)?\s*[于於在]?\s*(?P<place>{_PLACE})(?:市)?\s*(?:{_SIGNED}|舉行|举行)"
)
_DATE_LINE = re.compile(r"^\s*[,，]?\s*(?:[于於在]|(?:簽|签|訂|订)[於于])?\s*(?P<place>[\u3400-\u9fff·（）() ]{2,20})$")
_SIGNED_AT = re.compile(
    r"^[^，。；]{0,16}?(?:[簽签][訂订署字]|訂立|订立|訂|订|作成)[於于在](?P<place>[\u3400-\u9fff·]{2,14}?)(?=[，。,;；（(]|$)"
)
_BEFORE_DATE = re.compile(r"(?:^|[於于在])\s*(?P<place>[\u3400-\u9fff·]{2,10}?)\s*[,，、]?\s*$")
_SAYS_SIGNED = re.compile(
    rf"{_SIGNED}|[訂订簽签][於于]|\b[Dd]one\b|DONE|[Ss]igned|SIGNED|[Сс]овершен|СОВЕРШЕН|[Пп]одписан"
)
_ENGLISH = re.compile(
    r"\b(?:[Dd]one|DONE|[Ss]igned|SIGNED|[Mm]ade|MADE)\s+(?:(?:at|in)\s+(?:the\s+[Cc]ity\s+of\s+)?)"
    r"(?P<place>[A-Z][\w'’.-]*(?:[ -](?:[A-Z][\w'’.-]*|de|la|of|the))*)"
)
_RUSSIAN = re.compile(
    r"(?:[Сс]овершен[оа]?|СОВЕРШЕНО|[Пп]одписан[оа]?|[Уу]чинено)\s+в\s+(?:г\.\s*|городе\s+)?"
    r"(?P<place>[А-ЯЁ][\w-]*(?:[ -][А-ЯЁ][\w-]*)*)"
)
_WESTERN_LINE = re.compile(
    r"^\s*(?:г\.\s*)?(?P<place>[A-ZА-ЯЁ][\w'’-]*(?:[ -][A-ZА-ЯЁ][\w'’-]*){0,3})\s*,?\s*(?:on\s+)?$"
)


@cache
def _rules() -> tuple[tuple[_Kind, re.Pattern[str]], ...]:
    return tuple((cast(_Kind, row["kind"]), re.compile(row["pattern"])) for row in table("provisions"))


def find_provisions(paragraphs: Iterable[Text]) -> tuple[Provision, ...]:
    """Return what the paragraphs say of languages, entry into force, depositary and registration, in order; a kind is
    given once for each paragraph, with the sentence that says it and its place."""
    found: list[Provision] = []
    for paragraph in paragraphs:
        seen: set[_Kind] = set()
        for kind, expression in _rules():
            match = None if kind in seen else expression.search(paragraph.text)
            if match and (value := match.group("value").strip(" ，、").removeprefix("其").removeprefix("之")):
                seen.add(kind)
                place = place_at(paragraph, paragraph.text.index(value, match.start("value"))) or Place(0)
                found.append(Provision(kind, value, _sentence(paragraph.text, match.start()), place))
    return tuple(found)


def _sentence(text: str, at: int) -> str:
    stops = [match.start() + 1 for match in re.finditer(r"[。；;]|\.(?=\s|$)", text)]
    start = max((stop for stop in stops if stop <= at), default=0)
    return text[start : min((stop for stop in stops if stop > at), default=len(text))].strip()


def is_date_line(text: str) -> bool:
    """Whether a line gives a date, perhaps a place, and nothing else (二〇〇一年六月十五日於上海); not a sentence
    of the closing (``Done at …``)."""
    dates = find_dates(text)
    if not dates or len(text.strip()) > 60:
        return False
    first = dates[0]
    rest = (text[: first.start] + " " + text[dates[-1].end:]).strip()
    if re.search(r"[。；：:;「」《》]|第", rest) or _ENGLISH.search(text) or _RUSSIAN.search(text):
        return False
    return len("".join(rest.split())) <= 14


def when_and_where(
    date_line: Text | None, closing: Sequence[Text], lead: Sequence[Text]
) -> tuple[str | None, str | None]:
    """Return the date of signature (ISO 8601) and the place as printed, from the date line, the closing or the lead.

    Nothing else dates a document: dates in the preamble and the articles are those of other acts.
    """
    date: str | None = None
    place: str | None = None
    if date_line is not None:
        date, place = _from_line(date_line.text)
    for paragraph in (*reversed(closing), *lead):
        if date and place:
            break
        found_date, found_place = _from_sentence(paragraph.text)
        if date and found_date != date:
            continue
        date, place = date or found_date, place or found_place
    if date is None:
        date, place = next((_from_line(text.text) for text in lead if is_date_line(text.text)), (None, place))
    return date, place


def _from_line(text: str) -> tuple[str | None, str | None]:
    dates = find_dates(text)
    if not dates:
        return None, None
    date = next((d for d in dates if len(d.iso) == 10), dates[0])
    before, after = text[: date.start], text[date.end:]
    for expression, part in ((_DATE_LINE, after), (_BEFORE_DATE, before), (_ENGLISH, text), (_RUSSIAN, text),
                             (_WESTERN_LINE, before), (_WESTERN_LINE, re.sub(r"^\s*(?:,|in|at|в)\s*", "", after))):
        match = expression.search(part)
        if match:
            return date.iso, _clean(match.group("place"))
    return date.iso, None


def _from_sentence(text: str) -> tuple[str | None, str | None]:
    if not _SAYS_SIGNED.search(text):
        return None, None
    dates = [d for d in find_dates(text) if len(d.iso) == 10]
    for date in dates:
        after = text[date.end:]
        match = _SIGNED_AT.match(after) or _AFTER_DATE.match(after)
        before = _BEFORE_DATE.search(text[: date.start])
        if match or (before and re.match(rf"\s*{_SIGNED}", after)):
            found = match or before
            return date.iso, _clean(found.group("place")) if found else None
    western = _ENGLISH.search(text) or _RUSSIAN.search(text)
    if western:
        return (dates[0].iso if dates else None), _clean(western.group("place"))
    signed = next((d for d in dates if re.match(rf"\s*{_SIGNED}", text[d.end:])), None)
    return (signed.iso, None) if signed else (None, None)


def _clean(place: str) -> str:
    return place.strip(" ,.，。（(")
