"""The shared thesis, measured against its gold."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from sco_docs.layout import arrange
from sco_docs.model import Layout
from sco_docs.readers import read

pytestmark = pytest.mark.thesis


def _squeeze(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


@pytest.fixture(scope="module")
def word(shared: Path) -> Layout:
    path = shared / "thesis" / "word.pdf"
    source, _ = read(path)
    return arrange(source)[0]


def _gold(shared: Path, name: str) -> list[dict]:
    return json.loads((shared / "gold" / f"{name}.json").read_text("utf-8"))


def test_notes(word: Layout, shared: Path) -> None:
    gold = _gold(shared, "footnotes")
    assert [(n.label, _squeeze(n.text.text)) for n in word.notes] == [(str(g["n"]), _squeeze(g["text"])) for g in gold]
    assert [_squeeze(n.context)[-6:] for n in word.notes] == [_squeeze(g["page_context"])[-6:] for g in gold]


def test_tables(word: Layout, shared: Path) -> None:
    found = {b.table.id: b.table for b in word.blocks if b.table}
    for gold in _gold(shared, "tables"):
        table = found[gold["id"]]
        assert _squeeze(table.caption).rstrip("。.") == _squeeze(gold["caption"]).rstrip("。.")
        assert _squeeze(table.source_note) == _squeeze(gold["source_note"])
        cells = [Counter(_squeeze(c) for row in rows for c in row if c.strip()) for rows in (table.rows, gold["rows"])]
        assert cells[0] == cells[1]


def test_every_reference_is_one_block(word: Layout, shared: Path) -> None:
    blocks = {_squeeze(b.text.text) for b in word.blocks}
    assert [g["raw"] for g in _gold(shared, "references_all") if _squeeze(g["raw"]) not in blocks] == []


def test_headings(word: Layout, shared: Path) -> None:
    headings = {_squeeze(b.text.text) for b in word.blocks if b.kind == "heading"}
    assert [g["title"] for g in _gold(shared, "outline") if _squeeze(g["title"]) not in headings] == []


def test_pages_are_labelled_as_printed(word: Layout) -> None:
    assert word.labels[:11] == (None, "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "1")
    assert word.labels[-1] == "129"
