"""The header: what this is, what it was made from, how, and how its parts are cited (TEI P5, chapter 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sco_docs import __version__
from sco_docs.model import AgreementEdition, Edition, RegisterEntry, Source, TitlePage, Version
from sco_docs.writers.markup import Markup
from sco_docs.writers.tei_ids import name_part, text_id, when, witness_id

PARALLEL = "parallel-segmentation"
EDITORIAL = (
    ("correction", "Artefacts of an earlier conversion of the script: sic as printed, corr as suggested, with the "
                   "certainty; the reading keeps what is printed."),
    ("normalization", "Code points that stand for another character, and forms that only the page has: orig as "
                      "printed with its code points, reg as read. No normalisation form of Unicode was applied."),
    ("punctuation", "As printed."),
    ("hyphenation", "Printed line ends are lb; break is no where no blank belongs between the lines."),
    ("segmentation", "A seg of type s is a label, a heading, or a sentence of a paragraph."),
)  # fmt: skip

LANGUAGES = {
    "zh": "Chinese", "zh-Hant": "Chinese in the traditional script", "zh-Hans": "Chinese in the simplified script",
    "zh-Hant-TW": "Chinese in the traditional script, as written in Taiwan",
    "zh-Hans-CN": "Chinese in the simplified script, as written in mainland China",
    "en": "English", "ru": "Russian", "fr": "French", "es": "Spanish", "ar": "Arabic", "de": "German", "ja": "Japanese",
}  # fmt: skip


def write_header(
    markup: Markup,
    edition: Edition,
    item: AgreementEdition,
    kinds: Mapping[str, tuple[str, ...]],
    method: str = "location-referenced",
) -> None:
    """Write the header of an agreement's file; ``kinds`` become its taxonomies, ``method`` is that of variants.

    With parallel segmentation the file has the text of the first version alone.
    """
    texts = item.versions[:1] if method == PARALLEL else item.versions
    entry = register_entry(edition, item)
    with markup.element("teiHeader"):
        with markup.element("fileDesc"):
            _title_statement(markup, edition, item)
            with markup.element("publicationStmt"):
                markup.leaf("authority", "made by sco_docs from the source described below")
                markup.leaf("idno", item.versions[0].agreement.id, {"type": "agreement"})
                with markup.element("availability", {"status": "unknown"}):
                    markup.leaf("p", "The rights in the text are those of its source.")
            with markup.element("sourceDesc"):
                _treaty(markup, item, entry)
                thesis_source(markup, edition.source, edition.thesis.title_page)
                _witnesses(markup, item, [version.siglum for version in texts])
        with markup.element("encodingDesc"):
            editorial(markup)
            _refs(markup)
            if item.variants:
                location = "internal" if method == PARALLEL else "external"
                markup.leaf("variantEncoding", "", {"method": method, "location": location})
            _classes(markup, kinds)
            application(markup)
        with markup.element("profileDesc"):
            languages(markup, (version.language for version in item.versions))


def register_entry(edition: Edition, item: AgreementEdition) -> RegisterEntry | None:
    """Return what the register knows of an agreement that is printed in full."""
    n = item.versions[0].agreement.n
    return next((entry for entry in edition.register if entry.printed_as == n), None)


def authors(edition: Edition, n: int) -> list[tuple[str, str]]:
    """Return id and name of those whose notes belong to an agreement, in the order of their first note."""
    names = dict.fromkeys(c.note.author for c in edition.comments if c.agreement == n and c.note.author)
    return [(f"editor.{number}", name) for number, name in enumerate(names, 1)]


def titles(item: AgreementEdition) -> list[tuple[str, str]]:
    """Return language and title of each version; where the text has none, that of the appendix."""
    found: list[tuple[str, str]] = []
    for version in item.versions:
        text = version.agreement.title or version.agreement.appendix_title
        if text is not None:
            found.append((version.language, text.text))
    return found


def _title_statement(markup: Markup, edition: Edition, item: AgreementEdition) -> None:
    with markup.element("titleStmt"):
        named = titles(item)
        for language, title in named:
            markup.leaf("title", title, {"type": "main", "xml:lang": language})
        if not named:
            markup.leaf("title", item.versions[0].agreement.id, {"type": "main"})
        if edition.thesis.title_page.author is not None:
            markup.leaf("editor", edition.thesis.title_page.author, {"role": "printed-by"})
        for ident, author in authors(edition, item.versions[0].agreement.n):
            with markup.element("respStmt", {"xml:id": ident}):
                markup.leaf("resp", "editor's notes")
                markup.leaf("name", author)


def _treaty(markup: Markup, item: AgreementEdition, entry: RegisterEntry | None) -> None:
    agreement = item.versions[0].agreement
    attributes = {
        "type": "treaty",
        "xml:id": "treaty",
        "n": str(agreement.n),
    }
    with markup.element("biblStruct", attributes):
        with markup.element("monogr"):
            for party in entry.parties if entry else ():
                with markup.element("author"):
                    markup.leaf("orgName", party)
            for language, title in titles(item) or [("und", agreement.id)]:
                markup.leaf("title", title, {"type": "printed", "xml:lang": language})
            for kind, tag, title in _other_titles(entry):
                markup.leaf("title", title, {"type": kind, "xml:lang": tag})
            if entry is not None:
                markup.leaf("idno", entry.id, {"type": "register"})
                if entry.key:
                    markup.leaf("idno", entry.key, {"type": "citation-key"})
            with markup.element("imprint"):
                if entry is not None and entry.place is not None:
                    markup.leaf("pubPlace", entry.place)
                date = entry.date if entry and entry.date else agreement.date_signed or agreement.date_heading
                markup.leaf("date", date or "", {"type": "signed", "when": when(date)})
        markup.leaf("relatedItem", "", {"type": "container", "target": "#source"})


def _other_titles(entry: RegisterEntry | None) -> list[tuple[str, str | None, str]]:
    if entry is None:
        return []
    found: list[tuple[str, str | None, str]] = [("named", None, title) for title in entry.titles]
    found += [("translated", "en", entry.title_en)] if entry.title_en else []
    return found + ([("translated", "ru", entry.title_ru)] if entry.title_ru else [])


def thesis_source(markup: Markup, source: Source, page: TitlePage) -> None:
    """Write what the title page says of the source, and its name and checksum."""
    with markup.element("biblStruct", {"type": "thesis", "xml:id": "source"}), markup.element("monogr"):
        for author, language in ((page.author, None), (page.author_en, "en")):
            if author is not None:
                markup.leaf("author", author, {"xml:lang": language})
        for title, language in ((page.title or source.name, None), (page.title_en, "en")):
            if title is not None:
                markup.leaf("title", title, {"level": "m", "xml:lang": language})
        for kind, value in (("file", source.name), ("sha256", source.sha256), ("format", source.kind)):
            markup.leaf("idno", value, {"type": kind})
        with markup.element("imprint"):
            if page.institution is not None:
                markup.leaf("publisher", page.institution)
            markup.leaf("date", page.date or "", {"when": when(page.date)})


def _witnesses(markup: Markup, item: AgreementEdition, present: Sequence[str]) -> None:
    with markup.element("listWit"):
        for version in item.versions:
            _witness(markup, version, version.siglum in present)


def _witness(markup: Markup, version: Version, present: bool) -> None:
    """Write what is known of one version alone: its file, its dates and its place as its own text gives them."""
    agreement = version.agreement
    attributes = {
        "xml:id": witness_id(version.siglum),
        "n": version.siglum,
        "xml:lang": version.language,
        "corresp": f"#{text_id(version.siglum)}" if present else None,
    }
    with markup.element("witness", attributes), markup.element("bibl"):
        markup.leaf("idno", version.source, {"type": "file"})
        markup.leaf("idno", agreement.id, {"type": "agreement"})
        if version.derived_from is not None:
            markup.leaf("idno", version.derived_from, {"type": "converted-from"})
        if agreement.source_url is not None:
            markup.leaf("idno", agreement.source_url, {"type": "url"})
        for kind, date in (("signed", agreement.date_signed), ("heading", agreement.date_heading)):
            if date is not None:
                markup.leaf("date", date, {"type": kind, "when": when(date)})
        if agreement.place_signed is not None:
            markup.leaf("placeName", agreement.place_signed, {"type": "signed"})
        first, last = agreement.pages
        markup.leaf("biblScope", f"{first}-{last}", {"unit": "page", "from": str(first), "to": str(last)})


def editorial(markup: Markup) -> None:
    """Write the practice of the edition."""
    with markup.element("editorialDecl"):
        for tag, words in EDITORIAL:
            with markup.element(tag):
                markup.leaf("p", words)


def _refs(markup: Markup) -> None:
    """Write how versions, units and segments are cited (TEI P5, 3.11.4); a DTS server follows it."""
    units = ".//*[self::div or self::head or self::argument or self::closer or self::dateline][@n]"
    with markup.element("refsDecl", {"default": "true"}):
        version = {"unit": "version", "match": "/TEI/text/body/div[@type='version']", "use": "@n"}
        with markup.element("citeStructure", version):
            markup.leaf("citeStructure", "", {"unit": "unit", "match": units, "use": "string(@n)", "delim": ":"})
            segments = {"unit": "segment", "match": ".//seg[@type='s']", "use": "string(@n)", "delim": "/"}
            markup.leaf("citeStructure", "", segments)


def _classes(markup: Markup, kinds: Mapping[str, Iterable[str]]) -> None:
    groups = [(group, tuple(names)) for group, names in kinds.items() if names]
    if not groups:
        return
    with markup.element("classDecl"):
        for group, names in groups:
            with markup.element("taxonomy", {"xml:id": group}):
                for kind in names:
                    with markup.element("category", {"xml:id": f"kind.{name_part(kind)}"}):
                        markup.leaf("catDesc", kind)


def application(markup: Markup) -> None:
    """Write which program made the file."""
    with (
        markup.element("appInfo"),
        markup.element("application", {"ident": "sco_docs", "version": __version__, "xml:id": "tool"}),
    ):
        markup.leaf("label", "sco_docs")
        markup.leaf("desc", "Reads the source, finds its agreements, converts the script, aligns and collates.")


def languages(markup: Markup, tags: Iterable[str]) -> None:
    """Write the languages that are used."""
    with markup.element("langUsage"):
        for tag in dict.fromkeys(tags):
            markup.leaf("language", LANGUAGES.get(tag, tag), {"ident": tag})
