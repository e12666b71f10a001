"""A run folder back to its scenario: whatever was changed since is named, and nothing else is asked for."""

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import simulator as sim
from simulator import explain, load
from simulator.messages.telling import sentence
from simulator.model import ScenarioError

HOUSE = Path(__file__).resolve().parents[2]
TOY = HOUSE / "scenarios" / "toy"


def made(folder: Path, **how) -> tuple[Path, Path]:
    """A scenario folder of its own and the folder of its run."""
    scenario = folder / "scenarios" / "toy"
    shutil.copytree(TOY, scenario)
    return scenario, run_of(scenario, folder / "runs" / "toy", **how)


def run_of(scenario: Path, folder: Path, **how) -> Path:
    return sim.report.write(sim.run(scenario, **how), folder, language="zh", replace=True)


@pytest.fixture
def pair(tmp_path):
    return made(tmp_path)


def faults(run: Path, scenario: Path | None = None) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioError) as caught:
        load.run_folder(run, scenario)
    for language in ("zh", "en"):
        for fault in caught.value.faults:
            assert sentence(fault, language)
    return [(fault.code, fault.file) for fault in caught.value.faults]


def test_a_run_folder_is_read_back(pair):
    scenario, run = pair
    read = load.run_folder(run, scenario)
    assert read.language == "zh" and len(read.recorded) == 12
    again = sim.run(scenario)
    assert read.scenario.policy == again.scenario.policy
    assert (read.recorded.id == again.students.id).all()
    assert (read.recorded.status == again.admission.status).all()
    year = explain.play_year(read.scenario)
    explain.require_same_outcome(year, read.recorded, sim.simulate.versions())


def test_the_scenario_is_found_beside_the_runs(pair, tmp_path, monkeypatch):
    scenario, run = pair
    monkeypatch.chdir(tmp_path.parent)
    assert load.run_folder(run).scenario.sources == load.run_folder(run, scenario).scenario.sources
    scenario.rename(scenario.with_name("another_name"))
    assert load.run_folder(run).scenario.policy.name == "toy"


