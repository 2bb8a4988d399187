"""Our grammar is a subset of TEI: whatever follows it follows the official ``tei_all`` too."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
DATA = files("sco_docs.data")

SAMPLES: dict[str, list[str]] = {
    r"[^\p{C}\p{Z}]+": ["abc", "a-b", "第一條"],
    r"#[^\s]+": ["#x", "#string-range(a.1,0,3)"],
    r"[^\s]+": ["01-x.xml", "01-x.xml#a"],
    r"\.\./figures/[^\s]+": ["../figures/01.png"],
    r"\d{4}-\d\d-\d\d": ["2001-06-15"],
    r"\d{4}-\d\d": ["2001-06"],
    r"\d{4}": ["2001"],
    r"\d+(:\d+)?": ["1", "12:3"],
    r"\d+:\d+": ["12:3"],
    r"\d+:\d+:\d+": ["1:2:3"],
    r"\d+-\d+": ["1-2"],
    r"m\d+-\d+": ["m1-2"],
    r"unnumbered|number-\d+": ["unnumbered", "number-12"],
    r"[\d]+(\.[a-z0-9]+)*": ["0.1.0", "1"],
}
TYPES: dict[str, list[str]] = {
    "language": ["zh-Hant-TW", "en"],
    "nonNegativeInteger": ["0", "12"],
    "positiveInteger": ["1", "12"],
    "integer": ["1"],
    "decimal": ["595.28"],
    "double": ["0.5", "1"],
    "NCName": ["A", "A-Hans"],
}


class Sampler:
    """Writes a random document that follows a grammar; the deeper, the shorter."""

    def __init__(self, grammar: etree._Element, seed: int) -> None:
        self._random = Random(seed)
        self._defines = {d.get("name"): d for d in grammar.iter(f"{RNG}define")}
        self._ids = 0

    def document(self, start: etree._Element) -> etree._Element:
        holder = etree.Element("holder")
        self._all(start, holder, 0)
        return holder[0]

    def _all(self, pattern: etree._Element, here: etree._Element, depth: int) -> None:
        for child in pattern:
            self._one(child, here, depth)

    def _one(self, pattern: etree._Element, here: etree._Element, depth: int) -> None:
        kind = pattern.tag.removeprefix(RNG)
        steps: dict[str, Callable[[], None]] = {
            "ref": lambda: self._all(self._defines[pattern.get("name")], here, depth),
            "group": lambda: self._all(pattern, here, depth),
            "choice": lambda: self._one(self._random.choice(list(pattern)), here, depth),
            "optional": lambda: self._times(pattern, here, depth, 0, 1),
            "zeroOrMore": lambda: self._times(pattern, here, depth, 0, 3),
            "oneOrMore": lambda: self._times(pattern, here, depth, 1, 3),
            "element": lambda: self._element(pattern, here, depth),
            "attribute": lambda: here.set(self._name(pattern), self._value(pattern[1:])),
            "text": lambda: self._text(here, self._random.choice(["", "甲", "a b"])),
            "value": lambda: self._text(here, str(pattern.text)),
        }
        if kind not in ("empty", "name"):
            steps[kind]()

    def _times(self, pattern: etree._Element, here: etree._Element, depth: int, least: int, most: int) -> None:
        for _ in range(self._random.randint(least, max(least, most if depth < 12 else 0))):
            self._all(pattern, here, depth)

    def _element(self, pattern: etree._Element, here: etree._Element, depth: int) -> None:
        made = etree.SubElement(here, self._name(pattern))
        self._all(pattern, made, depth + 1)

    def _name(self, pattern: etree._Element) -> str:
        name = pattern.find(f"{RNG}name")
        assert name is not None
        space = name.get("ns")
        local = str(name.text).removeprefix("xml:")
        if space == "http://www.w3.org/XML/1998/namespace" or str(name.text).startswith("xml:"):
            return f"{{http://www.w3.org/XML/1998/namespace}}{local}"
        return f"{{{space}}}{local}" if space else local

    def _text(self, here: etree._Element, words: str) -> None:
        if len(here):
            here[-1].tail = (here[-1].tail or "") + words
        else:
            here.text = (here.text or "") + words

    def _value(self, patterns: list[etree._Element]) -> str:
        return " ".join(self._token(p) for p in patterns if p.tag != f"{RNG}name").strip()

    def _token(self, pattern: etree._Element) -> str:
        kind = pattern.tag.removeprefix(RNG)
        if kind == "value":
            return str(pattern.text)
        if kind == "ref":
            return " ".join(self._token(p) for p in self._defines[pattern.get("name")])
        if kind == "choice":
            return self._token(self._random.choice(list(pattern)))
        if kind in ("list", "oneOrMore", "group"):
            return " ".join(self._token(p) for p in pattern)
        if kind == "data":
            if pattern.get("type") == "ID":
                self._ids += 1
                return f"id{self._ids}"
            param = pattern.find(f"{RNG}param[@name='pattern']")
            return self._random.choice(
                SAMPLES[str(param.text)] if param is not None else TYPES[str(pattern.get("type"))]
            )
        return "x"


def grammar() -> etree._Element:
    return etree.fromstring(DATA.joinpath("treaty.rng").read_bytes())


def test_samples_follow_our_grammar() -> None:
    tree = grammar()
    own = etree.RelaxNG(tree)
    start = tree.find(f"{RNG}start")
    for seed in range(25):
        document = Sampler(tree, seed).document(start)
        assert own.validate(document), (seed, own.error_log)


@pytest.mark.thesis
def test_what_follows_our_grammar_follows_tei(tei_all: etree.RelaxNG) -> None:
    tree = grammar()
    start = tree.find(f"{RNG}start")
    for seed in range(25):
        document = Sampler(tree, seed).document(start)
        assert tei_all.validate(document), (seed, tei_all.error_log)


def test_the_compact_form_says_the_same(tmp_path: Path) -> None:
    if find_spec("rnc2rng") is None:
        pytest.skip("rnc2rng, which converts the compact syntax, is not installed")
    source = tmp_path / "treaty.rnc"
    with DATA.joinpath("treaty.rnc").open("rb") as stream, source.open("wb") as target:
        shutil.copyfileobj(stream, target)
    subprocess.run([sys.executable, "-m", "rnc2rng", source, tmp_path / "treaty.rng"], check=True, timeout=60)

    def squeeze(text: str) -> str:
        return re.sub(r"\s+", " ", text)

    made = (tmp_path / "treaty.rng").read_text("utf-8")
    assert squeeze(made) == squeeze(DATA.joinpath("treaty.rng").read_text("utf-8"))
