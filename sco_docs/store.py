"""All disk output: a file or a folder is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from sco_docs.errors import OutputError

MANIFEST = "data/manifest.json"


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` whole: through a temporary file in the same folder, renamed at the end.

    Raises ``OutputError`` where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise OutputError(_cannot(path, error)) from error


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write ``files`` (relative path, bytes) as ``folder``; what stood there before is replaced in one step.

    Returns the paths written, sorted. A folder that sco-docs did not write (without its manifest) is left
    alone. Raises ``OutputError``; then ``folder`` is as it was.
    """
    if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise OutputError(f"{folder}: was not written by sco-docs; choose another output folder or empty this one.")
    names = []
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
            fresh = Path(scratch) / "new"
            fresh.mkdir()
            for name, content in files:
                target = fresh / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                names.append(name)
            if folder.exists():
                os.replace(folder, Path(scratch) / "old")
            os.replace(fresh, folder)
    except OSError as error:
        raise OutputError(_cannot(folder, error)) from error
    return tuple(sorted(names))


def remove_folder(folder: Path) -> None:
    """Remove a folder that sco-docs wrote, if it is there."""
    if (folder / MANIFEST).is_file():
        shutil.rmtree(folder)


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return sha256(content).hexdigest()


def _cannot(path: Path, error: OSError) -> str:
    return f"{path}: cannot be written ({error.strerror or error}); choose another folder with -o."
