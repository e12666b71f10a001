"""One lottery for all schools against one for each: exact rank distributions of small markets.

Ashlagi, Nikzad and Romm, "Assigning more students to their top choices: A comparison of tie-breaking rules",
Games and Economic Behavior 115 (2019); Abdulkadiroglu, Pathak and Roth, American Economic Review 99 (2009);
Ashlagi and Nikzad, "What matters in school choice tie-breaking?", Journal of Economic Theory 190 (2020).

A seat in each school; lists of all schools and all draws equally likely. The fractions below are from
enumeration; those under one lottery also from the closed form of a serial dictatorship.
"""

from fractions import Fraction
from itertools import permutations, product
from math import comb, sqrt

import numpy as np
import pytest

from simulator.mechanisms import MECHANISMS, choices_given, plain_market

EXACT = {
    # (children, seats): share of the children by choice, 0 for none, under one lottery and under own ones
    (2, 2): (["0", "3/4", "1/4"], ["0", "3/4", "1/4"]),
    (3, 2): (["1/3", "1/2", "1/6"], ["1/3", "5/12", "1/4"]),
    (2, 3): (["0", "5/6", "1/6", "0"], ["0", "5/6", "1/6", "0"]),
    (3, 3): (["0", "2/3", "2/9", "1/9"], ["0", "23/36", "19/72", "7/72"]),
    (4, 3): (["1/4", "1/2", "1/6", "1/12"], ["1/4", "35/96", "203/864", "65/432"]),
    (3, 4): (["0", "3/4", "7/36", "1/18", "0"], ["0", "53/72", "47/216", "5/108", "0"]),
}


def fractions(texts):
    return [Fraction(text) for text in texts]


def closed_form(children, seats):
    within = [1 - Fraction(comb(children, r + 1), children * comb(seats, r)) for r in range(seats + 1)]
    return [1 - within[-1], *(within[r] - within[r - 1] for r in range(1, seats + 1))]


def proposals(lists, ranks):
    """Deferred acceptance, one proposal at a time, in plain Python: the choice each child got, from 1."""
    held, at, waiting = {}, [0] * len(lists), list(range(len(lists)))
    while waiting:
        child = waiting.pop()
        if at[child] == len(lists[child]):
            continue
        school = lists[child][at[child]]
        at[child] += 1
        rival = held.get(school)
        if rival is None or ranks[school][child] < ranks[school][rival]:
            held[school] = child
            waiting += [] if rival is None else [rival]
        else:
            waiting.append(child)
    inside = set(held.values())
    return [at[child] if child in inside else 0 for child in range(len(lists))]


def every_draw(children, seats, own):
    """All lists and draws; the first child's list may be fixed, for schools are alike."""
    orders = list(permutations(range(seats)))
    draws = list(permutations(range(children)))
    for rest in product(orders, repeat=children - 1):
        for drawn in product(draws, repeat=seats if own else 1):
            yield [orders[0], *rest], [drawn[s if own else 0] for s in range(seats)]


@pytest.mark.parametrize("market", EXACT)
def test_one_lottery_is_the_closed_form(market):
    assert fractions(EXACT[market][0]) == closed_form(*market)


@pytest.mark.parametrize("own", [False, True], ids=["one", "own"])
@pytest.mark.parametrize("market", [(2, 2), (3, 2), (2, 3), (3, 3)])
def test_enumeration_gives_these_fractions(market, own):
    children, seats = market
    counts = np.zeros(seats + 1, dtype=int)
    for lists, ranks in every_draw(children, seats, own):
        counts += np.bincount(proposals(lists, ranks), minlength=seats + 1)
    assert [Fraction(int(n), int(counts.sum())) for n in counts] == fractions(EXACT[market][own])


@pytest.mark.parametrize("own", [False, True], ids=["one", "own"])
@pytest.mark.parametrize("market", [(3, 2), (2, 3)])
def test_our_deferred_acceptance_gives_them_over_every_draw(market, own):
    children, seats = market
    counts = np.zeros(seats + 1, dtype=int)
    for lists, ranks in every_draw(children, seats, own):
        beside = [[ranks[s][child] for s in listed] for child, listed in enumerate(lists)]
        round = plain_market(lists, [1] * seats, priority=beside)
        answer = MECHANISMS["deferred_acceptance"](*round)
        counts += np.bincount(choices_given(round.applications, answer), minlength=seats + 1)
    assert [Fraction(int(n), int(counts.sum())) for n in counts] == fractions(EXACT[market][own])


@pytest.mark.parametrize("own", [False, True], ids=["one", "own"])
@pytest.mark.parametrize("market", EXACT)
def test_simulated_means_lie_within_their_error(market, own):
    """Four standard errors over 3,000 markets, all of them parts of one large round."""
    (children, seats), markets = market, 3000
    rng = np.random.default_rng(children * 10 + seats)
    lists = np.argsort(rng.random((markets * children, seats)), axis=1)
    lists += np.repeat(np.arange(markets), children)[:, None] * seats
    ranks = rng.permutation(lists.size).reshape(lists.shape) if own else None
    round = plain_market(
        lists, np.ones(markets * seats), priority=ranks, order=rng.permutation(markets * children)
    )
    answer = MECHANISMS["deferred_acceptance"](*round)
    got = choices_given(round.applications, answer).reshape(markets, children)
    for choice, exact in enumerate(fractions(EXACT[market][own])):
        each = (got == choice).mean(axis=1)
        assert abs(each.mean() - float(exact)) <= 4 * each.std(ddof=1) / sqrt(markets)


def test_a_shortage_and_a_surplus_differ_as_published():
    """Short by one, one lottery is ahead at every choice; with one to spare the two cross at the tail."""
    one, own = (np.cumsum(fractions(texts)[1:]) for texts in EXACT[4, 3])
    assert all(a >= b for a, b in zip(one[:-1], own[:-1], strict=True)) and one[-1] == own[-1]
    one, own = (np.cumsum(fractions(texts)[1:]) for texts in EXACT[3, 4])
    assert one[0] > own[0] and one[1] < own[1]
