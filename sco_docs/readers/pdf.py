"""PDF files, page by page: PDFium first, pdfplumber where it cannot map characters, Tesseract where there are none.

``Page.reader`` names the engine that gave the text and ``Page.reason`` why it was not PDFium alone:
``map-errors`` (the fonts do not tell their characters), ``no-text`` (a picture of a page), ``engine-failed``,
``too-many-characters``, ``too-large`` (it would burst the memory), ``hidden-text`` (the invisible text layer of a
scan).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sco_docs.chinese.compat import is_private
from sco_docs.errors import MissingBackendError, SourceError
from sco_docs.model import Line, Page, Picture, Place, Problem, Rule, Severity, Source
from sco_docs.readers import ocr, pdf_bombs, pdf_pdfium, pdf_plumber
from sco_docs.readers.pdf_glyphs import UNKNOWN, Glyph, RawPage
from sco_docs.readers.pdf_lines import lines_of
from sco_docs.readers.pdf_open import (
    bookmarks_of,
    is_restricted,
    label_of,
    metadata_of,
    open_pdf,
    open_repaired,
    single_page,
)
from sco_docs.sequences import Packed

KIND = "application/pdf"
MAX_PAGES = 20_000
MAX_FAILURES = 20
MAX_PIXELS = 30_000_000
_REFRESH, _LEAST = 100_000, 300
_SAMPLE = (200, 20_000)
_MAPPED = 0.02
_AGREE = 0.98
_HEARD = 0.8
_SCAN = 0.1
_GARBLED = 0.3
_SURE = 0.97
_SOME, _DOUBTFUL = 5, 0.25
_WIDE_LATIN = "MWmw@%&©®ÆŒæœ¼½¾·"
Progress = Callable[[int, int], None]
Read = tuple[Page, tuple[Problem, ...]]


def _covered(pictures: tuple[Picture, ...], width: float, height: float) -> float:
    """Return the share of the page that its largest picture covers."""
    areas = ((p.x1 - p.x0) * (p.bottom - p.top) for p in pictures)
    return max(areas, default=0.0) / (width * height or 1.0)


def _is_odd(character: str) -> bool:
    """Return whether a character is seldom meant: a page full of them was encoded in a way that the file hides."""
    return ("\x7f" <= character <= "\xff" or "\ue000" <= character <= "\uf8ff" or character == UNKNOWN
            or "\u2701" <= character <= "\u27be" or character < " ")


def _is_doubtful(glyph: Glyph) -> bool:
    """Return whether a glyph is said to be a Latin character but takes a full em: what is drawn is a Chinese one."""
    return " " < glyph.text < "\u0250" and glyph.text not in _WIDE_LATIN and (
        0.97 < (glyph.x1 - glyph.x0) / (glyph.style.size or 1.0) < 1.03)


def _is_picture_of_text(found: RawPage) -> bool:
    return _covered(found.pictures, found.width, found.height) > _SCAN or 200 < found.paths < 15_000


def _scan_dpi(page: Any, width: float) -> float:
    """Return the resolution at which to recognise a page: that of its scan, since resampling costs accuracy."""
    pixels = [picture.get_px_size()[0] for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    own = 72 * max(pixels, default=0) / (width or 1.0)
    return own if 150 <= own <= 600 else ocr.DPI


class PdfReader:
    """An open PDF. Engines after PDFium are asked where a page needs them."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self.path, self.password = path, password
        self.document, self.problems = open_pdf(path, password)
        self.total: int = len(self.document)
        self.agreement: float | None = None
        self._asks = 2
        self._scripts: tuple[str, ...] | None = None
        self.held = 0
        self._failures = 0
        self._repair_tried = bool(self.problems)
        self._wary = pdf_bombs.is_suspect(path)

    def close(self) -> None:
        """Close the document."""
        self.document.close()

    def read(self, number: int) -> Read:
        """Return page ``number`` (from 1) with its problems; a page that cannot be read comes empty, with one."""
        copy = single_page(self.document, number) if self._wary else None
        if copy is not None and (what := pdf_bombs.what_bursts(copy)):
            return self._refused(number, what)
        try:
            page = self.document[number - 1]
        except pdfium.PdfiumError:
            return self._unreadable(number)
        try:
            width, height = page.get_size()
            empty = RawPage(number, width, height, ())
            try:
                found = pdf_pdfium.read_page(page, number)
            except pdf_pdfium.TooManyGlyphs as error:
                return self._too_many(empty, error.args[0])
            self._failures = 0
            self.held += max(len(found.glyphs), _LEAST)
            return self._judge(page, found)
        finally:
            page.close()

    @property
    def hopeless(self) -> bool:
        """Whether so many pages in a row could not be read that the rest will not be either."""
        return self._failures >= MAX_FAILURES

    def _unreadable(self, number: int) -> Read:
        """Return a page that PDFium cannot load: from a repaired copy, where there can be one."""
        if not self._repair_tried:
            self._repair_tried = True
            mended = open_repaired(self.path, self.password)
            if mended is not None and len(mended[0]) == self.total:
                self.document.close()
                self.document, self.problems = mended
                return self.read(number)
        self._failures += 1
        problem = Problem("page-unreadable", "error", "This page cannot be read; the file is damaged here.",
                          Place(number), advice="Get a whole copy of the file.")
        return Page(number, 0.0, 0.0, (), reason="engine-failed", confidence=0.0), (problem,)

    def _refused(self, number: int, what: str) -> Read:
        problem = Problem("page-too-large", "error", f"This page was skipped, since it would burst the memory: {what}.",
                          Place(number), advice="Look at the page in another program; it may be made to do harm.")
        return Page(number, 0.0, 0.0, (), reason="too-large", confidence=0.0), (problem,)

    def _too_many(self, empty: RawPage, count: int) -> Read:
        problem = Problem(
            "page-too-large", "error",
            f"This page holds {count} characters, more than {pdf_pdfium.MAX_GLYPHS}; all of them were skipped.",
            Place(empty.number), advice="No printed page holds so many; look at the page, or split it.")
        return replace(self._page(empty, "pdfium", "too-many-characters", 0.0)[0]), (problem,)

    def _judge(self, page: Any, found: RawPage) -> Read:
        """Choose the engine for a page."""
        letters = sum(1 for glyph in found.glyphs if not glyph.text.isspace())
        if not letters:
            return self._recognised(page, found, "no-text") if _is_picture_of_text(found) else self._page(
                found, "pdfium", None, 1.0)
        if found.invisible > 0.5 * letters and _is_picture_of_text(found):
            return self._hidden(found, letters)
        doubtful = sum(map(_is_doubtful, found.glyphs))
        if doubtful > _DOUBTFUL * letters or (
                sum(1 for glyph in found.glyphs if _is_odd(glyph.text)) > _GARBLED * letters):
            return self._recognised(page, found, "map-errors")
        unknown = sum(1 for glyph in found.glyphs if glyph.text == UNKNOWN)
        if len(found.unmapped) + unknown > max(3.0, _MAPPED * letters):
            return self._mapped(page, found, letters)
        if doubtful < max(_SOME, 0.003 * letters):
            doubtful = 0
        confidence = self._agreed(found, letters) * (1 - (len(found.unmapped) + unknown + doubtful) / letters)
        read, problems = self._page(found, "pdfium", None, confidence)
        return read, (*problems, *_doubts(found)) if doubtful else problems

    def _hidden(self, found: RawPage, letters: int) -> Read:
        """Read the invisible text layer of a scan. Its blanks are guesses of the program that made it: gaps decide."""
        glyphs = tuple(glyph for glyph in found.glyphs if not glyph.text.isspace())
        unknown = sum(1 for glyph in glyphs if glyph.text == UNKNOWN)
        read, problems = self._page(replace(found, glyphs=glyphs, unmapped=""), "pdfium", "hidden-text",
                                    0.8 * (1 - unknown / letters))
        problem = Problem("hidden-text", "info", "The text of this page is an invisible layer, recognised from the "
                          "picture.", Place(found.number), advice="Compare the text with the page.")
        return read, (*problems, problem)

    def _mapped(self, page: Any, found: RawPage, letters: int) -> Read:
        """Read a page whose fonts do not tell their characters: pdfplumber looks into the fonts themselves."""
        other = self._second(found.number)
        if other is not None and other.glyphs:
            share = pdf_plumber.agreement(found, other)
            if len(other.unmapped) <= _MAPPED * letters:
                if share >= _AGREE:
                    return self._page(replace(found, unmapped=""), "pdfium", "map-errors", 0.95 * share)
                other = replace(other, rules=found.rules, pictures=found.pictures)
                return self._page(other, "pdfplumber", "map-errors", 0.9 - len(other.unmapped) / letters)
        return self._recognised(page, found, "map-errors")

    def _recognised(self, page: Any, found: RawPage, reason: str) -> Read:
        """Read a page from its picture; without Tesseract it keeps what was found, with a problem that says so."""
        try:
            lines, rules = self._ocr(page, found.number)
        except MissingBackendError as error:
            what = "This page is a picture of text" if reason == "no-text" else "The fonts hide their characters"
            problem = Problem("no-text-layer", "error", f"{what}, and there is no Tesseract to recognise it.",
                              Place(found.number), advice=str(error))
            read, problems = self._page(found, "pdfium", reason, 0.2 if found.glyphs else 0.0)
            return read, (*problems, problem)
        confidence = ocr.confidence_of(lines)
        plain = replace(found, glyphs=(), unmapped="", off_page="")
        read, problems = self._page(plain, "tesseract", reason, confidence)
        severity: Severity = "info" if confidence >= _SURE else "warning"
        problem = Problem(
            "recognised", severity, f"The text of this page was recognised from its picture, {confidence:.0%} sure.",
            Place(found.number), advice="Compare the text with the page.")
        return replace(read, lines=lines, rules=rules), (*problems, problem)

    def _ocr(self, page: Any, number: int) -> tuple[tuple[Line, ...], tuple[Rule, ...]]:
        width, height = page.get_size()
        scale = min(_scan_dpi(page, width) / 72, (MAX_PIXELS / (width * height or 1.0)) ** 0.5)
        if self._scripts is None:
            self._scripts = ocr.require(f"{self.path}: page {number} has no text")
        if max(width, height) * scale < 20:
            return (), ()
        found = ocr.recognise(page.render(scale=scale, grayscale=True).to_pil(), self._scripts, number, scale * 72)
        if sum(len(line.text) for line in found.lines) > 100:
            self._scripts = (found.script,)
        return found.lines, found.rules

    def refresh(self) -> None:
        """Open the document anew: PDFium keeps what it has read (``held``: glyphs, or what an empty page weighs),
        which adds up over many pages."""
        if not self.problems:
            self.document.close()
            self.document, self.problems = open_pdf(self.path, self.password)
        self.held = 0

    def _second(self, number: int) -> RawPage | None:
        """Return a page as pdfplumber sees it, ``None`` where it sees nothing."""
        copy = single_page(self.document, number)
        return pdf_plumber.read_page(copy, number) if copy else None

    def _agreed(self, found: RawPage, letters: int) -> float:
        """Return how far the engines agree on the first page with enough text that both can read.

        Asking on every page would be slow. A second engine that sees little of a page has no opinion of it.
        """
        if self._asks and _SAMPLE[0] <= letters <= _SAMPLE[1]:
            self._asks -= 1
            other = self._second(found.number)
            if other is not None and len(other.glyphs) - len(other.unmapped) > _HEARD * letters:
                self.agreement = pdf_plumber.agreement(found, other)
                self._asks = 0
        return 1.0 if self.agreement is None else self.agreement

    def _page(self, found: RawPage, reader: str, reason: str | None, confidence: float) -> Read:
        lines, doubled = lines_of(found.glyphs, found.number, found.rules)
        page = Page(found.number, found.width, found.height, lines, label_of(self.document, found.number), found.turn,
                    found.rules, found.pictures, reader, reason, round(max(0.0, confidence), 4))
        return page, page_problems(page, found, doubled)


