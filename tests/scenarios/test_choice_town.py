"""The town of choices: its tables are what its maker writes, its README is true, every variant runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import simulator as sim
from simulator.model import UNPLACED

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TOWN = SCENARIOS / "choice_town"
VARIANTS = ("", "own_draws", "immediate", "parallel", "cycles", "in_turn")


def test_the_maker_writes_these_very_bytes(tmp_path):
    command = [sys.executable, str(SCENARIOS / "make_choice_town.py"), str(tmp_path)]
    subprocess.run(command, check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in TOWN.glob("*.csv"))
    for name in made:
        assert (tmp_path / name).read_bytes() == (TOWN / name).read_bytes(), name


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_runs_and_places_everybody(variant):
    assert sim.load.check(TOWN, variant=variant)[0] == []
    run = sim.run(TOWN, variant=variant)
    assert len(run.students) == 1_900 and not np.any(run.admission.school == UNPLACED)
    assert run.admission.seats.seats[run.admission.seats.parent == UNPLACED].sum() == 1_980


def test_the_readme_names_the_variants():
    told = (TOWN / "README.md").read_text(encoding="utf-8")
    assert [name for name in VARIANTS if name and f"`{name}`" not in told] == []
