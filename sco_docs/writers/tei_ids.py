"""Identifiers: the same unit has the same one in TEI, on the web page, in TMX and in JSON."""

from __future__ import annotations

import re
from datetime import date

from sco_docs.model import AgreementEdition, Segment, Version

_NOT_NAME = re.compile(r"[^\w.\-]", re.UNICODE)


def name(text: str) -> str:
    """Return ``text`` as an XML name without colon (Namespaces in XML 1.0, NCName)."""
    body = _NOT_NAME.sub("_", text) or "_"
    return body if body[0].isalpha() or body[0] == "_" else f"_{body}"


def witness_id(siglum: str) -> str:
    """Return the id of a witness."""
    return name(siglum)


def text_id(siglum: str) -> str:
    """Return the id of the text of a version."""
    return f"{name(siglum)}.text"


def unit_id(siglum: str, unit: str) -> str:
    """Return the id of a unit: a division, the preamble, the closing.

    The letter keeps it apart from segments: ``4.2`` is a division as well as the second segment of ``4``.
    """
    return f"{name(siglum)}.u.{name_part(unit)}"


def segment_id(siglum: str, segment: Segment) -> str:
    """Return the id of a segment: ``<siglum>.<segment>``."""
    return f"{name(siglum)}.{name_part(segment.id)}"


def name_part(text: str) -> str:
    """Return ``text`` as it may stand inside a name."""
    return _NOT_NAME.sub("_", text)


def page_id(siglum: str, page: int) -> str:
    """Return the id of a page of the source of a version."""
    return f"{name(siglum)}.p{page}"


def source_siglum(item: AgreementEdition, version: Version) -> str:
    """Return the siglum of the version whose printed pages ``version`` goes back to."""
    by_siglum = {v.siglum: v for v in item.versions}
    seen: set[str] = set()
    while version.derived_from in by_siglum and version.siglum not in seen:
        seen.add(version.siglum)
        version = by_siglum[version.derived_from or ""]
    return version.siglum


def slug(text: str) -> str:
    """Return ``text`` as a part of a file name: letters of ASCII in lower case, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def stem(item: AgreementEdition) -> str:
    """Return the name of the files of an agreement without ending: ``NN-<slug>``."""
    agreement = item.versions[0].agreement
    words = re.sub(rf"^(agreement-)?0*{agreement.n}(-|$)", "", slug(agreement.id))
    return f"{agreement.n:02d}-{words or 'agreement'}"


def text_name(item: AgreementEdition, version: Version) -> str:
    """Return the name of the reading text of a version; a second one in its language has its siglum too."""
    twins = [other for other in item.versions if script(other.language) == script(version.language)]
    siglum = "" if twins[0] is version else f".{slug(version.siglum)}"
    return f"{stem(item)}{siglum}.{script(version.language)}.md"


def script(language: str) -> str:
    """Return a tag without its region: ``zh-Hant-TW`` is ``zh-Hant`` (RFC 5646, section 2.2.4)."""
    return "-".join(part for part in language.split("-") if len(part) != 2 or part == language[:2])


def when(value: str | None) -> str | None:
    """Return an ISO date as ``@when`` takes it (day, month or year of the calendar), or ``None``."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value or "")
    if parts is None:
        return None
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None
    return value
