"""Knowledge as tables: tab-separated UTF-8 files with a header line, which an editor can correct.

A line that starts with ``#`` and an empty line are comments.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def rows(text: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table as mappings from column name to cell; short rows give empty cells."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(
        dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:]
    )


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the shipped table ``data/<name>.tsv``."""
    return rows(files(__name__).joinpath(f"{name}.tsv").read_text("utf-8"))
