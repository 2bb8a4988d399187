"""Prints how long 10,000 citation entries take to be written and proved, beside bibtexparser's bare work.

    python tests/bench/bench_bib.py [--entries N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

import bibtexparser

from sco_docs.model import Reference
from sco_docs.writers.bibtex import biblatex

T = TypeVar("T")


def reference(n: int) -> Reference:
    return Reference(
        f"何立言，2011，〈河口{n}〉", "zh", "article", f"heliyan2011-{n}", ("何立言", "柳如是"), year=2011,
        title=f"河口的第{n}個城市：100% & 更多", container="港灣研究", volume="44", issue=str(n), pages="57-76",
        url=f"http://news.example.org/{n}_a%20b.html",
    )  # fmt: skip


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=10_000)
    entries = [reference(n) for n in range(parser.parse_args().entries)]
    ours, content = timed(lambda: biblatex(entries))
    parse, library = timed(lambda: bibtexparser.parse_string(content.decode()))
    write, _ = timed(lambda: bibtexparser.write_string(library))
    whole = sum(len(entry.fields) == len(library.entries[0].fields) for entry in library.entries)
    print(f"written and read back {ours:.2f} s, {ours / (parse + write):.2f} × bare ({parse:.2f} + {write:.2f} s)")
    print(f"{whole} of {len(entries)} entries with all {len(library.entries[0].fields)} fields")


if __name__ == "__main__":
    main()
