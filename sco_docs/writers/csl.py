"""Citation entries as CSL-JSON 1.0.2, for pandoc, Zotero and citation processors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from sco_docs.model import Agreement, Reference, RegisterEntry
from sco_docs.writers.citable import Citable, citables
from sco_docs.writers.names import name_of

_TYPES = {
    "article": "article-journal", "book": "book", "translation": "book", "incollection": "chapter", "thesis": "thesis",
    "report": "report", "web": "webpage", "film": "motion_picture", "misc": "document", "treaty": "treaty",
}  # fmt: skip


def csl_json(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> bytes:
    """Return the entries as a CSL-JSON array (UTF-8)."""
    items = [csl_item(record) for record in citables(entries, printed)]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def csl_item(record: Citable) -> dict[str, Any]:
    """Return one record as a CSL item; empty fields are left out."""
    item: dict[str, Any] = {
        "id": record.key,
        "type": _TYPES[record.kind],
        "language": "zh" if record.lang == "zh" else record.lang,
        "title": record.title,
        "original-title": record.title_ru or record.title_orig,
        "title-short": record.short_title,
        "author": _names(record.authors),
        "editor": _names(record.editors),
        "translator": _names(record.translators),
        "container-title": record.container,
        "volume": record.volume,
        "issue": record.issue,
        "page": re.sub(r"\s*[-–—－−~～〜至]\s*", "-", record.pages),
        "issued": _date(record.date, record.year_suffix),
        "year-suffix": record.year_suffix,
        "publisher": record.publisher or record.institution,
        "publisher-place": "" if record.kind == "treaty" else record.place,
        "event-place": record.place if record.kind == "treaty" else "",
        "genre": record.degree,
        "DOI": record.doi,
        "URL": record.url,
        "accessed": _date(record.accessed),
        "note": "; ".join(n for n in (record.title_en, "、".join(record.parties), record.note) if n),
    }
    return {name: value for name, value in item.items() if value}


def _names(names: Iterable[str]) -> list[dict[str, str]]:
    parts = []
    for printed in names:
        name = name_of(printed)
        if name.literal or not name.given:
            parts.append({"literal": name.literal or name.family})
        else:
            parts.append({"family": name.family, "given": name.given})
    return parts


def _date(date: str, _suffix: str = "") -> dict[str, Any]:
    if not date:
        return {}
    parts = [[int(number) for number in end.split("-") if number.isdigit()] for end in date.split("/")]
    return {"date-parts": parts} if all(parts) else {"literal": date}
