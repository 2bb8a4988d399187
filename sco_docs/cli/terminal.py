"""The terminal: input, results, messages, progress, passwords."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from sco_docs import store
from sco_docs.errors import PasswordError
from sco_docs.model import Problem
from sco_docs.readers import raw

T = TypeVar("T")


def asking(file: Path, password: str | None, read: Callable[[str | None], T]) -> T:
    """Read with the password given; on a terminal, ask for it when it is missing or wrong."""
    while True:
        try:
            return read(password)
        except PasswordError:
            if not sys.stdin.isatty():
                raise
            password = click.prompt(f"Password of {file}", hide_input=True, err=True)


@contextmanager
def page_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that moves a bar (pages, time left, rate) on a terminal, and does nothing in a pipe.

    What is being done names the bar; something else begins another.
    """
    with ExitStack() as stack:
        bar: Any = None
        started = 0.0

        def rate(done: int | None) -> str | None:
            spent = time.monotonic() - started
            return f"{done / spent:.0f} pages/s" if done and spent else None

        def progress(what: str, done: int, total: int) -> None:
            nonlocal bar, started
            if bar is None or bar.label != what:
                stack.close()
                started = time.monotonic()
                bar = stack.enter_context(click.progressbar(
                    length=total, label=what, file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True,
                    item_show_func=rate))
            bar.update(done - bar.pos, done)

        yield progress


def content_of(file: Path) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``."""
    if str(file) == "-":
        return sys.stdin.buffer.read()
    return raw.content_of(file)


def name_of(file: Path) -> str:
    """Return what to call a file in messages."""
    return "standard input" if str(file) == "-" else str(file)


def put(content: bytes, output: Path | None = None) -> None:
    """Write a result to a file, or to standard output."""
    put_chunks((content,), output)


def put_chunks(chunks: Iterable[bytes], output: Path | None = None) -> None:
    """Write a result that comes piece by piece to a file, or to standard output."""
    if output is None:
        sys.stdout.buffer.writelines(chunks)
    else:
        store.write_chunks(output, chunks)


def print_json(records: Any) -> None:
    """Print records as JSON."""
    click.echo(json.dumps(records, ensure_ascii=False, indent=1))


def say(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line."""
    for problem in problems:
        where = f"page {problem.place.page}: " if problem.place else ""
        click.echo(f"{problem.severity}: {where}{problem.message}", err=True)


def count(number: int, thing: str) -> str:
    """Return ``1 error`` or ``2 errors``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
