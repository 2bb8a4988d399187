"""Checks of TEI files: each fault is found, named in plain words, and placed."""

from __future__ import annotations

import editions
import pytest
from lxml import etree

from sco_docs.check.tei import check_tei, load_schema
from sco_docs.errors import ConfigError
from sco_docs.model import Place
from sco_docs.readers.tei import parse
from sco_docs.writers import tei


@pytest.fixture(scope="module")
def content() -> str:
    edition = editions.edition()
    return tei.agreement(edition, edition.agreements[0]).decode()


def broken(content: str, old: str, new: str) -> etree._Element:
    assert old in content
    return parse(content.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ('<lb n="2"/>', '<lb n="two"/>', "tei-invalid", "Version A, line 116: does not follow"),
        ('type="article"', 'type="artikel"', "tei-invalid", "Version A, artikel, line 1"),
        ("<item>", "<item><p/>", "tei-invalid", "Version A, article 1"),
        ('cert="0.75"', 'cert="7.5"', "tei-invalid", "link"),
        ('when="2003-05-06"', 'when="2003-02-30"', "tei-invalid", "date"),
        ('xml:id="A.u.4"', 'xml:id="A.u.1"', "tei-id-twice", "the id A.u.1 is there 2 times"),
        (
            'ref="#place.Moscow"',
            'ref="#place.Mars"',
            "tei-pointer",
            "ref points to #place.Mars, which is not in the file",
        ),
        ("string-range(A.1.3,2,2)", "string-range(A.1.3,8,2)", "tei-pointer", "points past the end of A.1.3"),
        ('corresp="#B.1.3 #A-Hans.1.3"', 'corresp="#A-Hans.1.3"', "tei-one-way", "B.1.3 corresponds to A.1.3, which"),
        ('ident="zh-Hans"', 'ident="zh_Hans"', "tei-language", "'zh_Hans' is not a language tag"),
        ('ident="zh-Hans"', 'ident="zh-Hans-CN"', "tei-language", "the language zh-Hans is not declared"),
        ('<pb n="2" facs="#A.p3"/>', '<pb n="2" facs="#A.p4"/>', None, ""),
        ('<pb n="3" facs="#A.p4"/>', '<pb n="3" facs="#B.p3"/>', None, ""),
    ],
)
def test_each_fault_is_found_and_named(content: str, old: str, new: str, code: str | None, says: str) -> None:
    found = check_tei(broken(content, old, new))
    if code is None:
        assert found == ()
    else:
        assert [p for p in found if p.code == code and says in p.message], found
        assert all(p.advice for p in found)


def test_pages_must_not_run_backwards(content: str) -> None:
    root = broken(content, '<pb n="3" facs="#A.p4"/>', '<pb n="3" facs="#A.p2"/>')
    found = {p.code: p for p in check_tei(root)}
    assert "page 2 comes after page 3" in found["tei-pages"].message
    assert "article 1" in found["tei-pages"].message


def test_a_problem_has_the_page_it_stands_on(content: str) -> None:
    (problem,) = check_tei(broken(content, "——漁業。", "——漁<hi/>業。"))
    assert problem.place == Place(4)


@pytest.mark.parametrize(
    "tag", ["zh", "zh-Hant-TW", "zh-cmn-Hans-CN", "en-x-old", "x-own", "de-1996", "sl-rozaj-biske"]
)
def test_well_formed_language_tags(content: str, tag: str) -> None:
    root = parse(content.replace('"zh-Hans"', f'"{tag}"').encode())
    assert not [p for p in check_tei(root) if p.code == "tei-language"]


@pytest.mark.parametrize("tag", ["zh_TW", "chinese simplified", "z", "zh-", "zh-Hant-TWN1-"])
def test_malformed_language_tags(content: str, tag: str) -> None:
    root = parse(content.replace('"zh-Hans"', f'"{tag}"').encode())
    assert [p for p in check_tei(root) if p.code == "tei-language"]


def test_pointers_to_files_that_are_not_there() -> None:
    root = parse(tei.thesis(editions.edition()))
    assert {p.code for p in check_tei(root, beside=[])} == {"tei-file"}
    assert check_tei(root, beside=["01-demo-lake-charter.xml"]) == ()


def test_a_schema_may_be_given(content: str) -> None:
    rng = '<element name="{}" xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"><text/></element>'
    schema = load_schema(rng.format("TEI").encode(), "x.rng")
    (problem,) = check_tei(parse(content.encode()), schema)
    assert "the schema that was given" in problem.message


@pytest.mark.parametrize("schema", [b"", b"<a/>", b"default namespace = 'x'"])
def test_what_is_no_schema_is_refused(schema: bytes) -> None:
    with pytest.raises(ConfigError, match=r"x\.rnc: is not a RELAX NG grammar"):
        load_schema(schema, "x.rnc")
