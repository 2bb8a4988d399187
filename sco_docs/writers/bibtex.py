"""Citation entries for LaTeX: biblatex (with the treaty fields of ``sco-docs.dbx``) and classic BibTeX.

Field names follow the biblatex manual, §2; ``parties`` and ``execution`` those of the oscola style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
_LANGUAGES = {"zh": "chinese", "en": "english", "ru": "russian", "ja": "japanese"}
_BIBLATEX = {
    "article": "article", "book": "book", "translation": "book", "incollection": "incollection", "thesis": "thesis",
    "report": "report", "web": "online", "film": "movie", "misc": "misc", "treaty": "legal",
}  # fmt: skip
_CLASSIC = {
    "article": "article", "book": "book", "translation": "book", "incollection": "incollection", "report": "techreport",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def biblatex(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> bytes:
    """Return biblatex entries (UTF-8). Raises ``OutputError`` if what was written does not read back the same."""
    return _write([_biblatex(record) for record in citables(entries, printed)])


def classic(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> bytes:
    """Return entries for classic BibTeX styles (UTF-8): agreements as ``@misc``. Raises ``OutputError`` as above."""
    return _write([_classic(record) for record in citables(entries, printed)])


def escape(text: str) -> str:
    """Return text that LaTeX prints as it is; braces come out balanced, as BibTeX counts them."""
    return " ".join(text.translate(_ESCAPES).split())


def _link(url: str) -> str:
    """An address for ``url`` and ``\\url``: the characters that end or break it are percent-encoded."""
    return re.sub(r"[\\{}^\s\"<>`|]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)


def _names(names: Sequence[str]) -> str:
    parts = []
    for printed in names:
        name = name_of(printed)
        if name.literal or (not name.family.isascii() and re.search("[㐀-鿿]", name.family)):
            parts.append(f"{{{escape(printed)}}}")
        else:
            parts.append(f"{escape(name.family)}, {escape(name.given)}" if name.given else escape(name.family))
    return " and ".join(parts)


def _pages(pages: str) -> str:
    return re.sub(r"\s*[-–—－−~～〜至]+\s*", "--", escape(pages).replace(r"{\textasciitilde}", "-"))


def _title(text: str) -> str:
    return f"{{{escape(text)}}}"


def _biblatex(record: Citable) -> Entry:
    if record.kind == "treaty":
        return _treaty(record)
    kind = _BIBLATEX[record.kind]
    if kind == "book" and not record.authors:
        kind = "collection" if record.editors else "book"
    pairs = [
        ("author", _names(record.authors)),
        ("editor", _names(record.editors)),
        ("translator", _names(record.translators)),
        ("title", _title(record.title) if record.title else ""),
        ("origtitle", _title(record.title_orig) if record.title_orig else ""),
        ("journaltitle" if kind == "article" else "booktitle" if kind == "incollection" else "organization",
         _container(record, kind)),
        ("volume", escape(record.volume)),
        ("number", escape(record.issue)),
        ("pages", _pages(record.pages)),
        ("date", record.date),
        ("publisher", escape(record.publisher)),
        ("institution", _institution(record, kind)),
        ("type", escape(record.degree) or ("report" if kind == "report" else "")),
        ("location", escape(record.place)),
        ("url", _link(record.url)),
        ("urldate", record.accessed),
        ("note", escape(record.note)),
        ("sortname", f"{{{escape(record.sort)}}}" if record.sort else ""),
        ("langid", _LANGUAGES.get(record.lang, "")),
    ]  # fmt: skip
    return _entry(kind, record.key, pairs)


def _container(record: Citable, kind: str) -> str:
    return (
        _title(record.container)
        if record.container and kind in ("article", "incollection")
        else escape(record.container)
    )


def _institution(record: Citable, kind: str) -> str:
    return escape(record.institution or (record.publisher if kind == "report" else ""))


def _treaty(record: Citable) -> Entry:
    pairs = [
        ("entrysubtype", "piltreaty"),
        ("title", _title(record.title)),
        ("titleaddon", escape(record.title_en)),
        ("shorttitle", _title(record.short_titles[0]) if record.short_titles else ""),
        ("origtitle", _title(record.title_ru) if record.title_ru else ""),
        ("origlanguage", "russian" if record.title_ru else ""),
        ("parties", " and ".join(f"{{{escape(party)}}}" for party in record.parties)),
        ("execution", f"signed={record.date}" if record.date else ""),
        ("date", record.date),
        ("location", escape(record.place)),
        ("howpublished", escape(record.note)),
        ("url", _link(record.url)),
        ("urldate", record.accessed),
        ("sortname", f"{{{escape(record.sort)}}}"),
        ("langid", _LANGUAGES.get(record.lang, "")),
        ("options", "skipbib=false"),
    ]
    return _entry("legal", record.key, pairs)


def _classic(record: Citable) -> Entry:
    kind = _CLASSIC.get(record.kind, "misc")
    if record.kind == "thesis":
        kind = "phdthesis" if re.search("博士|octor|PhD|Ph\\.D", record.degree) else "mastersthesis"
    year, month, _ = [*record.date.split("/")[0].split("-"), "", ""][:3]
    notes = [_title(record.title_orig) if record.title_orig else "", escape(record.note)]
    if record.kind == "treaty":
        notes = [escape(t) for t in (record.title_en, record.title_ru, "、".join(record.parties)) if t]
    if kind not in ("misc",) and record.url:
        notes.append(f"\\url{{{_link(record.url)}}}")
    published = (
        f"\\url{{{_link(record.url)}}}"
        if record.url
        else escape(record.note if record.kind == "treaty" else record.container)
    )
    pairs = [
        ("author", _names(record.authors)),
        ("editor", _names(record.editors)),
        ("title", _title(record.title) if record.title else ""),
        (
            "journal" if kind == "article" else "booktitle",
            escape(record.container) if kind in ("article", "incollection") else "",
        ),
        ("volume", escape(record.volume)),
        ("number", escape(record.issue)),
        ("pages", _pages(record.pages)),
        ("year", escape(year)),
        ("month", _MONTHS[int(month) - 1] if month.isdigit() and 1 <= int(month) <= 12 else ""),
        ("publisher", escape(record.publisher) if kind in ("book", "incollection") else ""),
        ("school", escape(record.institution) if "thesis" in kind else ""),
        ("institution", escape(record.institution or record.publisher) if kind == "techreport" else ""),
        ("type", escape(record.degree) if "thesis" in kind else ""),
        ("address", escape(record.place)),
        ("howpublished", published if kind == "misc" else ""),
        ("note", "; ".join(note for note in notes if note)),
        ("key", escape(record.sort or record.title)),
    ]
    return _entry(kind, record.key, pairs)


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
    wrong = next((a.key for a, b in zip(entries, read.entries, strict=False) if _flat(a) != _flat(b)), None)
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


def _flat(entry: Entry) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return entry.entry_type, entry.key, tuple((field.key, field.value) for field in entry.fields)
