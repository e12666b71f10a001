"""``xuewei sweep`` and ``xuewei compare``: what they write, and that nothing finished is ever lost."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from studies import PROCEDURES, REPOSITORY, TOY, bytes_of

from simulator import ensemble, load
from simulator.cli import EXIT_FAULTS, main
from simulator.cli.comparing import labels_of, of_sweeps
from simulator.indicators.comparing import Mean, pairs_of
from simulator.messages import text
from simulator.model import MEASURES, UNPLACED
from simulator.report.sweep import parts as parts_room
from simulator.report.sweep import sweep_words
from simulator.report.sweep.printing import often, tone

TWO = """
[variants.by_order.rounds]
coordination = { mechanism = "by_order" }

[variants.nearest_first.rounds]
zone = { rank = ["metres", "draw"], reach = ["county"] }
private = { applied = false, reach = ["choices"], choices = 1 }
"""


@pytest.fixture
def scenario(tmp_path):
    """The toy with two variants."""
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    settings = folder / "scenario.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + TWO, encoding="utf-8")
    return folder


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("simulator.ensemble.playing.batch_of", lambda children, variants: 3)


def sweep(scenario, out, *more, draws=12, variants="base,by_order,nearest_first"):
    words = ["sweep", scenario, "--variants", variants, "--draws", draws, "--workers", 1, "--out", out]
    return main([*map(str, words), "--lang", "en", *map(str, more)])


@pytest.fixture
def undisturbed(scenario, tmp_path):
    """What a sweep that nothing stops writes."""
    assert sweep(scenario, tmp_path / "whole") == 0
    return bytes_of(tmp_path / "whole")


def test_the_tables_say_what_was_played(scenario, tmp_path, capsys):
    assert sweep(scenario, tmp_path / "out") == 0
    printed = capsys.readouterr().out
    assert "by_order" in printed and "the scenario itself" in printed and "report.html" in printed
    frame = pd.read_parquet(tmp_path / "out" / "indicators.parquet")
    assert list(frame["variant"].unique()) == ["base", "by_order", "nearest_first"]
    assert sorted(frame["draw"].unique()) == list(range(1, 13))
    assert not frame.duplicated(["variant", "draw", "indicator", "county", "stage"]).any()
    many = ensemble.sweep(scenario, variants=("", "by_order", "nearest_first"), draws=12).to_pandas()
    assert frame["numerator"].tolist() == many["numerator"].tolist()
    odds = pd.read_parquet(tmp_path / "out" / "odds.parquet")
    assert ((odds["share"] > 0) & (odds["share"] <= 1)).all()
    blocks = pd.read_parquet(tmp_path / "out" / "blocks.parquet")
    both = blocks["stage"].isna()
    placed = odds.groupby("variant")["times_placed"].sum()
    assert (blocks[both].groupby("variant")["sum_placed"].sum() == placed).all()
    seeds = pd.read_parquet(tmp_path / "out" / "draws.parquet")
    assert seeds["lottery_seed"].nunique() == 12
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["variants"] == ["base", "by_order", "nearest_first"]
    assert not (tmp_path / "out.unfinished").exists()


def test_columns_have_meanings_in_both_languages(scenario, tmp_path):
    import pyarrow.parquet as pq

    assert sweep(scenario, tmp_path / "out", draws=1) == 0
    for file in (tmp_path / "out").glob("*.parquet"):
        for field in pq.read_schema(file):
            assert field.metadata[b"zh"] and field.metadata[b"en"], (file.name, field.name)


def test_a_sweep_folder_read_again_is_what_was_played(scenario, tmp_path):
    assert sweep(scenario, tmp_path / "out") == 0
    again = list(load.sweep_folder(tmp_path / "out").counties())
    many = ensemble.sweep(scenario, variants=("", "by_order", "nearest_first"), draws=12)
    assert [ensemble.fingerprint(county) for county in again] == [
        ensemble.fingerprint(county) for county in many.counties
    ]


def test_stopped_by_a_full_disk_and_resumed(
    scenario, tmp_path, monkeypatch, undisturbed, small_batches, capsys
):
    """Batches written before the disk was full are kept; the table is that of an undisturbed sweep."""
    out, written = tmp_path / "out", []
    fsync = os.fsync

    def full(descriptor):
        written.append(descriptor)
        if len(written) == 4:  # the plan, two batches, and half of a third
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(parts_room.os, "fsync", full)
    assert sweep(scenario, out) == 75
    assert "6 that are finished" in capsys.readouterr().err
    assert not out.exists()
    assert not list((tmp_path / "out.unfinished").rglob("*.writing"))
    assert sweep(scenario, out) == 1
    assert "--resume" in capsys.readouterr().err
    played = []
    monkeypatch.setattr(parts_room.os, "fsync", lambda descriptor: played.append(descriptor))
    assert sweep(scenario, out, "--resume") == 0
    assert len(played) == 2, "only the batches that were missing"
    assert bytes_of(out) == undisturbed


def test_interrupted_and_resumed(scenario, tmp_path, monkeypatch, undisturbed, small_batches, capsys):
    out, kept = tmp_path / "out", []
    keep = parts_room.keep_part

    def interrupted(*what):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(what)
        keep(*what)

    monkeypatch.setattr("simulator.report.sweep.keep_part", interrupted)
    assert sweep(scenario, out) == 75
    assert "Of 12 draws the 6 that are finished are kept" in capsys.readouterr().err
    monkeypatch.undo()
    assert sweep(scenario, out, "--resume") == 0
    assert bytes_of(out) == undisturbed


def test_a_batch_spoilt_on_the_disk_is_played_again(
    scenario, tmp_path, monkeypatch, undisturbed, small_batches
):
    out = tmp_path / "out"
    monkeypatch.setattr(
        "simulator.report.sweep.write_sweep", lambda *what, **how: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    assert sweep(scenario, out) == 75
    parts = sorted((tmp_path / "out.unfinished" / "parts").iterdir())
    assert len(parts) == 4
    parts[1].write_bytes(parts[1].read_bytes()[:200])
    monkeypatch.undo()
    assert sweep(scenario, out, "--resume") == 0
    assert bytes_of(out) == undisturbed


def test_a_sweep_of_other_options_or_other_data_is_not_gone_on_with(
    scenario, tmp_path, monkeypatch, small_batches, capsys
):
    out = tmp_path / "out"
    monkeypatch.setattr("simulator.report.sweep.drop_parts", lambda folder: None)
    monkeypatch.setattr(
        "simulator.report.sweep.write_sweep", lambda *what, **how: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    assert sweep(scenario, out) == 75
    assert sweep(scenario, out, "--resume", draws=13) == 1
    assert "draws" in capsys.readouterr().err
    settings = scenario / "scenario.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("seed = 7", "seed = 8"), encoding="utf-8"
    )
    assert sweep(scenario, out, "--resume") == 1
    assert "fingerprint" in capsys.readouterr().err
    monkeypatch.undo()
    assert sweep(scenario, out, "--replace") == 0


@pytest.mark.parametrize("refusal", [errno.EFBIG, errno.EDQUOT, errno.EIO])
def test_whatever_the_disk_refuses_what_is_finished_is_kept(
    scenario, tmp_path, monkeypatch, small_batches, capsys, refusal
):
    """A quota, a limit on files, a disk that fails: stopped, to be gone on with, as by a full disk."""
    out, written = tmp_path / "out", []

    def refused(descriptor):
        written.append(descriptor)
        if len(written) == 3:
            raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr(parts_room.os, "fsync", refused)
    assert sweep(scenario, out) == 75
    said = capsys.readouterr().err
    assert "3 that are finished" in said and "--resume" in said
    assert ("quota" in said) is (refusal != errno.EIO)


def test_stopped_before_anything_was_laid_out(scenario, tmp_path, monkeypatch, capsys):
    """A disk too full for the plan itself, or a kill at that moment: the same command can go on."""

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    out, unfinished = tmp_path / "out", tmp_path / "out.unfinished"
    monkeypatch.setattr(parts_room.os, "fsync", full)
    assert sweep(scenario, out) == 1
    monkeypatch.undo()
    assert unfinished.is_dir()
    assert sweep(scenario, out, "--resume", draws=1) == 0
    (unfinished / "parts").mkdir(parents=True)
    (unfinished / "plan.json.writing").write_text("{", encoding="utf-8")
    assert sweep(scenario, out, "--replace", draws=1) == 0
    unfinished.mkdir()
    (unfinished / "my.txt").write_text("not yours", encoding="utf-8")
    assert sweep(scenario, out, "--replace", draws=1) == 1
    assert (unfinished / "my.txt").is_file()


@pytest.fixture
def two_counties(scenario, tmp_path):
    """A folder of counties whose scenarios all have one name."""
    for name in ("east", "west"):
        shutil.copytree(scenario, tmp_path / "country" / name)
    return tmp_path / "country"


def test_counties_are_told_apart_by_their_folders(two_counties, tmp_path, capsys):
    assert sweep(two_counties, tmp_path / "out", draws=2) == 0
    for table in ("counties", "draws", "indicators", "groups", "blocks", "odds"):
        frame = pd.read_parquet(tmp_path / "out" / f"{table}.parquet")
        assert list(frame["scenario"].unique()) == ["east", "west"], table
    both = of_sweeps([tmp_path / "out"])
    assert list(both.places) == ["east", "west"]
    assert sweep(two_counties / "east", tmp_path / "one", draws=2) == 0
    one = of_sweeps([tmp_path / "one"])
    for code, times in (("children_on_roster", 2), ("in_own_zone_percent", 1), ("metres_mean", 1)):
        pair = [summary.pairs(code, UNPLACED, 1) for summary in (both, one)]
        assert pair[0].first.mean == times * pair[1].first.mean > 0, code


def test_a_county_changed_between_two_runs(two_counties, tmp_path, monkeypatch, capsys):
    """Of one that was begun nothing more is played; one that was not may be mended."""
    out, kept, keep = tmp_path / "out", [], parts_room.keep_part

    def interrupted(*what):
        if kept:
            raise KeyboardInterrupt
        kept.append(what)
        keep(*what)

    monkeypatch.setattr("simulator.report.sweep.keep_part", interrupted)
    assert sweep(two_counties, out, draws=4) == 75
    monkeypatch.undo()
    east, west = (two_counties / name / "students.csv" for name in ("east", "west"))
    before = east.read_bytes()
    for file in (east, west):
        file.write_bytes(before.replace("P04,小学,B2".encode(), "P04,小学,B3".encode()))
    capsys.readouterr()
    assert sweep(two_counties, out, "--resume", draws=4) == 1
    said = capsys.readouterr().err
    assert "east" in said and "west" not in said
    east.write_bytes(before)
    assert sweep(two_counties, out, "--resume", draws=4) == 0
    assert sweep(two_counties, tmp_path / "whole", draws=4) == 0
    assert bytes_of(out) == bytes_of(tmp_path / "whole")


def test_where_no_county_could_be_played_there_is_no_folder(two_counties, tmp_path, capsys):
    for county in two_counties.iterdir():
        (county / "schools.csv").unlink()
    assert sweep(two_counties, tmp_path / "out", draws=2) == 1
    assert capsys.readouterr().err.count("could not be played") == 2
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.unfinished").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


@pytest.mark.parametrize("draws", ["0", "-1", "x", "1000001"])
def test_how_many_draws_there_may_be(scenario, tmp_path, capsys, draws):
    assert sweep(scenario, tmp_path / "out", draws=draws) == 2
    assert "from 1 to 1000000" in capsys.readouterr().err


def test_a_wrong_word_is_told_in_one_language(scenario, tmp_path, capsys):
    words = ["sweep", str(scenario), "--vary", "nothing", "--out", str(tmp_path / "out"), "--lang", "zh"]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "--vary 须为" in said and "Invalid" not in said


def workers_of(pid):
    """Process ids of the children of a process, Linux's account of it."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text(encoding="utf-8").split()] if path.exists() else [pid]