def _doubts(found: RawPage) -> Iterator[Problem]:
    wrong = "".join(glyph.text for glyph in found.glyphs if _is_doubtful(glyph))
    yield Problem("doubtful-characters", "warning", f"{len(wrong)} characters are drawn as wide as Chinese ones, but "
                  "the file says that they are Latin: a program that made it anew has spoilt its fonts.",
                  Place(found.number), wrong[:80], "Get the file as it was first made, or read them on the page.")


def page_problems(page: Page, found: RawPage, doubled: int) -> tuple[Problem, ...]:
    """Return what the clean-up of a page did, and what it could not do."""
    at, problems = Place(page.number), list[Problem]()
    text = "".join(line.text for line in page.lines)
    if found.off_page.strip():
        problems.append(Problem("off-page-text", "info", "Text outside the visible page was left out.", at,
                                found.off_page.strip()[:80], "Look at the page; nothing to do if it is complete."))
    if doubled:
        problems.append(Problem("overprinted", "info", f"{doubled} characters are printed twice on one spot; each is "
                                "read once.", at, advice="Nothing to do."))
    if UNKNOWN in text:
        line = next(line for line in page.lines if UNKNOWN in line.text)
        problems.append(Problem(
            "unknown-character", "warning", f"The file does not tell what {text.count(UNKNOWN)} characters are.",
            Place(page.number, line.number, line.text.index(UNKNOWN)), line.text[:80], "Read them on the page."))
    if found.unmapped.strip(UNKNOWN):
        problems.append(Problem(
            "unmapped-characters", "warning", f"The fonts do not map {len(found.unmapped)} characters; their codes "
            "were taken.", at, found.unmapped[:80], "Compare these characters with the page."))
    private = Counter(character for character in text if is_private(character))
    if private:
        line = next(line for line in page.lines if any(map(is_private, line.text)))
        problems.append(Problem(
            "private-use", "warning", f"{private.total()} characters are of private use: only their font knows them.",
            Place(page.number, line.number), " ".join(f"U+{ord(c):04X}" for c in sorted(private)),
            "Add them to the table private_use once you have seen what they show."))
    return tuple(problems)


