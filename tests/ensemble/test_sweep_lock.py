"""Two sweeps never write into one folder at once, and a lock whose process was killed holds nobody up."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest
from studies import REPOSITORY, TOY, bytes_of

from simulator.cli import EXIT_FAULTS, main, sweeping
from simulator.report.sweep import FolderBusy, lock, lock_file, sole_writer

HOLDS = (
    "import sys\n"
    "from simulator.report.sweep import sole_writer\n"
    "with sole_writer(sys.argv[1]):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


def sweep(out, *more):
    words = [
        "sweep",
        str(TOY),
        "--draws",
        "3",
        "--workers",
        "1",
        "--lang",
        "en",
        "--quiet",
        "--out",
        str(out),
    ]
    return main([*words, *more])


def held_by_another(out):
    """Another process that holds the lock until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(out)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize("more", [(), ("--resume",), ("--replace",)])
def test_a_second_sweep_into_the_same_folder_is_refused_and_told_who_writes(tmp_path, capsys, more):
    out = tmp_path / "out"
    other = held_by_another(out)
    try:
        assert sweep(out, *more) == EXIT_FAULTS
        said = capsys.readouterr().err
        assert f"({other.pid} on " in said and "--out" in said
        assert [path.name for path in tmp_path.iterdir()] == [lock_file(out).name]
        assert sweep(tmp_path / "elsewhere") == 0
    finally:
        other.communicate("")
    assert sweep(out, *more) == 0
    assert bytes_of(out) == bytes_of(tmp_path / "elsewhere")
    assert not lock_file(out).exists() and not lock_file(tmp_path / "elsewhere").exists()


def test_the_lock_of_a_killed_process_is_taken_over_and_told(tmp_path, capsys):
    out = tmp_path / "out"
    other = held_by_another(out)
    other.kill()
    other.communicate()
    assert lock_file(out).read_text(encoding="utf-8").startswith(f"{other.pid} ")
    assert sweep(out) == 0
    said = capsys.readouterr().err
    assert f"({other.pid} on " in said and "taken over" in said
    assert sweep(tmp_path / "next") == 0
    assert "taken over" not in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away there")
def test_a_lock_file_taken_away_while_it_was_opened_is_not_taken_for_the_lock(tmp_path, monkeypatch):
    """Between opening and locking the one before may end and take its file away: ours would be nobody's."""
    plain, times = lock._locked, []

    def late(file):
        times.append(1)
        if len(times) == 1:
            lock_file(tmp_path / "out").unlink()
        return plain(file)

    monkeypatch.setattr(lock, "_locked", late)
    with sole_writer(tmp_path / "out"):
        assert len(times) == 2
        with pytest.raises(FolderBusy) as busy, sole_writer(tmp_path / "out"):
            pass
        assert busy.value.holder.split()[0] == str(os.getpid())


@pytest.mark.skipif(sys.platform == "win32", reason="the call is that of other systems")
def test_a_file_system_without_locks_holds_nobody_up(tmp_path, monkeypatch):
    import fcntl

    def none(file, how):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", none)
    assert sweep(tmp_path / "out") == 0


def test_a_sweep_that_ended_meanwhile_is_not_played_again(tmp_path, capsys, monkeypatch):
    """Another ends between the first look at the folder and the lock: told at once, nothing left behind."""
    find = sweeping.find_workers

    def slow(asked):
        monkeypatch.setattr(sweeping, "find_workers", find)
        assert sweep(tmp_path / "out") == 0
        return find(asked)

    monkeypatch.setattr(sweeping, "find_workers", slow)
    monkeypatch.setattr(sweeping, "play_and_write", refuse_once(sweeping.play_and_write))
    assert sweep(tmp_path / "out") == EXIT_FAULTS
    assert "out" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def refuse_once(play):
    """The play, for the first sweep that gets to it alone."""
    played = []

    def once(*given):
        assert not played, "a sweep that cannot be written is not played"
        played.append(1)
        return play(*given)

    return once
