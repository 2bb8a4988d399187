"""OpenCC, with terms of our own put first: the only module that talks to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import opencc

from sco_docs.data import table
from sco_docs.errors import SourceError

Entries = tuple[tuple[str, str], ...]

_SHARE = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
_SURROGATE = re.compile("[\ud800-\udfff]")


def _with_terms(config: dict[str, Any], entries: Mapping[str, str]) -> dict[str, Any]:
    """Return the configuration with ``entries`` first in segmentation and in every step of the chain."""

    def first(dictionary: dict[str, Any], pairs: Mapping[str, str]) -> dict[str, Any]:
        inline = {"type": "inline", "entries": dict(pairs)}
        return {"type": "group", "match_policy": "short_circuit", "dicts": [inline, dictionary]}

    chain = config["conversion_chain"]
    words = config.get("segmentation", {}).get("dict") or chain[0]["dict"]["dicts"][0]
    settled = {value: value for value in entries.values()}
    segments = {**first(words, dict(entries)), "match_policy": "union"}
    return {
        **config,
        "segmentation": {"type": "mmseg", "dict": segments},
        "conversion_chain": [
            {"dict": first(step["dict"], settled if number else dict(entries))} for number, step in enumerate(chain)
        ],
    }


def _absolute(node: Any) -> Any:
    """Return a configuration whose dictionaries are found from any folder."""
    if isinstance(node, dict):
        return {k: str(_SHARE / v) if k == "file" else _absolute(v) for k, v in node.items()}
    return [_absolute(item) for item in node] if isinstance(node, list) else node


@lru_cache(maxsize=16)
def _converter(config: str, entries: Entries) -> opencc.OpenCC:
    """Return OpenCC for a configuration; it takes its configuration only as a file, so one exists for a moment."""
    if not entries:
        return opencc.OpenCC(config)
    whole = _with_terms(json.loads((_SHARE / f"{config}.json").read_text("utf-8")), dict(entries))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{config}.json"
        path.write_text(json.dumps(_absolute(whole), ensure_ascii=False), "utf-8")
        return opencc.OpenCC(str(path))


def run(text: str, config: str, entries: Entries = ()) -> str:
    """Return ``text`` converted with an OpenCC configuration (``s2tw``) and ``entries`` put first.

    NUL characters stay where they are. Raises SourceError for a lone surrogate, which is no character.
    """
    converter = _converter(config, entries)
    try:
        return "\0".join(converter.convert(part) for part in text.split("\0"))
    except UnicodeEncodeError as error:
        raise _surrogate(text) from error


def _surrogate(text: str) -> SourceError:
    found = _SURROGATE.search(text)
    offset = found.start() if found else 0
    return SourceError(
        f"The text has half a character (U+{ord(text[offset]):04X}) at offset {offset}: "
        "read the file again as UTF-8, or as the encoding that it was written in."
    )


@cache
def _forms(region: str, kept: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    forms = {row["standard"]: row["form"] for row in table("regional_forms") if row["region"] == region}
    forms.update((word, word) for word in kept if any(character in forms for character in word))
    words = sorted((word for word in forms if len(word) > 1), key=len, reverse=True)
    characters = "".join(word for word in forms if len(word) == 1)
    return re.compile("|".join((*map(re.escape, words), f"[{characters}]"))), forms


def regional(text: str, region: str, kept: tuple[str, ...] = ()) -> str:
    """Return text in OpenCC's standard Traditional with the forms of a region (``TW``, ``HK``), ``kept`` untouched.

    The second step of ``s2tw`` and ``s2hk``, in a quarter of its time.
    """
    pattern, forms = _forms(region, kept)
    return pattern.sub(lambda match: forms[match[0]], text)


@cache
def one_sided() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only Simplified text has, and those that only Traditional text has."""
    both = {row["hans"] for row in table("one_to_many") if row["hans"] in row["hant"]}
    targets = {character for row in table("one_to_many") for character in row["hant"].split()}
    targets |= {character for row in table("regional_forms") for character in row["form"]}
    block = "".join(map(chr, [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]))
    hans = {a for a, b in zip(block, run(block, "s2t"), strict=True) if a != b}
    hant = {a for a, b in zip(block, run(block, "t2s"), strict=True) if a != b}
    return frozenset(hans - both - targets - hant), frozenset(hant - hans)
