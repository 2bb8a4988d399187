"""pikepdf (an extra): a repaired copy of a file that PDFium cannot open."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

from sco_docs.errors import PasswordError

EXTRA = "sco_docs[repair]"


def is_installed() -> bool:
    """Return whether the extra is there."""
    return find_spec("pikepdf") is not None


def repaired(path: Path, password: str | None) -> bytes | None:
    """Return the bytes of a repaired copy without encryption, or ``None`` where pikepdf cannot open it either.

    Raises ``PasswordError`` where it asks for another password.
    """
    if not is_installed():
        return None
    import pikepdf

    buffer = io.BytesIO()
    try:
        with pikepdf.open(path, password=password or "") as document:
            document.save(buffer)
    except pikepdf.PasswordError as error:
        raise PasswordError(f"{path}: this PDF asks for a password; give the right one with --password.") from error
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError):
        return None
    return buffer.getvalue()
