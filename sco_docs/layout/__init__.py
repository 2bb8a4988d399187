"""Layout: lines become blocks; running heads, notes, tables and figures are told apart."""

from __future__ import annotations

from sco_docs.layout.flow import arrange

__all__ = ["arrange"]