def alive(pid):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_that_is_killed_outright_leaves_its_batches(scenario, tmp_path):
    """SIGKILL to the command itself in mid-sweep; then --resume gives the bytes of an undisturbed sweep."""
    code = (
        "import sys, simulator.ensemble.playing as p; p.batch_of = lambda children, variants: 2\n"
        "from simulator.cli import main\n"
        "if __name__ == '__main__': sys.exit(main(sys.argv[1:]))\n"
    )
    script = tmp_path / "small.py"
    script.write_text(code, encoding="utf-8")
    whole, out = tmp_path / "whole", tmp_path / "out"
    words = [sys.executable, str(script), "sweep", str(scenario), "--draws", "240", "--lang", "en"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}

    def run(*more):
        return subprocess.Popen([*words, *map(str, more)], env=environment, stderr=subprocess.PIPE)

    process = run("--out", out, "--workers", 2)
    parts = tmp_path / "out.unfinished" / "parts"
    until = time.monotonic() + 120
    while time.monotonic() < until and (not parts.is_dir() or len(list(parts.glob("*.npz"))) < 3):
        time.sleep(0.02)
    workers = workers_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert workers, "two processes and their tracker"
    gone = time.monotonic() + 60
    while time.monotonic() < gone and any(alive(pid) for pid in workers):
        time.sleep(0.05)
    assert not any(alive(pid) for pid in workers), "workers end with the process that started them"
    kept = len(list(parts.glob("*.npz")))
    assert 3 <= kept < 120
    left = (tmp_path / "out.unfinished.lock").read_text(encoding="utf-8").split()[0]
    again = run("--out", out, "--workers", 1, "--resume")
    said = again.communicate()[1].decode("utf-8")
    assert again.returncode == 0, said
    assert f"({left} on " in said and "was killed; the lock it left was taken over" in said
    assert not (tmp_path / "out.unfinished.lock").exists()
    assert run("--out", whole, "--workers", 1).wait() == 0
    assert bytes_of(out) == bytes_of(whole)


