"""The verbs: parse, call, print. Results go to standard output, progress and messages to standard error.

Each verb imports what it needs when it is called: help comes at once, and reading a text loads no aligner.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sco_docs import __version__, store
from sco_docs.cli.terminal import (
    asking,
    content_of,
    count,
    name_of,
    page_bar,
    print_json,
    put,
    put_chunks,
    say,
)
from sco_docs.errors import ScoError
from sco_docs.writers import datafiles

if TYPE_CHECKING:
    from sco_docs.batch import Job, Result
    from sco_docs.model import Edition

FILE = click.Path(path_type=Path)

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
password_option = click.option("--password", help="The password that opens the PDF.")


class Verbs(click.Group):
    """Verbs that end with one sentence and the exit code of the error that stopped them."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ScoError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sco-docs")
def main() -> None:
    """Turn PDFs of theses, and the agreements printed in them, into scholarly editions.

    \b
    Put a PDF into sources/, type the line below, and open outputs/<name>/index.html:
        sco-docs build
    """


@main.command()
@click.argument("paths", nargs=-1, type=FILE)
@click.option("-o", "--output", type=FILE, default=Path("outputs"), show_default=True, help="Folder of the editions.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Sources at once (default: one for each processor).")
@click.option("--timeout", type=click.FloatRange(min=1), help="Seconds that one source may take (default: no limit).")
@click.option("--scheduler", metavar="ADDRESS", help="Build on the workers of a Dask cluster (extra 'cluster').")
@password_option
@as_json
def build(
    paths: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    timeout: float | None,
    scheduler: str | None,
    password: str | None,
    as_json: bool,
) -> None:
    """Make an edition of every source: files, or folders of PDFs (default: sources).

    Each source is read in a process of its own; one that fails does not stop the rest. The command ends
    with the code of the first failure, or 0.

    \b
    Example:
        sco-docs build sources -o outputs
    """
    from sco_docs import batch

    todo, failures = batch.find_jobs(paths or (Path("sources"),), output, password)
    for failure in failures:
        click.echo(f"Error: {failure.failure}", err=True)

    def builder(todo: Sequence[Job]) -> Iterator[Result]:
        if scheduler:
            return batch.build_on_cluster(todo, scheduler)
        return batch.build_all(todo, workers=jobs, seconds=timeout)

    results = [*failures, *_with_passwords(todo, builder)]
    if as_json:
        print_json([asdict(result) for result in results])
    else:
        for result in results:
            if not result.failure:
                click.echo(_summary(result))
        failed = sum(1 for result in results if result.failure)
        if len(results) > 1:
            click.echo(f"{len(results) - failed} of {len(results)} sources built.")
    codes = [result.exit_code for result in results if result.failure]
    click.get_current_context().exit(codes[0] if codes else 0)


