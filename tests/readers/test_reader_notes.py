"""The editor's notes as they come: TOML, W3C Web Annotations, what Hypothesis exports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sco_docs.errors import ConfigError
from sco_docs.readers.notes import parse_annotations, read_notes

TOML = """
[[note]]
id = "a"
agreement = 2
unit = "第四條"
exact = "每年會晤"
prefix = "各方"
suffix = "。"
author = "某編者"
body = "原文如此。"

[[note]]
id = "a"
body = "同號的一條。"
"""


def file(folder: Path, content: str, name: str = "notes.toml") -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def test_toml(tmp_path: Path) -> None:
    (first, second), problems = read_notes(file(tmp_path, TOML))
    assert (first.agreement, first.unit, first.exact, first.prefix, first.suffix) == (
        2,
        "第四條",
        "每年會晤",
        "各方",
        "。",
    )
    assert (first.author, first.body) == ("某編者", "原文如此。")
    assert second.id == "a-2"
    assert [(p.code, p.severity) for p in problems] == [("note-id-twice", "error")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[note]]\nid = 1\nbody = 'x'", "id of note 1 must be a str"),
        ("[[note]]\nbody = 'x'", "note 1 has no id"),
        ("[[note]]\nid = 'x'", "note 1 has no body"),
        ("[[note]]\nid = 'x'\nbody = 'x'\nauthors = 'y'", "has 'authors'; a note may have"),
        ("notes = []", r"may hold nothing but \[\[note\]\]"),
        ("note = [1]", "note 1 is not a table"),
        ("[[note", "cannot be read as TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_cure(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(ConfigError, match=f"notes.toml.*{says}"):
        read_notes(file(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_notes(tmp_path / "no.toml")


ANNOTATION = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "urn:uuid:1",
    "type": "Annotation",
    "creator": {"type": "Person", "name": "某編者"},
    "body": [
        {"type": "TextualBody", "purpose": "tagging", "value": "tag"},
        {"type": "TextualBody", "value": "原文如此。"},
    ],
    "target": {
        "source": "file:///x/agreements/03-charter.html#T.u.4.2",
        "selector": [
            {"type": "RangeSelector"},
            {"type": "TextQuoteSelector", "exact": "每年會晤", "prefix": "各方", "suffix": "。"},
        ],
    },
}


@pytest.mark.parametrize(
    "document",
    [
        ANNOTATION,
        [ANNOTATION],
        {"type": "AnnotationPage", "items": [ANNOTATION]},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [ANNOTATION]}},
    ],
    ids=["one", "list", "page", "collection"],
)
def test_web_annotations(document: object) -> None:
    (note,) = parse_annotations(json.dumps(document), "x.jsonld")
    assert (note.id, note.agreement, note.unit) == ("urn:uuid:1", 3, "4.2")
    assert (note.exact, note.prefix, note.suffix) == ("每年會晤", "各方", "。")
    assert (note.author, note.body) == ("某編者", "原文如此。")


def test_an_export_of_hypothesis() -> None:
    row = {
        "id": "Zx1", "user": "acct:editor@hypothes.is", "uri": "https://example.org/01-x.html", "text": "註。",
        "target": [{"source": "https://example.org/agreements/01-x.html", "selector": [
            {"type": "TextPositionSelector", "start": 1, "end": 2},
            {"type": "TextQuoteSelector", "exact": "甲", "prefix": "乙", "suffix": "丙"},
        ]}],
    }  # fmt: skip
    (note,) = parse_annotations(json.dumps({"total": 1, "rows": [row]}), "x.json")
    assert (note.id, note.author, note.agreement, note.exact, note.body) == (
        "Zx1",
        "editor@hypothes.is",
        1,
        "甲",
        "註。",
    )


def test_a_selector_may_be_refined() -> None:
    target = {"source": "01-x.html", "selector": {"type": "FragmentSelector", "value": "T.u.1", "refinedBy": {
        "type": "TextQuoteSelector", "exact": "甲"}}}  # fmt: skip
    (note,) = parse_annotations(json.dumps({"body": "註", "target": target}), "x")
    assert (note.id, note.exact, note.body) == ("annotation-1", "甲", "註")


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000])
def test_what_is_no_json_is_refused(content: str) -> None:
    with pytest.raises(ConfigError, match="is not JSON"):
        parse_annotations(content, "x.json")


@pytest.mark.parametrize("content", ["1", "null", '"x"', "[1, null]", '{"target": null}', '{"target": [[1]]}'])
def test_json_of_another_shape_gives_no_error(content: str) -> None:
    parse_annotations(content, "x.json")