def iter_pages(path: Path, *, password: str | None = None, pages: Container[int] | None = None,
               progress: Progress | None = None) -> Iterator[Read]:
    """Yield (page, problems) one by one, so that memory stays flat however long the document is."""
    reader = PdfReader(path, password)
    try:
        yield from _walk(reader, pages, progress)
    finally:
        reader.close()


def _walk(reader: PdfReader, pages: Container[int] | None, progress: Progress | None) -> Iterator[Read]:
    last = min(reader.total, MAX_PAGES)
    for number in range(1, last + 1):
        if pages is None or number in pages:
            yield reader.read(number)
        if reader.held > _REFRESH:
            reader.refresh()
        if progress is not None:
            progress(number, last)
        if reader.hopeless:
            return


def read_pdf(path: Path, *, password: str | None = None, pages: Container[int] | None = None,
             progress: Progress | None = None) -> tuple[Source, tuple[Problem, ...]]:
    """Return a PDF as a ``Source``; ``pages`` are the 1-based numbers to read (all if ``None``).

    Raises ``SourceError``, ``PasswordError``, and ``MissingBackendError`` where only Tesseract could read the file.
    """
    reader = PdfReader(path, password)
    met: list[Problem] = []

    def walk() -> Iterator[Page]:
        for page, some in _walk(reader, pages, progress):
            met.extend(some)
            yield page

    try:
        found = Packed(walk())
        problems = (*reader.problems, *_whole(reader, len(found)), *met)
        if not any(page.lines for page in found):
            raise _nothing(path, found, problems)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        document = reader.document
        marks = tuple(mark for mark in bookmarks_of(document) if pages is None or mark.page in pages)
        source = Source(path.name, digest, KIND, found, marks, metadata_of(document),
                        is_restricted(document))
    finally:
        reader.close()
    return source, problems


