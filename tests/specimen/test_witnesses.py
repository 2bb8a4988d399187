"""The two witnesses of the charter: read whole, aligned, and every planted variant found for what it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from test_specimen import Record, gold, pick, squeeze

from sco_docs.model import AgreementEdition, Edition, Settings, SourceSetting, VariantKind, Version, WitnessSetting
from sco_docs.pipeline import make_edition
from sco_docs.writers.datafiles import agreement_records

SOURCES = Path(__file__).resolve().parents[2] / "sources"
SAME_READING = {"layout", "script", "variant character"}


@pytest.fixture(scope="module")
def charter(edition: Edition) -> AgreementEdition:
    return edition.agreements[0]


def version(charter: AgreementEdition, siglum: str) -> Version:
    return next(v for v in charter.versions if v.siglum == siglum)


def record(charter: AgreementEdition, siglum: str) -> Record:
    return squeeze(agreement_records([version(charter, siglum).agreement], ())[0])


@pytest.mark.parametrize(("siglum", "index"), [("S", 0), ("E", 1)])
@pytest.mark.parametrize("field", ["language", "title", "date_signed", "preamble", "body", "closing"])
def test_witness_is_read(charter: AgreementEdition, siglum: str, index: int, field: str) -> None:
    assert record(charter, siglum)[field] == gold("witnesses")[index][field]


@pytest.mark.parametrize(("siglum", "index"), [("S", 0), ("E", 1)])
def test_witness_signatories(charter: AgreementEdition, siglum: str, index: int) -> None:
    found = pick(record(charter, siglum)["signatories"], "party", "name")
    assert found == pick(gold("witnesses")[index]["signatories"], "party", "name")


def test_planted_variants_are_classed(charter: AgreementEdition) -> None:
    """No planted variant is missed or classed as anything lesser; nothing else is above punctuation."""
    units = {d.label.text: d.id for d in version(charter, "T").agreement.body}
    planted = Counter((units[v["unit"]], v["kind"]) for v in gold("variants")["S"])
    del planted[units["第二條"], "punctuation"]
    kinds = {squeeze(kind): kind for kind in get_args(VariantKind)}
    unit_of = {s.id: s.unit for siglum in "ST" for s in version(charter, siglum).segments}
    found = Counter(
        (unit_of[next(r.segment for r in v.readings if r.segment)].split(".")[0], v.kind)
        for v in charter.variants
        if v.kind not in SAME_READING | {"punctuation"}
    )
    assert found == Counter({(unit, kinds[kind]): n for (unit, kind), n in planted.items()})


def test_planted_punctuation_is_found(charter: AgreementEdition) -> None:
    texts: list[Any] = [tuple(squeeze(r.text) for r in v.readings) for v in charter.variants if v.kind == "punctuation"]
    assert ("；", "，") in texts


def test_english_paragraphs_meet_their_own(charter: AgreementEdition) -> None:
    """Two segments of one bead always stand in paragraphs that the gold puts together."""
    chinese, english = version(charter, "T"), version(charter, "E")
    beads = [(squeeze(bead["a"]), squeeze(bead["b"])) for bead in gold("alignment-en")]
    alignment = next(a for a in charter.alignments if {a.a, a.b} == {"T", "E"})
    wrong = []
    for bead in alignment.beads:
        left = [squeeze(chinese.segments[i].text) for i in bead.a if chinese.segments[i].unit[0].isdigit()]
        right = [squeeze(english.segments[i].text) for i in bead.b]
        parts = [s for s in bead.a if chinese.segments[s].part == "p"]
        if not left or not right or not parts:
            continue
        together = any(
            all(any(text in p for p in a) for text in left) and all(any(text in p for p in b) for text in right)
            for a, b in beads
        )
        if not together:
            wrong.append((left, right))
    assert wrong == []


def test_english_omission_is_found(charter: AgreementEdition) -> None:
    chinese = version(charter, "T")
    alignment = next(a for a in charter.alignments if {a.a, a.b} == {"T", "E"})
    alone = [squeeze(chinese.segments[i].text) for bead in alignment.beads if not bead.b for i in bead.a]
    assert squeeze(gold("variants")["E"][0]["t"]) in alone


def test_a_witness_of_something_else_is_neither_aligned_nor_collated(tmp_path: Path) -> None:
    (tmp_path / "specimen.pdf").symlink_to(SOURCES / "specimen.pdf")
    recipe = [f"第{n}條 {step}" for n, step in zip("一二三四五六七八", RECIPE, strict=True)]
    (tmp_path / "recipe.txt").write_text("飯糰製法\n\n" + "\n\n".join(recipe), "utf-8")
    witness = WitnessSetting("recipe.txt", 1, "zh-Hant", "R")
    settings = Settings(str(tmp_path), (SourceSetting("specimen.pdf", witnesses=(witness,)),))
    edition = make_edition(tmp_path / "specimen.pdf", settings)
    assert "not-a-version" in {problem.code for problem in edition.problems}
    assert edition.agreements[0].variants == ()


RECIPE = (
    "白米洗三次，浸水半小時。", "鍋中加水，高出一指。", "大火煮沸，轉小火再煮十二分鐘。", "熄火燜十分鐘，不可掀蓋。",
    "鮭魚撒鹽，烤至金黃。", "梅子去核，切成細末。", "手沾鹽水，捏成三角。", "外包海苔，趁熱食用。",
)  # fmt: skip