def test_a_scenario_of_the_same_name_but_another_content_is_not_taken(pair, tmp_path, monkeypatch):
    scenario, run = pair
    monkeypatch.chdir(tmp_path)
    with (scenario / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write("# another\n")
    assert faults(run) == [("run_scenario_not_found", "")]
    assert faults(run, scenario) == [("run_input_changed", "scenario.toml")]


@pytest.mark.parametrize(
    "name", ["students.csv", "applications.csv", "schools.csv", "zones.csv", "blocks.csv"]
)
def test_a_changed_input_is_refused_by_its_name(pair, name):
    scenario, run = pair
    path = scenario / name
    path.write_bytes(path.read_bytes() + b"\r\n")
    assert faults(run, scenario) == [("run_input_changed", name)]
    path.unlink()
    assert faults(run, scenario) == [("run_input_missing", name)]


def test_every_changed_input_is_named_at_once(pair):
    scenario, run = pair
    (scenario / "applications.csv").unlink()
    (scenario / "schools.csv").write_bytes(b"broken")
    found = faults(run, scenario)
    assert found == [("run_input_missing", "applications.csv"), ("run_input_changed", "schools.csv")]


def test_a_further_input_is_refused(pair):
    scenario, run = pair
    (scenario / "settled.csv").write_text("学生编号,学校代码\nP10,S1\n", encoding="utf-8")
    assert faults(run, scenario) == [("run_input_new", "settled.csv")]


def test_variant_overrides_and_seed_need_not_be_remembered(tmp_path):
    scenario = tmp_path / "mine"
    shutil.copytree(TOY, scenario)
    shutil.copy(scenario / "applications.csv", scenario / "others.csv")
    with (scenario / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write('\n[variants.other]\ntables = { applications = "others.csv" }\n')
        file.write("[variants.other.rounds]\nprivate = { choices = 2 }\n")
    how = {"variant": "other", "overrides": ("class_size.primary=40",), "seed": 11}
    run = run_of(scenario, tmp_path / "run", **how)
    read = load.run_folder(run, scenario)
    policy = read.scenario.policy
    assert (policy.seed, policy.class_size.primary, policy.rounds[0].choices) == (11, 40, 2)
    assert "others.csv" in read.scenario.sources and "applications.csv" not in read.scenario.sources
    explain.require_same_outcome(explain.play_year(read.scenario), read.recorded, sim.simulate.versions())


def test_a_scenario_with_a_base_is_read_back(tmp_path):
    base, own = tmp_path / "base", tmp_path / "own"
    shutil.copytree(TOY, base)
    own.mkdir()
    (own / "scenario.toml").write_text('base = "../base"\nname = "own"\nseed = 3\n', encoding="utf-8")
    run = run_of(own, tmp_path / "run")
    read = load.run_folder(run, own)
    assert read.scenario.policy.seed == 3
    assert "../base/students.csv" in read.scenario.sources
    (base / "students.csv").write_bytes(b"")
    assert faults(run, own) == [("run_input_changed", "../base/students.csv")]


def test_an_input_outside_is_not_opened(pair):
    scenario, run = pair
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs_sha256"]["../../../secret.csv"] = "0"
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert faults(run, scenario) == [("path_leaves_folder", "../../../secret.csv")]


def test_dropped_columns_are_dropped_again(tmp_path):
    scenario = tmp_path / "mine"
    shutil.copytree(TOY, scenario)
    path = scenario / "students.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines = [lines[0] + ",家长职务", *[line + ",医生" for line in lines[1:]]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    read = sim.load.scenario(scenario, drop_forbidden=True)
    run = sim.report.write(sim.simulate.simulate(read), tmp_path / "run", language="en")
    assert len(load.run_folder(run, scenario).recorded) == 12


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"format": "another"}'])
def test_a_manifest_that_is_none(pair, content):
    scenario, run = pair
    (run / "manifest.json").write_text(content, encoding="utf-8")
    assert faults(run, scenario) == [("run_manifest_broken", "manifest.json")]
    (run / "manifest.json").unlink()
    assert faults(run, scenario) == [("run_no_manifest", "")]


def test_what_was_recorded_must_be_there_as_it_was_written(pair):
    scenario, run = pair
    record = run / "internal" / "students.parquet"
    record.write_bytes(record.read_bytes() + b" ")
    assert faults(run, scenario) == [("run_file_changed", "internal/students.parquet")]
    shutil.rmtree(run / "internal")
    assert faults(run, scenario) == [("run_no_internal", "internal/students.parquet")]


@pytest.mark.parametrize("column", ["status", "school", "round_name", "student"])
def test_another_outcome_than_recorded_is_refused(pair, column):
    """A record that does not come from these inputs, with a manifest that fits it."""
    scenario, run = pair
    path = run / "internal" / "students.parquet"
    table = pq.read_table(path)
    values = table.column(column).cast("string").to_pylist()
    values[0] = {"status": "private", "school": "S2", "round_name": "direct", "student": "P00"}[column]
    at = table.schema.get_field_index(column)
    pq.write_table(table.set_column(at, column, pa.array(values)), path)
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    manifest["files_sha256"]["internal/students.parquet"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest["versions"]["numpy"] = "0.0.1"
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    read = load.run_folder(run, scenario)
    with pytest.raises(ScenarioError) as caught:
        explain.require_same_outcome(explain.play_year(read.scenario), read.recorded, sim.simulate.versions())
    (fault,) = caught.value.faults
    assert fault.code == "run_not_repeated"
    assert fault.details["count"] == (12 if column == "student" else 1)
    assert "numpy 0.0.1" in sentence(fault, "en")


def test_no_run_folder_no_scenario_folder(pair, tmp_path):
    _, run = pair
    assert faults(tmp_path / "nowhere") == [("run_no_manifest", "")]
    assert faults(run, tmp_path / "nowhere") == [("no_scenario_folder", "")]
    assert faults(run, tmp_path) == [("no_scenario_file", "")]
