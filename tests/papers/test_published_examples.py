"""Examples of papers with their outcome, and what papers state on markets worked out by hand; citations at
each."""

import pytest
from small_markets import Small


def from_names(lists, ranks, seats, **more):
    """A market from names: ``lists`` child to schools, ``ranks`` school to children, best first."""
    schools, children = list(seats), list(lists)
    place = {s: {c: i for i, c in enumerate(row)} for s, row in ranks.items()}
    m = Small(
        lists=[[schools.index(s) for s in lists[c]] for c in children],
        seats=[seats[s] for s in schools],
        order=list(range(len(children))),
        priority=[[place[s].get(c, len(children)) for s in schools] for c in children],
        **more,
    )

    def play(name):
        got = m.play(name)
        return {c: None if s is None else schools[s] for c, s in zip(children, got, strict=True)}

    return m, play


def test_gale_and_shapley_1962_example_2():
    """D. Gale and L. S. Shapley, College Admissions and the Stability of Marriage, American Mathematical
    Monthly 69 (1962), example 2: the only stable set of marriages."""
    _, play = from_names(
        {"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"},
        {"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"},
        dict.fromkeys("ABCD", 1),
    )
    assert play("deferred_acceptance") == {"a": "C", "b": "D", "c": "A", "d": "B"}


def test_abdulkadiroglu_and_sonmez_2003_stable_and_efficient_disagree():
    """A. Abdulkadiroglu and T. Sonmez, School Choice: A Mechanism Design Approach, American Economic Review
    93 (2003), example 1: the stable outcome, and the efficient one that dominates it."""
    _, play = from_names(
        {"1": ["s2", "s1", "s3"], "2": ["s1", "s2", "s3"], "3": ["s1", "s2", "s3"]},
        {"s1": "132", "s2": "213", "s3": "213"},
        {"s1": 1, "s2": 1, "s3": 1},
    )
    assert play("deferred_acceptance") == {"1": "s1", "2": "s2", "3": "s3"}
    assert play("top_trading_cycles") == {"1": "s2", "2": "s1", "3": "s3"}


def test_hafalir_yenmez_and_yildirim_2013_a_quota_hurts_where_a_reserve_does_not():
    """I. E. Hafalir, M. B. Yenmez and M. A. Yildirim, Effective Affirmative Action in School Choice,
    Theoretical Economics 8 (2013), stated there, shown on a market worked out by hand: a bound on
    the majority can leave a seat empty and serve nobody; the same number as a reserve for the
    minority leaves everybody as well off as without it."""
    lists, ranks = {"M1": ["c1"], "M2": ["c1", "c2"], "m": ["c2", "c1"]}, {"c1": ["M1", "M2", "m"]}
    ranks["c2"] = ["M2", "m", "M1"]
    seats = {"c1": 2, "c2": 1}
    without = {"M1": "c1", "M2": "c1", "m": "c2"}
    _, play = from_names(lists, ranks, seats)
    assert play("deferred_acceptance") == without
    _, play = from_names(lists, ranks, seats, reserves=(1, 0), favoured=frozenset({2}))
    assert play("deferred_acceptance") == without
    quota = {"c1": 1, "c2": 1}  # at most one of the majority at c1, where no minority child asks
    _, play = from_names(lists, ranks, quota)
    assert play("deferred_acceptance") == {"M1": "c1", "M2": "c2", "m": None}


def test_chen_and_kesten_2017_the_family_between_boston_and_deferred_acceptance():
    """Y. Chen and O. Kesten, Chinese College Admissions and School Choice Reforms, Journal of Political
    Economy 125 (2017), stated there, shown on a market worked out by hand: with bands of e choices,
    e = 1 is Boston, e without end is deferred acceptance; a child who loses its first choice loses
    the second too under Boston, and keeps it where the band holds two."""
    lists = {"1": "ab", "2": "ab", "3": "bc"}
    ranks = {"a": "123", "b": "231", "c": "123"}
    seats = dict.fromkeys("abc", 1)
    m, play = from_names(lists, ranks, seats)
    assert play("immediate_acceptance") == {"1": "a", "2": None, "3": "b"}
    m.bands = (2,)
    assert play("parallel") == play("deferred_acceptance") == {"1": "a", "2": "b", "3": "c"}


@pytest.mark.parametrize("order", ["123", "231", "312"])
def test_a_serial_dictatorship_gives_the_first_in_the_draw_the_first_choice(order):
    """L.-G. Svensson, Strategy-proof allocation of indivisible goods, Social Choice and Welfare 16 (1999)."""
    m, play = from_names({"1": "ab", "2": "ab", "3": "ab"}, {"a": "321", "b": "321"}, {"a": 1, "b": 1})
    m.order = [order.index(c) for c in "123"]
    got = play("serial_dictatorship")
    assert (got[order[0]], got[order[1]], got[order[2]]) == ("a", "b", None)
