"""Reads content/ into what specimen.typ prints and what the gold says, in one pass, so that the two cannot drift.

A run is a list: ``["t", text]``, ``["i", text]`` (italic), ``["n", number, runs]`` (note),
``["m", kind, index]`` (mark).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
INLINE = re.compile(r"⟦(?P<kind>[ncxa]) (?P<body>[^⟦⟧]*)⟧|\*(?P<italic>[^*]+)\*")
Runs = list[list[Any]]


@dataclass
class Book:
    """Everything met on the way through the content, in the order of print."""

    notes: dict[str, str] = field(default_factory=dict)
    headings: list[dict[str, Any]] = field(default_factory=list)
    footnotes: list[dict[str, Any]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    crossrefs: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    agreements: list[dict[str, Any]] = field(default_factory=list)
    artefacts: list[dict[str, Any]] = field(default_factory=list)
    references: list[dict[str, Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def reference(self, key: str) -> int | None:
        return next((i for i, r in enumerate(self.references) if r["key"] == key), None)


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))


def lines(name: str) -> list[str]:
    rows = (CONTENT / name).read_text("utf-8").splitlines()
    return [row for row in rows if row.strip() and not row.startswith("# ")]


def plain(runs: Runs) -> str:
    """The printed text of runs, without note markers."""
    return "".join(run[1] for run in runs if run[0] in "ti")


def parse(book: Book, text: str, **where: Any) -> Runs:
    """Read inline markup; ``where`` goes into the records of what is found."""
    runs: Runs = []
    end = 0
    for match in INLINE.finditer(text):
        runs.append(["t", text[end : match.start()]])
        end = match.end()
        kind = match["kind"]
        if kind is None:
            runs.append(["i", match["italic"]])
        elif kind == "n":
            runs.append(add_note(book, book.notes[match["body"]], plain(runs)))
        elif kind == "c":
            runs += add_citation(book, match["body"])
        elif kind == "x":
            runs += add_crossref(book, match["body"])
        else:
            runs.append(add_artefact(book, match["body"], len(plain(runs)), where))
    runs.append(["t", text[end:]])
    book.texts.append(plain(runs))
    return [run for run in runs if run != ["t", ""]]


def add_note(book: Book, text: str, before: str) -> list[Any]:
    note = {"n": len(book.footnotes) + 1, "text": "", "context": before[-20:]}
    book.footnotes.append(note)
    runs = parse(book, text)
    note["text"] = plain(runs)
    return ["n", note["n"], runs]


def add_citation(book: Book, body: str) -> Runs:
    raw, *parts = body.split("|")
    items = []
    for part in parts:
        authors, year, pages, key = part.split(";")
        items.append({"authors": authors, "year": year, "pages": pages or None, "reference": book.reference(key)})
    runs = parse(book, raw)
    form = "parenthetical" if raw[0] in "（(" else "narrative" if raw[-1] in "）)" else "full"
    book.citations.append({"raw": plain(runs), "place": None, "form": form, "items": items})
    return [["m", "citation", len(book.citations) - 1], *runs]


def add_crossref(book: Book, body: str) -> Runs:
    raw, target, resolves, problem = body.split("|")
    book.crossrefs.append({"raw": raw, "target": target, "resolves_to": resolves or None, "problem": problem or None})
    return [["m", "crossref", len(book.crossrefs) - 1], ["t", raw]]


def add_artefact(book: Book, body: str, offset: int, where: dict[str, Any]) -> list[Any]:
    printed, suggestion, kind = body.split("|")
    book.artefacts.append({
        "agreement": where["agreement"], "place": {**where["place"], "offset": offset},
        "text": printed, "suggestion": suggestion, "kind": kind, "confidence": None,
    })
    return ["t", printed]


def heading(book: Book, title: str, level: int) -> dict[str, Any]:
    record = {"i": len(book.headings), "title": title, "level": level}
    book.headings.append(record)
    return record


# ---------------------------------------------------------------- front matter, chapters


def front(book: Book) -> dict[str, Any]:
    """Title page, acknowledgements, abstracts, contents pages."""
    out = load("front.toml")
    for name in ("thanks", "abstract_zh", "abstract_en"):
        part = out[name]
        part["head"] = heading(book, part["heading"], 1)
        part["paragraphs"] = [parse(book, p) for p in part["paragraphs"]]
    contents = out["contents"]
    out["contents"] = {name: heading(book, contents[name], 1) for name in ("toc", "lists")}
    out["keywords"] = out["abstract_zh"]["keywords"]
    out["names"] = contents
    return out


def chapters(book: Book) -> list[dict[str, Any]]:
    """The flow of the chapters; tables and figures stand where they are called."""
    rows = lines("chapters.txt")
    book.notes = dict(row[1:].split(" ", 1) for row in rows if row.startswith("^"))
    floats = load("tables.toml")
    known = {item["id"]: item for item in floats["table"] + floats["figure"]}
    flow = []
    for row in rows:
        if row.startswith("^"):
            continue
        if match := re.match(r"(=+) (.*)", row):
            flow.append({"kind": "heading", **heading(book, match[2], len(match[1]))})
        elif row.startswith("@table "):
            flow.append(add_table(book, known["表 " + row.split()[1]]))
        elif row.startswith("@figure "):
            flow.append(add_figure(book, known["圖 " + row.split()[1]]))
        elif row.startswith(">> "):
            flow.append({"kind": "attribution", "runs": parse(book, row[3:])})
        elif row.startswith("> "):
            flow.append({"kind": "quote", "runs": parse(book, row[2:])})
        else:
            flow.append({"kind": "p", "runs": parse(book, row)})
    return flow


def add_table(book: Book, item: dict[str, Any]) -> dict[str, Any]:
    """Place the cells on the grid: a merged cell's text stands once, the rest are empty."""
    width = len(item["columns"])
    grid: list[list[str | None]] = [[None] * width for _ in item["rows"]]
    printed = []
    for y, row in enumerate(item["rows"]):
        cells = []
        for entry in row:
            entry = {"t": entry} if isinstance(entry, str) else entry
            runs, span, deep = parse(book, entry["t"]), entry.get("c", 1), entry.get("r", 1)
            x = grid[y].index(None)
            for dy in range(deep):
                for dx in range(span):
                    grid[y + dy][x + dx] = plain(runs) if dx == dy == 0 else ""
            long = len(plain(runs)) > 9 and y >= item["header_rows"]
            cells.append({"c": span, "r": deep, "runs": runs, "long": long})
        printed.append(cells)
    if any(None in row for row in grid):
        raise ValueError(f"{item['id']}: a row of the grid is not full")
    source = parse(book, item["source"])
    book.tables.append({"id": item["id"], "caption": item["caption"], "rows": grid, "source_note": plain(source)})
    return {**item, "kind": "table", "rows": printed, "source": source, "i": len(book.tables) - 1}


