"""The synthetic country: the same on every machine, of believable sizes, folders and memory alike."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from studies import REPOSITORY, bytes_of

from scenarios import nation
from simulator import ensemble, load, simulate
from simulator.ensemble import Study, here, processes
from simulator.ensemble.county import County
from simulator.ensemble.seeds import scenario_of_draw
from simulator.model import MEASURES
from tests.admission.test_memory import differs


def test_sizes_add_up_and_are_believable():
    sizes = nation.sizes()
    assert len(sizes) == 2_800 and sizes.sum() == 16_000_000
    assert np.array_equal(sizes, nation.sizes())
    assert sizes.min() >= 300 and sizes.max() <= 100_000
    assert np.median(sizes) < sizes.mean(), "many small counties, a few very large ones"
    for counties, entrants in ((1, 500), (7, 12_345)):
        assert nation.sizes(counties, entrants).sum() == entrants


@pytest.mark.parametrize("entrants", [300, 2_500])
def test_a_county_in_a_folder_is_the_county_in_memory(tmp_path, entrants):
    folder = nation.write(tmp_path, 4, entrants, nation.SEED)
    for variant in ("", "losers_behind", "by_order"):
        read = load.scenario(folder, variant=variant)
        (made,) = nation.inputs(4, entrants, nation.SEED, (variant,)).scenarios
        blank = {"sources": {}, "resolved": {}, "warnings": ()}
        assert not differs(replace(read, **blank), replace(made, **blank))
        assert load.identity(folder) == ("C00005", nation.SEED, 2026)


def test_a_country_is_written_the_same_again(tmp_path):
    words = [
        sys.executable,
        str(REPOSITORY / "scenarios" / "nation.py"),
        "--counties",
        "3",
        "--entrants",
        "900",
    ]
    for name in ("one", "two"):
        subprocess.run([*words, str(tmp_path / name)], check=True, cwd=REPOSITORY, capture_output=True)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert [name for name, _ in load.county_folders(tmp_path / "one")] == ["C00001", "C00002", "C00003"]
    for _, folder in load.county_folders(tmp_path / "one"):
        faults, _ = load.check(folder)
        assert not faults


def test_children_find_places_and_lotteries_decide():
    inputs = nation.inputs(1, 3_000, nation.SEED)
    county = County(inputs, ("base",), "lottery")
    draws = county.play(range(1, 5))
    m = {name: row for row, name in enumerate(MEASURES)}
    counted = draws.groups[0, :, :, 0].sum(axis=1)
    assert (counted[:, m["children"]] == 3_000).all()
    assert (counted[:, m["placed"]] >= 2_900).all()
    assert (counted[:, m["own_zone"]] >= 2_000).all()
    private = (draws.layout.code == "children_private") & (draws.layout.stage == -1)
    assert (draws.numerator[0, :, private] > 0).all()
    assert len(set(draws.groups[0, :, :, 0, m["metres"]].sum(axis=1).tolist())) > 1


@pytest.mark.parametrize("vary", ["lottery", "children"])
def test_a_draw_of_a_county_is_the_run_of_its_seeds(vary):
    variants = ("", "losers_behind", "by_order")
    inputs = nation.inputs(2, 1_500, nation.SEED, variants)
    county = County(inputs, variants, vary)
    for number in (5, 2):
        for scenario, (played, measured) in zip(inputs.scenarios, county.draw(number), strict=True):
            run = simulate.simulate(scenario_of_draw(scenario, inputs.identity, number, vary))
            assert not differs(run.admission, played)
            assert not differs(run.indicators, measured)


def test_a_streamed_country_is_the_same_with_one_and_two_workers():
    study = Study(nation.sources(5, 2_500, variants=("", "by_order")), ("base", "by_order"), (1, 2, 3))
    found = [ensemble.gather(study, workers) for workers in (here(), processes(2))]
    prints = [[ensemble.fingerprint(county) for county in answer.counties] for answer in found]
    assert prints[0] == prints[1] and len(prints[0]) == 5
    assert [county.layout.county for county in found[0].counties] == [f"C0000{k}" for k in range(1, 6)]
