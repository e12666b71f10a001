"""Markets from plain lists: the rounds made by hand, faults refused, envy as the slow way finds it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from round_worlds import pools
from small_markets import markets

from simulator.mechanisms import (
    MECHANISMS,
    choices_given,
    justified_envy,
    plain_market,
    schools_given,
)
from simulator.model import UNPLACED

ALONE = [name for name in MECHANISMS if name != "parallel"]


def built(market):
    ranks = [[market.priority[i][s] for s in row] for i, row in enumerate(market.lists)]
    return plain_market(market.lists, market.seats, priority=ranks, order=market.order)


@given(markets(), st.sampled_from(ALONE))
def test_it_is_the_round_made_by_hand(market, name):
    made = built(market)
    answer = MECHANISMS[name](*made)
    hand = market.round()
    # Everybody apart, as from lists: least-cost rounds would serve those labelled alike as one.
    labels = np.arange(len(hand.applications), dtype=np.int32)
    hand.applications = replace(hand.applications, alike=labels)
    by_hand = pools(hand, hand.play(MECHANISMS[name]))
    assert schools_given(made.applications, made.seats, answer).tolist() == by_hand
    for child, (choice, school) in enumerate(
        zip(choices_given(made.applications, answer).tolist(), by_hand, strict=True)
    ):
        assert choice == (0 if school == UNPLACED else market.lists[child].index(school) + 1)


@given(markets(), st.sampled_from(ALONE))
def test_envy_is_what_comparing_all_pairs_finds(market, name):
    made = built(market)
    answer = MECHANISMS[name](*made)
    got = schools_given(made.applications, made.seats, answer).tolist()
    expected = []
    for child, listed in enumerate(market.lists):
        better = listed[: listed.index(got[child])] if got[child] != UNPLACED else listed
        expected.append(
            any(
                got[other] == school and market.rank(child, school) < market.rank(other, school)
                for school in better
                for other in range(len(market.lists))
            )
        )
    assert justified_envy(made.applications, made.draw, answer).tolist() == expected


@given(markets())
def test_nobody_envies_under_deferred_acceptance(market):
    made = built(market)
    answer = MECHANISMS["deferred_acceptance"](*made)
    assert not justified_envy(made.applications, made.draw, answer).any()


def test_somebody_does_under_immediate_acceptance():
    made = plain_market([[0, 1], [0, 1], [1, 0]], [1, 1])
    answer = MECHANISMS["immediate_acceptance"](*made)
    assert choices_given(made.applications, answer).tolist() == [1, 0, 1]
    assert justified_envy(made.applications, made.draw, answer).tolist() == [False, True, False]


def test_a_table_with_gaps_is_the_same_as_lists():
    table = np.array([[2, 0, -1], [1, -1, -1], [-1, -1, -1]])
    ranks = np.array([[5, 4, 0], [3, 0, 0], [0, 0, 0]])
    one = plain_market(table, [1, 1, 1], priority=ranks, order=[2, 0, 1])
    other = plain_market([[2, 0], [1], []], [1, 1, 1], priority=[[5, 4], [3], []], order=[2, 0, 1])
    for a, b in zip(one, other, strict=True):
        for name, value in vars(a).items():
            if isinstance(value, np.ndarray):
                np.testing.assert_array_equal(value, getattr(b, name))


@pytest.mark.parametrize(
    ("choices", "more", "fault"),
    [
        ([[0, 3]], {}, "schools are 0 to 1"),
        ([[-1]], {}, "schools are 0 to 1"),
        ([[0, 0]], {}, "lists a school twice"),
        ([[0], [1]], {"order": [0, 2]}, "order must hold 0 to 1"),
        ([[0], [1]], {"priority": [[1], [1, 2]]}, "not as long"),
        (np.array([[-1, 0]]), {}, "behind the end"),
        (np.array([[0, 1]]), {"priority": np.array([[0]])}, r"\(1, 1\)"),
    ],
)
def test_what_does_not_fit_is_refused(choices, more, fault):
    with pytest.raises(ValueError, match=fault):
        plain_market(choices, [1, 1], **more)
