"""Citation entries for LaTeX: biblatex (with the treaty fields of ``sco-docs.dbx``) and classic BibTeX.

Field names follow the biblatex manual, §2; ``parties`` and ``execution`` those of the oscola style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from sco_docs.errors import OutputError
from sco_docs.model import Agreement, Reference, RegisterEntry
from sco_docs.writers.citable import Citable, citables
from sco_docs.writers.names import name_of

_ESCAPES = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"{\textasciicircum}", "~": r"{\textasciitilde}",
})  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_BLANKS = re.compile(r"[^\S ]|  |^ | $")
_LANGUAGES = {"zh": "chinese", "en": "english", "ru": "russian", "ja": "japanese"}
_BIBLATEX = {
    "article": "article", "book": "book", "translation": "book", "incollection": "incollection", "thesis": "thesis",
    "report": "report", "web": "online", "film": "movie", "misc": "misc", "treaty": "legal",
}  # fmt: skip
_CLASSIC = {
    "article": "article", "book": "book", "translation": "book", "incollection": "incollection", "report": "techreport",
}  # fmt: skip
_CONTAINERS = {
    "article": "journaltitle", "incollection": "booktitle", "inbook": "booktitle", "report": "titleaddon",
    "thesis": "addendum", "movie": "titleaddon", "book": "series", "collection": "series",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def biblatex(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> bytes:
    """Return biblatex entries (UTF-8). Raises ``OutputError`` if what was written does not read back the same."""
    return _write([_biblatex(record) for record in citables(entries, printed)])


def classic(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> bytes:
    """Return entries for classic BibTeX styles (UTF-8): agreements as ``@misc``. Raises ``OutputError`` as above."""
    return _write([_classic(record) for record in citables(entries, printed)])


def data_model() -> bytes:
    """Return ``sco-docs.dbx``, the biblatex data model under which the entries validate without a warning."""
    return files("sco_docs.templates").joinpath("sco-docs.dbx").read_bytes()


def escape(text: str) -> str:
    """Return text that LaTeX prints as it is; braces come out balanced, as BibTeX counts them."""
    if _SPECIAL.search(text):
        text = text.translate(_ESCAPES)
    return " ".join(text.split()) if _BLANKS.search(text) else text


def _link(url: str) -> str:
    """An address for ``url`` and ``\\url``: the characters that end or break it are percent-encoded."""
    return re.sub(r"[\\{}^\s\"<>`|]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)


@cache
def _names(names: tuple[str, ...]) -> str:
    parts = []
    for printed in names:
        name = name_of(printed)
        if name.literal or (not name.family.isascii() and re.search("[㐀-鿿]", name.family)):
            parts.append(f"{{{escape(printed)}}}")
        else:
            parts.append(f"{escape(name.family)}, {escape(name.given)}" if name.given else escape(name.family))
    return " and ".join(parts)


@cache
def _pages(pages: str) -> str:
    return re.sub(r"\s*[-–—－−~～〜至]+\s*", "--", escape(pages).replace(r"{\textasciitilde}", "-"))


def _title(text: str) -> str:
    return f"{{{escape(text)}}}"


def _biblatex(record: Citable) -> Entry:
    if record.kind == "treaty":
        return _treaty(record)
    kind = _biblatex_type(record)
    pairs = [
        ("author", _names(record.authors)),
        ("editor", _names(record.editors)),
        ("translator", _names(record.translators)),
        ("title", _title(record.title) if record.title else ""),
        ("origtitle", _title(record.title_orig) if record.title_orig else ""),
        (_CONTAINERS.get(kind, "organization"), _title(record.container) if record.container else ""),
        ("volume", escape(record.volume)),
        ("number", escape(record.issue)),
        ("pages", _pages(record.pages)),
        ("date", record.date),
        ("publisher", escape(record.publisher) if kind != "report" else ""),
        ("institution", escape(record.institution or (record.publisher if kind == "report" else ""))),
        ("type", escape(record.degree) or ("report" if kind == "report" else "")),
        ("location", escape(record.place)),
        ("doi", _link(record.doi)),
        ("url", _link(record.url)),
        ("urldate", record.accessed),
        ("note", escape(record.note)),
        ("sortname", f"{{{escape(record.sort)}}}" if record.sort else ""),
        ("langid", _LANGUAGES.get(record.lang, "")),
    ]
    return _entry(kind, record.key, pairs)


def _biblatex_type(record: Citable) -> str:
    """The entry type whose mandatory fields the record has (biblatex manual, §2.1.1)."""
    kind = _BIBLATEX[record.kind]
    if kind == "book" and not record.authors and record.editors:
        return "collection"
    if kind == "incollection" and not record.editors:
        return "inbook"
    if kind == "report" and not (record.institution or record.publisher):
        return "misc"
    return kind


def _treaty(record: Citable) -> Entry:
    pairs = [
        ("entrysubtype", "piltreaty"),
        ("title", _title(record.title)),
        ("titleaddon", escape(record.title_en)),
        ("shorttitle", _title(record.short_title) if record.short_title else ""),
        ("origtitle", _title(record.title_ru) if record.title_ru else ""),
        ("origlanguage", "russian" if record.title_ru else ""),
        ("parties", " and ".join(f"{{{escape(party)}}}" for party in record.parties)),
        ("execution", f"signed={record.date}" if record.date else ""),
        ("date", record.date),
        ("location", escape(record.place)),
        ("note", escape(record.note)),
        ("url", _link(record.url)),
        ("urldate", record.accessed),
        ("sortname", f"{{{escape(record.sort)}}}"),
        ("langid", _LANGUAGES.get(record.lang, "")),
        ("options", "skipbib=false"),
    ]
    return _entry("legal", record.key, pairs)


def _classic(record: Citable) -> Entry:
    kind = _classic_type(record)
    year, month, _ = [*record.date.split("/")[0].split("-"), "", ""][:3]
    address = f"\\url{{{_link(record.url)}}}" if record.url else ""
    pairs = [
        ("author", _names(record.authors)),
        ("editor", "" if kind == "book" and record.authors else _names(record.editors)),
        ("title", _title(record.title) if record.title else ""),
        ("journal", escape(record.container) if kind == "article" else ""),
        ("booktitle", escape(record.container) if kind == "incollection" else ""),
        ("volume", escape(record.volume) if kind == "article" else ""),
        ("number", escape(record.issue) if kind == "article" and record.volume else ""),
        ("pages", _pages(record.pages)),
        ("year", escape(year)),
        ("month", _MONTHS[int(month) - 1] if month.isdigit() and 1 <= int(month) <= 12 else ""),
        ("publisher", escape(record.publisher) if kind in ("book", "incollection") else ""),
        ("school", escape(record.institution) if "thesis" in kind else ""),
        ("institution", escape(record.institution or record.publisher) if kind == "techreport" else ""),
        ("type", escape(record.degree) if "thesis" in kind else ""),
        ("address", escape(record.place)),
        ("howpublished", (address or escape(record.container)) if kind == "misc" else ""),
        ("note", "; ".join(_classic_notes(record, kind, address))),
        ("key", escape(record.sort or record.title) if not (record.authors or record.editors) else ""),
    ]
    return _entry(kind, record.key, pairs)


def _classic_type(record: Citable) -> str:
    """The entry type all of whose required fields the record has (BibTeXing, §3.1), else ``misc``."""
    people = record.authors or (record.editors if record.kind in ("book", "translation") else ())
    school = record.institution or (record.publisher if record.kind == "report" else "")
    required = {
        "article": (people, record.container, record.date),
        "book": (people, record.publisher, record.date),
        "translation": (people, record.publisher, record.date),
        "incollection": (people, record.container, record.publisher, record.date),
        "thesis": (people, school, record.date),
        "report": (people, school, record.date),
    }
    if record.kind not in required or not all(required[record.kind]):
        return "misc"
    if record.kind == "thesis":
        return "phdthesis" if re.search(r"博士|octor|Ph\.?D", record.degree) else "mastersthesis"
    return _CLASSIC[record.kind]


def _classic_notes(record: Citable, kind: str, address: str) -> list[str]:
    """What the entry type has no field for, so that nothing is lost."""
    notes = [record.title_en, record.title_ru, record.title_orig, "、".join(record.parties)]
    notes += [f"translated by {'、'.join(record.translators)}"] if record.translators else []
    notes += [f"edited by {'、'.join(record.editors)}"] if kind == "book" and record.authors and record.editors else []
    notes += [f"no. {record.issue}"] if record.issue and not (kind == "article" and record.volume) else []
    notes += [record.container] if kind in ("misc", "techreport") and address else []
    notes += [record.date] if record.date.count("-") == 2 and record.kind == "treaty" else []
    lines = [escape(note) for note in (*notes, record.note) if note]
    return [*lines, address] if address and kind != "misc" else lines


def _entry(kind: str, key: str, pairs: Iterable[tuple[str, str]]) -> Entry:
    return Entry(
        kind, key, [Field(name, value if name == "month" else f"{{{value}}}") for name, value in pairs if value]
    )


def _write(entries: Sequence[Entry]) -> bytes:
    library = Library(list(entries))
    _refuse(library)
    text = write_string(library, unparse_stack=[])
    read = parse_string(text, parse_stack=[])
    _refuse(read)
    wrong = next((a.key for a, b in zip(entries, read.entries, strict=False) if not _same(a, b)), None)
    if wrong is not None or len(read.entries) != len(entries):
        raise OutputError(
            f"citation files: the entry “{wrong}” does not read back as it was written; look at its braces."
        )
    return text.encode("utf-8")


def _refuse(library: Library) -> None:
    if library.failed_blocks:
        failed = library.failed_blocks[0]
        raise OutputError(f"citation files: an entry cannot be written ({failed.error}); correct it in the source.")
    for entry in library.entries:
        if not entry.key or not entry.fields:
            raise OutputError(
                f"citation files: the entry “{entry.key}” has no key or no fields; correct it in the source."
            )


def _same(written: Entry, read: Entry) -> bool:
    if written.entry_type != read.entry_type or written.key != read.key or len(written.fields) != len(read.fields):
        return False
    return all(a.key == b.key and a.value == b.value for a, b in zip(written.fields, read.fields, strict=True))