def test_ctrl_c_in_the_terminal_says_how_to_go_on(scenario, tmp_path):
    """The whole process group is interrupted, as a terminal does; no traceback, no half file."""
    out = tmp_path / "out"
    words = [
        sys.executable,
        "-m",
        "simulator.cli",
        "sweep",
        scenario,
        "--draws",
        4000,
        "--workers",
        2,
        "--out",
        out,
    ]
    process = subprocess.Popen(
        [*map(str, words), "--lang", "en"],
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        start_new_session=True,
        encoding="utf-8",
    )
    until = time.monotonic() + 120
    parts = tmp_path / "out.unfinished" / "parts"  # a batch is there: the workers are, and heed no Ctrl-C
    while time.monotonic() < until and not (parts.is_dir() and list(parts.glob("*.npz"))):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 75, said
    assert "Traceback" not in said
    assert "--resume" in said


def test_a_folder_of_counties_where_one_is_broken(scenario, tmp_path, capsys):
    """Its failure is reported; the others go on, and their sums are those of the others alone."""
    country, sound = tmp_path / "country", tmp_path / "sound"
    for name in ("a", "b", "c"):
        shutil.copytree(scenario, country / name)
        text = (country / name / "scenario.toml").read_text(encoding="utf-8")
        (country / name / "scenario.toml").write_text(
            text.replace('name = "toy"', f'name = "{name}"'), "utf-8"
        )
    shutil.copytree(country, sound)
    shutil.rmtree(sound / "b")
    (country / "b" / "schools.csv").unlink()
    assert sweep(country, tmp_path / "out", draws=3) == EXIT_FAULTS
    said = capsys.readouterr().err
    assert "b could not be played: " in said and "schools" in said and "missing_table" not in said
    assert said.splitlines()[-1].startswith("Of 3 counties 1 could not be played: b. ")
    assert sweep(country, tmp_path / "quiet", "--quiet", draws=3) == EXIT_FAULTS
    assert "1 could not be played: b. " in capsys.readouterr().err
    assert sweep(sound, tmp_path / "others", draws=3) == 0
    with_failure, without = bytes_of(tmp_path / "out"), bytes_of(tmp_path / "others")
    tables = [name for name in without if name.endswith(".parquet")]
    assert tables and all(with_failure[name] == without[name] for name in tables)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [failure["county"] for failure in manifest["failures"]] == ["b"]
    assert manifest["counties"] == 2
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "could not be played" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_counties_of_unlike_rounds_are_told_on_one_page(tmp_path, language):
    """A round that the first county has not is called by its title, not by its name."""
    for name in ("points", "zone_then_nearby"):
        shutil.copytree(PROCEDURES / name, tmp_path / "unlike" / name)
    later = tmp_path / "unlike" / "zone_then_nearby" / "scenario.toml"
    body = later.read_text(encoding="utf-8").replace('name = "zone"', 'name = "later_zone"')
    later.write_text(body, encoding="utf-8")
    out = tmp_path / "out"
    assert sweep(tmp_path / "unlike", out, "--lang", language, draws=2, variants="base") == 0
    layouts = [county.layout for county in load.sweep_folder(out).counties()]
    assert "later_zone" in layouts[1].rounds and "later_zone" not in layouts[0].rounds
    row = layouts[1].rounds.tolist().index("later_zone")
    title = (layouts[1].round_titles if language == "zh" else layouts[1].round_titles_en)[row]
    tiers = [name for name in layouts[1].group if name.startswith("tier:later_zone:")]
    assert title and tiers
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "later_zone" not in page
    assert text("sweep_group_tier", language, round=title, n="1") in page


