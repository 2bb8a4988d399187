"""Text, HTML and Word files: paragraphs become lines, notes stand below a rule."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.errors import SourceError
from sco_docs.model import Line, Page, Source
from sco_docs.readers import read
from sco_docs.readers.docx_numbers import chinese, written
from sco_docs.readers.text import decode, pages_of, pieces_of


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def printed(line: Line) -> str:
    """The text as printed: every change undone."""
    text = line.text
    for change in sorted(line.changes, key=lambda c: (c.start, c.end), reverse=True):
        text = text[:change.start] + change.printed + text[change.end:]
    return text


def source_of(path: Path, content: str | bytes) -> Source:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)[0]


def test_raised_digits_are_markers_and_notes_stand_below_a_rule(tmp_path: Path) -> None:
    source = source_of(tmp_path / "a.txt", "本約¹自簽署²之日生效。\n\n¹ 指本協定。\n\n² 見第三條。\n\n\n\n次頁之文。\n")
    page, after = source.pages
    assert texts(page) == ["本約1自簽署2之日生效。", "1 指本協定。", "2 見第三條。"]
    assert [span.text for span in page.lines[0].spans if span.superscript] == ["1", "2"]
    assert printed(page.lines[0]) == "本約¹自簽署²之日生效。"
    (rule,) = page.rules
    assert page.lines[0].bottom < rule.top < page.lines[1].top
    assert texts(after) == ["次頁之文。"]


def test_a_paragraph_that_runs_over_the_page_goes_on_without_indent(tmp_path: Path) -> None:
    first, second = "甲" * 40, "乙" * 10 + "。"
    source = source_of(tmp_path / "a.txt", f"{first}\n\n\n\n{second}\n\n丙。\n")
    page = source.pages[1]
    assert page.lines[0].x0 < page.lines[1].x0


def test_markup_becomes_style(tmp_path: Path) -> None:
    table = "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n"
    source = source_of(tmp_path / "a.md", f"# 總則\n\n- 一、**定義**與<i>範圍</i>\n\n{table}")
    lines = source.pages[0].lines
    assert [line.text for line in lines] == ["總則", "一、定義與範圍", "甲 乙", "丙 丁"]
    assert lines[0].spans[0].bold
    assert [span.text for span in lines[1].spans if span.bold] == ["定義"]
    assert [(p.code, p.evidence) for p in read(tmp_path / "a.md")[1]] == [("markup-removed", "</i> <i>")]
    assert [len(line.spans) for line in lines[2:]] == [2, 2]


def test_a_table_below_its_caption_is_ruled(tmp_path: Path) -> None:
    rows = "年度\t甲國\t乙國\n2001\t\t7\n2002\t5\t8\n"
    (page,) = source_of(tmp_path / "a.txt", f"表 1-1 船次\n\n{rows}\n甲方\t乙方\n王一\t李二\n").pages
    assert texts(page) == ["表 1-1 船次", "年度 甲國 乙國", "2001 7", "2002 5 8", "甲方 乙方", "王一 李二"]
    walls = sorted({rule.x0 for rule in page.rules if rule.x0 == rule.x1})
    assert len(walls) == 4
    assert walls[2] < page.lines[2].spans[1].x0 < walls[3]


def test_signatures_set_with_tabs_are_no_table(tmp_path: Path) -> None:
    (page,) = source_of(tmp_path / "a.txt", "甲國代表\t乙國代表\n外交部長\t外交部長\n王一\t李二\n").pages
    assert page.rules == ()


def test_less_than_signs_are_no_tags() -> None:
    assert "".join(piece.text for piece in pieces_of("若 x<y 且 a>b")) == "若 x<y 且 a>b"


def test_lines_wrapped_at_a_width_are_joined() -> None:
    block = "\n".join(["締約雙方應本於平等互利之原則推動各項合作並定期會商以檢視其執行情形"] * 10) + "\n完畢。"
    (page,) = pages_of(block)
    assert len(page.lines) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "gb18030"])
def test_chinese_encodings_are_told_apart(encoding: str) -> None:
    text = "締約各方同意在平等的基礎上進行合作。" if encoding != "gb18030" else "缔约各方同意在平等的基础上进行合作。"
    assert decode(text.encode(encoding)) == text


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20), min_size=1, max_size=6))
def test_no_character_of_a_text_is_lost(rows: list[str]) -> None:
    pages = pages_of("\n\n".join(rows))
    found = "".join(printed(line) for page in pages for line in page.lines)
    wanted = "".join(rows)
    assert "".join(found.split()) == "".join(wanted.split())


HTML = """<html lang="en"><head><title>Accord</title><style>p{}</style></head><body>
<div class="nav"><a href="/">Home</a><a href="/n">News</a></div><div id="content"><h1>Accord on Waters</h1>
<p align="center">Done in June</p><p>The Parties<sup><a href="#n1">[1]</a></sup>, <b>recalling</b> all,</p>
<ol start="2"><li>shall meet;</li><li><p>shall report.</p></li></ol>
<table><tr><td>For A</td><td>For B</td></tr></table>One<br>Two</div>
<ol id="notes"><li id="n1"><a href="#r1">^</a> A and B.</li></ol>
<div class="footer">All rights reserved</div></body></html>"""


def test_the_document_is_found_inside_a_web_page(tmp_path: Path) -> None:
    source = source_of(tmp_path / "a.html", HTML)
    (page,) = source.pages
    assert texts(page) == ["Accord on Waters", "Done in June", "The Parties1, recalling all,", "2. shall meet;",
                           "3. shall report.", "For A For B", "One", "Two", "1A and B."]
    assert ("Language", "en") in source.metadata
    assert [span.text for span in page.lines[2].spans if span.superscript] == ["1"]
    assert page.rules[0].top < page.lines[-1].top
    assert len(page.lines[5].spans) == 2


def test_a_web_page_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    page = "<html><head><meta charset=gb2312></head><body><p>联合声明全文如下</p></body></html>".encode("gb18030")
    assert texts(source_of(tmp_path / "a.htm", page).pages[0]) == ["联合声明全文如下"]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = f"""<w:document {W}><w:body>
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>議定書</w:t></w:r></w:p>
<w:p><w:r><w:t>雙方</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>同意</w:t></w:r>
<w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:ins><w:r><w:t>如下：</w:t></w:r></w:ins></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>互相尊重</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>互不侵犯</w:t></w:r></w:p>
<w:p><w:r><w:t>甲方</w:t><w:tab/><w:t>乙方</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>一格</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>二格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:br w:type="page"/><w:t>次頁</w:t></w:r></w:p></w:body></w:document>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="taiwaneseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve"> 指甲乙兩方。</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def test_a_word_file_gives_numbers_notes_tables_and_pages(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", DOCUMENT)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/footnotes.xml", NOTES)
    source, _ = read(file)
    assert [texts(page) for page in source.pages] == [
        ["議定書", "雙方1同意如下：", "一、互相尊重", "二、互不侵犯", "甲方 乙方", "一格 二格", "1 指甲乙兩方。"],
        ["次頁"]]
    assert source.pages[0].rules