def _with_passwords(todo: tuple[Job, ...], builder: Callable[[Sequence[Job]], Iterator[Result]]) -> Iterator[Result]:
    """Build all; on a terminal, ask for the passwords of those that need one and build them again."""
    if not todo:
        return
    done = builder(todo)
    with click.progressbar(length=len(todo), label="Building", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        results = []
        for result in done:
            results.append(result)
            bar.update(1)
    for job, result in zip(todo, results, strict=True):
        while result.needs_password and sys.stdin.isatty():
            asked = f"Password of {job.source} (empty: leave it out)"
            password = click.prompt(asked, hide_input=True, default="", show_default=False, err=True)
            if not password:
                break
            result = next(builder([replace(job, password=password)]))
        if result.failure:
            click.echo(f"Error: {result.failure}", err=True)
        for proposal in result.proposals:
            click.echo(f"{result.source}: {proposal}", err=True)
        yield result


def _summary(result: Result) -> str:
    return (
        f"{result.source}: {count(result.agreements, 'agreement')}, {count(result.references, 'reference')}, "
        f"{count(result.errors, 'error')}, {count(result.warnings, 'warning')} → {Path(result.folder) / 'index.html'}"
    )


def _pages(_ctx: click.Context, _param: click.Parameter, value: str | None) -> range | None:
    if value is None:
        return None
    first, _, last = value.partition("-")
    if not (first.isdigit() and (not last or last.isdigit()) and int(first) >= 1 and int(last or first) >= int(first)):
        raise click.BadParameter(f"{value!r} is not a page or a range of pages; write 7 or 3-10.")
    return range(int(first), int(last or first) + 1)


@main.command()
@click.argument("file", type=FILE)
@click.option("--pages", callback=_pages, metavar="N[-M]", help="Only these pages, counted from 1.")
@click.option("--json", "form", flag_value="json", help="The agreements as data (the file data/agreements.json).")
@click.option("--md", "form", flag_value="md", default="md", help="The whole text as Markdown (default).")
@click.option("--text", "form", flag_value="text", help="The whole text, one paragraph a line.")
@click.option("--debug", type=click.IntRange(min=1), metavar="PAGE", help="Draw what was seen on a page as PNG.")
@click.option("-o", "--output", type=FILE, help="Where to write it (default: standard output).")
@password_option
def extract(
    file: Path, pages: range | None, form: str, debug: int | None, output: Path | None, password: str | None
) -> None:
    """Read a PDF, text, Markdown, HTML, DOCX or TEI file: paragraphs joined, notes apart, page furniture gone.

    \b
    Example:
        sco-docs extract sources/specimen.pdf --pages 3-10 --md
    """
    from sco_docs.verbs.extract import document_chunks, draw_page

    if debug is not None:
        output = output or Path(f"{file.stem}-page-{debug}.png")
        store.write_file(output, asking(file, password, lambda word: draw_page(file, debug, password=word)))
        click.echo(str(output))
        return
    with page_bar() as progress:
        chunks, problems = asking(
            file, password, lambda word: document_chunks(file, form, password=word, pages=pages, progress=progress)
        )
    say(problems)
    put_chunks(chunks, output)


@main.command()
@click.argument("file", type=FILE, default=Path("-"))
@click.option("--to", "to", required=True, metavar="TAG", help="zh-Hans, zh-Hant, zh-Hant-TW or zh-Hant-HK.")
@click.option("--from", "source", metavar="TAG", help="What the text is (default: found out).")
@click.option("--terms", type=FILE, help="A table of your own terms: tab-separated, from and to.")
@click.option("--restore", is_flag=True, help="Undo an earlier machine conversion too (only to zh-Hans).")
@click.option("-o", "--output", type=FILE, help="Where to write it (default: standard output).")
@as_json
def convert(
    file: Path, to: str, source: str | None, terms: Path | None, restore: bool, output: Path | None, as_json: bool
) -> None:
    """Convert a text between Traditional and Simplified Chinese; without FILE, a filter.

    Choices that are not certain, and every change of --restore, are listed on standard error, or with --json
    beside the text.

    \b
    Example:
        echo 中華人民共和國 | sco-docs convert --to zh-Hans
    """
    from sco_docs.verbs.texts import convert_text

    result, restored = convert_text(
        content_of(file), to, source=source, terms=terms, restored=restore, name=name_of(file)
    )
    record = datafiles.conversion_record(result, restored)
    if as_json:
        put(datafiles.dump(record), output)
        return
    say(result.problems)
    for change in record["restored"]:
        click.echo("{start}-{end}: {text} → {suggestion} ({kind}, {confidence:.2f})".format(**change), err=True)
    for choice in record["decisions"]:
        click.echo("{start}-{end}: {chosen}, or {alternatives}? {evidence}".format(**choice), err=True)
    put(result.text.encode("utf-8"), output)


@main.command()
@click.argument("file", type=FILE, default=Path("-"))
@as_json
def audit(file: Path, as_json: bool) -> None:
    """List what an earlier conversion of script spoiled in a text; without FILE, a filter.

    \b
    Example:
        sco-docs audit agreement.txt --json
    """
    from sco_docs.verbs.texts import audit_bytes

    records, fingerprint = audit_bytes(content_of(file), name_of(file))
    if as_json:
        print_json(records)
        return
    for record in records:
        click.echo("{start}-{end}\t{text}\t→ {suggestion}\t{kind}\t{confidence:.2f}".format(**record))
    click.echo(fingerprint, err=True)


@main.command()
@click.argument("file", type=FILE)
@click.option("-n", "number", type=click.IntRange(min=1), help="Print only this agreement.")
@click.option("-o", "--output", type=FILE, help="Folder for all TEI files of the source.")
@password_option
def tei(file: Path, number: int | None, output: Path | None, password: str | None) -> None:
    """Write the TEI of a source: one agreement to standard output, or all files to a folder.

    \b
    Example:
        sco-docs tei sources/specimen.pdf -n 1 > agreement.xml
    """
    from sco_docs.verbs.editions import agreement_tei
    from sco_docs.writers.edition import tei_files

    edition = _edition(file, password)
    if output is not None:
        for name, content in tei_files(edition):
            store.write_file(output / name, content)
            click.echo(str(output / name))
    else:
        put(agreement_tei(edition, number or 1))


@main.command()
@click.argument("file", type=FILE)
@click.option(
    "--format", "form", type=click.Choice(["biblatex", "bibtex", "csl", "ris"]), default="biblatex", show_default=True
)
@click.option("--references", is_flag=True, help="The reference list (default: every agreement named).")
@click.option("--lines", is_flag=True, help="FILE is a text with one reference a line; - reads standard input.")
@click.option("--style", metavar="NAME", help="Print the works in a CSL style, such as apa (extra 'csl').")
@password_option
@as_json
def bib(
    file: Path, form: str, references: bool, lines: bool, style: str | None, password: str | None, as_json: bool
) -> None:
    """Write citation entries for the agreements of a source, or for its reference list.

    \b
    Example:
        sco-docs bib sources/specimen.pdf --format ris
    """
    from sco_docs.verbs.editions import agreement_citations, parse_lines, reference_bytes

    form = "json" if as_json else form
    if lines:
        found, problems = parse_lines(content_of(file), name_of(file))
        say(problems)
        put(reference_bytes(found, form, style))
        return
    edition = _edition(file, password)
    if references:
        put(reference_bytes(edition.references, form, style))
    else:
        put(agreement_citations(edition, form, style))


@main.command()
@click.argument("paths", nargs=-1, type=FILE)
@click.option("--schema", type=FILE, help="Validate against this RELAX NG schema too, such as the official tei_all.")
@as_json
def check(paths: tuple[Path, ...], schema: Path | None, as_json: bool) -> None:
    """Check TEI files: grammar, pointers, ids, languages, pages. Without PATHS, all below outputs.

    Ends with 1 if anything is wrong.

    \b
    Example:
        sco-docs check outputs/specimen/tei
    """
    from sco_docs.verbs.checks import check_files

    found = list(check_files(paths or (Path("outputs"),), schema))
    if as_json:
        print_json([{"file": name, **datafiles.problem_record(problem)} for name, problem in found])
    else:
        for name, problem in found:
            where = f" page {problem.place.page}:" if problem.place else ""
            click.echo(f"{name}:{where} {problem.severity}: {problem.message} {problem.advice}".rstrip())
        click.echo(f"{count(len(found), 'finding')}.")
    click.get_current_context().exit(1 if any(problem.severity == "error" for _, problem in found) else 0)


@main.command()
@click.argument("a", type=FILE)
@click.argument("b", type=FILE)
@click.option("--lines", is_flag=True, help="Take each line of the two files as a unit.")
@click.option("--format", "form", type=click.Choice(["tsv", "tmx", "json"]), default="tsv", show_default=True)
@as_json
def align(a: Path, b: Path, lines: bool, form: str, as_json: bool) -> None:
    """Align two versions of one text, in one language or two: Chinese, English, Russian.

    \b
    Example:
        sco-docs align treaty.zh.txt treaty.en.txt --format tmx
    """
    from sco_docs.verbs.versions import align_files

    put(align_files(a, b, lines=lines, form="json" if as_json else form))


@main.command()
@click.argument("files", nargs=-1, type=FILE, required=True)
@as_json
def collate(files: tuple[Path, ...], as_json: bool) -> None:
    """Compare witnesses of one text in one language, and say of what kind each variant is.

    \b
    Example:
        sco-docs collate printing-1.txt printing-2.txt --json
    """
    from sco_docs.verbs.versions import collate_files

    if len(files) < 2:
        raise click.UsageError("collate needs two files or more.")
    content, problems = collate_files(files, "json" if as_json else "tsv")
    say(problems)
    put(content)


def _edition(file: Path, password: str | None) -> Edition:
    from sco_docs.verbs.editions import edition_of

    with page_bar() as progress:
        edition = asking(file, password, lambda word: edition_of(file, password=word, progress=progress))
    say(edition.problems)
    return edition