def test_faults_are_listed_before_anything_is_played(scenario, tmp_path, capsys):
    (scenario / "schools.csv").unlink()
    assert sweep(scenario, tmp_path / "out") == 1
    assert "schools" in capsys.readouterr().err
    assert not (tmp_path / "out.unfinished").exists()
    assert sweep(TOY, tmp_path / "out", variants="no_such") == 1
    assert "no_such" in capsys.readouterr().err


def test_compare_sweeps_and_runs(scenario, tmp_path, capsys):
    """Variants of one sweep, two sweeps, and two runs: the same difference where it is the same luck."""
    assert sweep(scenario, tmp_path / "both", variants="base,nearest_first") == 0
    assert sweep(scenario, tmp_path / "one", variants="base") == 0
    assert sweep(scenario, tmp_path / "two", variants="nearest_first") == 0
    capsys.readouterr()
    out = ["--lang", "en", "--out"]
    assert main(["compare", str(tmp_path / "both"), *out, str(tmp_path / "c1")]) == 0
    within = capsys.readouterr().out
    assert main(["compare", str(tmp_path / "one"), str(tmp_path / "two"), *out, str(tmp_path / "c2")]) == 0
    across = capsys.readouterr().out
    line = "placed in own zone"
    told = [next(row for row in text.splitlines() if line in row).split() for text in (within, across)]
    assert told[0][:9] == told[1][:9]
    assert (tmp_path / "c2" / "report.html").is_file()

    for name in ("base", "nearest_first"):
        words = ["run", str(scenario), "--out", str(tmp_path / f"run-{name}"), "--quiet"]
        assert main([*words, *([] if name == "base" else ["--variant", name])]) == 0
    capsys.readouterr()
    runs = [str(tmp_path / "run-base"), str(tmp_path / "run-nearest_first")]
    assert main(["compare", *runs, "--scenario", str(scenario), *out, str(tmp_path / "c3")]) == 0
    assert "run-nearest_first" in capsys.readouterr().out
    page, shared = ((tmp_path / name / "report.html").read_text(encoding="utf-8") for name in ("c3", "c2"))
    for said, own in (("each with its own seed", True), ("have the same luck", False)):
        assert (said in page) is own and (said in shared) is not own
    assert main(["compare", runs[0], str(tmp_path / "one"), *out, str(tmp_path / "c4")]) == 1
    assert "cannot be compared" in capsys.readouterr().err
    assert main(["compare", runs[0], *out, str(tmp_path / "c5")]) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_single_draw_is_told_whole_and_without_intervals(scenario, tmp_path, capsys, language):
    """Two runs, and a sweep of one draw: no interval and no share of one draw, no tenth of a child."""
    for name in ("base", "nearest_first"):
        words = ["run", str(scenario), "--out", str(tmp_path / f"run-{name}"), "--quiet"]
        assert main([*words, *([] if name == "base" else ["--variant", name])]) == 0
    capsys.readouterr()
    runs = [str(tmp_path / "run-base"), str(tmp_path / "run-nearest_first")]
    words = ["--lang", language, "--out", str(tmp_path / "beside")]
    assert main(["compare", *runs, "--scenario", str(scenario), *words]) == 0
    two = capsys.readouterr().out
    assert sweep(scenario, tmp_path / "alone", "--lang", language, draws=1, variants="base") == 0
    alone = capsys.readouterr().out
    pages = [(tmp_path / name / "report.html").read_text(encoding="utf-8") for name in ("beside", "alone")]
    told = [re.sub(r"(?s)<(script|style|svg).*?</\1>|<[^>]+>", " ", page) for page in pages]
    roster = text("children_on_roster", language)
    for said in (two, alone, *told):
        assert "95%" not in said.replace("95% of", "")
        assert "–100%" not in said
        assert not re.search(r"\d\.0(?!\d)(?! *%)", re.sub(r"\d+\.\d+\.\d+", "", said)), said
    for said in (two, alone):
        assert re.search(rf"{re.escape(roster)} +12 ", said)
    assert text("sweep_one_equal", language) in two
    assert text("sweep_one_better", language) in two or text("sweep_one_worse", language) in two
    assert text("sweep_page_title_runs", language) in pages[0]


