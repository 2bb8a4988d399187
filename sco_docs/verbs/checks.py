"""The verb check: what is wrong with TEI files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sco_docs.check.tei import check_tei, load_schema
from sco_docs.errors import SourceError
from sco_docs.model import Problem
from sco_docs.readers.raw import content_of
from sco_docs.readers.tei import parse


def check_files(paths: Sequence[Path], schema: Path | None) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with TEI files, and with those in folders at any depth, as (path, problem).

    Raises ``SourceError`` where there is none, ``ConfigError`` for a schema that is not RELAX NG.
    """
    grammar = load_schema(content_of(schema), str(schema)) if schema else None
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.xml")))]
    if not files:
        raise SourceError(f"{', '.join(map(str, paths))}: holds no TEI file; build an edition first, or name a file.")
    for file in files:
        beside = {other.name for other in files if other.parent == file.parent}
        for problem in check_tei(parse(content_of(file), str(file)), grammar, beside):
            yield str(file), problem
