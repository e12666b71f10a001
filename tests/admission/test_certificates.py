"""Every least-cost step of a year is proved, refills included; a wrong answer of an engine stops the run."""

from types import SimpleNamespace

import numpy as np
import pytest

from simulator import transport
from simulator.admission.memory import Memory
from simulator.model.policy import TravelSettings
from simulator.transport import ortools_engine
from tests.admission.small import a_round, block, child, places, play, school, world

MOVING = {"mechanism": "lottery", "ownership": ["private"], "reach": ["choices"], "applied": True}


def near_then_private(**policy):
    """Two seats, three children near by; then one of the seated goes to a private school and one moves up."""
    return world(
        schools=[
            school("A", seats=2),
            school("B", at=50, seats=9, county="far"),
            school("P", seats=1, ownership="private", county="county"),
        ],
        blocks=[block("b", at=1)],
        children=[child(name, "b", household=name != "z") for name in "xyz"],
        rounds=[
            a_round("near", mechanism="least_total", reach=["county"], tiers=[["household"]], rank=["tier"]),
            a_round("private", may_move=True, **MOVING),
        ],
        wishes=[("x", "private", 1, "P")],
        **policy,
    )


def test_a_refill_of_a_least_cost_round_holds_its_own_proof():
    answer = play(near_then_private())
    assert places(near_then_private(), answer) == {"x": "P", "y": "A", "z": "A"}
    near, private = answer.rounds
    assert (near.certificate["optimal"], near.certificate["unplaced"]) == (True, 1)
    (refill,) = near.refills
    assert (refill.after, refill.waiting, refill.admitted) == (private.round, 1, 1)
    assert (refill.certificate["optimal"], refill.certificate["placed"]) == (True, 1)
    assert not private.refills and not private.certificate


def test_nobody_waiting_nothing_refilled():
    the_world = world(
        schools=[school("A", seats=2), school("P", seats=1, ownership="private")],
        blocks=[block("b")],
        children=[child("x", "b")],
        rounds=[a_round(mechanism="least_total", rank=["draw"]), a_round("private", may_move=True, **MOVING)],
        zones={("b", "primary"): ["A"]},
        wishes=[("x", "private", 1, "P")],
    )
    assert not play(the_world).rounds[0].refills


@pytest.mark.parametrize("call", [1, 2], ids=["the round", "its refill"])
def test_a_wrong_answer_is_an_error_not_a_warning(monkeypatch, call):
    """An engine that leaves somebody out although there is a seat."""
    calls = []

    def wrong(problem, warm_start):
        calls.append(problem)
        flow = ortools_engine.solve(problem, warm_start)
        if len(calls) == call:
            flow = flow.copy()
            flow[np.flatnonzero(flow)[0]] -= 1
        return flow

    monkeypatch.setattr(transport, "import_module", faked(transport.import_module, wrong))
    with pytest.raises(transport.CertificateError):
        play(near_then_private())
    assert len(calls) == call


def faked(import_module, solve):
    """``import_module`` by which every engine is ``solve``."""

    def imported(name):
        return SimpleNamespace(solve=solve) if name in transport.ENGINES.values() else import_module(name)

    return imported


def test_a_memory_never_answers_for_the_core(monkeypatch):
    """Replayed, a least-cost round is solved and proved again."""
    from simulator import admission
    from tests.admission.test_memory import ready

    the_world = near_then_private()
    year, memory, solved = ready(the_world), Memory(), []
    wrapped = faked(
        transport.import_module,
        lambda problem, warm_start: solved.append(1) or ortools_engine.solve(problem, warm_start),
    )
    monkeypatch.setattr(transport, "import_module", wrapped)
    for _ in range(2):
        admission.play(the_world.scenario, *year, memory=memory)
    assert len(solved) == 4


def test_coordination_is_solved_over_every_school_in_reach_not_the_nearest_alone():
    the_world = world(
        schools=[school(f"S{i}", at=i, seats=int(i == 5)) for i in range(6)],
        blocks=[block("b")],
        children=[child("x", "b")],
        rounds=[a_round(mechanism="least_total", coordination=True, reach=["county"], rank=["draw"])],
        travel=TravelSettings(nearest=1),
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"x": "S5"}
    facts = answer.rounds[0].certificate
    assert (facts["candidates"], facts["arcs_checked"]) == ("all", 6)
