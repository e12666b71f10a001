"""Every mechanism equals a plain-Python one written from its definition, in numpy and compiled alike."""

import numpy as np
import plain_mechanisms as plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import pools, worlds
from small_markets import markets, random_market

from simulator.mechanisms import MECHANISMS, market, proposals, serial_dictatorship, top_trading_cycles

REFERENCES = {
    "priority": lambda m: plain.deferred(m.lists, m.room, m.rank),
    "deferred_acceptance": lambda m: plain.deferred(m.lists, m.room, m.rank),
    "lottery": lambda m: plain.boston(m.lists, m.room, m.rank),
    "immediate_acceptance": lambda m: plain.boston(m.lists, m.room, m.rank),
    "parallel": lambda m: plain.parallel(m.lists, m.room, m.rank, m.bands),
    "serial_dictatorship": lambda m: plain.dictatorship(m.lists, m.room, m.turns),
    "top_trading_cycles": lambda m: plain.trading(m.lists, m.room, m.rank),
}
EACH = pytest.mark.parametrize("name", REFERENCES)


@pytest.fixture
def compiled_from_the_first_arc(monkeypatch):
    for module in (proposals, serial_dictatorship, top_trading_cycles):
        monkeypatch.setattr(module, "LARGE", 0)


@EACH
@settings(max_examples=150, deadline=None)
@given(m=markets(), bands=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple))
def test_equals_its_definition(name, m, bands):
    m.bands = bands if name == "parallel" else ()
    assert m.play(name) == REFERENCES[name](m)


@EACH
def test_the_compiled_way_equals_the_definition(name, compiled_from_the_first_arc):
    rng = np.random.default_rng(11)
    for size in [1, 2, 5, 30, 30, 80, 80, 200, 200]:
        for ties in (1, 3, 10**6):
            m = random_market(rng, size, max(1, size // 8), 6, ties=ties)
            m.bands = tuple(rng.integers(1, 4, rng.integers(1, 4)).tolist()) if name == "parallel" else ()
            assert m.play(name) == REFERENCES[name](m)


@EACH
@pytest.mark.parametrize("seed", range(3))
def test_compiled_and_numpy_agree_on_thousands(name, seed, monkeypatch):
    m = random_market(np.random.default_rng(seed), 4_000, 60, 8)
    m.bands = (2, 1, 3) if name == "parallel" else ()
    w = m.round()
    first = w.play(MECHANISMS[name]).arc
    for module in (proposals, serial_dictatorship, top_trading_cycles):
        monkeypatch.setattr(module, "LARGE", 0)
    assert w.play(MECHANISMS[name]).arc.tolist() == first.tolist()


@EACH
def test_trees_and_twins_are_the_same_in_a_large_round(name, compiled_from_the_first_arc, monkeypatch):
    """Rounds that are no plain market take the general way, however large; those that are agree with it."""
    twins = name != "top_trading_cycles"

    @settings(max_examples=60, deadline=None)
    @given(w=worlds(twins=twins))
    def agrees(w):
        large = w.play(MECHANISMS[name])
        with monkeypatch.context() as patch:
            for module in (proposals, serial_dictatorship, top_trading_cycles):
                patch.setattr(module, "LARGE", 10**9)
            small = w.play(MECHANISMS[name])
        assert large.arc.tolist() == small.arc.tolist()
        assert large.over.tolist() == small.over.tolist()

    agrees()


def test_priorities_that_do_not_fit_a_key_are_ranked(compiled_from_the_first_arc):
    m = random_market(np.random.default_rng(5), 60, 6, 4)
    huge = [[(-1) ** s * (2**61) + p for s, p in enumerate(row)] for row in m.priority]
    m.priority = huge
    assert market.Market.of(*_round(m)).priority.max() < 400
    for name in ("deferred_acceptance", "immediate_acceptance", "top_trading_cycles"):
        assert m.play(name) == REFERENCES[name](m)


def _round(m):
    w = m.round()
    return w.applications, w.seats, w.draw


def _alone(w, name):
    answer = w.play(MECHANISMS[name])
    return pools(w, answer)


@settings(max_examples=100, deadline=None)
@given(w=worlds(twins=False, tiers=False))
def test_one_band_is_deferred_and_bands_of_one_are_immediate(w):
    assert _alone(w.banded((9,)), "parallel") == _alone(w, "deferred_acceptance")
    assert _alone(w.banded(()), "parallel") == _alone(w, "deferred_acceptance")
    assert _alone(w.banded((1,)), "parallel") == _alone(w, "immediate_acceptance")


@settings(max_examples=100, deadline=None)
@given(m=markets())
def test_the_lottery_is_immediate_and_zoned_priority_is_deferred_acceptance(m):
    assert m.play("lottery") == m.play("immediate_acceptance")
    assert m.play("priority") == m.play("deferred_acceptance")
