"""Makes the specimen, its witnesses and its gold from content/: ``python sources/make/build.py``.

Needs PyPI ``typst`` 0.15 and ``opencc`` 1.4, and the Debian fonts fonts-noto-cjk, fonts-noto-cjk-extra and
fonts-arphic-ukai. The same content gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import content
import typst
import witnesses

MAKE = Path(__file__).parent
SOURCES = MAKE.parent
GOLD = SOURCES.parent / "tests" / "specimen" / "gold"
FIELDS = (
    *("raw", "lang", "type", "authors", "editors", "translators", "year", "year_suffix", "title", "title_orig"),
    *("container", "volume", "issue", "pages", "publisher", "place", "institution", "degree", "url", "date"),
    "date_kind",
)


def compile_pdf(template: str, printed: dict[str, Any], target: Path) -> list[dict[str, Any]]:
    """Set one document; return the marks that it left (kind, index, page, page label)."""
    inputs = {"content": json.dumps(printed, ensure_ascii=False)}
    source = str(MAKE / template)
    target.write_bytes(typst.compile(source, sys_inputs=inputs))
    return json.loads(typst.query(source, "<mark>", field="value", sys_inputs=inputs))


def place(book: content.Book, marks: list[dict[str, Any]]) -> None:
    """Write the pages that typst found into the records."""
    for mark in marks:
        kind, i, page = mark["kind"], mark["i"], mark["page"]
        if kind == "heading":
            book.headings[i]["page_label"] = mark["label"]
        elif kind == "citation":
            book.citations[i]["place"] = {"page": page}
        elif kind == "agreement-start":
            book.agreements[i - 1]["pages"] = [page, page]
        elif kind == "agreement-end":
            book.agreements[i - 1]["pages"][1] = page


def reference_record(entry: dict[str, Any]) -> dict[str, Any]:
    lists = {"authors", "editors", "translators"}
    return {name: entry.get(name, [] if name in lists else None) for name in FIELDS}


def write_gold(name: str, records: Any) -> None:
    (GOLD / f"{name}.json").write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_specimen_gold(book: content.Book) -> None:
    outline = [{"title": h["title"], "level": h["level"], "page_label": h["page_label"]} for h in book.headings]
    files = {
        "agreements": book.agreements,
        "footnotes": book.footnotes,
        "references": [reference_record(r) for r in book.references],
        "citations": book.citations,
        "tables": book.tables,
        "outline": outline,
        "toc": [h for h in outline if h["level"] < 5],
        "crossrefs": book.crossrefs,
        "artefacts": book.artefacts,
        "register": content.register(book),
        "quotations": content.load("register.toml")["quotation"],
    }
    for name, records in files.items():
        write_gold(name, records)


def build_witnesses(agreement: dict[str, Any], base: dict[str, Any]) -> None:
    printed = witnesses.simplified(agreement)
    marks = compile_pdf("witness.typ", printed, SOURCES / "specimen-zh-Hans.pdf")
    english = witnesses.english()
    (SOURCES / "specimen-en.html").write_text(witnesses.english_page(english), "utf-8")
    write_gold("witnesses", [witnesses.simplified_gold(printed, base, marks), witnesses.english_gold(english, base)])
    write_gold("alignment-en", witnesses.alignment(english, base))
    table = content.load("witnesses.toml")
    write_gold("variants", {"S": table["simplified"]["variant"], "E": table["english"]["variant"]})


def main() -> None:
    GOLD.mkdir(parents=True, exist_ok=True)
    printed, book = content.read()
    place(book, compile_pdf("specimen.typ", printed, SOURCES / "specimen.pdf"))
    write_specimen_gold(book)
    build_witnesses(printed["agreements"][0], book.agreements[0])


if __name__ == "__main__":
    main()
