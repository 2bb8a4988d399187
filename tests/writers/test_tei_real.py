"""The specimen and the real thesis: every file valid, every printed character accounted for."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from sco_docs.check.tei import check_tei
from sco_docs.model import Edition, Source
from sco_docs.pipeline import make_edition
from sco_docs.readers.tei import parse, read_edition
from sco_docs.writers import tei
from sco_docs.writers.edition import tei_files
from sco_docs.writers.markup import TEI

T = f"{{{TEI}}}"
SPECIMEN = Path(__file__).resolve().parents[2] / "sources" / "specimen.pdf"
THESIS = ("word.pdf", "simplified.pdf", "chrome.pdf", "owner.pdf", "cid.pdf", "user.pdf")
PASSWORDS = {"user.pdf": "secret"}


@pytest.fixture(scope="module")
def specimen() -> Edition:
    if not SPECIMEN.is_file():
        pytest.skip("sources/specimen.pdf is not there")
    return make_edition(SPECIMEN)


@pytest.fixture(scope="module", params=THESIS)
def thesis(request: pytest.FixtureRequest, shared: Path) -> Edition:
    name = str(request.param)
    return make_edition(shared / "thesis" / name, password=PASSWORDS.get(name))


def squeeze(text: str) -> str:
    return "".join(text.split())


def printed(element: etree._Element) -> str:
    """What stands on the page: ``orig`` and ``sic``, each note with its number where it is called and at the foot."""
    name = element.tag.removeprefix(T) if isinstance(element.tag, str) else ""
    again = name == "head" and element.get("subtype") == "repeated"
    pointed = name == "head" and element.getparent().find(f"{T}p/{T}ptr[@type='agreement']") is not None
    if again or pointed or name in ("reg", "corr", "rdg", "listBibl"):
        return ""
    number = 2 * element.get("n", "") if name == "note" and element.get("place") == "bottom" else ""
    return number + (element.text or "") + "".join(printed(child) + (child.tail or "") for child in element)


def printed_of(content: bytes) -> str:
    text = parse(content).find(f"{T}text")
    versions = [div for div in text.iter(f"{T}div") if div.get("type") == "version"]
    return squeeze(printed(versions[0] if versions else text))


def on_pages(source: Source) -> str:
    return squeeze("".join(line.text for page in source.pages for line in page.lines))


def missing(edition: Edition) -> Counter[str]:
    """The characters of the PDF that no TEI file has."""
    files = (c for name, c in tei_files(edition) if not name.endswith(".parallel.xml"))
    return Counter(on_pages(edition.source)) - Counter("".join(map(printed_of, files)))


def round_trips(edition: Edition) -> bool:
    for item in edition.agreements:
        content = tei.agreement(edition, item)
        again, _ = read_edition(content)
        if tei.agreement(again, again.agreements[0]) != content:
            return False
    return True


def test_every_file_of_the_specimen_follows_our_grammar(specimen: Edition) -> None:
    names = [name.removeprefix("tei/") for name, _ in tei_files(specimen)]
    for name, content in tei_files(specimen):
        assert check_tei(parse(content), beside=names) == (), name


def test_printed_text_of_the_specimen_is_in_its_tei(specimen: Edition) -> None:
    assert not missing(specimen)


def test_the_specimen_survives_the_round_trip(specimen: Edition) -> None:
    assert round_trips(specimen)


@pytest.mark.thesis
def test_the_specimen_is_tei(specimen: Edition, tei_all: etree.RelaxNG) -> None:
    for name, content in tei_files(specimen):
        assert tei_all.validate(parse(content)), (name, tei_all.error_log)


@pytest.mark.thesis
def test_the_thesis_is_tei_and_complete(thesis: Edition, tei_all: etree.RelaxNG) -> None:
    for name, content in tei_files(thesis):
        root = parse(content)
        assert tei_all.validate(root), (name, tei_all.error_log)
        assert check_tei(root) == (), name
    assert not missing(thesis)
    assert round_trips(thesis)


@pytest.mark.thesis
def test_a_check_takes_less_than_three_tenths_of_a_second(thesis: Edition) -> None:
    content = tei.thesis(thesis)
    check_tei(parse(content))
    start = time.process_time()
    check_tei(parse(content))
    assert time.process_time() - start < 0.3


def out_of_order(edition: Edition) -> list[int]:
    """The agreements whose text in TEI, notes aside, is not the text of their pages in the same order."""
    found = []
    for item in edition.agreements:
        body = parse(tei.agreement(edition, item)).find(f"{T}text")
        version = next(div for div in body.iter(f"{T}div") if div.get("type") == "version")
        for note in list(version.iter(f"{T}note", f"{T}fw")):
            parent, tail = note.getparent(), note.tail or ""
            before = note.getprevious()
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
            parent.remove(note)
        first, last = item.versions[0].agreement.pages
        pages = [page for page in edition.source.pages if first <= page.number <= last]
        rest = iter(squeeze("".join(line.text for page in pages for line in page.lines)))
        if not all(character in rest for character in squeeze(printed(version))):
            found.append(item.versions[0].agreement.n)
    return found


def test_the_text_of_agreements_stands_in_the_order_of_print(specimen: Edition, thesis: Edition) -> None:
    assert out_of_order(specimen) == []
    assert out_of_order(thesis) == []
