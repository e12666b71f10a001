"""Exact odds: equal to plain enumeration, even where they should be, biased where that is known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from bundles import METHODS
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.lottery.odds import BALLS, odds, start_odds
from simulator.lottery.procedures import interval_order, stride_of, stride_order


def drawn_by_hand(applicants, balls):
    """Odds of every start by walking through every ball that may come, place by place."""
    digits = len(str(applicants))
    numbers = {f"{start:0{digits}d}" for start in range(1, applicants + 1)}
    result = dict.fromkeys(range(1, applicants + 1), Fraction(0))

    def fits(known):
        ends = str.endswith if balls == "ones_first" else str.startswith
        return any(ends(number, known) for number in numbers)

    def go_on(known, share):
        if len(known) == digits:
            result[int(known)] += share
            return
        nexts = [ball + known if balls == "ones_first" else known + ball for ball in "0123456789"]
        nexts = [one for one in nexts if fits(one)]
        for one in nexts:
            go_on(one, share / len(nexts))

    if balls == "modulo":
        for value in range(10**digits):
            result[value % applicants or applicants] += Fraction(1, 10**digits)
    elif balls == "whole":
        result = dict.fromkeys(result, Fraction(1, applicants))
    else:
        go_on("", Fraction(1))
    return list(result.values())


@pytest.mark.parametrize("balls", BALLS)
@pytest.mark.parametrize("applicants", [1, 2, 9, 10, 11, 23, 99, 100, 101, 137])
def test_the_odds_of_every_start(applicants, balls):
    shares = start_odds(applicants, balls)
    assert shares == drawn_by_hand(applicants, balls)
    assert sum(shares) == 1


@pytest.mark.parametrize("balls", BALLS)
@pytest.mark.parametrize("method", ["interval", "stride"])
@pytest.mark.parametrize(("applicants", "seats"), [(1, 1), (5, 2), (12, 8), (23, 7), (101, 30)])
def test_odds_are_those_of_plain_enumeration(method, applicants, seats, balls):
    found = odds(method, applicants, seats, balls=balls)
    shares = [Fraction(0)] * applicants
    both = Fraction(0)
    for start, share in enumerate(start_odds(applicants, balls), 1):
        if method == "interval":
            cases = [interval_order(applicants, start, step, seats) for step in range(1, applicants + 1)]
        else:
            cases = [stride_order(applicants, start, stride_of(applicants, seats))[:seats]]
        for drawn in cases:
            admitted = set(drawn.tolist())
            for at in admitted:
                shares[at] += share / len(cases)
            pairs = sum(at in admitted and (at + 1) % applicants in admitted for at in range(applicants))
            both += share / len(cases) * Fraction(pairs if applicants > 1 else 0, applicants)
    assert [found.of(position) for position in range(1, applicants + 1)] == shares
    assert found.neighbours == both


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15, deadline=None)
@given(st.integers(1, 60), st.integers(0, 70))
def test_a_start_with_equal_odds_gives_everybody_the_same(method, applicants, seats):
    found = odds(method, applicants, seats)
    assert {found.of(position) for position in range(1, applicants + 1)} == {found.even}
    assert found.even == Fraction(min(seats, applicants), applicants)
    assert list(found.ranges()) == [(1, applicants, found.even)]


@pytest.mark.parametrize("balls", ["ones_first", "highest_first", "modulo"])
def test_the_known_bias_of_drawing_digit_by_digit(balls):
    """1,003 applicants: a highest digit 1 leaves but four numbers, 225 times as likely as number 1."""
    shares = start_odds(1003, balls)
    if balls == "highest_first":
        assert shares[1000] == Fraction(1, 8) and shares[0] == Fraction(1, 1800)
    if balls == "ones_first":  # 1 comes after 001 with either 0 or 1 in front: half as likely as 4
        assert (
            shares[0] == Fraction(1, 2000)
            and shares[3] == Fraction(1, 1000)
            and shares[1002] == Fraction(1, 2000)
        )
        assert shares[999] == Fraction(1, 1000)  # 000 leaves a single ball, 1
    if balls == "modulo":
        assert shares[0] == shares[1002] == Fraction(10, 10_000) and shares[972] == Fraction(9, 10_000)
    found = odds("stride", 1003, 300, balls=balls)
    values = [found.of(position) for position in range(1, 1004)]
    assert sum(values) == 300 and min(values) < found.even < max(values)
    assert odds("stride", 1000, 300, balls="highest_first").of(1) != found.even


def test_who_gets_in_with_whom():
    """By stride two neighbours never get in together; by drawn numbers as often as any two."""
    assert odds("stride", 100, 25).neighbours == 0
    assert odds("stride", 100, 25).outcomes == 100
    free = odds("keyed", 100, 25)
    assert free.neighbours == free.independent == Fraction(25 * 24, 100 * 99) and free.outcomes is None


def test_ranges_cover_every_position_once():
    found = odds("stride", 137, 40, balls="ones_first")
    told = [share for first, last, share in found.ranges() for _ in range(first, last + 1)]
    assert told == [found.of(position) for position in range(1, 138)]


@pytest.mark.parametrize(
    ("method", "applicants", "seats", "balls"),
    [("dice", 5, 1, "whole"), ("keyed", 0, 1, "whole"), ("keyed", 5, -1, "whole"), ("stride", 5, 1, "urn")],
)
def test_what_cannot_be_drawn_is_refused(method, applicants, seats, balls):
    with pytest.raises(ValueError, match="cannot draw"):
        odds(method, applicants, seats, balls=balls)
