"""A mechanism of one's own: played like any other, checked before it counts, told of in every report."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from round_worlds import world
from small_markets import markets

import simulator as sim
from simulator.mechanisms import MECHANISMS, mechanism_of
from simulator.model import UNPLACED, Assignment, OwnMechanism, ScenarioError
from simulator.model.own_mechanism import OWN

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TOWN, TOY, ABSENT = SCENARIOS / "choice_town", SCENARIOS / "toy", SCENARIOS / "procedures" / "no_shows"


def in_turn(applications, seats, draw):
    """One after the other in the order of the draw, in plain Python."""
    arc = np.full(len(applications), UNPLACED)
    room = seats.room(np.zeros(len(seats), dtype=int)).tolist()
    for applicant in np.argsort(draw.order[applications.student], kind="stable"):
        for a in range(applications.offsets[applicant], applications.offsets[applicant + 1]):
            if room[applications.pool[a]] > 0:
                room[applications.pool[a]] -= 1
                arc[applicant] = a
                break
    return Assignment(arc)


def nobody(applications, seats, draw):
    return Assignment(np.full(len(applications), UNPLACED))


def same_places(one, other):
    return np.array_equal(one.admission.school, other.admission.school)


def test_written_by_hand_it_gives_what_the_built_in_one_gives():
    built_in = sim.run(TOWN, variant="in_turn")
    own = sim.run(TOWN, mechanisms={"choice": in_turn})
    assert same_places(own, built_in) and not same_places(own, sim.run(TOWN))


def test_a_built_in_one_may_be_put_in_by_hand():
    def deferred(applications, seats, draw):
        return MECHANISMS["deferred_acceptance"](applications, seats, draw)

    assert same_places(sim.run(TOWN, mechanisms={"choice": deferred}), sim.run(TOWN))


def test_it_is_called_for_its_round_alone_and_the_rest_of_the_year_goes_on():
    run = sim.run(TOWN, mechanisms={"choice": nobody})
    assert not np.any(run.admission.round == 0)
    assert np.all(run.admission.round == 1)  # coordination places everybody


def test_seats_of_no_shows_are_given_on_by_it():
    """A round that refills plays its own mechanism again, not the one whose name the scenario has."""
    scenario = sim.load.scenario(ABSENT, overrides=["one_more_class.replays=0"])
    entry = next(entry for entry in scenario.policy.rounds if entry.no_shows)
    calls = []

    def counted(applications, seats, draw):
        calls.append(len(applications))
        return MECHANISMS[entry.mechanism](applications, seats, draw)

    run = sim.simulate.simulate(scenario.with_mechanism(entry.name, counted))
    assert same_places(run, sim.run(ABSENT)) and len(calls) > 1


def test_a_sweep_plays_it_beside_others_under_the_same_draws():
    scenario = sim.load.scenario(TOWN)
    rivals = [sim.load.scenario(TOWN, variant="in_turn"), scenario.with_mechanism("choice", in_turn)]
    many = sim.sweep(rivals, variants=("built in", "own"), draws=3)
    (draws,) = many.counties
    assert np.array_equal(draws.numerator[0], draws.numerator[1])
    again = sim.sweep(rivals, variants=("built in", "own"), draws=3)
    assert again.counties[0].layout.fingerprint == draws.layout.fingerprint


def test_reports_say_what_was_changed(tmp_path):
    run = sim.run(TOWN, mechanisms={"choice": in_turn})
    assert run.scenario.changes == ("rounds.choice.mechanism=own:in_turn",)
    folder = sim.report.write(run, tmp_path / "run", language="en")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["changes"] == ["rounds.choice.mechanism=own:in_turn"]
    assert "rounds.choice.mechanism=own:in_turn" in (folder / "report.html").read_text(encoding="utf-8")
    assert "own" in repr(run.scenario.own["choice"])


def test_no_scenario_file_may_ask_for_one():
    with pytest.raises(ScenarioError) as refused:
        sim.load.scenario(TOWN, overrides=['rounds.choice.mechanism="own"'])
    assert [(fault.code, fault.value) for fault in refused.value.faults] == [("setting_choice", "own")]
    scenario = sim.load.scenario(TOWN)
    with pytest.raises(KeyError, match="choice, coordination"):
        scenario.with_mechanism("lottery", in_turn)
    assert scenario.own == {} and OWN not in MECHANISMS
    assert mechanism_of(scenario.policy.rounds[0], scenario.own) is MECHANISMS["deferred_acceptance"]


@given(markets())
def test_every_sound_answer_passes(market):
    w = market.round()
    wrapped = OwnMechanism("in_turn", in_turn)
    assert np.array_equal(w.play(wrapped).arc, w.play(MECHANISMS["serial_dictatorship"]).arc)


@pytest.mark.parametrize(
    ("arc", "over", "fault"),
    [
        ([0, 2], [], "2 children in node 0, which has 1 seats"),
        ([2, UNPLACED], [], "1 applicants got an arc that is not theirs, first applicant 0"),
        ([UNPLACED, 9], [], "arc that is not theirs, first applicant 1"),
        ([0], [], r"shape \(2,\)"),
        ([0.0, -1.0], [], "whole numbers"),
        ([0, 2], [1], "beyond the seats are no twins"),
    ],
)
def test_an_unsound_answer_is_refused(arc, over, fault):
    w = world([[0, 1], [0, 1]], [1, 1])
    answer = Assignment(np.array(arc), over=np.array(over, dtype=np.int32))
    with pytest.raises(ValueError, match=fault):
        w.play(OwnMechanism("mine", lambda *asked: answer))


def test_what_is_no_assignment_is_refused():
    w = world([[0]], [1])
    with pytest.raises(TypeError, match="mine: an Assignment is wanted, not list"):
        w.play(OwnMechanism("mine", lambda *asked: [0]))


def test_it_travels_by_its_name():
    made = pickle.loads(pickle.dumps(OwnMechanism("in_turn", in_turn)))
    assert made.function is in_turn and "0x" not in repr(made)


def test_one_that_stands_in_a_module_is_played_by_several_workers():
    from simulator.mechanisms.serial_dictatorship import serial_dictatorship

    scenario = sim.load.scenario(TOY)
    rivals = [scenario, scenario.with_mechanism("zone", serial_dictatorship)]
    one, two = (sim.sweep(rivals, variants=("as it is", "own"), draws=6, workers=n) for n in (1, 2))
    assert one.counties[0].layout.fingerprint == two.counties[0].layout.fingerprint
    assert np.array_equal(one.counties[0].numerator, two.counties[0].numerator)


def test_one_defined_inside_a_function_is_played_by_one_worker():
    def inner(applications, seats, draw):
        return in_turn(applications, seats, draw)

    own = sim.load.scenario(TOWN)
    inside = sim.sweep([own, own.with_mechanism("choice", inner)], variants=("as it is", "own"), draws=3)
    module = sim.sweep([own, own.with_mechanism("choice", in_turn)], variants=("as it is", "own"), draws=3)
    assert np.array_equal(inside.counties[0].numerator, module.counties[0].numerator)


def test_with_several_workers_the_remedy_is_told():
    town = sim.load.scenario(TOWN).with_mechanism("choice", lambda a, s, d: in_turn(a, s, d))
    with pytest.raises(ScenarioError) as refused:
        sim.sweep([town], variants="own", draws=2, workers=2)
    assert [fault.code for fault in refused.value.faults] == ["mechanism_stays_here"]
    assert "lambda" in refused.value.faults[0].value
    for language in ("zh", "en"):
        assert "workers=1" in refused.value.told(language)


def test_a_worker_that_does_not_find_the_function_tells_the_remedy(monkeypatch):
    """As of one defined in a notebook: this process finds it under its name, another one does not."""
    notebook = ModuleType("a_notebook")
    exec("def mine(applications, seats, draw): ...", vars(notebook))
    monkeypatch.setitem(sys.modules, "a_notebook", notebook)
    town = sim.load.scenario(TOWN).with_mechanism("choice", notebook.mine)
    with pytest.raises(ScenarioError) as refused:
        sim.sweep([town], variants="own", draws=2, workers=2)
    assert [fault.code for fault in refused.value.faults] == ["mechanism_stays_here"]


def test_replays_of_one_more_class_play_it_too():
    calls = []

    def counted(applications, seats, draw):
        calls.append(1)
        return in_turn(applications, seats, draw)

    run = sim.run(TOWN, overrides=["one_more_class.replays=3"], mechanisms={"choice": counted})
    assert len(run.more_classes) > 0 and len(calls) == 1 + len(run.more_classes)
