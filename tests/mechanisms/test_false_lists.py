"""Where a false list pays: one worked example for every mechanism and feature that is not strategy-proof."""

from dataclasses import dataclass

import pytest
from claims import profitable_lies
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import pools, world

from simulator.mechanisms import MECHANISMS
from simulator.model import MECHANISM_FEATURES, UNPLACED
from simulator.model.policy import LEAST_COST

NOWHERE = UNPLACED


@dataclass
class Example:
    """A market, what comes of the truth, and what comes of one child's false list.

    Priorities are by child and school; without any the draw alone decides, in the order of the children.
    """

    lists: list
    seats: list
    truth: list
    child: int
    told: list
    false: list
    priority: list | None = None
    order: list | None = None
    unit: list | None = None
    bands: tuple = ()

    def play(self, mechanism, lists):
        ranks = self.priority and [[self.priority[i][s] for s in row] for i, row in enumerate(lists)]
        w = world(lists, self.seats, order=self.order, priority=ranks, unit=self.unit).banded(self.bands)
        return pools(w, w.play(MECHANISMS[mechanism]))

    @property
    def false_lists(self):
        return [self.told if i == self.child else row for i, row in enumerate(self.lists)]


# Child 2 wants 0, then 1, and is refused by both: 0 goes to child 0, and 1 is gone to its first choosers
# when child 2 comes to it. Naming 1 first it is in, for it has priority there.
FINAL = Example(
    lists=[[0, 2, 1], [1, 0, 2], [0, 1, 2]],
    seats=[1, 1, 1],
    priority=[[0, 1, 1], [1, 1, 1], [1, 0, 1]],
    truth=[0, 1, 2],
    child=2,
    told=[1, 0, 2],
    false=[0, 2, 1],
)
# Child 0 is seated at 0 first, but can go to 1 as well, so it makes way for child 1, who can go nowhere
# else. Had it listed 0 alone it would have kept its seat: whoever can be sent elsewhere is.
MADE_WAY = Example(lists=[[0, 1], [0]], seats=[1, 1], truth=[1, 0], child=0, told=[0], false=[0, NOWHERE])
# Three children want 0, then 1; the cost is the place in the list. Child 0 at 0 and child 1 at 1 cost 1. To
# call 1 its first choice makes child 2 cost 0 there, so that it is taken for child 1.
CHEAPER = Example(
    lists=[[0, 1], [0, 1], [0, 1]],
    seats=[1, 1],
    truth=[0, 1, NOWHERE],
    child=2,
    told=[1, 0],
    false=[0, NOWHERE, 1],
)
# Twins of opposite lists: both schools have the sum 3, so the lower number is taken, 0. The second twin lists
# 1 alone, the only school both list then, and has its first choice for both.
ONE_TWIN = Example(
    lists=[[0, 1], [1, 0]],
    seats=[1, 1],
    order=[0, 0],
    unit=[7, 7],
    truth=[0, 0],
    child=1,
    told=[1],
    false=[1, 1],
)
# Twins 0 and 1. Truly told child 2 pushes them out of 0; at 1 they take both seats, child 3 comes from there
# to 0 and pushes child 2 out, who is behind at 1. If child 2 leaves 0 to the twins, who are both in at its
# one seat, 1 has a seat for child 3 and one for child 2.
BOTH_IN = Example(
    lists=[[0, 1], [0, 1], [0, 1], [1, 0]],
    seats=[1, 2],
    priority=[[2, 0], [2, 0], [1, 2], [0, 1]],
    order=[0, 0, 2, 3],
    unit=[7, 7, UNPLACED, UNPLACED],
    truth=[1, 1, NOWHERE, 0],
    child=2,
    told=[1, 0],
    false=[0, 0, 1, 1],
)

PAYS = [
    ("lottery", "alone", FINAL),
    ("immediate_acceptance", "alone", FINAL),
    ("parallel", "alone", FINAL),
    ("by_order", "alone", MADE_WAY),
    *[(name, "alone", example) for name in LEAST_COST for example in (MADE_WAY, CHEAPER)],
    ("serial_dictatorship", "twins", ONE_TWIN),
    ("priority", "twins", BOTH_IN),
    ("deferred_acceptance", "twins", BOTH_IN),
]
"""Mechanism, the feature it needs beside single children, and the example."""


@pytest.mark.parametrize(("name", "feature", "example"), PAYS)
def test_a_false_list_pays(name, feature, example):
    example = Example(**vars(example) | {"bands": (1, 2) if name == "parallel" else ()})
    honest, false = example.play(name, example.lists), example.play(name, example.false_lists)
    assert (honest, false) == (example.truth, example.false)
    value = [*example.lists[example.child], NOWHERE]
    assert value.index(false[example.child]) < value.index(honest[example.child])


def test_every_mechanism_that_is_not_strategy_proof_has_an_example():
    """An example without a feature is one with it too: the same children beside a roof that does not bind, or
    beside twins at a school of theirs."""
    shown = {(name, feature) for name, feature, _ in PAYS}
    for name, row in MECHANISM_FEATURES.items():
        for feature, support in row.items():
            open_ = "strategy_proof" not in support.properties
            assert open_ == bool({(name, feature), (name, "alone")} & shown), (name, feature)


@pytest.mark.parametrize("last_seat", ["both_in", "next"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_dictatorship_with_twins_pays_a_twin_alone_and_nobody_else(last_seat, data):
    """No single child gains, nor a family that files one list: in turn they get the best that is left."""
    row = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True)
    lists = data.draw(st.lists(row, min_size=4, max_size=4))
    lists[1] = lists[0]
    seats = data.draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))
    place = data.draw(st.permutations(range(3)))
    common = {"order": [place[0], *place], "unit": [7, 7, UNPLACED, UNPLACED]}

    def play(mechanism, rows):
        w = world(rows, seats, **common)
        return w, pools(w, w.play(MECHANISMS[mechanism], last_seat=last_seat))

    w, honest = play("serial_dictatorship", lists)

    def mechanism(applications, seats, draw):
        return MECHANISMS["serial_dictatorship"](applications, seats, draw, last_seat=last_seat)

    assert not [lie for lie in profitable_lies(w, mechanism) if lie[0] > 1]
    value = [*lists[0], NOWHERE]
    for told in ([a, b, c][:n] for a in range(3) for b in range(3) for c in range(3) for n in (1, 2, 3)):
        if len(set(told)) == len(told):
            _, got = play("serial_dictatorship", [told, told, *lists[2:]])
            assert got[0] not in value or value.index(got[0]) >= value.index(honest[0])
