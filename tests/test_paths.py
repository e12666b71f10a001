"""Every public function that takes a file or a folder takes a plain string, a Path and any other path."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import simulator as sim
from simulator.load import drawing
from simulator.report import sweep
from simulator.report.blank_scenario import write_blank_scenario

TOY = Path(__file__).resolve().parents[1] / "scenarios" / "toy"


class Elsewhere:
    """A path that is no ``pathlib.Path``, as other libraries have them."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return str(self.path)


def public_functions():
    for room in (sim.load, sim.report, sweep):
        for name in room.__all__:
            if inspect.isfunction(getattr(room, name)):
                yield f"{room.__name__}.{name}", getattr(room, name)
    for name in ("applicants", "receipts", "bundle"):
        yield f"drawing.{name}", getattr(drawing, name)
    for function in (sim.run, sim.zones, sim.sweep, write_blank_scenario):
        yield f"{function.__module__}.{function.__qualname__}", function


FUNCTIONS = dict(public_functions())


@pytest.mark.parametrize(("name", "function"), FUNCTIONS.items(), ids=FUNCTIONS)
def test_no_door_asks_for_one_kind_of_path(name, function):
    for parameter in inspect.signature(function).parameters.values():
        assert not re.search(r"\bPath\b", str(parameter.annotation)), f"{name}({parameter})"


@pytest.mark.parametrize("kind", [str, Path, Elsewhere])
def test_from_files_and_back_by_any_kind_of_path(tmp_path, kind):
    toy = kind(TOY)
    run = sim.run(toy)
    assert sim.load.check(toy).faults == []
    assert sim.load.examine(toy)[1] == []
    assert sim.load.identity(toy)[0] == "toy"
    assert sim.load.county_folders(kind(TOY.parent))
    assert sim.load.files_fingerprint(toy) == sim.load.files_fingerprint(TOY)
    written = sim.report.write(run, kind(tmp_path / "run"), language="en")
    assert written == tmp_path / "run"
    assert sim.load.run_folder(kind(written), toy).scenario.policy.name == "toy"
    many = sim.sweep(toy, draws=2)
    summary = sweep.write_sweep(many.counties, kind(tmp_path / "many"), expected=1, language="en")
    assert sim.load.is_sweep(kind(tmp_path / "many"))
    assert len(list(sim.load.sweep_folder(kind(tmp_path / "many")).counties())) == 1
    assert sweep.write_comparison(summary, kind(tmp_path / "beside"), language="en") == tmp_path / "beside"
    sweep.begin_parts(kind(tmp_path / "open"), {"counties": []}, replace=False)
    sweep.keep_part(kind(tmp_path / "open"), 0, many.counties[0])
    assert sim.load.sweep_parts(kind(sweep.parts_folder(kind(tmp_path / "open")))).files
    write_blank_scenario(kind(tmp_path / "plan"), "en")
    zones = sim.zones(kind(tmp_path / "plan"))
    assert sim.report.write_zones(zones, kind(tmp_path / "zones"), language="en") == tmp_path / "zones"
    assert drawing.bundle(kind(tmp_path / "run" / "audit"))
    assert len(drawing.applicants(kind(TOY / "students.csv")).student) == 12
