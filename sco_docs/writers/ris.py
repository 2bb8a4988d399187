"""Citation entries as RIS, for Zotero, EndNote, Mendeley; tags as in the Research Information Systems format (2011)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sco_docs.model import Agreement, Reference, RegisterEntry
from sco_docs.writers.citable import Citable, citables
from sco_docs.writers.names import name_of

_TYPES = {
    "article": "JOUR", "book": "BOOK", "translation": "BOOK", "incollection": "CHAP", "thesis": "THES",
    "report": "RPRT", "web": "ELEC", "film": "MPCT", "misc": "GEN", "treaty": "LEGAL",
}  # fmt: skip


def ris(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> bytes:
    """Return the entries as RIS (UTF-8, CR LF, one blank line between entries)."""
    return "\r\n".join(_entry(record) for record in citables(entries, printed)).encode("utf-8")


def _entry(record: Citable) -> str:
    date = [*record.date.split("/")[0].split("-"), "", ""][:3]
    start, _, end = re.sub(r"\s*[-–—－−~～〜至]\s*", "-", record.pages).partition("-")
    lines = [("TY", _TYPES[record.kind]), ("ID", record.key), ("TI", record.title), ("TT", record.title_en)]
    lines += [("OP", title) for title in (record.title_orig, record.title_ru) if title]
    lines += [("ST", record.short_title)]
    lines += [("AU", _name(n)) for n in record.authors or record.parties]
    lines += [("A2", _name(n)) for n in record.editors]
    lines += [("A4", _name(n)) for n in record.translators]
    lines += [
        ("JO" if record.kind == "article" else "T2", record.container),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", start),
        ("EP", end),
        ("PY", date[0]),
        ("DA", "/".join(date) if date[1] else ""),
        ("PB", record.publisher or record.institution),
        ("CY", record.place),
        ("M3", record.degree),
        ("DO", record.doi),
        ("UR", record.url),
        ("Y2", record.accessed.replace("-", "/")),
        ("N1", record.note),
        ("LA", record.lang),
        ("ER", ""),
    ]
    return "".join(
        f"{tag}  - {_clean(value)}".rstrip() + "\r\n" if tag != "ER" else "ER  - \r\n"
        for tag, value in lines
        if value or tag == "ER"
    )


def _name(printed: str) -> str:
    name = name_of(printed)
    return name.literal or (f"{name.family}, {name.given}" if name.given else name.family)


def _clean(value: str) -> str:
    return re.sub(r"\s+", " ", value).strip()
