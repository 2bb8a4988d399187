"""Superior figures of a font are read as raised figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_docs import readers


def test_figures_that_the_font_draws_raised_are_superscripts(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst", reason="typst makes the page")
    (tmp_path / "page.typ").write_text(
        '#set text(font: "Libertinus Serif")\nThe light#super[12] was built in 1880.', encoding="utf-8"
    )
    typst.compile(tmp_path / "page.typ", output=str(tmp_path / "page.pdf"))
    source, _ = readers.read(tmp_path / "page.pdf")
    line = source.pages[0].lines[0]
    assert [(span.text.strip(), span.superscript) for span in line.spans] == [
        ("The light", False), ("12", True), ("was built in 1880.", False)
    ]
