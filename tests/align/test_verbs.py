"""The verbs align and collate on files, good and bad; texts of our own."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from test_units import CHINESE, ENGLISH, RUSSIAN

from sco_docs.cli import main

RECIPE = [
    "Wash the rice three times and let it stand.", "Cut the mushrooms into thin strips.", "Heat the oil slowly.",
    "Fry the garlic until it smells.", "Add the rice, and stir.", "Serve with pickled plums and green tea.",
    "Leftovers keep for a day in a cool place.",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {
        "zh.txt": CHINESE, "en.txt": ENGLISH, "ru.txt": RUSSIAN, "recipe.txt": RECIPE, "empty.txt": ["", " "],
        "copy.txt": CHINESE, "greek.txt": ["Τα μέρη συμφωνούν.", "Η συμφωνία ισχύει."],
        "other.txt": [CHINESE[0].replace("港口", "航道"), *CHINESE[1:3], *CHINESE[4:]],
    }  # fmt: skip
    for name, lines in texts.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def run(verb: str, *arguments: object) -> Result:
    return CliRunner().invoke(main, [verb, *map(str, arguments)])


@pytest.mark.parametrize(("a", "b"), [("zh.txt", "en.txt"), ("en.txt", "zh.txt"), ("zh.txt", "ru.txt")])
def test_lines_give_beads_as_json(folder: Path, a: str, b: str) -> None:
    result = run("align", "--lines", folder / a, folder / b, "--json")
    assert result.exit_code == 0
    beads = json.loads(result.stdout)
    assert [(bead["a"], bead["b"]) for bead in beads] == [([n], [n]) for n in range(len(CHINESE))]
    assert all(0 < bead["score"] <= 1 for bead in beads)


def test_lines_give_a_table_and_a_translation_memory(folder: Path) -> None:
    table = run("align", "--lines", folder / "zh.txt", folder / "en.txt", "--format", "tsv").stdout.splitlines()
    assert len(table) == 1 + len(CHINESE)
    assert CHINESE[2] in table[3]
    assert ENGLISH[2] in table[3]
    memory = run("align", "--lines", folder / "zh.txt", folder / "en.txt", "--format", "tmx").stdout
    assert len(ElementTree.fromstring(memory).findall(".//tu")) == len(CHINESE)


@pytest.mark.parametrize(
    ("b", "says"),
    [
        ("recipe.txt", "are not versions of one text"),
        ("empty.txt", "has no text to compare"),
        ("zh.txt", "is given twice"),
        ("greek.txt", "has no Chinese, English or Russian text"),
        ("missing.txt", "missing.txt"),
    ],
)
def test_bad_input_of_align_is_refused_in_one_sentence(folder: Path, b: str, says: str) -> None:
    lines = folder / "zh.txt"
    lines.write_text("\n".join([*CHINESE, "第五條 本協定用中文寫成。"]), "utf-8")
    result = run("align", "--lines", lines, folder / b, "--json")
    assert result.exit_code == 4
    assert says in result.stderr
    assert not result.stdout
    assert len(result.stderr.strip().splitlines()) == 1


def test_readings_with_kinds_and_offsets(folder: Path) -> None:
    result = run("collate", folder / "zh.txt", folder / "other.txt", "--json")
    assert result.exit_code == 0
    base, other = ((folder / name).read_text("utf-8") for name in ("zh.txt", "other.txt"))
    variants = json.loads(result.stdout)
    assert [variant["kind"] for variant in variants] == ["substantive", "omission"]
    for variant in variants:
        for side, text in (("a", base), ("b", other)):
            assert text[variant[side]["start"] : variant[side]["end"]] == variant[side]["text"]


@pytest.mark.parametrize("b", ["en.txt", "empty.txt", "zh.txt", "greek.txt"])
def test_bad_input_of_collate_is_refused(folder: Path, b: str) -> None:
    result = run("collate", folder / "zh.txt", folder / b)
    assert result.exit_code == 4
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_copy_is_said(folder: Path) -> None:
    result = run("collate", folder / "zh.txt", folder / "copy.txt", "--json")
    assert result.exit_code == 0
    assert "reads exactly as" in result.stderr
    assert json.loads(result.stdout) == []