def test_better_and_worse_of_a_single_draw_follow_the_direction():
    words = sweep_words("en")

    def said(first, other, direction):
        return often(words, pairs_of(np.array([first]), np.array([other])), direction)

    assert [said(1.0, 2.0, d) for d in (1, -1, 0)] == ["better", "worse", "greater"]
    assert [said(2.0, 1.0, d) for d in (1, -1, 0)] == ["worse", "better", "less"]
    assert said(1.0, 1.0, 1) == "the same"
    assert said(np.nan, 1.0, 1) == words.not_available


def test_folders_of_one_name_are_told_apart(tmp_path):
    paths = [tmp_path / "a" / "s", tmp_path / "b" / "s", tmp_path / "c" / "t", tmp_path / "a" / "s"]
    assert labels_of(paths[:3]) == ["a/s", "b/s", "t"]
    assert labels_of(paths[2:]) == ["t", "s"]
    same = labels_of([paths[0], paths[3], paths[1]])
    assert same[2] == "b/s" and len(set(same)) == 3


def test_a_torn_sweep_is_told(scenario, tmp_path, capsys):
    assert sweep(scenario, tmp_path / "out", draws=2) == 0
    odds = tmp_path / "out" / "odds.parquet"
    body = odds.read_bytes()
    for torn in (body[: len(body) // 2], None):
        odds.unlink()
        if torn is not None:
            odds.write_bytes(torn)
        words = ["compare", str(tmp_path / "out"), "--lang", "en", "--out", str(tmp_path / "page")]
        assert main(words) == 1
        assert "missing or torn" in capsys.readouterr().err


def test_what_rounds_to_nothing_is_not_coloured():
    told = [Mean(0.001, 0.0008, 0.0012, 9), Mean(0.3, 0.2, 0.4, 9), Mean(-0.3, -0.4, -0.2, 9)]
    assert [tone("placed", mean, "percent") for mean in told] == ["", "good", "bad"]
    assert [tone("metres", mean, "metres") for mean in told] == ["", "", ""]
    assert tone("placed", Mean(0.3, -0.1, 0.7, 9), "percent") == "unsure"


def test_sweeps_played_apart_are_mapped_by_the_own_zone(scenario, tmp_path):
    """Child by child nothing can be told of them; by block it can, and is the same as within one sweep."""
    assert sweep(scenario, tmp_path / "both", variants="base,nearest_first") == 0
    assert sweep(scenario, tmp_path / "one", variants="base") == 0
    assert sweep(scenario, tmp_path / "two", variants="nearest_first") == 0
    apart = of_sweeps([tmp_path / "one", tmp_path / "two"])
    (within,) = load.sweep_folder(tmp_path / "both").counties()
    own, children = MEASURES.index("own_zone"), MEASURES.index("children")
    expected = within.total[1, 0, :, own] - within.total[0, 0, :, own]
    rows = np.flatnonzero(within.total[0, 0, :, children])
    spots = {spot.name: spot.net[1] for spot in apart.spots}
    names = [str(within.layout.block_name[row]) for row in rows]
    assert [12 * spots[name][0] for name in names] == pytest.approx(expected[rows])
    assert expected.any() and all(half >= 0 for _, half in spots.values())
    for name, one, other, said in (("across", "one", "two", True), ("inside", "both", "", False)):
        folders = [str(tmp_path / folder) for folder in (one, other) if folder]
        assert main(["compare", *folders, "--lang", "en", "--out", str(tmp_path / name)]) == 0
        page = (tmp_path / name / "report.html").read_text(encoding="utf-8")
        assert ("These were played apart" in page) is said
        assert ("up by fewer than 5" in page) is said and ("fewer than 5 worse off" in page) is not said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_speaks_one_language_and_escapes(scenario, tmp_path, language):
    settings = scenario / "scenario.toml"
    text = settings.read_text(encoding="utf-8").replace('title = "玩具方案"', 'title = "<b>玩具</b>"')
    settings.write_text(text.replace('title_en = "Toy"', 'title_en = "<b>Toy</b>"'), encoding="utf-8")
    assert sweep(scenario, tmp_path / "out", "--lang", language) == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<b>玩具" not in page and "<b>Toy" not in page
    assert ("什么变好了" in page) == (language == "zh")
    assert ("What got better" in page) == (language == "en")
    assert not re.search(r"\bnan\b", page, re.IGNORECASE)


def test_gains_and_losses_add_up(scenario, tmp_path):
    """Net is gain less loss, and the first variant gains nothing over itself."""
    many = ensemble.sweep(scenario, variants=("", "nearest_first"), draws=20)
    county = many.counties[0]
    m = {name: row for row, name in enumerate(MEASURES)}
    gain, lose, net = (county.groups[..., m[name]] for name in ("gain", "lose", "net"))
    assert (gain - lose == net).all()
    assert not gain[0].any() and not lose[0].any()
    assert gain[1].any() or lose[1].any()
