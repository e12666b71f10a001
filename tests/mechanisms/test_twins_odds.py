"""What one number for twins does to the odds, exactly: every order of the numbers, once."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from simulator.mechanisms import MECHANISMS
from simulator.model import UNPLACED, Applications, Draw, SeatKind, Seats, Stage


def odds(singles, seats, last_seat):
    """Odds of a single and of the pair in a lottery for one school, over all orders of the numbers."""
    children = singles + 2
    arcs = np.arange(children + 1)
    applications = Applications(
        student=np.arange(children, dtype=np.int32),
        offsets=arcs,
        pool=np.zeros(children, dtype=np.int32),
        priority=np.zeros(children, dtype=np.int64),
        cost=np.zeros(children, dtype=np.int64),
        unit=np.array([UNPLACED] * singles + [0, 0], dtype=np.int32),
        tier=np.zeros(children, dtype=np.int32),
        alike=np.zeros(children, dtype=np.int32),
    )
    school = Seats(*(np.array([value]) for value in (0, Stage.PRIMARY, SeatKind.GENERAL, UNPLACED, seats)))
    won = np.zeros(children, dtype=np.int64)
    orders = list(permutations(range(singles + 1)))
    for order in orders:
        number = np.array([*order[:-1], order[-1], order[-1]], dtype=np.int64)
        place = np.array([np.count_nonzero(number < one) for one in number])
        assignment = MECHANISMS["lottery"](
            applications, school, Draw("d", 1, number, place), last_seat=last_seat
        )
        won += assignment.arc != UNPLACED
    assert len(set(won[:singles].tolist())) == 1 and won[-1] == won[-2]
    return Fraction(int(won[0]), len(orders)), Fraction(int(won[-1]), len(orders))


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_a_pair_is_in_with_one_number_more_or_less_than_a_child_alone(seats):
    """Of k singles and a pair for m seats the pair has m / (k + 1), or (m - 1) / (k + 1) if it must fit."""
    singles = 4
    _, both_in = odds(singles, seats, "both_in")
    _, must_fit = odds(singles, seats, "next")
    assert both_in == Fraction(seats, singles + 1) > Fraction(seats, singles + 2)
    assert must_fit == Fraction(seats - 1, singles + 1) < Fraction(seats, singles + 2)
