"""Figures of script conversion, audit and restoration: ``python tests/bench/bench_script.py [SHARED]``.

Needs the shared gold and corpora. Rates are wrong characters per 10,000.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opencc
from rapidfuzz.distance import Levenshtein

from sco_docs.chinese.audit import audit, fingerprint
from sco_docs.chinese.restore import restore
from sco_docs.chinese.script import convert

PARTS = ("lead", "inner_title", "title", "preamble", "body", "closing", "signatories", "date_line", "signed_place")
SENTENCES = ("一個中國原則", "各國歷史", "規定制定", "換發護照", "考試制度", "下採取", "並為世界", "(簽字)")


def strings(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string of a record with its path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from strings(item, f"{path}/{number}")
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from strings(item, f"{path}/{key}")


def chosen(record: dict[str, Any]) -> dict[str, str]:
    return {path: text for path, text in strings(record) if path.split("/")[1] in PARTS}


def artefacts(shared: Path) -> None:
    """Print precision and recall, each agreement audited as a whole and string by string."""
    printed = {a["n"]: chosen(a) for a in json.loads((shared / "gold/agreements.json").read_text("utf-8"))}
    gold = json.loads((shared / "gold/artefacts.json").read_text("utf-8"))
    for name, split in (("whole", False), ("string by string", True)):
        hits = found = 0
        missed, kinds = Counter[str](), Counter[str]()
        for n in sorted({g["agreement"] for g in gold}):
            left = [g for g in gold if g["agreement"] == n]
            texts = {p: t for p, t in printed[n].items() if not p.startswith(("/title", "/signed_place"))}
            documents = list(texts.values()) if split else ["\n".join(texts.values())]
            for document in documents:
                for artefact in audit(document):
                    found += 1
                    kinds[artefact.kind] += 1
                    match = next((g for g in left if _same(g, artefact.start, artefact.end, document)), None)
                    if match:
                        left.remove(match)
                        hits += 1
            missed.update(g["thesis_text"] for g in left)
        print(
            f"artefacts, {name}: recall {hits / len(gold):.3f} precision {hits / found:.3f}", dict(kinds), dict(missed)
        )
    for n, texts in printed.items():
        found_in = audit("\n".join(texts.values()))
        print(f"  agreement {n}: {len(found_in)} suspects, {fingerprint(found_in).kind}")


def _same(gold: dict[str, Any], start: int, end: int, document: str) -> bool:
    """Say whether a suspect overlaps the gold one, found by its printed context."""
    context, word = gold["context_thesis"], gold["thesis_text"]
    inside = [at for at in range(len(context)) if context.startswith(word, at)]
    found = document.find(context)
    while found >= 0:
        if any(start < found + at + len(word) and found + at < end for at in inside):
            return True
        found = document.find(context, found + 1)
    return False


def restoration(shared: Path) -> None:
    printed = {a["n"]: chosen(a) for a in json.loads((shared / "gold/agreements.json").read_text("utf-8"))}
    errors, length = Counter[str](), 0
    ways = {name: opencc.OpenCC(name).convert for name in ("t2s", "tw2s", "tw2sp")}
    for record in json.loads((shared / "gold/simplified.json").read_text("utf-8")):
        wanted = chosen(record)
        paths = [path for path in wanted if path in printed[record["n"]]]
        before = "\n".join(printed[record["n"]][path] for path in paths)
        after = "\n".join(wanted[path] for path in paths)
        length += len(after)
        errors["restored"] += Levenshtein.distance(restore(before)[0].text, after)
        for name, way in ways.items():
            errors[name] += Levenshtein.distance(way(before), after)
    print("restoration CER:", {name: round(errors[name] / length, 5) for name in (*ways, "restored")})
    lost = 0
    for texts in printed.values():
        whole = "\n".join(texts.values())
        back = convert(convert(whole, "zh-Hans", "zh-Hant-TW").text, "zh-Hant-TW", "zh-Hans")
        spans = [(a.start, a.end) for a in (*audit(whole), *back.decisions)]
        for i, (a, b) in enumerate(zip(whole, back.text, strict=True)):
            lost += a != b and not any(start <= i < end for start, end in spans)
    print("round trip of the ten agreements: characters changed and not listed (suspects, review queue):", lost)


def statutes(shared: Path) -> None:
    """Print the rates for two halves of the statutes, and law by law."""
    laws = json.loads((shared / "align/laws_dev.json").read_text("utf-8"))
    plain, to_hans = opencc.OpenCC("s2tw"), opencc.OpenCC("t2s")
    halves: dict[int, list[str]] = {0: [], 1: []}
    errors, length = Counter[str](), 0
    for law in laws:
        text = "\n".join(line for article in law["articles"] for line in article["zh"])
        halves[int(hashlib.md5(law["id"].encode()).hexdigest(), 16) % 2].append(text)
        hans = to_hans.convert(text)
        length += len(text)
        errors["opencc"] += differences(text, plain.convert(hans))
        errors["one law at a time"] += differences(text, convert(hans, "zh-Hant-TW", "zh-Hans").text)
    print("statutes:", {name: round(count / length * 1e4, 2) for name, count in errors.items()})
    for half, texts in halves.items():
        text = "\n".join(texts)
        hans = to_hans.convert(text)
        result = convert(hans, "zh-Hant-TW", "zh-Hans")
        rates = [differences(text, other) / len(text) * 1e4 for other in (plain.convert(hans), result.text)]
        print(f"  half {half}: opencc {rates[0]:.2f} ours {rates[1]:.2f}, {len(result.decisions)} in the review queue")
    whole = to_hans.convert("\n".join(text for texts in halves.values() for text in texts))
    started = time.process_time()
    convert(whole, "zh-Hant-TW", "zh-Hans")
    print(f"  speed: {len(whole.encode()) / 1e6 / (time.process_time() - started):.1f} MB/s")


def other_prose(shared: Path) -> None:
    to_hans = opencc.OpenCC("t2s")
    texts = {"thesis": (shared / "thesis/thesis.txt").read_text("utf-8")}
    for path in sorted((shared / "align/treaties_dev").glob("*.json")):
        treaty = json.loads(path.read_text("utf-8"))
        texts[path.stem] = "\n".join([treaty["preamble_zh"], *(a["content_zh"] for a in treaty["articles"])])
    for name, text in texts.items():
        hans = to_hans.convert(text)
        rates = []
        for tag, config in (("zh-Hant-TW", "s2tw"), ("zh-Hant-HK", "s2hk")):
            rates += [
                differences(text, opencc.OpenCC(config).convert(hans)),
                differences(text, convert(hans, tag, "zh-Hans").text),
            ]
        a, b, c, d = (rate / len(text) * 1e4 for rate in rates)
        worse = "   WORSE" if b > a + 0.5 or d > c + 0.5 else ""
        print(f"  {name}: s2tw {a:.2f} ours {b:.2f}; s2hk {c:.2f} ours {d:.2f}{worse}")


def differences(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[3] / "shared"
    wrong = [s for s in SENTENCES if convert(opencc.OpenCC("t2s").convert(s), "zh-Hant-TW").text != s]
    print("sentences of the issue:", f"wrong: {wrong}" if wrong else "all right")
    artefacts(shared)
    restoration(shared)
    statutes(shared)
    other_prose(shared)


if __name__ == "__main__":
    main()
