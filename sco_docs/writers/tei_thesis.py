"""The whole thesis in TEI: front matter, chapters, notes, tables, citations; its agreements by pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sco_docs.model import Abstract, Block, Edition, Place, Reference, RegisterEntry, Section, Text, TitlePage
from sco_docs.writers.figures import pictures
from sco_docs.writers.markup import TEI, Markup
from sco_docs.writers.pieces import pieces
from sco_docs.writers.tei_blocks import (
    Blocks,
    figure_id,
    squeezed,
    table_id,
    write_section,
    write_text,
)  # fmt: skip
from sco_docs.writers.tei_header import application, editorial, languages, thesis_source
from sco_docs.writers.tei_ids import stem, when
from sco_docs.writers.tei_places import pointers, reference_id, register_id
from sco_docs.writers.tei_text import Flow, category, write, write_note

FRONT = ("front", "abstract", "contents")
BACK = ("references", "appendix", "back")


def write_thesis(edition: Edition, flow: Flow) -> Markup:
    """Return the markup of the thesis, with everything closed but the builder itself."""
    markup = Markup(TEI)
    drawn = {figure_id(figure): f"../figures/{name}" for name, figure in pictures(edition)}
    pages = {page.number: page.lines for page in edition.source.pages}
    lines = {(page.number, line.number): line.text for page in edition.source.pages for line in page.lines}
    found = pointers(edition, targets(edition))
    flow = replace(flow, pointers=found.ranges)
    ctx = Blocks(markup, flow, found, _files(edition), lines, _headings(edition), pages, drawn)
    with markup.element("TEI"):
        _header(markup, edition)
        _facsimile(markup, edition)
        with markup.element("text"):
            _front(ctx, edition)
            with markup.element("body"):
                chapters = [(i, s) for i, s in _numbered(edition) if s.role not in (*FRONT, *BACK)]
                for ident, section in chapters:
                    write_section(ctx, section, ident)
                if not chapters:
                    markup.leaf("p")
            _back(ctx, edition)
        _register(markup, edition)
    return markup


def _files(edition: Edition) -> dict[Place, str]:
    """Return the file of each agreement by the place where its heading in the appendix is printed."""
    found: dict[Place, str] = {}
    for item in edition.agreements:
        title = item.versions[0].agreement.appendix_title
        if title is not None and title.lines:
            found[title.lines[0].place] = f"{stem(item)}.xml"
    return found


def _headings(edition: Edition) -> dict[Place | None, Text]:
    """Return the printed text of the blocks that are headings, by place; of two at one place neither."""
    titles = {heading.place: squeezed(heading.title) for heading in edition.thesis.outline if heading.place}
    found: dict[Place | None, Text] = {}
    for block in edition.layout.blocks:
        place = block.text.lines[0].place if block.text.lines else None
        if place in titles and squeezed(block.text.text) == titles[place]:
            found[place] = block.text
    return found


def _numbered(edition: Edition) -> Iterator[tuple[str, Section]]:
    return ((f"section.{n}", section) for n, section in enumerate(edition.thesis.sections, 1))


def targets(edition: Edition) -> dict[str, str]:
    """Return what printed words such as ``表 3-1`` or a heading point to; the first of its name wins."""
    found: dict[str, str] = {}
    for ident, section in _numbered(edition):
        _section_targets(section, ident, found)
    for block in edition.layout.blocks:
        if block.table is not None:
            found.setdefault(block.table.id, f"#{table_id(block.table)}")
        if block.figure is not None:
            found.setdefault(block.figure.id, f"#{figure_id(block.figure)}")
    for item in edition.agreements:
        agreement = item.versions[0].agreement
        titles = [text.text for text in (agreement.appendix_title, agreement.title) if text]
        for key in (agreement.id, *titles):
            found.setdefault(key, f"{stem(item)}.xml")
    return found


def _section_targets(section: Section, ident: str, found: dict[str, str]) -> None:
    if section.heading is not None:
        found.setdefault(section.heading.title, f"#{ident}")
    for number, child in enumerate(section.children, 1):
        _section_targets(child, f"{ident}.{number}", found)


def _header(markup: Markup, edition: Edition) -> None:
    page = edition.thesis.title_page
    with markup.element("teiHeader"):
        with markup.element("fileDesc"):
            with markup.element("titleStmt"):
                markup.leaf("title", page.title or edition.source.name, {"type": "main"})
                if page.title_en:
                    markup.leaf("title", page.title_en, {"type": "translated", "xml:lang": "en"})
                if page.author:
                    markup.leaf("author", page.author)
                for advisor in page.advisors:
                    with markup.element("respStmt"):
                        markup.leaf("resp", "advisor")
                        markup.leaf("name", advisor)
            with markup.element("publicationStmt"):
                markup.leaf("authority", "made by sco_docs from the source described below")
                with markup.element("availability", {"status": "unknown"}):
                    markup.leaf("p", "The rights in the text are those of its source.")
            with markup.element("sourceDesc"):
                thesis_source(markup, edition.source, page)
        with markup.element("encodingDesc"):
            editorial(markup)
            changes = sorted({change.kind for text in _all_texts(edition) for change in text.changes})
            if changes:
                with markup.element("classDecl"), markup.element("taxonomy", {"xml:id": "changes"}):
                    for kind in changes:
                        with markup.element("category", {"xml:id": category(kind)[1:]}):
                            markup.leaf("catDesc", kind)
            application(markup)
        with markup.element("profileDesc"):
            languages(markup, ["zh", *(a.language for a in edition.thesis.abstracts)])
            _keywords(markup, edition.thesis.abstracts)


def _keywords(markup: Markup, abstracts: Iterable[Abstract]) -> None:
    given = [abstract for abstract in abstracts if abstract.keywords]
    if given:
        with markup.element("textClass"):
            for abstract in given:
                with markup.element("keywords", {"xml:lang": abstract.language}):
                    for word in abstract.keywords:
                        markup.leaf("term", word)


def _all_texts(edition: Edition) -> Iterator[Text]:
    def blocks(section: Section) -> Iterator[Block]:
        yield from section.blocks
        for child in section.children:
            yield from blocks(child)

    for section in edition.thesis.sections:
        for block in blocks(section):
            yield block.text
            yield from block.cells
    yield from (note.text for note in edition.layout.notes)
    yield from (text for abstract in edition.thesis.abstracts for text in abstract.paragraphs)


def _facsimile(markup: Markup, edition: Edition) -> None:
    if edition.source.pages:
        with markup.element("facsimile"):
            for page in edition.source.pages:
                size = {"ulx": "0", "uly": "0", "lrx": f"{page.width:g}", "lry": f"{page.height:g}"}
                markup.leaf("surface", "", {"xml:id": f"p{page.number}", "n": str(page.number), **size})


def _front(ctx: Blocks, edition: Edition) -> None:
    sections = [(i, s) for i, s in _numbered(edition) if s.role in FRONT]
    abstracts = () if any(s.role == "abstract" for _, s in sections) else edition.thesis.abstracts
    with ctx.markup.element("front"):
        page = edition.thesis.title_page
        if sections and sections[0][1].heading is None and sections[0][1].blocks:
            _printed_title_page(ctx, page, sections.pop(0)[1].blocks)
        else:
            _title_page(ctx.markup, page)
        for ident, section in sections:
            write_section(ctx, section, ident)
        for abstract in abstracts:
            with ctx.markup.element("div", {"type": "abstract", "xml:lang": abstract.language}):
                for text in abstract.paragraphs:
                    write_text(ctx, "p", text)
                if not abstract.paragraphs:
                    ctx.markup.leaf("p")
        if not any(s.role == "contents" for _, s in sections) and edition.thesis.toc:
            _contents(ctx, edition)


def _printed_title_page(ctx: Blocks, page: TitlePage, blocks: Iterable[Block]) -> None:
    """Write the lines of the title page as they stand, each in the element for what it says."""
    kinds = (
        ("docDate", (page.date_printed,)),
        ("byline", (page.author, page.author_en, *page.advisors, *page.advisors_en)),
        ("docImprint", (page.institution, page.department, page.institution_en, page.department_en)),
    )
    with ctx.markup.element("titlePage"):
        for block in blocks:
            words = squeezed(block.text.text)
            tag = next((tag for tag, names in kinds if any(n and squeezed(n) in words for n in names)), "titlePart")
            with ctx.markup.element(tag):
                write(ctx.markup, block.text, ctx.flow)


def _title_page(markup: Markup, page: TitlePage) -> None:
    """Write a title page from what is known of it."""
    with markup.element("titlePage"):
        with markup.element("docTitle"):
            markup.leaf("titlePart", page.title or "", {"type": "main"})
            if page.title_en:
                markup.leaf("titlePart", page.title_en, {"type": "translated", "xml:lang": "en"})
        for author, language in ((page.author, None), (page.author_en, "en")):
            if author:
                with markup.element("byline", {"xml:lang": language}):
                    markup.leaf("docAuthor", author)
        with markup.element("docImprint"):
            for publisher in (page.institution, page.department, page.institution_en, page.department_en):
                if publisher:
                    markup.leaf("publisher", publisher)
            if page.date or page.date_printed:
                markup.leaf("docDate", page.date_printed or page.date or "", {"when": when(page.date)})


def _contents(ctx: Blocks, edition: Edition) -> None:
    with ctx.markup.element("div", {"type": "contents"}), ctx.markup.element("list", {"type": "toc"}):
        for heading in edition.thesis.toc:
            with ctx.markup.element("item", {"n": str(heading.level)}):
                ctx.markup.text(heading.title)
                if heading.page_label:
                    ctx.markup.leaf("ref", heading.page_label, {"type": "page"})


def _back(ctx: Blocks, edition: Edition) -> None:
    markup = ctx.markup
    with markup.element("back"):
        for ident, section in _numbered(edition):
            if section.role in BACK:
                write_section(ctx, section, ident)
        if edition.agreements:
            with markup.element("div", {"type": "agreements"}), markup.element("list"):
                for item in edition.agreements:
                    with markup.element("item"):
                        markup.leaf("ptr", "", {"target": f"{stem(item)}.xml"})
        loose = _loose_notes(ctx, edition)
        if loose:
            with markup.element("div", {"type": "notes"}), markup.element("p"):
                for key in loose:
                    write_note(markup, key, ctx.flow)
        if edition.references:
            with markup.element("div", {"type": "bibliography"}), markup.element("listBibl", {"type": "references"}):
                for index, reference in enumerate(edition.references):
                    _reference(markup, reference, reference_id(index))


def _loose_notes(ctx: Blocks, edition: Edition) -> list[str]:
    in_agreements = {
        key
        for item in edition.agreements
        for version in item.versions
        for key in (*version.agreement.notes, *(m.note for p in pieces(version.agreement) for m in p.text.notes))
    }
    return [n.id for n in edition.layout.notes if n.id not in in_agreements and n.id not in ctx.flow.written]


def _reference(markup: Markup, reference: Reference, ident: str) -> None:
    """Write an entry of the reference list (TEI P5, 3.12.2.1); what is printed stands in a note."""
    level = "a" if reference.container else "m"
    with markup.element("biblStruct", {"type": reference.type, "xml:id": ident, "xml:lang": reference.lang}):
        if reference.container:
            with markup.element("analytic"):
                _people(markup, reference)
                _titles(markup, reference, level)
        with markup.element("monogr"):
            if reference.container:
                markup.leaf("title", reference.container, {"level": "j" if reference.type == "article" else "m"})
            else:
                _people(markup, reference)
                _titles(markup, reference, level)
            _imprint(markup, reference)
        markup.leaf("note", reference.raw, {"type": "printed"})


def _people(markup: Markup, reference: Reference) -> None:
    for author in reference.authors:
        markup.leaf("author", author)
    for editor in reference.editors:
        markup.leaf("editor", editor)
    for translator in reference.translators:
        markup.leaf("editor", translator, {"role": "translator"})


def _titles(markup: Markup, reference: Reference, level: str) -> None:
    markup.leaf("title", reference.title or "", {"level": level})
    if reference.title_orig:
        markup.leaf("title", reference.title_orig, {"level": level, "type": "original"})
    if reference.url:
        markup.leaf("idno", reference.url, {"type": "url"})


def _imprint(markup: Markup, reference: Reference) -> None:
    year = f"{reference.year}" if reference.year is not None else None
    with markup.element("imprint"):
        if reference.place:
            markup.leaf("pubPlace", reference.place)
        for publisher in (reference.publisher, reference.institution):
            if publisher:
                markup.leaf("publisher", publisher)
        markup.leaf("date", f"{year or ''}{reference.year_suffix or ''}", {"when": when(year)})
        if reference.date:
            markup.leaf("date", reference.date, {"type": reference.date_kind, "when": when(reference.date)})
        for unit, value in (("volume", reference.volume), ("issue", reference.issue), ("page", reference.pages)):
            if value:
                markup.leaf("biblScope", value, {"unit": unit})


def _register(markup: Markup, edition: Edition) -> None:
    if not edition.register:
        return
    files = {item.versions[0].agreement.n: f"{stem(item)}.xml" for item in edition.agreements}
    with markup.element("standOff"), markup.element("listBibl", {"type": "register"}):
        for entry in edition.register:
            _entry(markup, entry, files.get(entry.printed_as or 0))


def _entry(markup: Markup, entry: RegisterEntry, file: str | None) -> None:
    with markup.element("biblStruct", {"type": "treaty", "xml:id": register_id(entry.id)}):
        with markup.element("monogr"):
            for party in entry.parties:
                with markup.element("author"):
                    markup.leaf("orgName", party)
            for title in entry.titles:
                markup.leaf("title", title)
            for language, title_in in (("en", entry.title_en), ("ru", entry.title_ru)):
                if title_in:
                    markup.leaf("title", title_in, {"type": "translated", "xml:lang": language})
            with markup.element("imprint"):
                if entry.place:
                    markup.leaf("pubPlace", entry.place)
                markup.leaf("date", entry.date or "", {"type": "signed", "when": when(entry.date)})
        if file is not None:
            markup.leaf("relatedItem", "", {"type": "printed-in-full", "target": file})
