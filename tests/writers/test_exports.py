"""Reading text, tables, aligned segments, annotations, the report."""

from __future__ import annotations

import json
from dataclasses import replace

import editions
from lxml import etree

from sco_docs.model import AgreementEdition, Place, Table, Text
from sco_docs.readers.notes import parse_annotations
from sco_docs.writers import report, tables, text, tmx, tsv, webanno
from sco_docs.writers.edition import edition_files
from sco_docs.writers.tei_ids import slug, stem, text_name, when


def test_reading_text_has_headings_notes_and_signatures() -> None:
    edition = editions.edition()
    notes = {note.id: note for note in edition.layout.notes}
    lines = text.write(editions.version(), notes).decode().splitlines()
    assert lines[0] == "# 湖區合作憲章"
    assert "## 第一條　宗旨" in lines
    assert "各方合作理念不變。[^1]各方每年在湖心島會晤。" in lines
    assert "（一）甲。" in lines
    assert lines[-1] == "[^1]: 原註。"


def test_reading_text_does_not_turn_words_into_markup() -> None:
    version = editions.version(preamble=(Text("# 不是*標題*<b>"),), title=None, appendix_title=None)
    assert r"\# 不是\*標題\*\<b>" in text.write(version).decode().splitlines()


def test_a_cell_is_never_a_formula() -> None:
    rows = (("=1+1", "-3.5", "+甲", "-"), ("一,二", '引"號', "", "@x"))
    content = tables.write(Table("t", "", rows, None, Place(1)))
    assert content == '\ufeff\'=1+1,-3.5,\'+甲,-\r\n"一,二","引""號",,\'@x\r\n'.encode()


def test_each_table_has_a_file() -> None:
    assert [name for name, _ in tables.files(editions.edition())] == ["01-1-1.csv"]


def test_tmx_has_a_unit_for_each_pair_and_none_for_omissions() -> None:
    root = etree.fromstring(tmx.write(editions.item()))
    units = root.findall("body/tu")
    ids = [unit.get("tuid") for unit in units]
    assert "A.1.3+B.1.3" in ids
    assert "A.1.3+A-Hans.1.3" in ids
    assert not any("4.1.1" in ident and "B" in ident for ident in ids)
    assert len(ids) == len(set(ids))
    assert all(len(unit.findall("tuv")) == 2 for unit in units)


def test_tsv_keeps_omissions() -> None:
    lines = tsv.write(editions.item()).decode().splitlines()
    assert lines[0].split("\t") == list(tsv.COLUMNS)
    assert "A\tzh-Hant\t4.1.2\tB\tzh-Hant\t\t0.75\t甲。\t" in lines


def test_annotations_go_out_and_come_back() -> None:
    edition = editions.edition()
    content = webanno.write(edition).decode()
    document = json.loads(content)
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    first, second, third = parse_annotations(content, "notes.jsonld")
    assert (first.id, first.agreement, first.unit, first.exact) == ("e1", 1, "1", "每年在湖心島")
    assert (first.prefix, first.suffix, first.author) == ("各方合作理念不變。各方", "會晤。", "某編者")
    assert first.body == "第一段。\n\n第二段。"
    assert (second.exact, second.unit) == ("已無此語", "closing")
    assert (third.exact, third.unit, third.agreement) == ("", None, 1)


def test_the_report_counts_by_severity() -> None:
    found = json.loads(report.write(editions.edition()))
    assert found["counts"] == {"error": 0, "warning": 1, "info": 0}
    assert found["problems"][0]["place"] == {"page": 3, "line": 1, "offset": 0}


def test_names_of_files() -> None:
    item = editions.item()
    assert stem(item) == "01-demo-lake-charter"
    assert [text_name(item, v) for v in item.versions] == [
        "01-demo-lake-charter.zh-Hant.md", "01-demo-lake-charter.zh-Hans.md", "01-demo-lake-charter.b.zh-Hant.md",
    ]  # fmt: skip
    named = editions.version(id="01-charter")
    assert stem(AgreementEdition((named,))) == "01-charter"
    assert slug("表 3-1：Été") == "3-1-t"


def test_only_real_dates_become_when() -> None:
    assert [when(d) for d in ("2001-06-15", "2001-06", "2001", "2001-02-30", "15.6.2001", None)] == [
        "2001-06-15", "2001-06", "2001", None, None, None,
    ]  # fmt: skip


def test_no_two_files_have_one_name_and_the_bytes_repeat() -> None:
    edition = editions.edition()
    files = edition_files(edition)
    names = [name for name, _ in files]
    assert len(names) == len(set(names))
    assert edition_files(replace(edition)) == files
