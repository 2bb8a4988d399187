"""Editions made up for tests: every kind of thing that a writer has to write, in invented words."""

from __future__ import annotations

from dataclasses import replace

from sco_docs.model import (
    Abstract,
    Agreement,
    AgreementEdition,
    Alignment,
    AnchoredNote,
    Artefact,
    Bead,
    Block,
    Change,
    Citation,
    CitationItem,
    CrossReference,
    Division,
    Edition,
    EditorNote,
    Figure,
    Furniture,
    Heading,
    Layout,
    LineStart,
    Mention,
    Note,
    NoteMark,
    Page,
    Place,
    Problem,
    Provision,
    Reading,
    Reference,
    RegisterEntry,
    Section,
    Segment,
    Signatory,
    Source,
    Table,
    Text,
    TextRange,
    Thesis,
    TitlePage,
    Variant,
    Version,
)


def text(words: str, page: int = 3, line: int = 1, **more: object) -> Text:
    """Return a text that starts a printed line; ``|`` in ``words`` is a line end, ``||`` a page end."""
    parts, lines, offset = [], [], 0
    for number, sheet in enumerate(words.split("||")):
        for row, part in enumerate(sheet.split("|")):
            lines.append(LineStart(offset, Place(page + number, line + row if number == 0 else 1 + row)))
            parts.append(part)
            offset += len(part)
    return Text("".join(parts), tuple(lines), **more)  # type: ignore[arg-type]


def segments(agreement: Agreement) -> tuple[Segment, ...]:
    """Return a segment for each sentence that ends in ``。`` or ``；``, as the pipeline would."""
    found: list[Segment] = []

    def add(unit: str, parts: list[tuple[str, int, Text]]) -> None:
        n = 0
        for part, paragraph, words in parts:
            start = 0
            for end in [i + 1 for i, c in enumerate(words.text) if c in "。；" and part == "p"] + [len(words.text)]:
                if end > start:
                    n += 1
                    cut = words.text[start:end]
                    found.append(Segment(f"{unit}.{n}", unit, part, paragraph, start, end, cut))  # type: ignore[arg-type]
                start = end

    def each(texts: tuple[Text, ...]) -> list[tuple[str, int, Text]]:
        return [("p", i, t) for i, t in enumerate(texts)]

    def division(item: Division) -> None:
        head = [("label", 0, item.label)] + ([("heading", 0, item.heading)] if item.heading else [])
        add(item.id, head + each(item.paragraphs))
        for child in item.children:
            division(child)

    add("title", each((agreement.title,)) if agreement.title else [])
    add("lead", each(agreement.lead))
    add("preamble", each(agreement.preamble))
    for item in agreement.body:
        division(item)
    add("closing", each(agreement.closing))
    add("signatures", [("p", i, t) for i, t in enumerate(agreement.signature_block)])
    add("date", each((agreement.date_line,)) if agreement.date_line else [])
    return tuple(found)


