"""Long texts in pieces: read, cut at line ends, converted one after another in bounded memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from sco_docs.chinese.detect import detect
from sco_docs.chinese.script import convert
from sco_docs.chinese.terms import Term
from sco_docs.errors import SourceError
from sco_docs.model import Conversion

PIECE = 1 << 20
_ENDS = "\n。；，、 "


def decoded(blocks: Iterable[bytes], name: str) -> Iterator[str]:
    """Yield the text of UTF-8 bytes that come in blocks of any size; a byte order mark is dropped.

    Raises SourceError, which names the byte offset, where the bytes are not UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    read = 0
    for block in blocks:
        waiting = len(decoder.getstate()[0])
        try:
            yield decoder.decode(block)
        except UnicodeDecodeError as error:
            raise _not_utf8(name, read - waiting + error.start) from error
        read += len(block)
    try:
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_utf8(name, read - len(decoder.getstate()[0]) + error.start) from error


def pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield the joined text in pieces of about a million characters, cut at a line end, or at the end of a
    clause in a line that is longer than that."""
    rest = ""
    for text in texts:
        rest += text
        while len(rest) >= PIECE:
            cut = next((at for at in (rest.rfind(end, 0, PIECE) + 1 for end in _ENDS) if at > 0), PIECE)
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def convert_stream(
    texts: Iterable[str], to: str, source: str | None = None, *, terms: tuple[Term, ...] = ()
) -> Iterator[Conversion]:
    """Convert a text that comes in parts, in bounded memory; the script is detected from the first piece.

    The offsets of each Conversion count from the start of its piece. The rest as for ``convert``.
    """
    for piece in pieces(texts):
        source = source or detect(piece).tag
        yield convert(piece, to, source, terms=terms)


def _not_utf8(name: str, offset: int) -> SourceError:
    return SourceError(f"{name}, byte {offset}: not UTF-8; convert the file first (iconv -f GB18030 or -f BIG5).")
