"""What is written is there whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sco_docs.errors import OutputError
from sco_docs.store import MANIFEST, write_file, write_folder


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_folder_replaces_the_one_before(tmp_path: Path) -> None:
    write_folder(tmp_path / "x", [("a/one.txt", b"1"), (MANIFEST, b"{}")])
    assert write_folder(tmp_path / "x", [("two.txt", b"2"), (MANIFEST, b"{}")]) == (MANIFEST, "two.txt")
    assert names(tmp_path) == [f"x/{MANIFEST}", "x/two.txt"]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "half.txt", b"half"
        raise OSError(28, "No space left on device")

    write_folder(tmp_path / "x", [("one.txt", b"1"), (MANIFEST, b"{}")])
    with pytest.raises(OutputError, match="No space left"):
        write_folder(tmp_path / "x", files())
    assert names(tmp_path) == [f"x/{MANIFEST}", "x/one.txt"]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "new/file.txt", b"first")
    write_file(tmp_path / "new/file.txt", b"second")
    assert (tmp_path / "new/file.txt").read_bytes() == b"second"
    assert names(tmp_path) == ["new/file.txt"]


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.txt").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / "file.txt", b"x")
    assert names(tmp_path) == []
