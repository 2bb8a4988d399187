"""Other people's programs read what we write. Each test skips where its program is not installed.

``SCO_DOCS_DTS_PYTHON`` and ``SCO_DOCS_TMX_PYTHON`` name a Python that has dapytains (a DTS server) or
translate-toolkit; both run as programs of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import editions
import pytest

from sco_docs.writers import tei, tmx


def python_with(module: str, variable: str) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed here, and {variable} names no Python that has it")
    return sys.executable


def run(*command: str | Path) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def tei_file(tmp_path: Path) -> Path:
    edition = editions.edition()
    path = tmp_path / "01-demo.xml"
    path.write_bytes(tei.agreement(edition, edition.agreements[0]))
    return path


DTS = """
import sys
from dapytains.tei.document import Document
document = Document(sys.argv[1])
for version in document.get_reffs():
    print(version.ref, *(unit.ref for unit in version.children))
for ref in sys.argv[2:]:
    print(ref, "".join("".join(document.get_passage(ref).itertext()).split()))
"""


def test_a_dts_server_cites_versions_articles_and_segments(tei_file: Path) -> None:
    python = python_with("dapytains", "SCO_DOCS_DTS_PYTHON")
    lines = run(python, "-c", DTS, tei_file, "A:4.1", "A/1.4", "A-Hans:title").splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["A", "A-Hans", "B"]
    assert {"A:preamble", "A:1", "A:4", "A:4.1", "A:closing", "A/1.3", "A/4.1.2"} <= set(lines[0].split())
    assert lines[3:] == ["A:4.1 （一）甲。", "A/1.4 各方每年在湖心島會晤。", "A-Hans:title 湖区合作宪章"]


TMX = """
import sys
from translate.storage import tmx
with open(sys.argv[1], "rb") as stream:
    store = tmx.tmxfile(stream, "zh-Hant", "zh-Hans")
print(len(store.units))
print(*(f"{unit.source}|{unit.target}" for unit in store.units), sep="\\n")
"""


def test_translate_toolkit_reads_the_memory(tmp_path: Path) -> None:
    python = python_with("translate", "SCO_DOCS_TMX_PYTHON")
    path = tmp_path / "x.tmx"
    path.write_bytes(tmx.write(editions.item()))
    lines = run(python, "-c", TMX, path).splitlines()
    assert lines[0] == str(tmx.write(editions.item()).count(b"<tu "))
    assert "第一條|第一条" in lines


def test_basex_queries_the_files(tei_file: Path) -> None:
    if shutil.which("basex") is None:
        pytest.skip("BaseX is not installed (Debian: basex)")
    query = f"""
        declare default element namespace "http://www.tei-c.org/ns/1.0";
        let $file := doc("{tei_file}")
        for $s in $file//div[@n = "A-Hans"]//seg[@n = "1.3"]
        let $ids := tokenize($s/@corresp) ! substring(., 2)
        return string-join($file//seg[@xml:id = $ids]/@n, " ") || "|" || normalize-space($s)
    """
    assert run("basex", query).strip() == "1.3|各方合作理念不变。"
