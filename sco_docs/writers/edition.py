"""The output folder of an edition: which file holds what."""

from __future__ import annotations

from collections.abc import Iterator

from sco_docs.model import Edition
from sco_docs.writers import bibtex, csl, datafiles, report, ris, tables, tei, text, tmx, tsv, web, webanno
from sco_docs.writers.pieces import printed_notes
from sco_docs.writers.tei_ids import stem, text_name

File = tuple[str, bytes]


def edition_files(edition: Edition) -> tuple[File, ...]:
    """Return every file of an edition as (path below the output folder, bytes)."""
    return (
        *web.pages(edition),
        *tei_files(edition),
        *_citations(edition),
        *_texts(edition),
        *((f"tables/{name}", content) for name, content in tables.files(edition)),
        ("report.json", report.write(edition)),
        *((("annotations.jsonld", webanno.write(edition)),) if edition.comments else ()),
        *((f"data/{name}", content) for name, content in datafiles.data_files(edition)),
    )


def tei_files(edition: Edition) -> tuple[File, ...]:
    """Return the TEI of the thesis and of each agreement; collated ones also with the variants in the text."""
    files = [("tei/thesis.xml", tei.thesis(edition))]
    for item in edition.agreements:
        files.append((f"tei/{stem(item)}.xml", tei.agreement(edition, item)))
        parallel = tei.parallel(edition, item)
        if parallel is not None:
            files.append((f"tei/{stem(item)}.parallel.xml", parallel))
    return tuple(files)


def _citations(edition: Edition) -> Iterator[File]:
    printed = [version.agreement for item in edition.agreements for version in item.versions[:1]]
    yield "cite/agreements.bib", bibtex.biblatex(edition.register, printed)
    yield "cite/sco-docs.dbx", bibtex.data_model()
    yield "cite/agreements.classic.bib", bibtex.classic(edition.register, printed)
    yield "cite/agreements.csl.json", csl.csl_json(edition.register, printed)
    yield "cite/agreements.ris", ris.ris(edition.register, printed)
    yield "cite/references.bib", bibtex.biblatex(edition.references)
    yield "cite/references.csl.json", csl.csl_json(edition.references)
    yield "cite/references.ris", ris.ris(edition.references)


def _texts(edition: Edition) -> Iterator[File]:
    for item in edition.agreements:
        for version in item.versions:
            notes = printed_notes(edition, version)
            yield f"text/{text_name(item, version)}", text.write(version, notes)
        yield f"aligned/{stem(item)}.tmx", tmx.write(item)
        yield f"aligned/{stem(item)}.tsv", tsv.write(item)
