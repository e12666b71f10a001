"""Over trees of seats and with twins every mechanism equals a plain one written from its definition."""

import plain_trees as plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import pools, world, worlds

from simulator.mechanisms import MECHANISMS, proposals, serial_dictatorship, top_trading_cycles
from simulator.model import MECHANISM_FEATURES, UNPLACED

BANDS = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple)
LAST_SEAT = pytest.mark.parametrize("last_seat", ["both_in", "next"])
REFERENCES = {
    "priority": lambda m, bands, last: plain.parallel(m, (), last),
    "deferred_acceptance": lambda m, bands, last: plain.parallel(m, (), last),
    "lottery": lambda m, bands, last: plain.parallel(m, (1,), last),
    "immediate_acceptance": lambda m, bands, last: plain.parallel(m, (1,), last),
    "parallel": plain.parallel,
    "serial_dictatorship": lambda m, bands, last: plain.dictatorship(m, last),
    "top_trading_cycles": lambda m, bands, last: plain.trading(m),
}


def rounds(name, **more):
    """Trees of all shapes, most with a roof; twins and draws of the schools' own where they are taken."""
    twins = "twins" in MECHANISM_FEATURES[name]
    own = "own_draws" in MECHANISM_FEATURES[name]
    kinds = [worlds(twins=twins, **more), worlds(twins="some" if twins else False, shared=True, **more)]
    return st.one_of(*kinds, *([worlds(twins=twins, shared=True, own=True, **more)] if own else []))


@pytest.fixture(params=["small rounds", "large rounds"])
def way(request, monkeypatch):
    """Rounds played as small ones, and as large ones, compiled where there is such a way."""
    if request.param == "large rounds":
        for module in (proposals, serial_dictatorship, top_trading_cycles):
            monkeypatch.setattr(module, "LARGE", 0)


@LAST_SEAT
@pytest.mark.parametrize("name", REFERENCES)
def test_equals_its_definition(name, last_seat, way):
    @settings(max_examples=150, deadline=None)
    @given(w=rounds(name), bands=BANDS)
    def equals(w, bands):
        w = w.banded(bands if name == "parallel" else ())
        market = plain.Market.of(w)
        expected = market.answer(w, REFERENCES[name](market, bands, last_seat))
        assert pools(w, w.play(MECHANISMS[name], last_seat=last_seat)) == expected

    equals()


@st.composite
def crowded(draw):
    """Twins or triplets come last, to schools full of children of whom some could go elsewhere."""
    alone, together = draw(st.integers(2, 4)), draw(st.integers(2, 3))
    row = st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=3, unique=True)
    lists = [draw(row) for _ in range(alone)] + [draw(row)] * together
    return world(
        lists,
        [draw(st.integers(3, 6)), *(draw(st.integers(0, 3)) for _ in range(3))],
        [UNPLACED, 0, 0, draw(st.sampled_from([0, UNPLACED]))],
        order=[*range(alone), *[alone] * together],
        cost=[[draw(st.integers(0, 2)) for _ in row] for row in lists[: alone + 1]]
        + [[0] * len(lists[-1])] * (together - 1),
        unit=[UNPLACED] * alone + [7] * together,
    )


@LAST_SEAT
@settings(max_examples=300, deadline=None)
@given(w=rounds("by_order", most=6, most_nodes=5) | crowded())
def test_by_order_is_one_of_the_outcomes_its_definition_leaves_open(last_seat, w):
    market = plain.Market.of(w)
    outcomes = [market.answer(w, got) for got in plain.by_order(market, last_seat)]
    assert pools(w, w.play(MECHANISMS["by_order"], last_seat=last_seat)) in outcomes


def test_the_definition_of_by_order_leaves_little_open():
    """One way with the fewest moves is one outcome; two are two."""
    lists = [[0, 3], [1, 2], [2, 4], [1, 0]]
    few = plain.Market.of(world(lists, [1, 1, 1, 1, 1], cost=[[1, 9], [1, 2], [1, 2], [1, 2]]))
    assert plain.by_order(few, "both_in") == {(3, 1, 2, 0)}
    either = plain.Market.of(world([[0, 1], [0, 1], [0]], [2, 1]))
    assert plain.by_order(either, "both_in") == {(1, 0, 0), (0, 1, 0)}
    twins = world([[0, 1], [0, 1], [0], [0]], [2, 1], order=[0, 1, 2, 2], unit=[UNPLACED] * 2 + [4, 4])
    assert plain.by_order(plain.Market.of(twins), "next") == {(0, 0, None)}
    assert plain.by_order(plain.Market.of(twins), "both_in") == {(1, 0, 0), (0, 1, 0)}


def test_twins_pass_over_the_nearer_school_where_way_is_made_for_one_of_them_only():
    """One child of school 0 can go to 2, both of school 1; the twins come last and like 0 better."""
    lists = [[0, 2], [0], [1, 2], [1, 2], [0, 1], [0, 1]]
    w = world(lists, [2, 2, 2], order=[0, 1, 2, 3, 4, 4], unit=[UNPLACED] * 4 + [7, 7])
    for last_seat in ("both_in", "next"):
        assert plain.by_order(plain.Market.of(w), last_seat) == {(0, 0, 2, 2, 1)}
        assert pools(w, w.play(MECHANISMS["by_order"], last_seat=last_seat)) == [0, 0, 2, 2, 1, 1]
