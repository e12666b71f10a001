"""A draw of a sweep is, to the last number, the run that ``simulate`` gives for its seeds."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
from studies import PROCEDURES, REPOSITORY, TOY

from simulator import ensemble, load, simulate
from simulator.ensemble.county import County
from simulator.ensemble.observing import told_individually
from simulator.ensemble.seeds import scenario_of_draw
from simulator.model import MEASURES, UNPLACED, Draws, Stage
from tests.admission.test_memory import differs

FOLDERS = [TOY, *sorted(path.parent for path in PROCEDURES.glob("*/scenario.toml"))]


def without_replays(scenario):
    one_more_class = replace(scenario.policy.one_more_class, replays=0)
    return replace(scenario, policy=replace(scenario.policy, one_more_class=one_more_class))


def county_of(path, variants=("",), vary="lottery"):
    inputs = ensemble.Folder("", str(path), variants).read()
    return inputs, County(inputs, variants, vary)


def variants_of(path):
    known = load.settings.read_settings(path, "", (), load.Sources(), load.Ledger()).variants
    return ("", *known)


@pytest.mark.parametrize("vary", ["lottery", "children"])
@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.name)
def test_a_draw_is_the_run_of_its_seeds(path, vary):
    inputs, county = county_of(path, variants_of(path), vary)
    for number in (3, 1, 2, 3):
        for scenario, (played, measured) in zip(inputs.scenarios, county.draw(number), strict=True):
            run = simulate.simulate(
                without_replays(scenario_of_draw(scenario, inputs.identity, number, vary))
            )
            assert not differs(run.admission, played)
            assert not differs(run.indicators, measured)


def test_luck_decides_something_here():
    """The test above would say nothing of draws that are all alike."""
    _, county = county_of(TOY)
    outcomes = {tuple(county.draw(number)[0][0].school.tolist()) for number in range(1, 9)}
    assert len(outcomes) > 1


def test_what_is_counted_is_what_became_of_the_children():
    inputs, county = county_of(TOY)
    draws = county.play([1, 2, 3, 4, 5])
    m = {name: row for row, name in enumerate(MEASURES)}
    students = inputs.scenarios[0].students
    placed = np.zeros((2, len(inputs.scenarios[0].blocks)), dtype=np.int64)
    for row, number in enumerate(draws.draw.tolist()):
        run = simulate.simulate(
            without_replays(scenario_of_draw(inputs.scenarios[0], inputs.identity, number, "lottery"))
        )
        has = run.admission.school != UNPLACED
        for stage in Stage:
            here = has & (students.stage == stage)
            assert draws.groups[0, row, stage, 0, m["placed"]] == here.sum()
            assert draws.groups[0, row, stage, 0, m["own_zone"]] == (here & run.admission.in_zone).sum()
            counted = np.flatnonzero(here & (students.block != UNPLACED))
            np.add.at(placed[stage], students.block[counted], 1)
        numerators = draws.numerator[0, row]
        assert np.array_equal(numerators, run.indicators.numerator)
    assert np.array_equal(draws.total[0, 1:, :, m["placed"]], placed)
    assert np.array_equal(draws.total[0, 0], draws.total[0, 1:].sum(axis=0))
    by_cell = np.zeros_like(placed)
    np.add.at(by_cell, (draws.odds[:, 1], draws.odds[:, 2]), draws.odds[:, 5])
    assert np.array_equal(by_cell, placed), "odds add up to the children placed"


def test_parts_join_to_the_whole_in_any_order():
    _, county = county_of(TOY)
    parts = [county.play(part) for part in ([5], [1, 2], [6, 3, 4])]
    whole = county.play(range(1, 7))
    assert ensemble.fingerprint(Draws.join(parts)) == ensemble.fingerprint(whole)
    assert ensemble.fingerprint(Draws.join(parts[::-1])) == ensemble.fingerprint(whole)
    with pytest.raises(ValueError, match="one draw in two parts"):
        Draws.join([parts[0], county.play([5])])
    with pytest.raises(ValueError, match="different inputs"):
        Draws.join([parts[0], replace(parts[1], layout=replace(parts[1].layout, fingerprint="x"))])


def test_a_draw_can_be_played_alone_from_the_command_line(tmp_path):
    """The seed that the table of draws names gives the same children the same schools."""
    inputs, county = county_of(TOY)
    draws = county.play([9])
    seed = int(draws.lottery_seed[0])
    run = simulate.run(TOY, overrides=[f"lottery_seed={seed}", "one_more_class.replays=0"])
    assert not differs(run.admission, county.draw(9)[0][0])
    assert run.scenario.policy.seed == inputs.scenarios[0].policy.seed


def test_children_told_individually_are_in_no_block():
    """Their place would tell a protected category: they are in the sums of groups, never in a block's."""
    path = REPOSITORY / "scenarios" / "meizhou"
    scenario = load.scenario(path)
    from simulator import population

    students = population.make_students(scenario)
    told = told_individually(students, scenario)
    assert np.all(told[students.placement != 0])
    assert np.all(told[students.flags["preference"]])
    assert not told[
        students.flags["migrant"] & ~students.flags["preference"] & (students.placement == 0)
    ].any()


