"""A round may count far metres for more: what its costs are then, and what stays metres."""

import numpy as np
import pytest

from simulator.admission.costs import UNKNOWN_METRES_COST, arc_costs
from simulator.model import NO_METRES, ScenarioError, SeatKind, Stage
from simulator.model.policy import TravelSettings
from tests.admission.small import a_round, block, child, places, play, school, world

LIMITS = TravelSettings(primary_limit_metres=2_000, junior_limit_metres=3_000)


def costs(metres, stage=Stage.PRIMARY, kind=SeatKind.GENERAL, far=False, pools=1, **curve):
    metres = np.array(metres, dtype=np.int32)
    found, daily = arc_costs(
        a_round(mechanism="least_total", **curve),
        LIMITS,
        metres=metres,
        order=np.arange(len(metres), dtype=np.int32),
        stage=np.full(len(metres), stage),
        kind=np.full(len(metres), kind),
        day_seat_far=np.broadcast_to(far, len(metres)),
        pools=pools,
    )
    return found.tolist(), daily


def test_metres_as_they_are_unless_the_round_says_otherwise():
    assert costs([0, 700, 9_000]) == ([0, 700, 9_000], 0)


def test_power_and_penalties_by_the_limit_of_the_stage():
    assert costs([700, 2_000, 3_000], metres_power=2)[0] == [700, 4_000, 9_000]
    assert costs([2_000, 3_000], beyond_limit_penalty_metres=500)[0] == [2_000, 3_500]
    assert costs([2_000, 3_000], Stage.JUNIOR, beyond_limit_penalty_metres=500)[0] == [2_000, 3_000]
    assert costs([2_000, 3_000], beyond_limit_extra_per_metre=2)[0] == [2_000, 5_000]


def test_a_bed_bears_no_penalty_for_the_daily_way():
    settings = {"beyond_limit_penalty_metres": 500, "beyond_limit_extra_per_metre": 2, "metres_power": 2}
    assert costs([4_000], Stage.JUNIOR, SeatKind.BOARDING, **settings)[0] == [16_000]
    assert costs([4_000], Stage.JUNIOR, **settings)[0] == [16_000 + 500 + 2_000]


def test_an_unknown_distance_stays_behind_every_known_one():
    assert costs([NO_METRES, 5, NO_METRES])[0] == [UNKNOWN_METRES_COST, 5, UNKNOWN_METRES_COST + 2]
    found, _ = costs([NO_METRES, 50_000], metres_power=3)
    assert found[0] > found[1] == 125_000_000


def test_a_far_daily_journey_outweighs_all_else():
    found, daily = costs([10, 5_000], far=np.array([False, True]), pools=3, metres_power=2)
    assert daily == 7 * 25_000 + 1 and found == [10, 25_000 + daily]


def line(children, **settings):
    """Two schools, one of them with a single seat, and children along the road."""
    last = a_round("coordination", mechanism="least_total", coordination=True, reach=["county"], **settings)
    return world(
        schools=[school("A", seats=1), school("B", at=4, seats=9)],
        blocks=[block(f"b{at}", at=at) for at in children],
        children=[child(f"c{at}", f"b{at}") for at in children],
        rounds=[last],
    )


def test_a_square_spares_the_child_far_from_everything():
    # To A or B: from -2 it is 2 or 6 km, from 0 it is 0 or 4. In metres it is one whoever gets A; the square
    # of 6 is more than that of 2 and 4 together, so the far child gets it.
    the_world = line([-2, 0], metres_power=2)
    answer = play(the_world)
    assert places(the_world, answer) == {"c-2": "A", "c0": "B"}
    (record,) = answer.rounds
    assert record.metres == answer.metres.sum() == pytest.approx(6_000 * 1.3, rel=0.01)
    assert record.certificate["cost_of_placed"] > 2 * record.metres


def test_prices_are_in_units_of_cost_and_metres_stay_metres():
    the_world = line([-2, 0], metres_power=2)
    (record,) = play(the_world).rounds
    row = int(np.flatnonzero(record.school == 0)[0])
    more = line([-2, 0], metres_power=2)
    seats = more.scenario.schools.planned_seats.copy()
    seats[0, 0] += 1
    object.__setattr__(more.scenario.schools, "planned_seats", seats)
    (better,) = play(more).rounds
    saved = record.certificate["cost_of_placed"] - better.certificate["cost_of_placed"]
    assert (record.price_children[row], record.price_metres[row]) == (0, saved)
    assert saved > record.metres - better.metres


@pytest.mark.parametrize(
    ("mechanism", "got"),
    [
        ("least_total", {"beside": "A", "first": "C"}),
        ("least_total_by_tier", {"beside": "B", "first": "A"}),
        ("least_greatest", {"beside": "B", "first": "A"}),
    ],
)
def test_each_aim_in_a_round_of_its_own(mechanism, got):
    """One child lives beside A; the other, of the first tier, 6 km from A and 10 km from C.

    In sum 10.1 km are the fewest; with A for the other child both go 6 km, and nobody 10.
    """
    last = a_round(
        "coordination",
        mechanism=mechanism,
        coordination=True,
        reach=["county"],
        tiers=[["household"], []],
        rank=["tier"],
    )
    the_world = world(
        schools=[school("A", at=0, seats=1), school("B", at=6.1, seats=1), school("C", at=-16, seats=1)],
        blocks=[block("beside", at=0.1), block("first", at=-6)],
        children=[child("beside", "beside"), child("first", "first", household=True)],
        rounds=[last],
    )
    assert places(the_world, play(the_world)) == got


def test_a_curve_too_steep_is_refused_with_the_remedy():
    last = a_round(
        "coordination",
        mechanism="least_total",
        coordination=True,
        reach=["county"],
        boarding=True,
        metres_power=3,
    )
    far = world(
        schools=[school(f"S{i}", at=i * 300, kind="junior", seats=1, beds=1) for i in range(8)],
        blocks=[block("b")],
        children=[child("c", "b", "junior")],
        rounds=[last],
    )
    with pytest.raises(ScenarioError) as refused:
        play(far)
    (fault,) = refused.value.faults
    assert (fault.code, fault.column) == ("costs_too_great", "rounds.coordination.metres_power")
