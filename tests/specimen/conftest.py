"""The specimen is read once for all its tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_docs.model import Edition
from sco_docs.pipeline import make_edition
from sco_docs.readers.settings import read_settings

SOURCES = Path(__file__).resolve().parents[2] / "sources"


@pytest.fixture(scope="session")
def edition() -> Edition:
    return make_edition(SOURCES / "specimen.pdf", read_settings(SOURCES))