def test_whom_one_variant_withholds_no_other_tells(tmp_path):
    """Else the blocks of both, one taken from the other, would tell where such a child lives and goes."""
    shutil.copytree(PROCEDURES / "language_track", tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "scenario.toml"
    open_to_all = '\n[variants.open.rounds]\ntrack = { needs = [], pools = ["general"] }\n'
    settings.write_text(settings.read_text(encoding="utf-8") + open_to_all, encoding="utf-8")
    inputs, county = county_of(tmp_path, ("open", ""))
    told = [told_individually(inputs.scenarios[0].students, s) for s in inputs.scenarios]
    assert told[1].sum() > told[0].sum(), "alone, the variant would tell more"
    draws = county.play([1, 2])
    children = MEASURES.index("children")
    assert np.array_equal(draws.total[0, ..., children], draws.total[1, ..., children])
    assert draws.total[0, 0, :, children].sum() == 2 * (~told[1]).sum()


def test_a_tier_counts_the_children_of_its_round(tmp_path):
    """A round of one stage has no tier with children of the other."""
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "scenario.toml"
    body = settings.read_text(encoding="utf-8")
    assert body.count('name = "zone"\n') == 1
    settings.write_text(body.replace('name = "zone"\n', 'name = "zone"\nstages = ["primary"]\n'), "utf-8")
    _, both = county_of(TOY)
    _, primary = county_of(tmp_path)
    found = [county.play([1]) for county in (both, primary)]
    tiers = np.flatnonzero(np.char.startswith(found[0].layout.group.astype(str), "tier:zone:"))
    children = MEASURES.index("children")
    counted = [draws.groups[0, 0][:, tiers, children] for draws in found]
    assert counted[0][Stage.JUNIOR].any() and not counted[1][Stage.JUNIOR].any()
    assert np.array_equal(counted[0][Stage.PRIMARY], counted[1][Stage.PRIMARY])


def test_better_off_is_better_than_by_the_first(tmp_path):
    """Child by child, in plain words: a place where there was none, or a nearer one; worse the other way."""
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "scenario.toml"
    nearest = '\n[variants.nearest.rounds]\nzone = { rank = ["metres", "draw"], reach = ["county"] }\n'
    settings.write_text(settings.read_text(encoding="utf-8") + nearest, encoding="utf-8")
    _, county = county_of(tmp_path, ("", "nearest"))
    counted = county.play([1, 2, 3, 4]).groups[:, :, :, 0].sum(axis=2)
    gains = losses = 0
    for row, number in enumerate((1, 2, 3, 4)):
        (before, _), (after, _) = county.draw(number)
        gain = lose = 0
        ways = zip(*(played.metres.tolist() for played in (before, after)), strict=True)
        places = zip(*(played.school.tolist() for played in (before, after)), strict=True)
        for (was, now), (far, near) in zip(places, ways, strict=True):
            placed = (was != UNPLACED, now != UNPLACED)
            gain += placed == (False, True) or (all(placed) and near < far)
            lose += placed == (True, False) or (all(placed) and near > far)
        found = [counted[1, row, MEASURES.index(name)] for name in ("gain", "lose")]
        assert found == [gain, lose]
        gains, losses = gains + gain, losses + lose
    assert gains != losses, "else both ways round would do"