def test_marks_that_the_author_set_are_labels_of_their_notes(tmp_path: Path) -> None:
    call = '<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>'
    note = '<w:r><w:t>*</w:t></w:r><w:r><w:tab/><w:t>指甲乙兩方。</w:t></w:r>'
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"""<w:document {W}><w:body><w:p><w:r><w:t>雙方</w:t></w:r>
<w:r>{call}</w:r><w:r><w:t>同意。</w:t></w:r></w:p></w:body></w:document>""")
        archive.writestr("word/footnotes.xml", f"""<w:footnotes {W}><w:footnote w:id="2"><w:p>{note}</w:p></w:footnote>
</w:footnotes>""")
    page = read(file)[0].pages[0]
    assert [(span.text.strip(), span.superscript) for line in page.lines for span in line.spans] == [
        ("雙方", False), ("*", True), ("同意。", False), ("*", True), ("指甲乙兩方。", False)]


@pytest.mark.parametrize(("number", "form", "label"), [
    (3, "ideographTraditional", "丙"), (12, "taiwaneseCountingThousand", "十二"), (4, "lowerRoman", "iv"),
    (28, "upperLetter", "BB"), (2, "decimalEnclosedCircle", "②"), (5, "decimal", "5"), (1, "bullet", ""),
    (21, "ideographLegalTraditional", "貳拾壹")])
def test_word_number_formats(number: int, form: str, label: str) -> None:
    assert written(number, form) == label


def test_chinese_numbers() -> None:
    assert [chinese(n) for n in (10, 11, 20, 105, 110)] == ["十", "十一", "二十", "一百〇五", "一百一十"]


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.docx", b"PK\x03\x04nothing", "archive"), ("a.txt", b"  \n ", "empty"), ("a.html", b"<html></html>", "no text"),
    ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 40, "old Office"), ("a.png", b"\x89PNG" + b"\0" * 40, "PNG")])
def test_files_that_no_reader_takes_are_named(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=words):
        read(tmp_path / name)


@pytest.mark.thesis
def test_the_thesis_as_text_keeps_its_notes(shared: Path) -> None:
    source, _ = read(shared / "thesis" / "thesis.txt")
    marks = [span.text for page in source.pages for line in page.lines for span in line.spans if span.superscript]
    assert marks.count("72") >= 1
    assert len(source.pages) > 100


