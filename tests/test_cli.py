"""The verbs as a newcomer meets them: help, results, errors, and nothing half-written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sco_docs.cli import main

ROOT = Path(__file__).resolve().parents[1]
SPECIMEN = ROOT / "sources" / "specimen.pdf"
VERBS = sorted(main.commands)


def run(*words: str | Path, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


def failed(result: Result, code: int, *words: str) -> None:
    """One sentence on standard error, nothing on standard output, the exit code of its class, no traceback."""
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1, result.stderr
    for word in words:
        assert word in lines[0]


@pytest.mark.parametrize("verb", VERBS)
def test_help_ends_with_an_example_and_the_verb_stands_in_the_readme(verb: str) -> None:
    text = run(verb, "--help").output
    assert text.index("Example:") > 0
    example = text[text.index("Example:") :].splitlines()[1]
    assert f"sco-docs {verb}" in example
    assert re.search(rf"^sco-docs {verb}\b|\| sco-docs {verb}\b", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)


def test_the_first_page_says_how_to_begin() -> None:
    assert "sco-docs build" in run("--help").output


def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(commands) >= len(VERBS)
    (tmp_path / "sources").symlink_to(ROOT / "sources")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for command in commands:
        environment = {"PATH": path, "LANG": "C.UTF-8"}
        done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"
        assert done.stdout.strip()
    assert (tmp_path / "outputs" / "specimen" / "index.html").is_file()


def test_build_goes_on_after_a_failure_and_is_the_same_every_time(tmp_path: Path) -> None:
    first = run("build", SPECIMEN, "-o", tmp_path / "a", "--json")
    assert first.exit_code == 0, first.stderr
    (record,) = json.loads(first.stdout)
    assert (record["agreements"], record["failure"]) == (4, None)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing that a PDF needs")
    second = run("build", bad, SPECIMEN, tmp_path / "absent.pdf", "-o", tmp_path / "b")
    assert second.exit_code == 4
    assert "1 of 3 sources built." in second.stdout
    assert str(bad) in second.stderr
    assert "absent.pdf" in second.stderr
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["specimen"]
    assert tree(tmp_path / "a/specimen") == tree(tmp_path / "b/specimen")


def tree(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("verb", ["build", "extract", "tei", "bib"])
def test_a_missing_file(verb: str, tmp_path: Path) -> None:
    path = tmp_path / "absent.pdf"
    result = run(verb, path)
    assert result.exit_code == 4
    assert f"{path}: there is no such file" in result.stderr


def test_a_folder_without_pdfs(tmp_path: Path) -> None:
    result = run("build", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 4
    assert "holds no PDF" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("not.pdf", b"\x00\x01\x02 no document"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<<"),
        ("picture.png", b"\x89PNG\r\n"),
    ],
)
def test_what_is_no_readable_source(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    failed(run("extract", path), 4, str(path))


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where a folder should be")
    result = run("build", SPECIMEN, "-o", tmp_path / "out")
    assert result.exit_code == 6
    assert "choose another folder with -o" in result.stderr


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out/specimen").mkdir(parents=True)
    (tmp_path / "out/specimen/letter.txt").write_text("mine")
    result = run("build", SPECIMEN, "-o", tmp_path / "out")
    assert result.exit_code == 6
    assert [p.name for p in (tmp_path / "out/specimen").iterdir()] == ["letter.txt"]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["specimen"]


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[[source]\n", "cannot be read as TOML"),
        ("sorce = 1\n", "does not know 'sorce'"),
        ('[[source]]\nsiglum = "T"\n', "has no 'file'"),
        ('[[source]]\nfile = "a.pdf"\n[[source.witness]]\nfile = "x"\nagreement = 1\n', "not a file beside it"),
        ('terms = "absent.tsv"\n', "not a file beside it"),
    ],
)
def test_a_configuration_that_cannot_be_used(toml: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "specimen.pdf").symlink_to(SPECIMEN)
    (tmp_path / "sco-docs.toml").write_text(toml)
    failed(run("tei", tmp_path / "specimen.pdf"), 3, "sco-docs.toml", words)


def test_filters_name_the_line_that_is_not_utf_8() -> None:
    result = run("convert", "--to", "zh-Hans", stdin="條約\n".encode() + b"\xa4\xa4")
    failed(result, 4, "standard input: line 2 is not UTF-8")


def test_convert_is_a_filter() -> None:
    result = run("convert", "--to", "zh-Hans", stdin="締約各方\n".encode())
    assert result.exit_code == 0
    assert result.stdout == "缔约各方\n"


def test_extract_reads_a_range_of_pages() -> None:
    whole, part = run("extract", SPECIMEN, "--text").stdout, run("extract", SPECIMEN, "--pages", "1", "--text").stdout
    assert 0 < len(part) < len(whole) / 5
    assert "bookmark" not in run("extract", SPECIMEN, "--pages", "8-9", "--text").stderr
    assert run("extract", SPECIMEN, "--pages", "0-x").exit_code == 2


def test_extract_gives_agreements_as_data() -> None:
    records = json.loads(run("extract", ROOT / "sources/specimen-en.html", "--json").stdout)
    assert [record["n"] for record in records] == [1]
    assert records[0]["language"] == "en"
    assert records[0]["body"][0]["label"].startswith("Article 1")


def test_bib_reads_plain_lines() -> None:
    line = "林望舒，2004，〈海上安全的新思維〉，《海洋研究》，12(3)：45-67。\n"
    (record,) = json.loads(run("bib", "-", "--lines", "--json", stdin=line.encode()).stdout)
    assert (record["authors"], record["year"], record["container"]) == (["林望舒"], 2004, "海洋研究")


def test_an_agreement_that_is_not_there() -> None:
    failed(run("tei", SPECIMEN, "-n", "99"), 4, "specimen.pdf", "no number 99")