def agreement(**more: object) -> Agreement:
    """Return an invented agreement with every part, on pages 3 and 4."""
    item = Division("4.1", text("（一）", 4, 2), 1, None, (text("甲。", 4, 3),))
    made = Agreement(
        n=1,
        id="demo-lake-charter",
        language="zh-Hant",
        appendix_title=text("附錄一：湖區合作憲章（2003年5月6日）", 3, 1, notes=(NoteMark(19, "n7"),)),
        title=text("湖區合作憲章", 3, 3),
        lead=(text("某社記者報導，憲章全文如下：", 3, 2),),
        preamble=(text("湖東共和國與上海的代表|在莫斯科商定：", 3, 4),),
        body=(
            Division(
                "1",
                text("第一條", 3, 6),
                1,
                text("宗旨", 3, 6),
                (
                    text(
                        "各方合作理念不變。各方每年在||湖心島會晤。",
                        3,
                        7,
                        changes=(Change(4, 5, "\uf9e4", "compatibility ideograph"),),
                        notes=(NoteMark(9, "n8"),),
                    ),
                    text("——交通；", 4, 1),
                    text("——漁業。", 4, 1),
                ),
            ),
            Division("4", text("第四條", 4, 2), 4, None, (text("合作領域：", 4, 2),), (item,)),
        ),
        closing=(text("本憲章一式兩份，兩種文本同等作準。", 4, 5),),
        signature_block=(text("湖東共和國代表湖西共和國代表", 4, 6), text("張三李四", 4, 7)),
        signatories=(
            Signatory("湖東共和國", "代表", "張三", None, Place(4, 7, 0)),
            Signatory("湖西共和國", "代表", "李四", "（簽字）", Place(4, 7, 2)),
        ),
        date_line=text("二〇〇三年五月六日於湖心島", 4, 8),
        date_heading="2003-05-06",
        date_signed="2003-05-06",
        place_signed="湖心島",
        notes=("n7", "n8"),
        source_url="http://example.org/a b",
        pages=(3, 4),
        provisions=(Provision("languages", "zh", "兩種文本同等作準", Place(4, 5, 8)),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def version(siglum: str = "A", derived_from: str | None = None, **more: object) -> Version:
    """Return a version of the invented agreement."""
    made = agreement(**more)
    return Version(siglum, made.language, made, segments(made), "demo.pdf", derived_from)


def simplified() -> Version:
    """Return the same agreement as if it had been converted from ``A``."""
    table = str.maketrans("條憲變會島漁業領藝區東與國報導條兩種簽張憲", "条宪变会岛渔业领艺区东与国报导条两种签张宪")
    made = agreement(language="zh-Hans")

    def convert(words: Text) -> Text:
        return replace(words, text=words.text.translate(table), changes=())

    def division(item: Division) -> Division:
        return replace(
            item,
            label=convert(item.label),
            heading=convert(item.heading) if item.heading else None,
            paragraphs=tuple(map(convert, item.paragraphs)),
            children=tuple(map(division, item.children)),
        )

    assert made.title
    made = replace(
        made,
        title=convert(made.title),
        preamble=tuple(map(convert, made.preamble)),
        body=tuple(map(division, made.body)),
        closing=tuple(map(convert, made.closing)),
    )
    return Version("A-Hans", "zh-Hans", made, segments(made), "demo.pdf", "A")


def witness() -> Version:
    """Return a witness in the same script, from another file, that differs in a word and lacks an item."""
    base = agreement()
    opening = text("各方協作理念不變。各方每年在湖心島會晤。", 3, 9, notes=(NoteMark(9, "w1"),))
    first = replace(base.body[0], paragraphs=(opening, *base.body[0].paragraphs[1:]))
    made = replace(
        base,
        id="demo-lake-charter-b",
        body=(first, replace(base.body[1], children=())),
        notes=("w1",),
        appendix_title=None,
        lead=(),
        signatories=(),
        provisions=(),
        source_url=None,
        pages=(1, 1),
    )
    note = Note("w1", "1", text("另註。", 4, 20), 4, "各方協作理念不變。")
    return Version("B", "zh-Hant", made, segments(made), "witness.html", None, (note,))


def item() -> AgreementEdition:
    """Return the agreement in three versions with an alignment, variants and artefacts."""
    a, b, c = version(), witness(), simplified()
    index = {segment.id: n for n, segment in enumerate(b.segments)}
    beads = tuple(Bead((n,), (index[s.id],) if s.id in index else (), 0.75) for n, s in enumerate(a.segments))
    variants = (
        Variant("substantive", (Reading("A", "1.3", 2, 4, "合作"), Reading("B", "1.3", 2, 4, "協作"))),
        Variant("omission", (Reading("A", "4.1.2", 0, 2, "甲。"), Reading("B", "4.2", 5, 5, ""))),
    )
    artefacts = (
        Artefact(6, 8, "不變", "不改", "wrong sense", 0.8, 1, Place(3, 7, 6)),
        Artefact(0, 2, "莫須", "莫需", "wrong character", 0.5, 1, None),
    )
    return AgreementEdition((a, c, b), (Alignment("A", "B", beads),), variants, artefacts)


def edition(*items: AgreementEdition) -> Edition:
    """Return an edition of an invented thesis with these agreements (one, if none is given)."""
    notes = (
        Note("n1", "1", text("某氏，《湖區》。", 2, 9), 2, "湖區的歷史"),
        Note("n7", "2", text("某社，1999，http://example.org/，||2003/05/06。", 3, 11), 3),
        Note("n8", "3", text("原註。", 3, 12), 3),
    )
    table = Table("表 1-1", "成員", (("國名", "年"), ("湖東", ""), ("", "2003")), "資料來源：自製", Place(2, 5))
    figure = Figure("圖 1-1", "湖區", None, Place(2, 8))
    body = text("湖區的歷史悠久（某氏，2001），詳見附錄一與《湖區合作憲章》。", 2, 3, notes=(NoteMark(5, "n1"),))
    blocks = (
        Block("paragraph", body, 2),
        Block("table", Text(""), 2, table=table),
        Block("figure", Text(""), 2, figure=figure),
        Block("quote", text("引文。", 2, 9), 2),
    )
    section = Section("section", Heading("第一節 背景", 2, "1", Place(2, 2)), blocks)
    chapter = Section("chapter", Heading("第一章 緒論", 1, "1", Place(2, 1)), (), (section,))
    outline = (Heading("第一章 緒論", 1, "1", Place(2, 1)), Heading("第一節 背景", 2, "1", Place(2, 2)))
    page = TitlePage(
        "湖區研究",
        "A Study of the Lakes",
        "某生",
        "A. Student",
        ("某師",),
        (),
        "某大學",
        None,
        "某系",
        None,
        "碩士",
        "2010-06",
        "中華民國99年6月",
    )
    raw = "某氏，2001，《湖區》，某地：某社。"
    references = (
        Reference(raw, "zh", "book", "mou2001", ("某氏",), year=2001, title="湖區", publisher="某社", place="某地"),
    )
    register = (
        RegisterEntry(
            "lake-charter",
            ("湖區合作憲章",),
            "2003-05-06",
            ("湖東共和國", "湖西共和國"),
            "湖心島",
            (Mention("《湖區合作憲章》", Place(2, 3, 19)),),
            1,
            "Lake Charter",
            None,
            "charter2003",
        ),
        RegisterEntry("fish-treaty", ("漁業條約",), None, (), None, (Mention("《漁業條約》", Place(2, 3, 1)),), None),
    )
    comments = (
        AnchoredNote(
            EditorNote("e1", "第一段。\n\n第二段。", 1, "第一條", "每年在湖心島", "各方", "", "某編者"),
            True,
            1,
            "A",
            (TextRange("1", "p", 0, 11, 17),),
        ),
        AnchoredNote(
            EditorNote("e2", "無處可歸。", 1, None, "已無此語"), False, 1, "A", (TextRange("closing", "p", 0, 0, 3),)
        ),
        AnchoredNote(EditorNote("e3", "總註。", 1), True, 1, "A"),
    )
    return Edition(
        Source(
            "demo.pdf",
            "00ff",
            "pdf",
            tuple(Page(n, 595.0, 842.0, (), label) for n, label in enumerate(("i", "1", "2", "3"), 1)),
        ),
        Layout(
            blocks,
            notes,
            (Furniture("head", "湖區研究", Place(3, 1)), Furniture("page_number", "2", Place(3, 20))),
            ("i", "1", "2", "3"),
        ),
        Thesis(
            page,
            (Abstract("zh-Hant", (text("本文研究湖區。", 1, 5),), ("湖", "合作")),),
            outline,
            outline,
            (chapter,),
            (text(raw, 2, 12),),
            (CrossReference("附錄一", "附錄一", "demo-lake-charter", None, Place(2, 3, 17)),),
        ),
        items or (item(),),
        references,
        (Citation("（某氏，2001）", Place(2, 3, 7), (CitationItem("某氏", "2001", None, 0),)),),
        register,
        (
            Problem(
                "missing-date",
                "warning",
                "The agreement has no date.",
                Place(3, 1),
                "湖區合作憲章",
                "Look at the page.",
            ),
        ),
        comments,
    )
