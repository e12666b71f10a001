"""Tables and map layers: they add up to the result, in the coordinates asked for, and say what is missing."""

from __future__ import annotations

import builtins

import numpy as np
import pytest
from shown import TOY, results

import simulator as sim
from simulator.model import UNPLACED, Stage
from simulator.notebook import MissingLibrary


def test_children_are_told_by_ids_and_words():
    children = sim.run(TOY).to_pandas().set_index("student")
    assert len(children) == 12 and children.index.is_unique
    assert children.loc["P05", ["stage", "status", "school", "round", "pool"]].tolist() == [
        "primary", "private", "S4", "private", "general",
    ]  # fmt: skip
    assert children.loc["P10", "status"] == "not_of_age" and children.school.isna()["P10"]
    assert children.loc["J02", ["metres", "draw", "tier"]].isna().all()


def test_other_tables_are_those_of_the_report_and_a_wrong_name_tells_all():
    run = results()["run"]
    assert run.to_pandas("schools", language="zh").equals(sim.report.frames(run, "zh")["schools"])
    with pytest.raises(KeyError, match=r"no table 'pupils'.*children, choices, .*indicators"):
        run.to_pandas("pupils")


def test_blocks_add_up_to_the_run():
    run = results()["run"]
    blocks = run.to_geopandas()
    assert blocks.crs.to_epsg() == 4326 and len(blocks) == len(run.scenario.blocks)
    assert blocks.primary_children.sum() == len(run.students) and blocks.junior_children.sum() == 0
    assert blocks.primary_placed.sum() == (run.admission.school != UNPLACED).sum()
    assert blocks.primary_own_zone.sum() == run.admission.in_zone.sum()
    total = (blocks.primary_mean_metres * blocks.primary_placed).sum()
    assert total == pytest.approx(run.admission.metres.sum())
    assert set(blocks["shape"]) == {"cell"} and blocks.geometry.is_valid.all()


def test_schools_and_zones_add_up():
    run = results()["run"]
    schools, zones = run.to_geopandas("schools"), run.to_geopandas("zones")
    assert schools.primary_load.sum() == (run.admission.school != UNPLACED).sum()
    assert schools.geometry.x.tolist() == run.scenario.schools.longitude.tolist()
    record = run.admission.rounds[-1]
    priced = schools.primary_price_metres[schools.primary_priced]
    assert sorted(priced) == sorted(record.price_metres.tolist())
    primary = zones[zones.stage == "primary"].to_crs("EPSG:4527")
    assert primary.children.sum() == run.warnings.children[run.warnings.stage == Stage.PRIMARY].sum()
    # Zones of one stage share no area.
    assert primary.area.sum() == pytest.approx(primary.union_all().area, rel=1e-6)


def test_a_named_system_gives_the_same_places():
    run = results()["run"]
    there = run.to_geopandas("schools", crs="EPSG:4527")
    assert there.crs.to_epsg() == 4527 and there.geometry.x.min() > 1e6
    back = there.to_crs("EPSG:4326").geometry
    np.testing.assert_allclose(back.x, run.scenario.schools.longitude, atol=1e-9)
    with pytest.raises(KeyError, match="blocks, schools, zones"):
        run.to_geopandas("roads")


def test_a_sweep_has_a_row_for_every_variant_and_block():
    sweep = results()["sweep"]
    (draws,) = sweep.counties
    layer = sweep.to_geopandas()
    assert len(layer) == 2 * len(draws.layout.block) and layer.crs.to_epsg() == 4326
    base = layer[layer.variant == "base"]
    # (children, own zone) of both stages together, from the counts of the draws
    assert (base.children * len(draws)).sum() == pytest.approx(draws.groups[0, :, :, 0, 0].sum())
    assert (base.own_zone * base.children * len(draws)).sum() == pytest.approx(
        draws.groups[0, :, :, 0, 2].sum()
    )
    assert base.net.eq(0).all() and layer[layer.variant == "immediate"].net.ne(0).any()
    assert draws.to_geopandas().equals(layer)


def test_zones_drawn_add_up():
    zones = results()["zones"]
    table, layer = zones.to_pandas(), zones.to_geopandas("zones_new")
    problem = zones.stages[0].problem
    assert table.new_children.sum() == table.old_children.sum() == problem.load.sum()
    assert layer.children.sum() == problem.load.sum()
    assert set(zones.to_geopandas("blocks").columns) >= {"primary_old", "primary_new", "primary_moved"}
    with pytest.raises(KeyError, match="zones_new"):
        zones.to_geopandas("zones")


@pytest.mark.parametrize("kind", ["run", "sweep", "zones"])
def test_without_geopandas_the_remedy_is_told(kind, monkeypatch):
    real = builtins.__import__

    def none(name, *more):
        if name.split(".")[0] == "geopandas":
            raise ModuleNotFoundError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", none)
    with pytest.raises(MissingLibrary, match=r"请安装.*pip install geopandas\n.*Install it: .*pip install"):
        results()[kind].to_geopandas()
