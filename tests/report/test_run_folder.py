"""The run folder: whole or not at all, never overwritten silently, the same bytes each time."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_run import fake_run

from simulator import report
from simulator.model import Refill
from simulator.report import workbook
from simulator.report.tables import TABLES

FILES = {"manifest.json", "timings.json", "results.xlsx", "report.html", "indicators.csv"}
FILES |= {f"{name}.parquet" for name in TABLES}


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file but the timings."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "timings.json"
    }


def test_a_run_folder_holds_what_it_should(folders):
    folder = folders["run", "zh"]
    assert {path.name for path in folder.iterdir() if path.is_file()} == FILES
    assert {"README.txt", "README.zh-CN.txt", "zone.result.txt"} <= {
        p.name for p in (folder / "audit").iterdir()
    }
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"audit", "internal"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_same_run_same_bytes(run, folders, tmp_path, language):
    again = report.write(run, tmp_path / "again", language=language, student_sheet=True)
    assert digests(again) == digests(folders["run", language])


def test_same_bytes_in_another_process_with_another_hash_seed(folders, tmp_path):
    script = (
        "import sys; from pathlib import Path; from fake_run import fake_run; from simulator import report;"
        "report.write(fake_run(students=600), Path(sys.argv[1]), language='zh', student_sheet=True)"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1])])
    environment = os.environ | {
        "PYTHONHASHSEED": "12345",
        "PYTHONPATH": path,
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
    }
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "other")], env=environment, check=True)
    assert digests(tmp_path / "other") == digests(folders["run", "zh"])


def test_another_seed_gives_other_bytes(run, tmp_path):
    other = report.write(fake_run(students=600, seed=8), tmp_path / "other", language="zh")
    one = report.write(run, tmp_path / "one", language="zh")
    assert digests(other)["students.parquet"] != digests(one)["students.parquet"]


def test_an_existing_folder_is_not_overwritten(run, tmp_path):
    folder = report.write(run, tmp_path / "a", language="zh")
    before = digests(folder)
    with pytest.raises(report.FolderExists) as refused:
        report.write(fake_run(seed=9), folder, language="zh")
    assert refused.value.path == folder and refused.value.replaceable
    assert digests(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_replace_takes_the_place_of_an_earlier_run_folder(run, tmp_path):
    folder = report.write(run, tmp_path / "a", language="zh")
    before = digests(folder)
    report.write(fake_run(seed=9), folder, language="zh", replace=True)
    assert digests(folder) != before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_replace_never_takes_a_folder_that_is_no_run_folder(run, tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(report.FolderExists) as refused:
        report.write(run, documents, language="zh", replace=True)
    assert not refused.value.replaceable
    assert (documents / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(report.FolderExists):
        report.write(run, tmp_path / "file", language="zh", replace=True)


@pytest.mark.parametrize("replace", [False, True])
def test_a_failure_midway_leaves_nothing_behind(run, tmp_path, monkeypatch, replace):
    folder = tmp_path / "deep" / "a"
    before = {}
    if replace:
        report.write(fake_run(seed=9), folder, language="zh")
        before = digests(folder)

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(workbook.xlsxwriter, "Workbook", fail)
    with pytest.raises(OSError, match="full"):
        report.write(run, folder, language="zh", replace=replace)
    assert {path.name for path in folder.parent.iterdir()} == ({"a"} if replace else set())
    assert (digests(folder) if folder.exists() else {}) == before


def test_a_failed_swap_puts_the_earlier_folder_back(run, tmp_path, monkeypatch):
    folder = report.write(fake_run(seed=9), tmp_path / "a", language="zh")
    before = digests(folder)
    rename = Path.rename

    def fail_on_new(self, target):
        if self.name.endswith(".new"):
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_on_new)
    with pytest.raises(PermissionError):
        report.write(run, folder, language="zh", replace=True)
    assert digests(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_manifest_proves_and_totals(run, folders):
    folder = folders["run", "zh"]
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert text == json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    assert manifest["seed"]["value"] == run.scenario.policy.seed
    assert "simulation" in manifest["seed"]["note"] and "模拟" in manifest["seed"]["note_zh"]
    assert manifest["inputs_sha256"] == dict(run.scenario.sources)
    proof = {"objective": 123456, "proved": True, "ties": "settled", "violations": 0}
    assert manifest["rounds"][4]["certificate"] == proof
    totals = manifest["totals"]
    assert sum(sum(stage.values()) for stage in totals["statuses"].values()) == totals["children"] == 600
    for name, digest in manifest["files_sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert str(folder.parent) not in text


def test_the_page_tells_in_words_how_ties_were_settled(folders):
    for language, said in (("en", "settled by the draw"), ("zh", "按摇号顺序")):
        assert said in (folders["run", language] / "report.html").read_text(encoding="utf-8")


def test_the_manifest_proves_refills_too(run, tmp_path):
    first, *others = run.admission.rounds
    proved = Refill(after=3, waiting=7, admitted=2, certificate={"objective": 99, "optimal": True})
    changed = replace(run.admission, rounds=(replace(first, refills=(proved,)), *others))
    folder = report.write(replace(run, admission=changed), tmp_path / "refilled", language="en")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rounds"][0]["refills"] == [
        {"after": "migrant", "waiting": 7, "admitted": 2, "certificate": {"objective": 99, "optimal": True}}
    ]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "(seats set free by “Migrant children”)" in page


def test_only_the_timings_tell_the_time(folders):
    timings = json.loads((folders["run", "zh"] / "timings.json").read_text(encoding="utf-8"))
    assert timings["run"] == {"admission": 1.25}
    assert {"page", "workbook", "parquet"} <= timings["report"].keys()
