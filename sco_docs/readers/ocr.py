"""Pages that are pictures of text: what Tesseract needs, and the way to it.

What does the work (``ocr_page``) is loaded when the first such page comes: numpy and scipy are heavy.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from sco_docs.errors import MissingBackendError
from sco_docs.model import Line, Rule

SCRIPTS = ("chi_tra", "chi_sim")
DPI = 300
INSTALL = (
    "install Tesseract with its Chinese data "
    "(Debian: apt-get install tesseract-ocr tesseract-ocr-chi-tra tesseract-ocr-chi-sim; extra: sco_docs[ocr])")


def languages() -> tuple[str, ...]:
    """Return the languages that the installed Tesseract knows, none if there is no Tesseract."""
    command = shutil.which("tesseract")
    if command is None:
        return ()
    done = subprocess.run([command, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return tuple(sorted(set(done.stdout.split()[1:])))


def require(what: str) -> tuple[str, ...]:
    """Return the Chinese scripts that Tesseract knows; raises ``MissingBackendError`` naming ``what``."""
    known = languages()
    found = tuple(script for script in SCRIPTS if script in known)
    if not found:
        raise MissingBackendError(f"{what}; {INSTALL}.")
    return found


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised: its lines and ruled strokes in points, and which of the scripts fits it best."""

    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    script: str


def recognise(picture: Image.Image, scripts: Sequence[str], page: int, dpi: float) -> Recognised:
    """Return what stands on the picture of a page (``dpi`` pixels an inch), read with the best of ``scripts``.

    Nothing comes where Tesseract fails or takes longer than ``ocr_engine.TIMEOUT`` seconds.
    """
    from sco_docs.readers import ocr_page

    return ocr_page.recognise(picture, scripts, page, dpi, languages())


def confidence_of(lines: tuple[Line, ...]) -> float:
    """Return the mean confidence of lines, weighed by their length."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / letters if letters else 0.0
