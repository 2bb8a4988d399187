"""Pages that would burst the memory are skipped with a problem before PDFium loads them; the others are read."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from sco_docs.readers import read

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


def _packed(content: bytes, entries: bytes = b"", times: int = 1) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return b"<</Length %d/Filter[%b]%b>>stream\n%b\nendstream" % (
        len(content), b"/FlateDecode" * times, entries, content)


def _file(objects: dict[int, bytes]) -> bytes:
    """Return a PDF of two pages: the first has the content of object 9, the second one line of text."""
    page = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents %d 0 R"
            b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 20 0 R>>>>>>")
    every = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>", 3: page % 9,
             4: page % 8, 5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
             8: _packed(b"BT /F1 12 Tf 20 200 Td (good page) Tj ET"), 20: _packed(b" ", FORM)} | objects
    out = bytearray(b"%PDF-1.7\n")
    for number, body in every.items():
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return bytes(out + b"trailer\n<</Root 1 0 R/Size 99>>\n%%EOF\n")


def _nest(levels: int, draws: int) -> dict[int, bytes]:
    entries = b"/Resources<</XObject<</X %d 0 R>>>>"
    forms = {20 + n: _packed(b"/X Do " * draws, FORM + entries % (21 + n)) for n in range(levels)}
    return forms | {20 + levels: _packed(b" ", FORM), 9: _packed(b"/X Do")}


@pytest.mark.parametrize(("objects", "words"), [
    ({9: _packed(b"0 0 m 1 1 l S\n" * 2_600_000)}, "32 MB"),
    ({9: _packed(b" " * (40 << 20), times=2)}, "32 MB"),
    (_nest(12, 10), "forms")])
def test_a_page_that_would_burst_the_memory_is_skipped(tmp_path: Path, objects: dict[int, bytes], words: str) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(_file(objects))
    source, problems = read(path)
    assert [[line.text for line in page.lines] for page in source.pages] == [[], ["good page"]]
    (problem,) = [problem for problem in problems if problem.code == "page-too-large"]
    assert problem.place is not None
    assert problem.place.page == 1
    assert words in problem.message


def test_forms_within_forms_that_end_are_read(tmp_path: Path) -> None:
    path = tmp_path / "nest.pdf"
    path.write_bytes(_file(_nest(5, 3)))
    source, problems = read(path)
    assert len(source.pages) == 2
    assert [problem.code for problem in problems] in ([], ["repaired"])
