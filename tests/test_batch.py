"""Many sources: a crash, a time limit and a cluster."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sco_docs import batch
from sco_docs.errors import ConfigError, MissingBackendError

SPECIMEN = Path(__file__).resolve().parents[1] / "sources" / "specimen.pdf"


def job(tmp_path: Path, name: str = "specimen") -> batch.Job:
    return batch.Job(SPECIMEN, tmp_path / name)


def test_a_source_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    (result,) = batch.build_all([job(tmp_path)], seconds=0.01)
    assert result.failure is not None
    assert "took longer than 0.01 s" in result.failure
    assert not (tmp_path / "specimen").exists()


def test_two_sources_with_one_name_are_not_mixed(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "specimen.pdf").symlink_to(SPECIMEN)
    jobs, failures = batch.find_jobs([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert [j.source.parent.name for j in jobs] == ["a"]
    assert "has the same name as" in (failures[0].failure or "")


def test_a_witness_is_no_source_of_its_own() -> None:
    jobs, failures = batch.find_jobs([SPECIMEN.parent], Path("out"))
    assert [j.source.name for j in jobs] == ["specimen.pdf"]
    assert not failures


def test_a_cluster_builds_the_same(tmp_path: Path) -> None:
    distributed: Any = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        (result,) = batch.build_on_cluster([job(tmp_path)], cluster.scheduler_address)
    assert (result.agreements, result.failure) == (4, None)


def test_no_scheduler_is_one_sentence() -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    with pytest.raises(ConfigError, match="no Dask scheduler answers"):
        next(batch.build_on_cluster([], "nonsense://x"))


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingBackendError, match=r"sco_docs\[cluster\]"):
        next(batch.build_on_cluster([], "tcp://127.0.0.1:1"))


def test_a_process_that_dies_is_a_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "build_one", os.abort)
    (result,) = batch.build_all([job(tmp_path)])
    assert result.failure is not None
    assert "report this file as a fault" in result.failure
