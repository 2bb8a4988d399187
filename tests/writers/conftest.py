"""What the tests of the writers share."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree


@pytest.fixture(scope="session")
def tei_all(shared: Path) -> etree.RelaxNG:
    """The official schema; it takes seconds to load."""
    return etree.RelaxNG(etree.parse(shared / "tei" / "tei_all.rng"))