def test_numbers_in_brackets_are_notes_where_a_paragraph_answers_them(tmp_path: Path) -> None:
    source = source_of(tmp_path / "a.txt", "兩國[1]發表聲明，並重申[2020]年之立場。\n\n[1] 指甲國與乙國。\n")
    (page,) = source.pages
    assert texts(page) == ["兩國1發表聲明，並重申[2020]年之立場。", "1 指甲國與乙國。"]
    assert page.lines[0].changes[0].printed == "[1]"
    assert page.rules


def test_wrapped_english_keeps_its_headings_and_paragraphs() -> None:
    body = "\n".join(["The Parties shall consult each other whenever one of them finds that a"] * 9)
    (page,) = pages_of(f"Article 1\n{body}\nneed has arisen.\n  (a) in writing;\n")
    assert [line.text[:20] for line in page.lines] == ["Article 1", "The Parties shall co", "(a) in writing;"]


def test_notes_of_a_page_saved_by_a_word_processor_are_found(tmp_path: Path) -> None:
    page = ('<html><body><div><p>The Parties<a href="#_ftn1" name="_ftnref1">[*]</a> agree.</p>'
            '<p>They shall meet.</p></div>'
            '<div><p><a href="#_ftnref1" name="_ftn1">[*]</a> A and B.</p></div></body></html>')
    (found,) = source_of(tmp_path / "a.html", page).pages
    assert texts(found) == ["The Parties* agree.", "They shall meet.", "*A and B."]
    assert [span.text for span in found.lines[0].spans if span.superscript] == ["*"]


def test_a_page_laid_out_with_a_table_keeps_its_paragraphs(tmp_path: Path) -> None:
    rows = "<br><br>".join(f"　　第{n}條　雙方同意。" for n in "一二三四五六七八九")
    page = f"<html><body><table><tr><td><a href=/>首頁</a></td><td>{rows}</td></tr></table></body></html>"
    (found,) = source_of(tmp_path / "a.html", page).pages
    assert texts(found)[-9:] == [f"第{n}條　雙方同意。" for n in "一二三四五六七八九"]


def test_markdown_links_and_slanted_words() -> None:
    pieces = pieces_of("見 *The Waters* <https://a.example/b?c=1>，[全文](https://a.example/d)。* 非斜體 *")
    assert "".join(piece.text for piece in pieces) == "見 The Waters https://a.example/b?c=1，全文。* 非斜體 *"
    assert [piece.text for piece in pieces if piece.italic] == ["The Waters"]


def test_a_note_goes_on_in_the_next_block(tmp_path: Path) -> None:
    source = source_of(tmp_path / "a.txt", "本文³。\n\n³ 某社，〈聲明〉，\n\nhttps://a.example/1.htm，某社網頁。\n\n\n\n次頁。\n")
    page = source.pages[0]
    assert texts(page) == ["本文3。", "3 某社，〈聲明〉，", "https://a.example/1.htm，某社網頁。"]
    assert page.rules[0].top < page.lines[1].top


def test_a_ruled_table_of_a_web_page_keeps_its_cells(tmp_path: Path) -> None:
    page = ("<html><body><p>如下表。</p><table border=1><caption>表 1 船次</caption><tr><th>年度<th colspan=2>國別</tr>"
            "<tr><td rowspan=2>二〇〇一</td><td>甲</td><td>乙</td></tr><tr><td>5</td><td>7</td></tr></table></body>")
    (found,) = source_of(tmp_path / "a.html", page).pages
    assert texts(found) == ["如下表。", "表 1 船次", "年度 國別", "二〇〇一 甲 乙", "5 7"]
    assert len({rule.x0 for rule in found.rules if rule.x0 == rule.x1}) == 4
    inner = [rule for rule in found.rules if rule.top == rule.bottom and rule.x0 < 100]
    assert len(inner) == 3


def test_a_ruled_table_of_a_word_file_keeps_its_cells(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    borders = '<w:tblPr><w:tblBorders><w:insideH w:val="single"/></w:tblBorders></w:tblPr>'
    start, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = (f'<w:tr>{cell("年度", start)}{cell("國別", wide)}</w:tr>'
            f'<w:tr>{cell("", "<w:vMerge/>")}{cell("甲")}{cell("乙")}</w:tr>')
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        body = f"<w:body><w:tbl>{borders}{rows}</w:tbl></w:body>"
        archive.writestr("word/document.xml", f"<w:document {W}>{body}</w:document>")
    (found,) = read(tmp_path / "a.docx")[0].pages
    assert texts(found) == ["年度 國別", "甲 乙"]
    assert len({rule.x0 for rule in found.rules if rule.x0 == rule.x1}) == 4
