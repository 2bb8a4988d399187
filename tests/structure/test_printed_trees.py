"""A tree of divisions in styles drawn at random is printed and has to come back, whatever the order of the styles."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from legal_blocks import tree

from sco_docs.chinese.numerals import to_han, to_roman

Style = Callable[[int], str]
STEMS, FORMAL = "甲乙丙丁戊己庚辛壬癸", "壹貳參肆伍陸柒捌玖拾"
ITEMS: dict[str, list[Style]] = {
    "zh": [
        lambda n: to_han(n) + "、", lambda n: f"（{to_han(n)}）", lambda n: f"{n}、", lambda n: f"{n}.",
        lambda n: f"({n})", lambda n: chr(0x245F + n), lambda n: STEMS[n - 1] + "、",
        lambda n: f"（{STEMS[n - 1]}）", lambda n: f"{n})", lambda n: f"({chr(96 + n)})",
        lambda n: FORMAL[n - 1] + "、",
    ],
    "en": [
        lambda n: f"{n}.", lambda n: f"({n})", lambda n: f"({chr(96 + n)})", lambda n: f"({to_roman(n).lower()})",
        lambda n: f"{chr(96 + n)})", lambda n: f"{n})", lambda n: f"({chr(64 + n)})",
        lambda n: f"{to_roman(n).lower()}.", lambda n: f"{chr(96 + n)}.", lambda n: f"({to_roman(n)})",
    ],
}
PARTS: dict[str, list[Style]] = {
    "zh": [lambda n: f"第{to_han(n)}編", lambda n: f"第{to_han(n)}章", lambda n: f"第{to_han(n)}節"],
    "en": [lambda n: f"PART {to_roman(n)}", lambda n: f"CHAPTER {n}", lambda n: f"Section {n}"],
}
ARTICLES: dict[str, list[Style]] = {
    "zh": [lambda n: f"第{to_han(n)}條", lambda n: f"第 {n} 條"],
    "en": [lambda n: f"Article {n}", lambda n: f"Article {to_roman(n)}"],
}
REFERENCES = {
    "zh": ["{}第一項所定之蜂，準用之。", "{}規定之事項，由蜂后定之。", "{}所稱蜂，指昆蟲。"],
    "en": ["{} of this Act applies.", "{}, paragraph 2, applies.", "{} shall apply."],
}
SENTENCE = {"zh": "蜂屬公有。", "en": "Bees are common."}
HEADING = {"zh": "總則", "en": "General Provisions"}


class Printer:
    """Prints a tree: ``lines`` is the text, ``wanted`` what ``tree`` has to show of it."""

    def __init__(self, seed: int, language: str) -> None:
        self.draw, self.language = random.Random(seed), language
        self.lines: list[str] = []
        self.wanted: list[str] = []
        self.article = 0
        self.styles = self.draw.sample(ITEMS[language], 4)
        self.style = self.draw.choice(ARTICLES[language])
        self.glue = self.draw.choice(["\n", " "] + [""] * (language == "zh"))
        self.parts = sorted(self.draw.sample(range(3), self.draw.choice([0, 0, 1, 2])))
        self.has_articles = self.draw.random() < 0.75
        self.print_parts(0)

    def open(self, depth: int, label: str, glue: str, text: str, heading: str = "") -> None:
        self.lines += (label + glue + text).split("\n")
        self.wanted.append("." * depth + label + heading)

    def print_parts(self, depth: int) -> None:
        if depth == len(self.parts):
            if self.has_articles:
                self.print_articles(depth)
            else:
                self.print_items(depth, 0)
            return
        heading = HEADING[self.language]
        for n in range(1, self.draw.randint(2, 4)):
            self.open(depth, PARTS[self.language][self.parts[depth]](n), " ", heading, "|" + heading)
            self.print_parts(depth + 1)

    def print_articles(self, depth: int) -> None:
        for _ in range(self.draw.randint(1, 4)):
            self.article += 1
            self.open(depth, self.style(self.article), self.glue, SENTENCE[self.language])
            if self.draw.random() < 0.35:
                other = self.style(self.draw.randint(1, self.article + 3))
                self.lines.append(self.draw.choice(REFERENCES[self.language]).format(other))
            if self.draw.random() < 0.5:
                self.print_items(depth + 1, 0)

    def print_items(self, depth: int, level: int) -> None:
        if level >= self.draw.choice([1, 2, 3]):
            return
        glue = " " if self.language == "en" else ""
        for again in (False, True):
            if again and self.draw.random() < 0.8:
                return
            self.lines += [SENTENCE[self.language]] * again
            for n in range(1, self.draw.randint(3, 6 if level or again else 10)):
                self.open(depth, self.styles[level](n), glue, SENTENCE[self.language])
                if self.draw.random() < 0.25:
                    self.lines.append(SENTENCE[self.language])
                if self.draw.random() < 0.35 and not again:
                    self.print_items(depth + 1, level + 1)


@given(st.integers(0, 10**6), st.sampled_from(["zh", "en"]))
@settings(derandomize=True, deadline=None, max_examples=400)
def test_a_printed_tree_comes_back(seed: int, language: str) -> None:
    printer = Printer(seed, language)
    assert tree(*printer.lines) == printer.wanted
