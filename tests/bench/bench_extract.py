"""How fast and how small extraction is: ratios in one run, so that the machine does not matter.

    python tests/bench/bench_extract.py FILE.pdf [--times 20]

Compares with pdfplumber's bare ``page.chars`` pass; PyMuPDF, pymupdf4llm and pdftotext are run where they are
installed (PyMuPDF is AGPL: this project never depends on it). ``--times``: the pages so many times over, for memory
and linearity. Every pass is a process of its own; seconds are CPU time of user and system.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PASSES = {
    "pdfplumber page.chars": """
import pdfplumber
with pdfplumber.open(path) as document:
    for page in document.pages:
        count += len(page.chars)
        page.close()
""",
    "characters (PDFium, raw)": """
import pypdfium2
from sco_docs.readers.pdf_pdfium import read_page
document = pypdfium2.PdfDocument(path)
for number in range(len(document)):
    page = document[number]
    count += len(read_page(page, number + 1).glyphs)
    page.close()
""",
    "pages of lines, one by one": """
from sco_docs.readers import iter_pages
for page, problems in iter_pages(path):
    count += sum(len(line.text) for line in page.lines)
""",
    "read": """
from sco_docs.readers import read
count = sum(len(line.text) for page in read(path)[0].pages for line in page.lines)
""",
    "read and layout": """
from sco_docs.layout import arrange
from sco_docs.readers import read
layout, problems = arrange(read(path)[0])
count = sum(len(block.text.text) for block in layout.blocks)
""",
    "sco-docs extract --text": """
import os
from sco_docs.cli import main
sys.stdout, out = open(os.devnull, "w"), sys.stdout
main(["extract", str(path), "--text"], standalone_mode=False)
sys.stdout = out
""",
    "PyMuPDF rawdict": """
import pymupdf
for page in pymupdf.open(path):
    for block in page.get_text("rawdict")["blocks"]:
        count += sum(len(span["chars"]) for line in block.get("lines", ()) for span in line["spans"])
""",
    "pymupdf4llm": """
import pymupdf4llm
count = len(pymupdf4llm.to_markdown(str(path), show_progress=False))
""",
    "pdftotext": """
import subprocess
count = len(subprocess.run(["pdftotext", str(path), "-"], capture_output=True).stdout.decode("utf-8", "replace"))
""",
}
LONG = ("pages of lines, one by one", "read", "read and layout", "sco-docs extract --text")
FRAME = """
import json, logging, resource, sys
from pathlib import Path
logging.disable(logging.CRITICAL)
path, count = Path(sys.argv[1]), 0
def spent():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)
{imports}
start = spent()
{body}
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([count, spent() - start, peak / 1024]))
"""


def run(name: str, path: Path) -> tuple[int, float, float] | None:
    """Return (characters, CPU seconds, peak MB) of one pass in its own process, ``None`` if its program is not here."""
    if name == "pdftotext" and shutil.which("pdftotext") is None:
        return None
    body = PASSES[name]
    imports = "\n".join(line for line in body.splitlines() if line.startswith(("import ", "from ")))
    code = FRAME.format(imports=imports, body=body)
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        print(f"  ({name}: {last[0] if last else 'failed'})", file=sys.stderr)
        return None
    count, seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return count, seconds, peak


def multiplied(path: Path, times: int, folder: Path) -> Path:
    """Write the pages of a PDF so many times over."""
    import pypdfium2

    source, target = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    for _ in range(times):
        target.import_pages(source)
    long = folder / f"{path.stem}-{times}.pdf"
    target.save(long)
    return long


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=0)
    options = parser.parse_args()
    print(f"{'pass':30}{'characters':>12}{'CPU s':>9}{'ratio':>8}{'peak MB':>9}")
    base = 0.0
    for name in PASSES:
        found = run(name, options.file)
        if found is None:
            continue
        base = base or found[1]
        print(f"{name:30}{found[0]:12}{found[1]:9.2f}{found[1] / base:8.3f}{found[2]:9.0f}", flush=True)
    if options.times:
        with tempfile.TemporaryDirectory() as folder:
            long = multiplied(options.file, options.times, Path(folder))
            for name in LONG:
                found = run(name, long)
                if found:
                    print(f"{name + f' x{options.times}':30}{found[0]:12}{found[1]:9.2f}"
                          f"{found[1] / base:8.3f}{found[2]:9.0f}", flush=True)


if __name__ == "__main__":
    main()
