"""Sets of words of ``data/reference_words.tsv`` as regular expressions."""

from __future__ import annotations

import re
from functools import cache

from sco_docs.data import table

YEAR = (
    r"(?:西元\s*|公元\s*)?(?:1[5-9]|20)\d\d(?:\s*年|(?:[/／]\d{2}(?![\d/])|[–-](?:19|20)\d\d(?!\d))?[a-z]?(?![0-9A-Za-z]))"
    r"|(?:中華)?民國?\s*(?:\d{1,3}|[一二三四五六七八九十○〇零百]{1,5})\s*年?[a-z]?"
)
URL = r"(?:https?://|ftp://|file:/|javascript:|www\.|doi\.org/|doi:\s*10\.)\S+"


@cache
def words(role: str) -> str:
    """Return the words of a role as one alternation, longest first; a blank in the table stands for any white space."""
    found = sorted((row["word"] for row in table("reference_words") if row["role"] == role), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in found) + ")"
