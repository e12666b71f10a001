"""Deferred acceptance equals two independent libraries, each on 1,000 random games."""

import numpy as np
import pytest
from small_markets import random_market

GAMES = 1_000


def games(seed):
    """Small games with incomplete lists; schools nobody lists and schools without seats are left out, for the
    libraries do not take them."""
    rng = np.random.default_rng(seed)
    for _ in range(GAMES):
        children, schools = int(rng.integers(1, 13)), int(rng.integers(1, 6))
        m = random_market(rng, children, schools, 4, seats=rng.integers(1, 4, schools), ties=4)
        m.lists = [row or [int(rng.integers(schools))] for row in m.lists]
        yield m


def as_dictionaries(m):
    lists = {i + 1: [s + 1 for s in row] for i, row in enumerate(m.lists)}
    ranks = {
        s + 1: sorted((i for i in lists if s + 1 in lists[i]), key=lambda i, s=s: m.rank(i - 1, s))
        for s in range(len(m.seats))
    }
    ranks = {s: row for s, row in ranks.items() if row}
    return lists, ranks, {s: m.seats[s - 1] for s in ranks}


def test_equals_matching():
    games_of = pytest.importorskip("matching.games", reason="matching is not installed (extra: peers)")
    for m in games(1):
        lists, ranks, seats = as_dictionaries(m)
        solved = games_of.HospitalResident.create_from_dictionaries(lists, ranks, seats).solve()
        theirs = {child.name: school.name for school, got in solved.items() for child in got}
        assert m.play("deferred_acceptance") == [theirs[i] - 1 if i in theirs else None for i in lists]


def test_equals_algmatch():
    algmatch = pytest.importorskip("algmatch", reason="algmatch is not installed (extra: peers)")
    for m in games(2):
        lists, ranks, seats = as_dictionaries(m)
        hospitals = {s: {"capacity": seats[s], "preferences": ranks[s]} for s in ranks}
        game = algmatch.HospitalResidentsProblem(dictionary={"residents": lists, "hospitals": hospitals})
        solved = game.get_stable_matching()["resident_sided"]
        theirs = {int(c[1:]): int(s[1:]) for c, s in solved.items() if s}
        assert m.play("deferred_acceptance") == [theirs[i] - 1 if i in theirs else None for i in lists]
