"""The programs that people open citation files with: no warning, titles intact. Each is skipped where it is missing.

Debian: biber, bibtool, texlive-bibtex-extra, texlive-xetex, texlive-lang-chinese; PyPI: pypandoc_binary.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sco_docs.model import Reference, RegisterEntry
from sco_docs.writers.bibtex import biblatex, classic, data_model
from sco_docs.writers.csl import csl_json
from sco_docs.writers.ris import ris

AGREEMENTS = (
    RegisterEntry("charter", ("河口港務組織憲章", "港務憲章"), "2002-06-07", ("甲國", "乙共和國"), "海濱", (), 2,
                  "Charter of the River Port Organization", "Хартия речных портов", "hekougangwu2002"),
    RegisterEntry("declaration", ("渡口宣言：{殘} 100% #1 & $5_x^y~ \\n",), None, (), None, (), None, key="dukounn"),
)  # fmt: skip
REFERENCES = (
    Reference("a", "zh", "article", "heliyan2011", ("何立言", "海濱研究所"), year=2011, title="河口的城市",
              container="港灣研究", volume="44", issue="2", pages="57-76"),
    Reference("b", "zh", "article", "liurushi2010", ("柳如是",), year=2010, title="渡船論", container="海事瞭望",
              issue="570", pages="16-20"),
    Reference("c", "zh", "book", "shanmingyuan2007", editors=("單明遠",), year=2007, title="港口城市：過去與未來",
              publisher="海風", place="台北"),
    Reference("d", "zh", "translation", "harbour2002", ("Harbour, P. W.",), translators=("柳如是",), year=2002,
              title="河流的法律", title_orig="The law of rivers", publisher="海風文化", place="台北"),
    Reference("e", "zh", "incollection", "zengyiping2011", ("曾一平",), editors=("柳如是",), year=2011,
              title="海關與城市", container="港口報告", publisher="海風", place="北京", pages="3-9"),
    Reference("f", "en", "incollection", "stone2002", ("Stone, Robert",), year=2002, title="Ports and {rivers}",
              container="Boats unrivaled: 50% & more", publisher="River University", place="Ithaca"),
    Reference("g", "zh", "thesis", "xiemingshan2005", ("解明山",), year=2005, title="港務組織之研究", place="台北",
              institution="海濱大學", degree="碩士論文"),
    Reference("h", "zh", "web", "haibin2013", ("海濱時報",), year=2013, title="新港啟用", container="海濱網",
              url="http://news.example.org/a_b%20c.html?d=1&e=2#f", date="2013/06/21", date_kind="accessed"),
    Reference("i", "en", "report", "office2012", ("Office of Ports",), year=2012, title="Annual Report to the City"),
    Reference("j", "zh", "film", "dianying2006", ("海濱電影",), year=2006, title="河口的一天", publisher="海濱"),
    Reference("k", "zh", "article", "lingyunnd", ("凌雲",), title="特別報導", container="瞭望", issue="5"),
    Reference("l", "en", "article", "brook1996", ("Brook, B.", "Stone, A."), year="1996/97", title="Visions",
              container="Port Security", volume="21", issue="3", pages="5-53"),
    Reference("手稿一件，{殘} 50%", "zh", "report", "anonnd", parsed=False),
)  # fmt: skip
TITLES = [entry.titles[0] for entry in AGREEMENTS[:1]] + [r.title for r in REFERENCES if r.title and "{" not in r.title]


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


def need_tex(*files: str) -> None:
    need("kpsewhich")
    for name in files:
        if subprocess.run(["kpsewhich", name], capture_output=True, check=False).returncode:
            pytest.skip(f"{name} is not in this TeX")


def font() -> str:
    need("fc-list")
    listed = subprocess.run(["fc-list", ":lang=zh-tw", "family"], capture_output=True, text=True, check=True).stdout
    families = sorted({line.split(",")[0].strip() for line in listed.splitlines() if line.strip()})
    if not families:
        pytest.skip("no font with Traditional Chinese is installed")
    serif = [name for name in families if "Serif" in name or "Ming" in name or "Song" in name]
    return (serif or families)[0]


def run(folder: Path, *command: str, check: bool = True) -> str:
    environment = os.environ | {"TEXMFVAR": str(folder / "texmf-var")}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", check=False, timeout=300, env=environment
    )
    assert not check or done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreements.bib").write_bytes(biblatex(AGREEMENTS))
    (tmp_path / "references.bib").write_bytes(biblatex(REFERENCES))
    (tmp_path / "agreements.classic.bib").write_bytes(classic(AGREEMENTS))
    (tmp_path / "references.classic.bib").write_bytes(classic(REFERENCES))
    (tmp_path / "all.csl.json").write_bytes(csl_json([*AGREEMENTS, *REFERENCES]))
    (tmp_path / "all.ris").write_bytes(ris([*AGREEMENTS, *REFERENCES]))
    (tmp_path / "sco-docs.dbx").write_bytes(data_model())
    return tmp_path


def test_biblatex_validates_and_prints(folder: Path) -> None:
    need("biber", "xelatex", "pdftotext")
    need_tex("biblatex.sty", "ctex.sty")
    (folder / "main.tex").write_text(
        "\\documentclass[fontset=none]{ctexart}\n"
        + "".join(f"\\setCJK{kind}font{{{font()}}}\n" for kind in ("main", "sans", "mono"))
        + "\\usepackage[style=authoryear,datamodel=sco-docs]{biblatex}\n"
        "\\addbibresource{agreements.bib}\\addbibresource{references.bib}\n"
        "\\begin{document}\\nocite{*}\\printbibliography\\end{document}\n",
        "utf-8",
    )
    run(folder, "xelatex", "-interaction=nonstopmode", "main", check=False)
    log = run(folder, "biber", "--validate-datamodel", "main")
    assert "WARN" not in log, log
    assert "ERROR" not in log, log
    for _ in range(2):
        run(folder, "xelatex", "-interaction=nonstopmode", "main")
    printed = (folder / "main.log").read_text("utf-8", errors="replace")
    assert not re.search(r"Package biblatex Warning|^!", printed, re.MULTILINE)
    text = re.sub(r"\s|-\n", "", run(folder, "pdftotext", "main.pdf", "-"))
    for title in TITLES:
        assert re.sub(r"\s", "", title) in text, title
    assert "渡口宣言：{殘}100%#1&$5_x^y~\\n" in text


@pytest.mark.parametrize("style", ["plain", "abbrv", "unsrt"])
def test_classic_bibtex_has_no_warning(folder: Path, style: str) -> None:
    need("bibtex")
    (folder / "main.aux").write_text(
        f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{agreements.classic,references.classic}}\n", "utf-8"
    )
    assert "Warning" not in run(folder, "bibtex", "main")
    written = re.sub(r"\s|%\n", "", (folder / "main.bbl").read_text("utf-8"))
    for title in TITLES:
        assert re.sub(r"\s", "", title) in written, title


def test_bibtool_reads_every_entry(folder: Path) -> None:
    need("bibtool")
    for name in ("agreements.bib", "references.bib", "agreements.classic.bib", "references.classic.bib"):
        log = subprocess.run(
            ["bibtool", "-r", "biblatex", "-d", "-i", name, "-o", "out.bib"],
            cwd=folder, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "ERROR" not in log.stderr, log.stderr
        assert "WARNING" not in log.stderr, log.stderr
        out, given = ((folder / file).read_text("utf-8") for file in ("out.bib", name))
        assert len(re.findall("^@", out, re.MULTILINE)) == len(re.findall("^@", given, re.MULTILINE))


def pandoc() -> str:
    found = shutil.which("pandoc")
    if found:
        return found
    pypandoc = pytest.importorskip("pypandoc", reason="neither pandoc nor pypandoc_binary is installed")
    return str(pypandoc.get_pandoc_path())


@pytest.mark.parametrize("name", ["agreements.bib", "references.bib"])
def test_pandoc_reads_biblatex(folder: Path, name: str) -> None:
    done = subprocess.run(
        [pandoc(), "-f", "biblatex", "-t", "csljson", name], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    titles = {item.get("title", "") for item in json.loads(done.stdout)}
    wanted = AGREEMENTS[0].titles[:1] if name.startswith("a") else [r.title for r in REFERENCES if r.title in TITLES]
    read = {re.sub(r"<[^>]*>", "", title) for title in titles}
    for title in wanted:  # pandoc sets titleaddon behind the title, after a full stop
        assert any(found == title or found.startswith(f"{title}. ") for found in read), title


def test_pandoc_prints_csl(folder: Path) -> None:
    (folder / "main.md").write_text("---\nnocite: '@*'\n---\n", "utf-8")
    done = subprocess.run(
        [pandoc(), "main.md", "--citeproc", "--bibliography=all.csl.json", "-t", "plain", "--wrap=none"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    for title in TITLES:
        assert title.casefold() in done.stdout.casefold(), title
    assert "何立言" in done.stdout


def test_pandoc_reads_ris(folder: Path) -> None:
    done = subprocess.run(
        [pandoc(), "-f", "ris", "-t", "csljson", "all.ris"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    titles = {re.sub(r"<[^>]*>", "", item.get("title", "")) for item in json.loads(done.stdout)}
    assert set(TITLES) <= titles
