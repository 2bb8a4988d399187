"""Every type of the house: frozen dataclasses and tuples, no behaviour.

What grows with the pages of a document (``Sequence``) is a tuple or lies packed (see ``sequences.py``).

Conventions that hold for every type:

* Pages are counted from 1 as the file has them; ``label`` is the number printed on the page.
* Lengths are PDF points (1/72 inch); the origin is the upper left corner of the page, y grows downwards.
* Offsets count Unicode code points from 0; a range is half open, ``[start, end)``.
* Dates are ISO 8601 strings (``2001-06-15``, ``2001-06`` or ``2001``), languages BCP 47 tags.
* ``text`` is the reading; where it departs from what is printed, ``changes`` keeps the printed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: page (from 1), line on the page (from 1, 0: unknown), offset in the line."""

    page: int
    line: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about the data: what, where, the evidence, and what a person can do about it."""

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    evidence: str = ""
    advice: str = ""


# ---------------------------------------------------------------- readers: what stands on the page


@dataclass(frozen=True, slots=True)
class Change:
    """``text[start:end]`` is read where ``printed`` stands on the page; ``kind`` says why (see ``data/``)."""

    start: int
    end: int
    printed: str
    kind: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of one line in one style; a new span also starts after a gap that separates columns."""

    text: str
    x0: float
    x1: float
    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    superscript: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``text`` is the spans joined, one blank where a gap separates them."""

    text: str
    page: int
    number: int
    x0: float
    top: float
    x1: float
    bottom: float
    spans: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()
    vertical: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke or a thin filled box: the edge of a table, or the line above the notes."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster or drawing on the page: where it stands."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader gives it, in reading order.

    ``reader`` names the engine that gave the text, ``reason`` why it was not the first choice,
    ``confidence`` (0 to 1) how far the text can be trusted.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    label: str | None = None
    rotation: int = 0
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Picture, ...] = ()
    reader: str = "pdfium"
    reason: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline that the file itself carries."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name without folder, SHA-256 of its bytes, and its pages."""

    name: str
    sha256: str
    kind: str
    pages: Sequence[Page]
    bookmarks: tuple[Bookmark, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    restricted: bool = False


# ---------------------------------------------------------------- layout: lines become blocks


@dataclass(frozen=True, slots=True)
class LineStart:
    """The printed line that begins at ``offset`` of a text."""

    offset: int
    place: Place


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note is called at ``offset`` of a text (before the character there); ``note`` is ``Note.id``."""

    offset: int
    note: str


@dataclass(frozen=True, slots=True)
class Text:
    """Running text over any number of printed lines and pages, without line breaks or note markers."""

    text: str
    lines: tuple[LineStart, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[NoteMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the foot of a page or at the end. ``label`` is as printed (``12``, ``①``, ``*``).

    ``context`` is the 20 characters before the marker in the text; empty where no marker was found.
    """

    id: str
    label: str
    text: Text
    page: int
    context: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. A merged cell's text stands once, the cells that it covers are empty."""

    id: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    source_note: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: ``id`` as printed (``圖 3-1``), where it stands on its page."""

    id: str
    caption: str
    source_note: str | None
    place: Place
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0


BlockKind = Literal["heading", "paragraph", "quote", "row", "toc", "caption", "table", "figure", "source_note"]
Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page flow. ``kind`` is what it looks like; what it means is the work of ``structure``.

    ``cells``: a ``row`` is a line whose parts stand in columns (two-column signatures, contents entries).
    ``heading`` marks text that style *or* numbering sets apart; ``level`` is the layout's guess (from 1).
    ``indent``/``first_indent`` are points from the left edge of the type area.
    """

    kind: BlockKind
    text: Text
    page: int
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    align: Align = "left"
    indent: float = 0.0
    first_indent: float = 0.0
    level: int = 0
    cells: tuple[Text, ...] = ()
    table: Table | None = None
    figure: Figure | None = None


FurnitureKind = Literal["head", "foot", "page_number", "watermark"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What repeats around the text and is not part of it; kept, so that nothing printed is lost."""

    kind: FurnitureKind
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole document as a flow of blocks, with notes and furniture taken out of it."""

    blocks: Sequence[Block]
    notes: tuple[Note, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    labels: tuple[str | None, ...] = ()


# ---------------------------------------------------------------- structure: the agreements


@dataclass(frozen=True, slots=True)
class Division:
    """An article, section or item. ``label`` as printed (``第一條``, ``一、``); ``number`` what it counts.

    ``id`` is the path of numbers from the top (``4.2``), unique in the agreement and independent of notes.
    ``kind``: a container holds articles (part, chapter, section), items stand in articles or alone.
    """

    id: str
    label: Text
    number: int | None
    heading: Text | None
    paragraphs: tuple[Text, ...]
    children: tuple[Division, ...] = ()
    kind: Literal["container", "annex", "article", "item"] = "item"


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who signs: names are written without the blanks that space them out in print."""

    party: str | None
    capacity: str | None
    name: str | None
    mark: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Provision:
    """What the text itself says of its languages, entry into force, depositary or registration."""

    kind: Literal["languages", "entry_into_force", "depositary", "registration"]
    value: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement in one language. ``lead`` is an editor's lines before the document proper.

    ``date_heading`` comes from the heading of the appendix, ``date_signed`` from the document itself.
    ``signature_block`` holds the printed lines from which ``signatories`` was read; ``date_line`` likewise.
    """

    n: int
    id: str
    language: str
    appendix_title: Text | None
    title: Text | None
    lead: tuple[Text, ...]
    preamble: tuple[Text, ...]
    body: tuple[Division, ...]
    closing: tuple[Text, ...]
    signature_block: tuple[Text, ...]
    signatories: tuple[Signatory, ...]
    date_line: Text | None
    date_heading: str | None
    date_signed: str | None
    place_signed: str | None
    notes: tuple[str, ...]
    source_url: str | None
    pages: tuple[int, int]
    provisions: tuple[Provision, ...] = ()


# ---------------------------------------------------------------- structure: the thesis around them


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document (or of its printed contents): level 1 is a chapter and its equals.

    ``text`` is the heading with its lines and note marks, where it stands in the text.
    """

    title: str
    level: int
    page_label: str | None
    place: Place | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the thesis with its own heading; ``role`` says which part it is."""

    role: Literal["front", "abstract", "contents", "chapter", "section", "references", "appendix", "back"]
    heading: Heading | None
    blocks: tuple[Block, ...]
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What the title page says; a field that it does not give stays ``None``."""

    title: str | None = None
    title_en: str | None = None
    author: str | None = None
    author_en: str | None = None
    advisors: tuple[str, ...] = ()
    advisors_en: tuple[str, ...] = ()
    institution: str | None = None
    institution_en: str | None = None
    department: str | None = None
    department_en: str | None = None
    degree: str | None = None
    date: str | None = None
    date_printed: str | None = None


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstract with its keywords; ``language`` is a BCP 47 tag."""

    language: str
    paragraphs: tuple[Text, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossReference:
    """``詳見附錄二``: what it points to, what it resolves to (an ``id``), or the problem with it."""

    raw: str
    target: str
    resolves_to: str | None
    problem: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Thesis:
    """The document without its agreements, which stand in ``Edition.agreements``."""

    title_page: TitlePage
    abstracts: tuple[Abstract, ...]
    outline: tuple[Heading, ...]
    toc: tuple[Heading, ...]
    sections: tuple[Section, ...]
    references: tuple[Text, ...]
    crossrefs: tuple[CrossReference, ...] = ()


# ---------------------------------------------------------------- script


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted text; ``positions[i]`` is the source offset of result character ``i``."""

    text: str
    positions: tuple[int, ...] | range
    language: str
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice between characters that is not certain: for the review queue. Offsets are of the source."""

    start: int
    end: int
    chosen: str
    alternatives: tuple[str, ...]
    evidence: str
    confidence: float


ArtefactKind = Literal["wrong sense", "regional term", "wrong character", "left unconverted", "name variant"]


@dataclass(frozen=True, slots=True)
class Artefact:
    """What an earlier conversion spoiled; ``suggestion`` in the script of the text itself."""

    start: int
    end: int
    text: str
    suggestion: str
    kind: ArtefactKind
    confidence: float
    agreement: int | None = None
    place: Place | None = None


# ---------------------------------------------------------------- what a file cannot say: sco-docs.toml


@dataclass(frozen=True, slots=True)
class WitnessSetting:
    """``file`` (beside ``sco-docs.toml``) holds agreement ``agreement`` of a source in ``language``."""

    file: str
    agreement: int
    language: str | None = None
    siglum: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSetting:
    """What the editor says of one source: its siglum, its language, and its witnesses."""

    file: str
    siglum: str = "T"
    language: str | None = None
    witnesses: tuple[WitnessSetting, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """``sco-docs.toml`` read and checked. ``terms``, ``notes`` and ``register`` are file names or ``None``."""

    folder: str = "."
    sources: tuple[SourceSetting, ...] = ()
    terms: str | None = None
    notes: str | None = None
    register: str | None = None


# ---------------------------------------------------------------- align and collate


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a version: ``text`` is ``[start, end)`` of a paragraph of a unit of the agreement.

    ``unit``: ``title``, ``lead``, ``preamble``, ``closing``, ``signatures``, ``date`` or a ``Division.id``.
    ``part``: ``label`` and ``heading`` of a division, else ``p``. ``id`` = ``<unit>.<n>``, the same in
    TEI, HTML, TMX and JSON (TEI prefixes the siglum).
    """

    id: str
    unit: str
    part: Literal["label", "heading", "p"]
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One agreement in one language or script. ``derived_from``: the siglum that it was converted from.

    ``notes``: those of a witness in a file of its own; the notes of the edition's source stand in its ``Layout``.
    """

    siglum: str
    language: str
    agreement: Agreement
    segments: tuple[Segment, ...]
    source: str
    derived_from: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments (indices) of version ``a`` that match those of ``b``; an empty side is an omission."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads between two versions, by siglum, in the order of ``a``."""

    a: str
    b: str
    beads: tuple[Bead, ...]


VariantKind = Literal[
    "layout", "punctuation", "script", "variant character", "regional vocabulary", "conversion artefact",
    "numeral style", "transposition", "omission", "addition", "substantive",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one witness reads at a place of the apparatus; offsets are of that witness's segment text."""

    siglum: str
    segment: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A place where witnesses of one language differ; the first reading is that of the base."""

    kind: VariantKind
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """An agreement quoted in the text: ``text`` as quoted, ``reading`` as agreement ``agreement`` has it.

    ``unit`` is the unit of the agreement (as in ``Segment``) where the reading begins; ``exact`` is false where
    words differ, not only script, width, punctuation or the style of numerals.
    """

    agreement: int
    language: str
    unit: str
    text: str
    reading: str
    exact: bool
    place: Place


# ---------------------------------------------------------------- cite


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list. ``raw`` is as printed, healed over lines; empty fields are ``None``.

    ``year`` is a number, or as printed where it is none (``1996/97``).
    """

    raw: str
    lang: str
    type: str
    key: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    year: int | str | None = None
    year_suffix: str | None = None
    title: str | None = None
    title_orig: str | None = None
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    place: str | None = None
    institution: str | None = None
    degree: str | None = None
    url: str | None = None
    date: str | None = None
    date_kind: str | None = None
    parsed: bool = True


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One work of a citation; ``reference`` indexes the reference list, or is ``None``."""

    authors: str
    year: str | None
    pages: str | None
    reference: int | None
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of works in the text or a note, as printed."""

    raw: str
    place: Place
    items: tuple[CitationItem, ...]
    where: str = "text"


@dataclass(frozen=True, slots=True)
class Mention:
    """An agreement is named here, in these words."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An agreement named anywhere in the source; ``printed_as`` is the ``n`` of the one printed in full."""

    id: str
    titles: tuple[str, ...]
    date: str | None
    parties: tuple[str, ...]
    place: str | None
    mentions: tuple[Mention, ...]
    printed_as: int | None
    title_en: str | None = None
    title_ru: str | None = None
    key: str = ""


# ---------------------------------------------------------------- the editor's notes


@dataclass(frozen=True, slots=True)
class EditorNote:
    """A note of the editor as its file has it, anchored by words (W3C Web Annotation, 4.2.4 Text Quote Selector).

    ``agreement`` is its ``n``; ``unit`` a ``Division.id``, a printed label, or a part such as ``preamble``.
    """

    id: str
    body: str
    agreement: int | None = None
    unit: str | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    author: str | None = None


@dataclass(frozen=True, slots=True)
class TextRange:
    """``[start, end)`` of a text of a version; the address is that of ``Segment``."""

    unit: str
    part: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnchoredNote:
    """An editor's note and where it stands now; ``found`` is false where the place is only the nearest one.

    Without ``ranges`` the note belongs to the agreement as a whole, without ``agreement`` to none.
    """

    note: EditorNote
    found: bool
    agreement: int | None = None
    siglum: str | None = None
    ranges: tuple[TextRange, ...] = ()


# ---------------------------------------------------------------- the edition


@dataclass(frozen=True, slots=True)
class AgreementEdition:
    """All versions of one agreement, how they match, where they differ, what was spoiled."""

    versions: tuple[Version, ...]
    alignments: tuple[Alignment, ...] = ()
    variants: tuple[Variant, ...] = ()
    artefacts: tuple[Artefact, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that the writers need; nothing that they would have to read again."""

    source: Source
    layout: Layout
    thesis: Thesis
    agreements: tuple[AgreementEdition, ...]
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    register: tuple[RegisterEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: tuple[AnchoredNote, ...] = ()
    quotations: tuple[Quotation, ...] = ()
