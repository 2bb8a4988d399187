"""Words of ``data/agreement_words.tsv`` as regular expressions."""

from __future__ import annotations

import re
from functools import cache

from sco_docs.data import table


def names_document(text: str) -> bool:
    """Whether a heading names an agreement or a law."""
    return bool(words("title").search(text) or words("law_title").search(text))


@cache
def words(kind: str) -> re.Pattern[str]:
    """Return one regular expression for all words of a kind."""
    return re.compile("|".join(f"(?:{row['word']})" for row in table("agreement_words") if row["kind"] == kind))