def add_figure(book: Book, item: dict[str, Any]) -> dict[str, Any]:
    source = parse(book, item["source"])
    book.figures.append({"id": item["id"], "caption": item["caption"], "source_note": plain(source)})
    return {**item, "kind": "figure", "source": source, "i": len(book.figures) - 1}


# ---------------------------------------------------------------- references, agreements


def references(book: Book) -> list[dict[str, Any]]:
    """Read the reference list into the book; return its groups, each with its entries' runs (headings come later)."""
    groups = load("references.toml")["group"]
    for group in groups:
        for entry in group["entry"]:
            book.references.append({**entry, "raw": entry["raw"].replace("*", "")})
    return [{"heading": g["heading"], "entries": [parse(book, e["raw"]) for e in g["entry"]]} for g in groups]


PARTS = ("lead", "preamble", "body", "closing", "signatures")


def agreements(book: Book) -> list[dict[str, Any]]:
    """The agreements as they are printed; their gold goes into the book."""
    chunks: list[list[str]] = []
    for row in lines("agreements.txt"):
        if row.startswith("@agreement "):
            chunks.append([])
        chunks[-1].append(row)
    return [agreement(book, rows) for rows in chunks]


def agreement(book: Book, rows: list[str]) -> dict[str, Any]:
    """One agreement: fields (``@name value``), then its parts."""
    fields: dict[str, str] = {}
    signatories = []
    parts: dict[str, list[Any]] = {name: [] for name in PARTS}
    part, stack = "", []
    n = int(rows[0].split()[1])

    def runs(text: str, paragraph: int, division: str = "") -> Runs:
        return parse(book, text, agreement=n, place={"part": division or part, "paragraph": paragraph})

    head = heading(book, next(r for r in rows if r.startswith("@appendix")).split(" ", 1)[1], 2)
    title = next(r for r in rows if r.startswith("@title")).split(" ", 1)[1]
    note = add_note(book, next(r for r in rows if r.startswith("@note")).split(" ", 1)[1], title)
    for row in rows:
        if row.startswith("@signatory "):
            signatories.append([v or None for v in row.split(" ", 1)[1].split(";")])
        elif row.startswith("@"):
            name, _, value = row[1:].partition(" ")
            part = name if name in PARTS else part
            fields[name] = value
        elif part == "signatures":
            parts[part].append([cell for cell in row.split("|") if cell])
        elif row.startswith("%"):
            stack = open_division(parts["body"], stack, row)
        elif part == "body":
            stack[-1]["paragraphs"].append(runs(row, len(stack[-1]["paragraphs"]), "/".join(d["label"] for d in stack)))
        else:
            parts[part].append(runs(row, len(parts[part])))
    part = "date"
    date_line = runs(fields["date_line"], 0) if "date_line" in fields else None
    book.agreements.append(gold_agreement(n, fields, parts, signatories, note, title))
    return {"n": n, "head": head, "title": [["t", title], note], "date_line": date_line, **parts}


