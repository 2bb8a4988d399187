"""What the checks found, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from sco_docs.model import Edition


def write(edition: Edition) -> bytes:
    """Return every problem as UTF-8 JSON: source, counts by severity, and the problems in the order found."""
    severities = ("error", "warning", "info")
    report = {
        "source": edition.source.name,
        "sha256": edition.source.sha256,
        "counts": {s: sum(p.severity == s for p in edition.problems) for s in severities},
        "problems": [asdict(problem) for problem in edition.problems],
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
