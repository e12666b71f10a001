"""Two features at once: what the table claims of every pair is tested, what it does not hold is refused."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from claims import check, chosen, stable
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from plain_mechanisms import reserved
from round_worlds import common_lists, pools, shuffled, world, worlds
from small_markets import Small

from simulator.mechanisms import MECHANISMS
from simulator.mechanisms.asked import features_asked
from simulator.mechanisms.market import may_bind
from simulator.model import MECHANISM_FEATURES, MECHANISM_PAIRS, UNPLACED, UnsupportedFeature
from simulator.model.features import APART, FEATURES, PAIRS, PROPERTIES, unsupported

FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
SUPPORTED = [(name, pair) for name, row in MECHANISM_PAIRS.items() for pair in row]
CLAIMS = [
    (name, pair, claim)
    for name, row in MECHANISM_PAIRS.items()
    for pair, support in row.items()
    for claim in support.properties
]
THREES = [("twins", "shared_room", "own_draws"), ("shared_room", "own_draws", "reserves")]
"""All threes that some mechanism takes."""


@st.composite
def rounds(draw, features, *, most=7, nodes=6, full=False):
    """Rounds that make use of all ``features``; what is not among them is absent, but for tied priorities."""
    w = draw(
        worlds(
            twins="some" if "twins" in features else False,
            shared="shared_room" in features,
            own="own_draws" in features,
            most=most,
            most_nodes=nodes,
            full=full or "floors" in features,
            tiers=False,
        )
    )
    leaf = ~np.isin(np.arange(len(w.seats)), w.seats.parent)
    parted = [draw(st.integers(0, int(n))) if leaf[node] else 0 for node, n in enumerate(w.seats.seats)]
    for feature in {"reserves", "floors"} & set(features):
        w.seats = replace(w.seats, **{feature: np.array(parted, dtype=np.int64)})
        favoured = [draw(st.booleans()) for _ in range(len(w.applications))]
        w.applications = replace(w.applications, favoured=np.array(favoured, dtype=np.bool_))
        assume(any(parted) and any(favoured))
    if "shared_room" in features:
        demand = np.bincount(w.applications.pool, minlength=len(w.seats))
        assume(np.any(may_bind(w.seats, demand)))
    if "twins" in features:
        assume(w.units())
    return w


def sized(claim):
    """Rounds small enough for an exhaustive search."""
    if claim == "strategy_proof":
        return {"most": 4, "nodes": 4, "full": True}
    return {"most": 5, "nodes": 5} if claim == "efficient" else {}


def hold_to(claim, name, features):
    """Hold a mechanism to a claim on generated rounds with the features."""

    @FEW
    @given(w=rounds(features, **sized(claim)))
    def holds(w):
        check(claim, name, w)

    holds()


@pytest.mark.parametrize(("name", "pair", "claim"), CLAIMS)
def test_what_the_table_claims_of_a_pair_is_true(name, pair, claim):
    hold_to(claim, name, pair)


@pytest.mark.parametrize("features", THREES)
@pytest.mark.parametrize("name", MECHANISMS)
def test_of_three_at_once_what_all_their_pairs_claim_is_true(name, features):
    asked = [pair for pair in PAIRS if set(pair) <= set(features)]
    if unsupported(name, features):
        assert any(pair not in MECHANISM_PAIRS[name] for pair in asked)
        return
    together = [set(MECHANISM_PAIRS[name][pair].properties) for pair in asked]
    for claim in sorted(set.intersection(*together)):
        hold_to(claim, name, features)


@pytest.mark.parametrize(("name", "pair"), SUPPORTED)
def test_a_pair_that_is_supported_works(name, pair):
    """Seats, lists and the order of rows are minded, whether a property is claimed or none."""

    @settings(FEW, max_examples=25)
    @given(w=rounds(pair), luck=st.randoms(use_true_random=False))
    def holds(w, luck):
        w = w.banded((2, 1)) if name == "parallel" else w
        seen = set(features_asked(w.applications, w.seats)) | {"own_draws", "shared_room"}
        assert set(pair) <= seen
        answer = w.play(MECHANISMS[name])
        load = np.zeros(len(w.seats), dtype=int)
        for a, pool in enumerate(pools(w, answer)):
            assert pool == UNPLACED or answer.arc[a] in w.arcs(a)
            if a not in answer.over and pool != UNPLACED:
                for node in w.path(pool):
                    load[node] += 1
        assert np.all(load <= w.seats.seats)
        rows = luck.sample(range(len(w.applications)), len(w.applications))
        other = shuffled(w, rows)
        assert pools(other, other.play(MECHANISMS[name])) == [pools(w, answer)[row] for row in rows]

    holds()


def reserved_over_trees(w):
    """Deferred acceptance one proposal at a time, every tree choosing by ``chosen``."""
    parties = common_lists(w)
    at = [0] * len(parties)
    while True:
        asked = [
            (
                (int(w.applications.priority[arcs[at[p]]]), p),
                p,
                arcs[at[p]],
                len(members),
                bool(w.applications.favoured[members[0]]),
            )
            for p, (members, arcs) in enumerate(parties)
            if at[p] < len(arcs)
        ]
        taken = chosen(w, asked)
        refused = {party for _, party, arc, _, _ in asked if arc not in taken}
        if not refused:
            break
        for p in refused:
            at[p] += 1
    got = [UNPLACED] * len(w.applications)
    for p, (members, arcs) in enumerate(parties):
        if at[p] < len(arcs):
            got[members[0]] = int(w.applications.pool[arcs[at[p]]])
    return got


@settings(FEW, max_examples=200)
@given(w=rounds(("shared_room", "reserves")) | rounds(THREES[1]) | rounds(("own_draws", "reserves")))
def test_reserves_under_a_roof_equal_their_definition(w):
    assert pools(w, w.play(MECHANISMS["deferred_acceptance"])) == reserved_over_trees(w)


@settings(max_examples=60, deadline=None)
@given(w=rounds(("own_draws", "reserves")))
def test_the_choice_of_a_school_alone_is_that_of_the_paper(w):
    lists = [[int(w.applications.pool[a]) for a in w.arcs(c)] for c in range(len(w.applications))]
    rank = {
        (c, int(w.applications.pool[a])): w.applications.priority[a]
        for c in range(len(lists))
        for a in w.arcs(c)
    }
    told = reserved(
        lists,
        dict(enumerate(w.seats.seats.tolist())),
        lambda c, s: (rank[c, s], w.order(c)),
        w.seats.reserves.tolist(),
        set(np.flatnonzero(w.applications.favoured).tolist()),
    )
    assert [UNPLACED if s is None else s for s in told] == reserved_over_trees(w)


def test_a_reserve_counts_under_the_roof_too():
    """Two stages of two seats under a roof of two, one of stage 1 reserved: the favoured child, last of all
    by rank, has it, and the others contend for the one seat the roof has beside."""

    w = world([[1], [2], [2], [1]], [2, 2, 2], [UNPLACED, 0, 0])
    assert pools(w, w.play(MECHANISMS["priority"])) == [1, 2, UNPLACED, UNPLACED]
    w.seats = replace(w.seats, reserves=np.array([0, 1, 0]))
    w.applications = replace(w.applications, favoured=np.array([False, False, False, True]))
    assert pools(w, w.play(MECHANISMS["priority"])) == [1, UNPLACED, UNPLACED, 1]


@settings(FEW, max_examples=100)
@given(w=rounds(("own_draws", "floors")))
def test_floors_are_met_with_draws_of_the_schools_own(w):
    got = pools(w, w.play(MECHANISMS["deferred_acceptance"]))
    if w.seats.floors.sum() <= len(got) <= w.seats.seats.sum():
        assert all(got.count(s) >= floor for s, floor in enumerate(w.seats.floors))


def refused_round(pair):
    """A round that asks for both features."""

    twins = {"unit": [1, 1, UNPLACED], "order": [0, 0, 2]} if "twins" in pair else {}
    shared = "shared_room" in pair
    w = world([[1], [1], [2]], [1, 1, 1], [UNPLACED, 0, 0] if shared else None, **twins)
    for feature in {"reserves", "floors"} & set(pair):
        w.seats = replace(w.seats, **{feature: np.array([0, 1, 0])})
    return w


@pytest.mark.parametrize("pair", sorted(APART))
@pytest.mark.parametrize("name", ["priority", "deferred_acceptance"])
def test_features_that_do_not_go_together_are_refused_by_name(name, pair):
    """Where both are supported alone; elsewhere the one that is not is named."""
    with pytest.raises(UnsupportedFeature, match=" with ".join(pair)) as caught:
        refused_round(pair).play(MECHANISMS[name])
    assert caught.value.features == pair and "no mechanism does" in str(caught.value)
    for feature in pair:
        refused_round((feature,)).play(MECHANISMS[name])


def test_every_pair_is_claimed_or_refused():
    assert set(MECHANISM_PAIRS) == set(MECHANISM_FEATURES)
    for name, row in MECHANISM_PAIRS.items():
        for pair in PAIRS:
            both = set(pair) <= set(MECHANISM_FEATURES[name])
            assert (pair in row) == (both and pair not in APART)
            assert bool(unsupported(name, pair)) == (pair not in row)
        for pair, support in row.items():
            alone = [set(MECHANISM_FEATURES[name][feature].properties) for feature in pair]
            assert set(support.properties) <= set.intersection(*alone) <= set(PROPERTIES)
    # Nobody asks for floors in a scenario, so its reader has one pair to refuse: ``reserves_with_twins``.
    assert {pair for pair in APART if "floors" not in pair} == {("twins", "reserves")}
    threes = itertools.combinations(FEATURES[1:], 3)
    assert [t for t in threes if not all(unsupported(name, t) for name in MECHANISMS)] == THREES
    fours = itertools.combinations(FEATURES[1:], 4)
    assert all(unsupported(name, four) for name in MECHANISMS for four in fours)


def test_the_searches_can_fail():
    """What is not claimed is found untrue."""
    lists, own = [[1, 0], [0, 1], [0]], [[0, 1], [2, 0], [1, 9]]
    exchange = Small(lists, [1, 1], [0, 1, 2], own).round()  # children 0 and 1 would exchange 0 and 1
    with pytest.raises(AssertionError):
        check("efficient", "deferred_acceptance", exchange)
    w = refused_round(("shared_room", "reserves"))
    w.applications = replace(w.applications, favoured=np.array([False, True, False]))
    answer = w.play(MECHANISMS["priority"])
    assert pools(w, answer) == [UNPLACED, 1, UNPLACED]

    stable(w, answer)
    with pytest.raises(AssertionError):
        stable(w, replace(answer, arc=np.array([0, UNPLACED, UNPLACED])))
