"""``xuewei site``: land, walls, seats; against every choice counted out; the folder read back."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import get_args

import geopandas
import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from simulator import new_schools, report
from simulator.messages import text
from simulator.model import GivenTravel, ScenarioError, Sites, Stage
from simulator.model.arrays import texts
from simulator.model.policy import TravelSettings
from simulator.model.siting_settings import SitingAim, SitingSettings
from simulator.report.siting import facts, page_values
from simulator.report.words import Words
from simulator.zoning.siting import AIMS
from tests.zoning.grid_town import SOUTH, STEP, WEST, town

LAND = (0, 4, 15, 19)


def land(blocks=LAND, *, seats=-1, reserved=True, county=0) -> Sites:
    """A site in the middle of each of these blocks of the grid of five columns."""
    y, x = np.divmod(np.array(blocks), 5)
    rows = len(blocks)
    nowhere = np.full(rows, -1, dtype=np.int32)
    return Sites(
        id=texts([f"d{block}" for block in blocks]),
        name=texts([f"预留地块{block}" for block in blocks]),
        county=np.broadcast_to(np.asarray(county, dtype=np.int32), (rows,)),
        town=nowhere,
        district=nowhere,
        longitude=WEST + STEP * (x + 0.5),
        latitude=SOUTH + STEP * (y + 0.5),
        seats=np.broadcast_to(np.asarray(seats, dtype=np.int32), (rows,)),
        reserved=np.broadcast_to(np.asarray(reserved), (rows,)),
    )


def with_land(sites: Sites | None, *, siting=None, **how):
    scenario = replace(town(**how), sites=sites)
    return replace(scenario, policy=replace(scenario.policy, siting=siting or SitingSettings()))


def test_every_aim_of_the_settings_is_there_and_has_a_name():
    assert set(get_args(SitingAim)) == set(AIMS)
    for aim in AIMS:
        assert text(f"site_aim_{aim}", "zh") and text(f"site_aim_{aim}", "en")


def by_hand(problem, opened: tuple[int, ...]) -> int:
    """Least metres if these sites open beside the kept schools: child by child onto seat by seat."""
    sites = [s for s in range(problem.sites) if problem.kept[s] or s in opened]
    seats = [s for s in sites for _ in range(min(int(problem.seats[s]), int(problem.load.sum())))]
    far = int(problem.metres.max()) * 10 + 10**6
    cost = np.full((problem.blocks, problem.sites), far)
    cost[problem.block, problem.site] = problem.metres
    children = np.repeat(np.arange(problem.blocks), problem.load)
    table = cost[children][:, seats]
    rows, columns = linear_sum_assignment(table)
    return int(table[rows, columns].sum())


def test_the_answer_is_the_best_of_all_choices():
    made = new_schools.place(with_land(land(seats=12), children=2, seats=(20, 20)), Stage.PRIMARY, 2)
    problem, kept = made.problem, len(made.kept)
    choices = combinations(range(kept, problem.sites), 2)
    best = min(by_hand(problem, choice) for choice in choices)
    assert made.proposal.gap == 0 and made.proposal.unplaced.sum() == 0
    assert made.proposal.metres == best < by_hand(problem, ())
    assert len(made.opened) == 2 and not made.from_blocks


def test_only_reserved_land_unless_a_decision_says_otherwise():
    reserved = np.array([False, False, True, False])
    made = new_schools.place(with_land(land(reserved=reserved)), Stage.PRIMARY, 3)
    assert made.sites.id.tolist() == ["d15"] and len(made.opened) <= 1
    free = SitingSettings(reserved_only=False)
    assert (
        len(new_schools.place(with_land(land(reserved=reserved), siting=free), Stage.PRIMARY, 3).sites) == 4
    )
    with pytest.raises(ScenarioError) as refused:
        new_schools.place(with_land(land(reserved=False)), Stage.PRIMARY, 1)
    assert [fault.code for fault in refused.value.faults] == ["siting_no_land"]


def test_without_land_every_block_is_tried_and_without_ways_it_says_so():
    made = new_schools.place(with_land(None), Stage.PRIMARY, 1)
    assert made.from_blocks and len(made.sites) == 20 and len(made.opened) == 1
    scenario = with_land(None)
    scenario = replace(scenario, policy=replace(scenario.policy, travel=TravelSettings(method="given")))
    with pytest.raises(ScenarioError) as refused:
        new_schools.place(scenario, Stage.PRIMARY, 1)
    assert [fault.code for fault in refused.value.faults] == ["siting_no_ways"]


def test_a_village_that_reaches_no_school_is_worth_a_site_and_one_that_reaches_nothing_stays():
    """Rows 2 to 5 of the distances are the sites: block 0 gets to one of them alone, block 19 nowhere."""
    scenario = with_land(land())
    pairs = [(block, school, 500) for block in range(1, 19) for school in (0, 1)] + [(0, 2, 100)]
    block, school, metres = np.array(pairs).T
    scenario = replace(
        scenario,
        given_travel=GivenTravel(block, school, metres),
        policy=replace(scenario.policy, travel=TravelSettings(method="given")),
    )
    made = new_schools.place(scenario, Stage.PRIMARY, 1)
    problem = made.problem

    def sites_of(block):
        return problem.site[problem.offsets[block] : problem.offsets[block + 1]].tolist()

    assert sites_of(0) == [2] and len(sites_of(19)) == 1 and problem.kept[sites_of(19)[0]]
    assert made.sites.id[made.opened].tolist() == ["d0"]
    assert made.proposal.unplaced.sum() == 0 and made.proposal.metres == 18 * 5 * 500 + 5 * 100


def test_nobody_goes_farther_to_a_new_school_than_may_be():
    near = new_schools.place(with_land(land(), farthest_metres=600), Stage.PRIMARY, 2)
    new = ~near.problem.kept[near.problem.site]
    assert new.any() and near.problem.metres[new].max() <= 600
    free = new_schools.place(with_land(land()), Stage.PRIMARY, 2)
    assert free.problem.metres[~free.problem.kept[free.problem.site]].max() > 600


def test_a_new_school_serves_its_own_county_only():
    county = np.where(np.arange(20) % 5 < 3, 0, 1)
    scenario = with_land(
        land(county=np.array([0, 1, 0, 1])),
        homes=(6, 13),
        block_county=county,
        schools={"county": np.array([0, 1])},
    )
    made = new_schools.place(scenario, Stage.PRIMARY, 4)
    kept = len(made.kept)
    arcs = made.problem.site >= kept
    of_site = np.array([0, 1, 0, 1])[made.problem.site[arcs] - kept]
    assert (of_site == county[made.problem.block[arcs]]).all()


def test_seats_are_those_of_the_land_or_so_many_classes():
    made = new_schools.place(with_land(land(seats=np.array([30, -1, 0, 7]))), Stage.PRIMARY, 1)
    assert made.problem.seats[len(made.kept) :].tolist() == [30, 180, 0, 7]


def test_a_school_that_costs_more_than_it_saves_stays_closed(tmp_path):
    dear = SitingSettings(cost_metres=10**8)
    made = new_schools.place(with_land(land(), siting=dear), Stage.PRIMARY, 2)
    assert len(made.opened) == 0 and made.proposal.cost == made.proposal.cost_before
    out = report.write_sites(made, tmp_path / "none", language="en")
    assert "No new school saves anything" in (out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_folder_read_back(tmp_path, language):
    sites = land()
    hostile = texts(["<script>alert(1)</script>", "=1+1", "预留地块", "d"])
    made = new_schools.place(with_land(replace(sites, name=hostile)), Stage.PRIMARY, 4, aim="p_median")
    out = report.write_sites(made, tmp_path / "out", language=language)
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert told["cost"] == made.proposal.cost < told["cost_before"] and told["aim"] == "p_median"
    points = geopandas.read_file(out / "sites.geojson")
    assert points.crs.to_epsg() == 4326 and len(points) == len(made.opened) == 4
    assert "预留地块" in set(points["name"])
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert "'=1+1" in (out / "sites.csv").read_text(encoding="utf-8-sig")
    again = report.write_sites(made, tmp_path / "again", language=language)
    for path in out.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_a_stage_is_a_word_or_the_enum_and_nonsense_is_refused_by_name():
    scenario = with_land(land(seats=12))
    by_word = new_schools.place(scenario, "primary", 2)
    assert by_word.stage is Stage.PRIMARY
    by_enum = new_schools.place(scenario, Stage.PRIMARY, 2)
    assert by_word.proposal.metres == by_enum.proposal.metres
    assert new_schools.place(scenario, "小学", 2).opened.tolist() == by_enum.opened.tolist()
    with pytest.raises(ValueError, match="no stage 'middle'; there are: primary, junior"):
        new_schools.place(scenario, "middle", 2)
    with pytest.raises(ValueError, match="at least one"):
        new_schools.place(scenario, "primary", 0)


def test_what_keeps_sites_away_is_a_setting_and_said_as_one():
    with pytest.raises(ScenarioError) as refused:
        new_schools.place(with_land(land(reserved=False)), "primary", 1)
    (fault,) = refused.value.faults
    assert (fault.file, fault.column) == ("scenario.toml", "siting.reserved_only")


@pytest.mark.parametrize("aim", ["coverage", "p_median"])
def test_who_ignores_seats_sends_everyone_to_the_nearest_and_says_so(aim):
    made = new_schools.place(with_land(land(), children=9, seats=(1, 1)), "primary", 1, aim=aim)
    problem = made.problem
    for proposal in (made.before, made.proposal):
        is_open = problem.kept | proposal.opened
        for block in range(problem.blocks):
            arcs = range(problem.offsets[block], problem.offsets[block + 1])
            nearest = min(problem.metres[arc] for arc in arcs if is_open[problem.site[arc]])
            (at,) = (arc for arc in arcs if problem.site[arc] == proposal.assigned[block])
            assert problem.metres[at] == nearest
    assert not made.counts_seats and made.beyond_seats(made.before) > 0
    shown = page_values(made, Words("en", made.scenario.policy))
    assert any("does not count seats" in notice for notice in shown["notices"])
    assert not any("without a seat" in name for name, _, _ in shown["facts"])


def test_before_and_after_are_the_same_year_without_and_with_the_sites():
    made = new_schools.place(with_land(land(seats=12), children=2, seats=(9, 9)), "primary", 2)
    assert made.before.cost == made.proposal.cost_before and not made.before.opened.any()
    assert made.before.unplaced.sum() == made.problem.load.sum() - 18 > made.proposal.unplaced.sum()
    shown = {name: (old, new) for name, old, new in facts(made, Words("en", made.scenario.policy))}
    assert shown["without a seat"] == (str(made.before.unplaced.sum()), str(made.proposal.unplaced.sum()))
    assert made.beyond_seats(made.proposal) == 0


def test_new_schools_show_themselves_in_a_notebook():
    made = new_schools.place(with_land(land(seats=12)), "primary", 2)
    assert repr(made).count("\n") == 0 and len(repr(made)) < 300 and "least_total" in repr(made)
    nothing = repr(replace(made, proposal=replace(made.proposal, opened=made.proposal.opened & False)))
    assert "none to open" in nothing or "一处也不" in nothing
    table, layer = made.to_pandas(), made.to_geopandas(crs="EPSG:4527")
    assert table.site.tolist() == layer.site.tolist() and len(table) == len(made.opened)
    at = made.problem.site >= len(made.kept)
    assert table.children.sum() == made.proposal.children[at].sum()
    assert layer.crs.to_epsg() == 4527 and layer.geometry.x.min() > 1e6
    marked = replace(made.sites, name=texts(["<script>x</script>"] * len(made.sites)))
    card = replace(made, sites=marked)._repr_html_()
    assert "<script" not in card and "&lt;script" in card


def test_a_site_in_a_county_that_no_block_has_is_told_not_dropped_in_silence():
    scenario = replace(with_land(land(seats=12, county=np.array([0, 1, 0, 0]))), counties=("A", "B"))
    made = new_schools.place(scenario, "primary", 4)
    assert made.out_of_reach.tolist() == [1] and 1 not in made.opened.tolist()
    notices = page_values(made, Words("zh", scenario.policy))["notices"]
    assert any("预留地块4" in notice and "未参加比较" in notice for notice in notices)
    with pytest.raises(ScenarioError) as refused:
        new_schools.place(replace(scenario, sites=land(county=1)), "primary", 1)
    (fault,) = refused.value.faults
    assert (fault.code, fault.column) == ("siting_walled_off", "zoning.walls")
