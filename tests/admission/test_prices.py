"""Seat prices of a least-cost round: what one more seat saves, in its parts, checked by playing again."""

import numpy as np

from simulator.admission.records import split_journeys
from simulator.model import NO_METRES, SeatKind
from simulator.model.policy import TravelSettings
from tests.admission.small import a_round, block, child, play, school, world


def coordination(schools, children, blocks=None, **policy):
    last = a_round(
        "coordination", mechanism="least_total", coordination=True, reach=["county"], boarding=True
    )
    return play(world(schools, blocks or [block("B")], children, [last], **policy)).rounds[0]


def price_of(record, school_row):
    row = int(np.flatnonzero((record.school == school_row) & (record.kind == SeatKind.GENERAL))[0])
    return tuple(int(getattr(record, name)[row]) for name in PARTS)


PARTS = ("price_children", "price_journeys", "price_metres")


def totals(record):
    return record.admitted, record.metres


def test_with_seats_to_spare_a_price_is_the_metres_one_more_seat_saves():
    children = [child(f"C{i}", "B") for i in range(3)]

    def answer(near):
        return coordination([school("near", at=0.1, seats=near), school("far", at=1, seats=9)], children)

    one, two = answer(1), answer(2)
    assert price_of(one, 0) == (0, 0, one.metres - two.metres)
    assert price_of(one, 1) == (0, 0, 0)
    assert one.metres > two.metres


def test_with_seats_short_a_price_is_a_child_placed_and_its_metres():
    children = [child(f"C{i}", "B") for i in range(4)]

    def answer(near):
        return coordination([school("near", at=0.1, seats=near), school("far", at=1, seats=1)], children)

    one, two = answer(1), answer(2)
    assert two.admitted == one.admitted + 1
    assert price_of(one, 0) == (1, 0, one.metres - two.metres)
    assert price_of(one, 0)[2] < 0


def test_a_full_school_has_a_price_too():
    record = coordination([school("full", at=0.1, seats=0), school("far", at=1, seats=9)], [child("C", "B")])
    assert price_of(record, 0)[2] > 0


def test_metres_stay_apart_from_journeys_spared():
    """A bed spares a junior a daily journey beyond the limit; no phantom metres are added for it."""
    schools = [
        school("day", at=6, kind="junior", seats=9),
        school("boarding", at=9, kind="junior", seats=0, beds=3),
    ]
    children = [child("C", "B", "junior")]
    record = coordination(schools, children)
    boarding = np.flatnonzero(record.kind == SeatKind.BOARDING)
    parts = [int(getattr(record, name)[boarding][0]) for name in PARTS]
    with_seat = coordination([schools[0], schools[1] | {"planned_seats": (0, 1)}], children)
    assert parts == [0, 1, record.metres - with_seat.metres]


def test_split_journeys_inverts_the_sum_for_either_sign():
    for journeys in (-2, 0, 1, 3):
        for metres in (-499, 0, 499):
            rest = np.array([journeys * 1000 + metres])
            assert [int(part[0]) for part in split_journeys(rest, 1000)] == [journeys, metres]
    assert [int(part[0]) for part in split_journeys(np.array([7]), 0)] == [0, 7]


def test_without_distances_prices_in_metres_are_not_invented():
    record = coordination(
        [school("S", seats=1), school("T", seats=5)],
        [child(f"C{i}", "B") for i in range(3)],
        zones={("B", "primary"): ["S", "T"]},
        travel=TravelSettings(method="zone_order"),
    )
    assert record.metres == NO_METRES and not record.measured
    saved = record.price_metres[record.school == 0]
    assert saved.tolist() == [1], "in units of cost: one child one place further forward in its list"
