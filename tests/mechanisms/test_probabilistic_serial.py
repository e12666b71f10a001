"""Probabilistic serial equals simultaneous eating, and a sample has exactly its odds."""

import itertools
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_mechanisms import eating
from round_worlds import world
from small_markets import markets, random_market

from simulator.mechanisms import decomposition
from simulator.mechanisms.probabilistic_serial import odds
from simulator.model import UNPLACED, UnsupportedFeature


def odds_of(m):
    w = m.round()
    return odds(w.applications, w.seats)


def by_school(m, found):
    return [
        {s: found.exact(found.offsets[i] + k) for k, s in enumerate(row) if found.exact(found.offsets[i] + k)}
        for i, row in enumerate(m.lists)
    ]


@settings(max_examples=200, deadline=None)
@given(m=markets())
def test_equals_simultaneous_eating(m):
    assert by_school(m, odds_of(m)) == eating(m.lists, m.room)


@settings(max_examples=150, deadline=None)
@given(m=markets())
def test_nobody_envies_the_odds_of_another_and_nothing_wanted_is_left(m):
    """Whatever child's odds are compared: own odds of the first k choices are at least the other's."""
    found = by_school(m, odds_of(m))
    for (i, row), other in itertools.product(enumerate(m.lists), range(len(m.lists))):
        for k in range(1, len(row) + 1):
            assert sum(found[i].get(s, 0) for s in row[:k]) >= sum(found[other].get(s, 0) for s in row[:k])
    for school, seats in enumerate(m.seats):
        eaten = sum(row.get(school, 0) for row in found)
        assert eaten <= seats
        for i, row in enumerate(m.lists):
            if eaten < seats and school in row:
                assert sum(found[i].get(s, 0) for s in row[: row.index(school) + 1]) == 1


def test_the_example_of_the_paper():
    """Bogomolnaia and Moulin (2001): 1 and 2 like a, b, c, d; 3 and 4 like b, a, d, c."""
    a, b, c, d = range(4)
    lists = [[a, b, c, d], [a, b, c, d], [b, a, d, c], [b, a, d, c]]
    w = world(lists, [1, 1, 1, 1])
    found = odds(w.applications, w.seats)
    half = Fraction(1, 2)
    assert [found.exact(arc) for arc in range(16)] == [half, 0, half, 0] * 4


def test_odds_as_numbers():
    w = world([[0], [0], [0]], [2])
    found = odds(w.applications, w.seats)
    assert found.probability == pytest.approx([2 / 3] * 3)
    assert found.unplaced == pytest.approx([1 / 3] * 3)


def test_thousands_are_exact():
    m = random_market(np.random.default_rng(2), 3_000, 40, 6)
    found = odds_of(m)
    eaten = [Fraction(0)] * 40
    for arc in range(len(found.pool)):
        eaten[found.pool[arc]] += found.exact(arc)
    assert all(total <= seats for total, seats in zip(eaten, m.seats, strict=True))
    assert np.all(found.unplaced <= 1) and len(found.times) <= 42


@settings(max_examples=100, deadline=None)
@given(m=markets(), seed=st.integers(0, 2**32))
def test_a_sample_is_a_seating_that_fills_what_the_odds_fill(m, seed):
    found = odds_of(m)
    got = decomposition.sample(found, np.random.default_rng(seed))
    taken = Counter(found.pool[got[got != UNPLACED]].tolist())
    for child, arc in enumerate(got.tolist()):
        row = range(found.offsets[child], found.offsets[child + 1])
        assert arc == UNPLACED or (arc in row and found.exact(arc) > 0)
        if sum(found.exact(x) for x in row) == 1:
            assert arc != UNPLACED
    for school in range(len(m.seats)):
        arcs = np.flatnonzero(found.pool == school)
        total = sum((found.exact(x) for x in arcs), Fraction(0))
        assert total.__floor__() <= taken[school] <= total.__ceil__() <= m.seats[school]


class Coins:
    """All outcomes of the coins of one sample, with their exact probability."""

    def __init__(self, monkeypatch):
        self.script, self.asked, self.weight = [], 0, Fraction(1)
        monkeypatch.setattr(decomposition, "_coin", self.coin)

    def coin(self, probability, _):
        if self.asked == len(self.script):
            self.script.append(True)
        heads = self.script[self.asked]
        self.asked += 1
        self.weight *= probability if heads else 1 - probability
        return heads

    def outcomes(self, found):
        while True:
            self.asked, self.weight = 0, Fraction(1)
            yield decomposition.sample(found, None), self.weight
            while self.script and not self.script[-1]:
                self.script.pop()
            if not self.script:
                return
            self.script[-1] = False


@settings(max_examples=60, deadline=None)
@given(m=markets(children=4, schools=3))
def test_the_expectation_of_samples_is_exact(m):
    with pytest.MonkeyPatch.context() as patch:
        found, mean = odds_of(m), Counter()
        for got, weight in Coins(patch).outcomes(found):
            for arc in got[got != UNPLACED].tolist():
                mean[arc] += weight
    assert all(mean[arc] == found.exact(arc) for arc in range(len(found.pool)))


def test_the_coin_is_fair_and_the_same_generator_gives_the_same_sample():
    rng = np.random.default_rng(8)
    heads = sum(decomposition._coin(Fraction(2, 7), rng) for _ in range(20_000))
    assert abs(heads - 20_000 * 2 / 7) < 300
    m = random_market(np.random.default_rng(4), 200, 10, 5)
    first, second = (decomposition.sample(odds_of(m), np.random.default_rng(1)) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_twins_and_shared_room_are_refused_by_name():
    twins = world([[0], [0]], [1], order=[0, 0], unit=[1, 1])
    with pytest.raises(UnsupportedFeature, match="twins"):
        odds(twins.applications, twins.seats)
    roof = world([[1], [2]], [1, 1, 1], [-1, 0, 0])
    with pytest.raises(UnsupportedFeature, match="shared_room"):
        odds(roof.applications, roof.seats)
