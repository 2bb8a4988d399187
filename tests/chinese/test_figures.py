"""The goals of the scripts on the shared gold and corpora; ``tests/bench/bench_script.py`` prints all figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sco_docs.chinese.audit import audit
from sco_docs.chinese.engine import run
from sco_docs.chinese.restore import restore
from sco_docs.chinese.script import convert

PARTS = {"lead", "inner_title", "preamble", "body", "closing", "signatories", "date_line"}
pytestmark = pytest.mark.thesis


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | dict):
        for item in node.values() if isinstance(node, dict) else node:
            yield from strings(item)


def documents(path: Path) -> dict[int, str]:
    records = json.loads(path.read_text("utf-8"))
    return {a["n"]: "\n".join(t for part in a if part in PARTS for t in strings(a[part])) for a in records}


def test_artefacts(shared: Path) -> None:
    printed = documents(shared / "gold/agreements.json")
    gold = json.loads((shared / "gold/artefacts.json").read_text("utf-8"))
    found = hits = 0
    for n in {g["agreement"] for g in gold}:
        wanted = [g["thesis_text"] for g in gold if g["agreement"] == n]
        for artefact in audit(printed[n]):
            found += 1
            match = next((w for w in wanted if w in artefact.text or artefact.text in w), None)
            if match:
                wanted.remove(match)
                hits += 1
    assert hits / len(gold) >= 0.9
    assert hits / found >= 0.8


def test_restoration(shared: Path) -> None:
    printed = documents(shared / "gold/agreements.json")
    for n, original in documents(shared / "gold/simplified.json").items():
        result, _ = restore(printed[n])
        assert len(result.text) == len(original)
        assert sum(a != b for a, b in zip(result.text, original, strict=True)) <= 0.0005 * len(original)


def test_statutes(shared: Path) -> None:
    laws = json.loads((shared / "align/laws_dev.json").read_text("utf-8"))[::6]
    text = "\n".join(line for law in laws for article in law["articles"] for line in article["zh"])
    back = convert(run(text, "t2s"), "zh-Hant-TW").text
    assert sum(a != b for a, b in zip(text, back, strict=True)) <= 9e-4 * len(text)


def test_other_prose_is_no_worse_than_plain_opencc(shared: Path) -> None:
    for path in sorted((shared / "align/treaties_dev").glob("*.json")):
        treaty = json.loads(path.read_text("utf-8"))
        text = "\n".join([treaty["preamble_zh"], *(article["content_zh"] for article in treaty["articles"])])
        hans = run(text, "t2s")
        for tag, config in (("zh-Hant-TW", "s2tw"), ("zh-Hant-HK", "s2hk")):
            plain, ours = run(hans, config), convert(hans, tag, "zh-Hans").text
            wrong = [sum(a != b for a, b in zip(text, other, strict=True)) for other in (plain, ours)]
            assert wrong[1] <= wrong[0] + 0.5e-4 * len(text), path.stem
