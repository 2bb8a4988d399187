"""Prints how long collation takes and how much memory, against plain rapidfuzz in the same run.

    python tests/bench/bench_collate.py [--characters N] [--witnesses N]

The text is made up of common characters, the same each time; every witness has one change in two hundred characters:
characters in the other script, words left out, added and changed, a paragraph dropped and one moved here and there.
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc

from rapidfuzz.distance import Levenshtein

from sco_docs.align.lines import collate_texts
from sco_docs.chinese.script import convert

COMMON = (
    "各方應在港口燈塔合作組織秘書處本協定成員國締約決議費用通知書面生效日期安全漁業"
    "管理搜尋救助會議每年任何情況下得不須經過同意"
)


def base_text(size: int, rng: random.Random) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        sentences = ("".join(rng.choices(COMMON, k=rng.randint(8, 30))) for _ in range(rng.randint(1, 4)))
        paragraphs.append("。".join(sentences) + "。\n")
    return "".join(paragraphs)[:size]


def witness(text: str, rng: random.Random, simplified: bool) -> str:
    paragraphs = text.splitlines(keepends=True)
    for _ in range(len(paragraphs) // 100):
        del paragraphs[rng.randrange(len(paragraphs))]
        paragraphs.insert(rng.randrange(len(paragraphs)), paragraphs.pop(rng.randrange(len(paragraphs))))
    characters = list("".join(paragraphs))
    for _ in range(len(characters) // 200):
        at = rng.randrange(len(characters))
        characters[at] = rng.choice(("", characters[at] + rng.choice(COMMON), rng.choice(COMMON)))
    changed = "".join(characters)
    return convert(changed, "zh-Hans", "zh-Hant").text if simplified else changed


def seconds(size: int, count: int) -> tuple[float, float, int]:
    rng = random.Random(5)
    base = base_text(size, rng)
    texts = [("base", base), *((f"w{n}", witness(base, rng, n % 2 == 1)) for n in range(1, count + 1))]
    collate_texts([("a", "各方同意。"), ("b", "各方同意。")])
    start = time.perf_counter()
    found, _ = collate_texts(texts)
    own = time.perf_counter() - start
    start = time.perf_counter()
    for _, text in texts[1:]:
        Levenshtein.opcodes(base, text)
    return own, time.perf_counter() - start, len(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--witnesses", type=int, default=4)
    args = parser.parse_args()
    for size in (args.characters // 4, args.characters // 2, args.characters):
        own, plain, found = seconds(size, args.witnesses)
        tracemalloc.start()
        seconds(size // 5, args.witnesses)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"{size:,} characters × {args.witnesses} witnesses: {own:.1f} s, {found:,} variants; "
            f"rapidfuzz alone {plain:.2f} s, ratio {own / plain:.1f}; peak of {size // 5:,}: {peak / 2**20:.0f} MB"
        )


if __name__ == "__main__":
    main()
