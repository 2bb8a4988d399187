"""All disk output: a file or a folder is there whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from sco_docs.errors import OutputError

MANIFEST = "data/manifest.json"


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` as ``write_chunks`` does."""
    write_chunks(path, (content,))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    """Write ``chunks`` to ``path`` whole: through a temporary file in the same folder, renamed at the end.

    Raises ``OutputError`` where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(chunks)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise OutputError(_cannot(path, error)) from error


def require_folder(folder: Path) -> None:
    """Raise ``OutputError`` where ``write_folder`` would: before the work, not after it."""
    try:
        if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
            raise OutputError(
                f"{folder}: holds files that sco-docs did not write; empty it or choose another folder with -o."
            )
        parent = next(parent for parent in folder.absolute().parents if parent.exists())
        with tempfile.TemporaryDirectory(dir=parent, prefix=".sco-docs."):
            pass
    except OSError as error:
        raise OutputError(_cannot(folder, error)) from error


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write ``files`` (relative path, bytes) as ``folder``; what stood there before is replaced in one step.

    Returns the paths written, sorted. Raises ``OutputError``, also where the folder holds anything that
    sco-docs did not write (it has no manifest); then ``folder`` is as it was.
    """
    names = []
    require_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
            fresh = Path(scratch) / "new"
            for name, content in files:
                target = fresh / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                names.append(name)
            _swap(fresh, folder, Path(scratch) / "old")
    except OSError as error:
        raise OutputError(_cannot(folder, error)) from error
    return tuple(sorted(names))


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        os.replace(fresh, folder)
        return
    os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except OSError:
        os.replace(old, folder)
        raise


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return sha256(content).hexdigest()


def _cannot(path: Path, error: OSError) -> str:
    return f"{path}: cannot be written ({error.strerror or error}); choose another folder with -o."
