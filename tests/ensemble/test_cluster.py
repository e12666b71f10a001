"""A real Dask cluster on this machine: the same draws, also where a worker is killed by its process id."""

from __future__ import annotations

import os
import signal

import pytest
from studies import TOY, bytes_of, gathered, study_of

from simulator import ensemble
from simulator.cli import main, sweeping
from simulator.ensemble import WorkersLost, here, lent, play, playing
from simulator.ensemble.tasks import Batch
from simulator.model import Draws

distributed = pytest.importorskip("distributed", reason="the extra xuewei[cluster] is not installed")


@pytest.fixture(scope="module")
def dask_cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("simulator.ensemble.playing.batch_of", lambda children, variants: 3)


def test_a_cluster_gives_the_same_draws(dask_cluster, small_batches):
    study = study_of(TOY, draws=24)
    alone = gathered(study, here())
    assert gathered(study, ensemble.cluster(dask_cluster.scheduler_address)) == alone
    with distributed.Client(dask_cluster, set_as_default=False) as client:
        assert gathered(study, lent(client.get_executor(pure=False), in_flight=4)) == alone


def test_a_worker_killed_by_its_process_id_loses_nothing(dask_cluster, small_batches):
    study = study_of(TOY, draws=90)
    parts = []
    for _, part in play(study, ensemble.cluster(dask_cluster.scheduler_address)):
        parts.append(part)
        if len(parts) == 2:
            with distributed.Client(dask_cluster, set_as_default=False) as client:
                pids = client.run(os.getpid)
            os.kill(next(iter(pids.values())), signal.SIGKILL)
    assert ensemble.fingerprint(Draws.join(parts)) == gathered(study, here())


def test_the_command_on_a_cluster_writes_the_same_bytes(dask_cluster, tmp_path):
    words = ["sweep", str(TOY), "--draws", "6", "--lang", "en", "--quiet", "--out"]
    assert main([*words, str(tmp_path / "here"), "--workers", "1"]) == 0
    assert main([*words, str(tmp_path / "there"), "--scheduler", dask_cluster.scheduler_address]) == 0
    assert bytes_of(tmp_path / "here") == bytes_of(tmp_path / "there")


def test_a_cluster_that_goes_away_in_mid_sweep_keeps_what_is_finished(small_batches):
    study = study_of(TOY, draws=60)
    parts = []
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    )
    workers = ensemble.cluster(cluster.scheduler_address, timeout_seconds=3)
    with pytest.raises(WorkersLost):
        for _, part in play(study, workers):
            parts.append(part)
            if len(parts) == 2:
                cluster.close()
    finished = [number for part in parts for number in part.draw.tolist()]
    rest = [part for _, part in play(study, here(), done=lambda county: finished)]
    assert ensemble.fingerprint(Draws.join([*parts, *rest])) == gathered(study, here())


def test_a_cluster_without_workers_is_told_with_the_remedy(tmp_path, capsys):
    words = ["sweep", str(TOY), "--draws", "2", "--lang", "en", "--out", str(tmp_path / "out")]
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty:
        address = empty.scheduler_address
        assert main([*words, "--scheduler", address]) == 75
    assert f"dask worker {address}" in capsys.readouterr().err


def test_workers_that_all_go_are_waited_for_and_that_is_told(tmp_path, capsys, monkeypatch, small_batches):
    """The last worker leaves the scheduler alone: not silence, but a line, once; a new one goes on."""
    monkeypatch.setattr("simulator.ensemble.playing.PATIENCE_SECONDS", 0.2)
    plain, told = playing._Play._take, []
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:

        def leave(play, task, answer):
            if isinstance(answer, Batch) and not told:
                told.append("left")
                cluster.scale(0)
                cluster.sync(cluster._correct_state)
            return plain(play, task, answer)

        def come(address, language):
            say = say_alone(address, language)

            def both():
                say()
                told.append("told")
                cluster.scale(1)

            return both

        say_alone = sweeping.told_alone
        monkeypatch.setattr(playing._Play, "_take", leave)
        monkeypatch.setattr(sweeping, "told_alone", come)
        words = ["sweep", str(TOY), "--draws", "30", "--lang", "en", "--quiet", "--out"]
        assert main([*words, str(tmp_path / "there"), "--scheduler", cluster.scheduler_address]) == 0
        said = capsys.readouterr().err
    assert told == ["left", "told"]
    assert said.count("has no workers now") == 1 and "dask worker tcp://" in said and "--resume" in said
    assert main([*words, str(tmp_path / "here"), "--workers", "1"]) == 0
    assert bytes_of(tmp_path / "here") == bytes_of(tmp_path / "there")


def test_nobody_at_the_address(tmp_path, capsys):
    words = ["sweep", str(TOY), "--draws", "2", "--lang", "en", "--out", str(tmp_path / "out")]
    with pytest.MonkeyPatch.context() as patch:
        find = ensemble.cluster
        patch.setattr(ensemble, "cluster", lambda address: find(address, timeout_seconds=1))
        assert main([*words, "--scheduler", "tcp://127.0.0.1:9"]) == 75
    assert "--resume" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["nonsense", "host name:x", "tcp://host"])
def test_what_is_no_address(tmp_path, capsys, address):
    """Told at once, and nothing is laid out for it."""
    words = ["sweep", str(TOY), "--draws", "2", "--lang", "en", "--out", str(tmp_path / "out")]
    assert main([*words, "--scheduler", address]) == 75
    said = capsys.readouterr().err
    assert "the cluster cannot be used" in said and address in said and "Traceback" not in said
    assert not list(tmp_path.iterdir())
