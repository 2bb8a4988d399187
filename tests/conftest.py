"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files; the tests that did so are skipped"
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real thesis, its gold and the corpora (``SCO_DOCS_SHARED`` or ``../shared``)."""
    folder = Path(os.environ.get("SCO_DOCS_SHARED", ROOT.parent / "shared"))
    if not (folder / "thesis").is_dir():
        pytest.skip("the shared thesis, gold and corpora are not on this machine")
    return folder
