"""TEI as input: any file as a source; what could do harm is refused before it is expanded."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_docs.errors import SourceError
from sco_docs.readers.tei import parse, read_edition, read_tei

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
EXTERNAL = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]><TEI {TEI}>&x;</TEI>'
LAUGHS = (
    '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><TEI {TEI} n="&c;">&c;</TEI>'
)
REMOTE = f'<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd"><TEI {TEI}/>'


@pytest.mark.parametrize("content", [EXTERNAL, LAUGHS, REMOTE], ids=["external", "laughs", "remote"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(content: str, encoding: str) -> None:
    with pytest.raises(SourceError, match=r"^evil\.xml: has a document type declaration"):
        parse(content.encode(encoding), "evil.xml")


def test_a_document_type_in_a_rare_encoding_is_refused_too() -> None:
    content = f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE TEI><TEI {TEI}/>'
    with pytest.raises(SourceError):
        parse(content.encode("ascii"), "evil.xml")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"<TEI", "not well-formed"), (b"", "not well-formed"), (b"<html/>", "is not TEI"), (b"<TEI/>", "is not TEI")],
)
def test_what_is_no_tei_is_named(content: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        parse(content, "x.xml")


def test_a_file_without_versions_is_a_problem() -> None:
    edition, problems = read_edition(f"<TEI {TEI}><text><body><p>甲</p></body></text></TEI>".encode(), "x.xml")
    assert edition.agreements == ()
    assert [p.code for p in problems] == ["tei-without-versions"]


def test_any_tei_is_read_as_paragraphs_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(
        f'<TEI {TEI}><teiHeader/><text xml:lang="en"><body><div><head>Article 1</head><p>The<lb/>Parties '
        "<choice><sic>agre</sic><corr>agree</corr></choice><note>See <hi>there</hi>.</note> as <choice><orig>ſo</orig>"
        "<reg>so</reg></choice>:</p><list><label>(a)</label><item>one;</item></list><!-- no --></div></body>"
        "</text></TEI>",
        "utf-8",
    )
    source, problems = read_tei(path)
    assert problems == ()
    lines = [line.text for line in source.pages[0].lines]
    assert lines == ["Article 1", "The Parties agre1 as so:", "(a) one;", "1 See there."]
    assert source.metadata == (("Language", "en"),)
