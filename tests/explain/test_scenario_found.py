"""Every preset's run is explained without naming its scenario folder."""

import json
import shutil
from pathlib import Path

import pytest
from toy_folder import run_folder

from simulator import load

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
PRESETS = sorted(file.parent for file in (SCENARIOS / "procedures").glob("*/scenario.toml"))


def test_there_are_presets():
    assert len(PRESETS) >= 9


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_the_scenario_of_a_preset_is_found(preset, tmp_path, monkeypatch):
    """From the folder that holds scenarios/, and from any other beside the run."""
    copied = tmp_path / "scenarios" / "procedures" / preset.name
    shutil.copytree(preset, copied)
    made = run_folder(copied, tmp_path / "runs" / preset.name)
    for here in (tmp_path, tmp_path / "runs"):
        monkeypatch.chdir(here)
        assert load.run_folder(made).scenario.policy.name == preset.name
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert str(tmp_path) not in json.dumps(manifest), "no machine's path"
