"""The Simplified and the English witness of agreement 1: the same agreement with planted variants, and their gold."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import opencc
from content import lines, load, plain

HERE = Path(__file__).parent


# ---------------------------------------------------------------- Simplified


def simplified(agreement: dict[str, Any]) -> dict[str, Any]:
    """What witness.typ prints: the agreement in Simplified with the planted variants."""
    table = load("witnesses.toml")["simplified"]
    convert = opencc.OpenCC("t2s").convert
    quotes = str.maketrans(dict(zip(table["quotes"][::2], table["quotes"][1::2], strict=True)))

    def paragraph(text: str, unit: str = "") -> str:
        for variant in table["variant"]:
            if variant["unit"] == unit and variant["t"] in text:
                text = text.replace(variant["t"], variant["s"])
        return convert(text).translate(quotes)

    def division(record: dict[str, Any], unit: str) -> dict[str, Any]:
        unit = unit or record["label"]
        paragraphs = [paragraph(plain(p), unit) for p in record["paragraphs"]]
        return {
            "label": convert(record["label"]),
            "heading": record["heading"] and convert(record["heading"]),
            "paragraphs": [p for p in paragraphs if p],
            "children": [division(child, unit) for child in record["children"]],
        }

    return {
        "title": table["title"],
        "source": table["source"],
        "preamble": [paragraph(plain(p)) for p in agreement["preamble"]],
        "body": [division(d, "") for d in agreement["body"]],
        "closing": [paragraph(plain(p)) for p in agreement["closing"]],
        "signatures": [[convert(cell) for cell in row] for row in agreement["signatures"]],
    }


def simplified_gold(printed: dict[str, Any], base: dict[str, Any], marks: list[dict[str, Any]]) -> dict[str, Any]:
    convert = opencc.OpenCC("t2s").convert
    names = ("party", "capacity", "name")
    return {
        **base,
        "language": "zh-Hans", "appendix_title": None, "title": printed["title"], "date_heading": None,
        "place_signed": convert(base["place_signed"]), "note_numbers": [], "source_url": None,
        "pages": [mark["page"] for mark in marks],
        **{name: printed[name] for name in ("preamble", "body", "closing")},
        "signatories": [{k: convert(s[k]) for k in names} for s in base["signatories"]],
    }


# ---------------------------------------------------------------- English


def english() -> dict[str, Any]:
    """Read content/witness-en.txt; each paragraph keeps its slot in ``slots`` for the alignment."""
    out: dict[str, Any] = {"preamble": [], "body": [], "closing": [], "signatures": [], "signatories": [], "slots": []}
    part = ""
    for row in lines("witness-en.txt"):
        name, _, value = row.partition(" ")
        if name == "@title":
            out["title"] = value
        elif name == "@signatory":
            out["signatories"].append([v or None for v in value.split(";")])
        elif name.startswith("@"):
            part = name[1:]
        elif name.startswith("%"):
            label, _, heading = (piece.strip() for piece in value.partition("|"))
            label += "." if heading else ""
            record = {"label": label, "heading": heading or None, "paragraphs": [], "children": []}
            (out["body"] if name == "%1" else out["body"][-1]["children"]).append(record)
        elif part == "signatures":
            out[part].append([cell for cell in row.split("|") if cell])
        else:
            add_paragraph(out, part, row)
    return out


def add_paragraph(out: dict[str, Any], part: str, row: str) -> None:
    target = out[part]
    if part == "body":
        last = out["body"][-1]
        target = (last["children"] or [last])[-1]["paragraphs"]
    if row == "-":
        out["slots"].append(None)
    elif row.startswith("+ "):
        target[-1] += " " + row[2:]
        out["slots"].append("+")
    else:
        target.append(row)
        out["slots"].append((target, len(target) - 1))


def english_page(witness: dict[str, Any]) -> str:
    """The saved page of a ministry, with navigation and footer around the document."""

    def element(tag: str, text: str) -> str:
        return f"<{tag}>{html.escape(text, quote=False)}</{tag}>"

    def division(record: dict[str, Any]) -> list[str]:
        if record["heading"]:
            rows = [element("h2", f"{record['label']} {record['heading']}")]
            rows += [element("p", p) for p in record["paragraphs"]]
        else:
            rows = [element("p", f"{record['label']} {record['paragraphs'][0]}")]
        return rows + [row for child in record["children"] for row in division(child)]

    rows = [element("h1", witness["title"])]
    rows += [element("p", p) for p in witness["preamble"]]
    rows += [row for record in witness["body"] for row in division(record)]
    rows += [element("p", p) for p in witness["closing"]]
    rows.append('<table class="signatures">')
    rows += ["<tr>" + "".join(element("td", c) for c in [*row, ""][:2]) + "</tr>" for row in witness["signatures"]]
    rows.append("</table>")
    return (HERE / "page.html").read_text("utf-8").replace("{{document}}", "\n".join(rows))


def english_gold(witness: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    names = ("party", "capacity", "name")
    return {
        **base,
        "language": "en", "appendix_title": None, "title": witness["title"], "date_heading": None,
        "place_signed": "Wanglan", "note_numbers": [], "source_url": None, "pages": [1, 1],
        **{name: witness[name] for name in ("preamble", "body", "closing")},
        "signatories": [dict(zip(names, s[:3], strict=True)) for s in witness["signatories"]],
    }


def alignment(witness: dict[str, Any], base: dict[str, Any]) -> list[dict[str, list[str]]]:
    """Paragraphs of T (``a``) and E (``b``) that say the same, in the order of T."""

    def flat(divisions: list[dict[str, Any]]) -> list[str]:
        return [p for d in divisions for p in [*d["paragraphs"], *flat(d["children"])]]

    chinese = [*base["preamble"], *flat(base["body"]), *base["closing"]]
    beads: list[dict[str, list[str]]] = []
    for text, slot in zip(chinese, witness["slots"], strict=True):
        if slot == "+":
            beads[-1]["a"].append(text)
        else:
            beads.append({"a": [text], "b": [slot[0][slot[1]]] if slot else []})
    return beads
