"""Many sources: each in a process of its own, so that one that fails or crashes never stops the rest."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from sco_docs import __version__, pipeline, store
from sco_docs.errors import ConfigError, MissingBackendError, PasswordError, ScoError, SourceError
from sco_docs.readers.settings import read_settings


@dataclass(frozen=True, slots=True)
class Job:
    """A source to build, and the folder its edition goes to."""

    source: Path
    folder: Path
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source: the figures of its edition, or the one sentence why there is none."""

    source: str
    folder: str
    agreements: int = 0
    references: int = 0
    errors: int = 0
    warnings: int = 0
    proposals: tuple[str, ...] = ()
    failure: str | None = None
    exit_code: int = 0
    needs_password: bool = False


Failures = tuple[Result, ...]


def find_jobs(paths: Sequence[Path], output: Path, password: str | None = None) -> tuple[tuple[Job, ...], Failures]:
    """Return a job for each file named and each PDF in each folder named, and what of it cannot be built.

    Witnesses have no job of their own. A path that is not there, a folder without PDFs, and a second source that
    would be written to the same folder fail without stopping the rest.
    """
    jobs: dict[str, Job] = {}
    failures: list[Result] = []
    for path in paths:
        try:
            files = _sources(path)
        except ScoError as error:
            failures.append(_failed(Job(path, output / path.stem), str(error), error.exit_code))
            continue
        for file in files:
            job = Job(file, output / file.stem, password)
            other = jobs.setdefault(file.stem, job)
            if other.source != file:
                failures.append(_failed(job, _collision(file, other), ConfigError.exit_code))
    return tuple(jobs.values()), tuple(failures)


def _collision(file: Path, other: Job) -> str:
    return (
        f"{file}: has the same name as {other.source}, so both would go to {other.folder}; rename one of them, or "
        "build it by itself with another -o."
    )


def _sources(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise SourceError(f"{path}: there is no such file or folder; check the name.")
    witnesses = {witness.file for source in read_settings(path).sources for witness in source.witnesses}
    found = sorted(file for file in path.iterdir() if file.suffix.lower() == ".pdf" and file.name not in witnesses)
    if not found:
        raise SourceError(f"{path}: holds no PDF; put one there or name a file.")
    return found


def build_one(job: Job) -> Result:
    """Build one source and write its folder whole; a failure becomes the result's sentence."""
    try:
        store.require_folder(job.folder)
        settings = read_settings(job.source.parent)
        edition = pipeline.make_edition(job.source, settings, password=job.password)
        files = pipeline.edition_files(edition, job.source, password=job.password)
        manifest = {
            "program": f"sco-docs {__version__}",
            "source": {"name": edition.source.name, "sha256": edition.source.sha256},
            "files": {name: store.digest(content) for name, content in sorted(files)},
        }
        manifest_bytes = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
        store.write_folder(job.folder, (*files, (store.MANIFEST, manifest_bytes)))
    except ScoError as error:
        return _failed(job, str(error), error.exit_code, isinstance(error, PasswordError))
    severities = [problem.severity for problem in edition.problems]
    return Result(
        str(job.source),
        str(job.folder),
        len(edition.agreements),
        len(edition.references),
        severities.count("error"),
        severities.count("warning"),
        tuple(problem.message for problem in edition.problems if problem.code == "witness-proposed"),
    )


def build_all(jobs: Sequence[Job], *, workers: int | None = None, seconds: float | None = None) -> Iterator[Result]:
    """Yield the result of each job, in the order of ``jobs``.

    ``workers``: processes at once (default: one for each processor); ``seconds``: the time that one source may take.
    """
    context = multiprocessing.get_context("spawn")
    size = min(workers or os.cpu_count() or 1, len(jobs))
    with ProcessPool(max_workers=max(size, 1), max_tasks=1, context=context) as pool:
        futures = [(job, pool.schedule(build_one, args=[job], timeout=seconds)) for job in jobs]
        for job, future in futures:
            try:
                yield future.result()
            except LateError:
                yield _failed(job, f"{job.source}: took longer than {seconds:g} s; allow more with --timeout.")
            except ProcessExpired as error:
                yield _failed(job, f"{job.source}: its process ended ({error}); report this file as a fault.")
            except Exception as error:  # a fault of ours in one source must not stop the others
                yield _failed(job, f"{job.source}: {type(error).__name__}: {error}; report this file as a fault.")


def build_on_cluster(jobs: Sequence[Job], scheduler: str) -> Iterator[Result]:
    """Yield the result of each job, in order, built by the workers of a Dask cluster that see the same files.

    ``scheduler``: its address, such as ``tcp://10.0.0.1:8786``. Raises ``MissingBackendError`` without the extra
    ``cluster``, ``ConfigError`` where no scheduler answers.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise MissingBackendError(
            "--scheduler needs Dask, which is not installed: pip install 'sco_docs[cluster]'."
        ) from error
    try:
        client = distributed.Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{scheduler}: no Dask scheduler answers there ({error}); check its address.") from error
    with client:
        for job, future in [(job, client.submit(build_one, job, pure=False)) for job in jobs]:
            try:
                yield future.result()
            except Exception as error:  # a worker that died must not stop the others
                yield _failed(job, f"{job.source}: {type(error).__name__}: {error}; report this file as a fault.")


def _failed(job: Job, failure: str, exit_code: int = SourceError.exit_code, needs_password: bool = False) -> Result:
    return Result(str(job.source), str(job.folder), failure=failure, exit_code=exit_code, needs_password=needs_password)
