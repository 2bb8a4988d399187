"""Lists in a CSL style, printed by a real processor where one is installed."""

from __future__ import annotations

import sys

import pytest

from sco_docs.errors import ConfigError, MissingBackendError
from sco_docs.model import Reference
from sco_docs.writers.styled import styled

ENTRIES = (
    Reference("a", "zh", "article", "heliyan2011", ("何立言", "柳如是"), year=2011, title="河口的城市",
              container="港灣研究", volume="44", issue="2", pages="57-76"),
    Reference("b", "en", "book", "stone1983", ("Stone, Robert",), year=1983, title="Port Regimes", publisher="Pier"),
)  # fmt: skip
STYLE = "harvard-cite-them-right"  # comes with citeproc-py itself


def test_chinese_names_stay_whole() -> None:
    pytest.importorskip("citeproc", reason="citeproc-py is not installed (extra: csl)")
    lines = styled(ENTRIES, STYLE).decode().splitlines()
    assert len(lines) == 2
    text = "\n".join(lines)
    for part in ("何立言", "柳如是", "河口的城市", "港灣研究", "Stone, R.", "Port Regimes"):
        assert part in text


def test_a_style_that_is_not_there() -> None:
    pytest.importorskip("citeproc", reason="citeproc-py is not installed (extra: csl)")
    with pytest.raises(ConfigError, match="no-such-style"):
        styled(ENTRIES, "no-such-style")


def test_without_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(MissingBackendError, match=r"sco_docs\[csl\]"):
        styled(ENTRIES, STYLE)
