"""Align versions unit by unit; collate witnesses of one language."""

from sco_docs.align.collation import collate
from sco_docs.align.versions import align

__all__ = ["align", "collate"]