def _whole(reader: PdfReader, count: int) -> Iterator[Problem]:
    if is_restricted(reader.document):
        yield Problem("copying-restricted", "info", "The owner of this file forbids to copy its text; it was read.",
                      advice="See that your use of the text is allowed.")
    if reader.hopeless or reader.total > MAX_PAGES:
        yield Problem("pages-skipped", "error", f"The file says that it has {reader.total} pages; reading ended after "
                      f"{count}.", advice="Get a whole copy of the file, or split it.")
    if reader.agreement is not None and reader.agreement < _AGREE:
        yield Problem("engines-disagree", "warning", "PDFium and pdfplumber read different characters "
                      f"({reader.agreement:.1%} the same).", advice="Compare the text with the pages.")


def _nothing(path: Path, pages: Sequence[Page], problems: tuple[Problem, ...]) -> SourceError | MissingBackendError:
    """Return the error for a file without any text, by what stands in the way."""
    codes = {problem.code: problem for problem in problems}
    if "no-text-layer" in codes:
        return MissingBackendError(f"{path}: its pages are pictures of text; {ocr.INSTALL}.")
    if not pages:
        return SourceError(f"{path}: none of the pages asked for is in this PDF; check --pages.")
    if "page-too-large" in codes:
        return SourceError(f"{path}: {codes['page-too-large'].message.rstrip('.')}; split the page.")
    if "page-unreadable" in codes:
        return SourceError(f"{path}: none of its pages can be read, the file is damaged; get a whole copy of it.")
    return SourceError(f"{path}: no text was found on any page ({len(pages)} read); check that it is the right file.")
