"""Bytes and text as they are, for the verbs that work as filters."""

from __future__ import annotations

from pathlib import Path

from sco_docs.errors import SourceError


def content_of(path: Path) -> bytes:
    """Return the bytes of a file; raises ``SourceError`` where it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: there is no such file; check the path.") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions.") from error


def text_of(content: bytes, name: str) -> str:
    """Return UTF-8 bytes as text, without a byte order mark; ``name`` is what the error calls them.

    Raises ``SourceError`` with the byte at which they are not UTF-8: a filter must not guess.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{name}: line {line} is not UTF-8 (byte {error.start}); save the text as UTF-8, or give the file to "
            "sco-docs extract, which knows Big5 and GB 18030."
        ) from error