def open_division(body: list[Any], stack: list[Any], row: str) -> list[Any]:
    level, rest = int(row[1]), row[3:]
    label, _, title = (piece.strip() for piece in rest.partition("|"))
    record = {"label": label, "heading": title or None, "level": level, "paragraphs": [], "children": []}
    stack = stack[: level - 1]
    (stack[-1]["children"] if stack else body).append(record)
    return [*stack, record]


def gold_agreement(
    n: int, fields: dict[str, str], parts: dict[str, list[Any]], signatories: list[Any], note: list[Any], title: str
) -> dict[str, Any]:
    """The record of the data file ``agreements``; pages come from the compiled document."""

    def tree(divisions: list[Any]) -> list[dict[str, Any]]:
        return [
            {"label": d["label"], "heading": d["heading"], "paragraphs": [plain(p) for p in d["paragraphs"]],
             "children": tree(d["children"])}
            for d in divisions
        ]

    return {
        "n": n, "id": fields["id"], "language": "zh-Hant", "appendix_title": fields["appendix"], "title": title,
        "date_heading": fields["date_heading"], "date_signed": fields["date_signed"],
        "place_signed": fields["place_signed"],
        "lead": [plain(p) for p in parts["lead"]], "preamble": [plain(p) for p in parts["preamble"]],
        "body": tree(parts["body"]), "closing": [plain(p) for p in parts["closing"]],
        "signatories": [dict(zip(("party", "capacity", "name"), s[:3], strict=True)) for s in signatories],
        "note_numbers": [note[1]], "source_url": fields["url"], "pages": None,
    }


def register(book: Book) -> list[dict[str, Any]]:
    """Every agreement named, with how often each of its titles stands in 《》 outside the reference list."""
    listed = {r["raw"] for r in book.references}
    texts = "\n".join(text for text in book.texts if text not in listed)
    return [
        {
            "id": entry["id"], "titles": entry["titles"], "date": entry["date"], "parties": entry.get("parties", []),
            "place": entry["place"], "printed_as": entry.get("printed"),
            "mentions": {title: texts.count(f"《{title}》") for title in entry["titles"]},
        }
        for entry in load("register.toml")["agreement"]
    ]


def read() -> tuple[dict[str, Any], Book]:
    """The whole content: what is printed, and the book of what was met."""
    book = Book()
    groups = references(book)
    printed = front(book)
    printed["chapters"] = chapters(book)
    printed["references"] = {"head": heading(book, printed["names"]["references"], 1), "groups": [
        {"head": heading(book, group["heading"], 2), "entries": group["entries"]} for group in groups
    ]}
    printed["appendix"] = heading(book, printed["names"]["appendix"], 1)
    printed["agreements"] = agreements(book)
    return printed, book
