"""Keyed luck: pinned bits, independence of order, and the shapes the numbers should have."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.model import UNPLACED
from simulator.population.keyed import bell, choose, choose_on_ring, mixed, text_key, text_keys, uniform

KEYS = np.arange(200_000)


def splitmix_chain(*parts):
    """The definition in Python integers: what the arrays must agree with."""
    word, state = (1 << 64) - 1, 0
    for part in parts:
        state = ((state ^ part) + 0x9E3779B97F4A7C15) & word
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & word
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & word
        state ^= state >> 31
    return state


def test_the_hash_is_splitmix():
    # First output of SplitMix64 seeded with 0, from its reference implementation.
    assert int(mixed(0)[0]) == 0xE220A8397B1DCDAF


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=4))
def test_arrays_agree_with_the_definition(parts):
    assert int(mixed(*parts)[0]) == splitmix_chain(*parts)
    arrays = [np.array([part], dtype=np.uint64) for part in parts]
    assert int(mixed(*arrays)[0]) == splitmix_chain(*parts)


def test_pinned_numbers_never_change():
    # Every published run depends on these: a change here changes every synthetic child.
    assert text_key("五华县") == 15558246282714118652
    assert uniform(1, "x", np.arange(2)).tolist() == [0.8165287177118253, 0.4311209953992525]
    assert bell(1, "x", np.arange(2)).tolist() == [-0.383392333984375, 0.7834320068359375]
    assert text_keys(["a", "五华县"]).tolist() == [text_key("a"), text_key("五华县")]


def test_uniform_is_uniform_and_purposes_are_independent():
    one, other = uniform(1, "one", KEYS), uniform(1, "other", KEYS)
    assert one.min() >= 0 and one.max() < 1
    for luck in (one, other):
        counts = np.bincount((luck * 100).astype(int), minlength=100)
        chi_square = ((counts - 2000) ** 2 / 2000).sum()
        assert 50 < chi_square < 160  # 99 degrees of freedom: outside once in 10,000
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.01
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < 0.01


def test_bell_is_nearly_normal():
    values = bell(3, "noise", KEYS)
    assert abs(values.mean()) < 0.01 and abs(values.std() - 1) < 0.01
    assert abs((values < 1).mean() - 0.8413) < 0.005
    assert abs((values < -1.645).mean() - 0.05) < 0.003


def test_choose_is_fair_and_does_not_look_at_order():
    children = text_keys(f"child {i}" for i in range(30_000))
    schools = text_keys(["a", "b", "c"])
    owner = np.repeat(np.arange(30_000), 3)
    option = np.tile(np.arange(3), 30_000)
    taken = choose(5, "school", children, owner, option, schools[option])
    assert np.abs(np.bincount(taken) / 30_000 - 1 / 3).max() < 0.01
    shuffled = np.random.default_rng(0).permutation(len(owner))
    again = choose(5, "school", children, owner[shuffled], option[shuffled], schools[option[shuffled]])
    assert np.array_equal(taken, again)
    fewer = option != 2
    without = choose(5, "school", children, owner[fewer], option[fewer], schools[option[fewer]])
    assert np.array_equal(without[taken != 2], taken[taken != 2])


def test_choose_without_options_is_unplaced():
    none = np.zeros(0, dtype=np.int64)
    taken = choose(5, "school", text_keys(["x"]), none, none, none.astype(np.uint64))
    assert taken.tolist() == [UNPLACED]


def test_the_ring_is_fair_stable_and_never_gives_ones_own():
    blocks = text_keys(f"block {i}" for i in range(50))
    children = text_keys(f"child {i}" for i in range(50_000))
    own = (np.arange(50_000) % 51 - 1).astype(np.int32)
    taken = choose_on_ring(5, "home", children, own, np.arange(50), blocks)
    assert (taken != own).all()
    counts = np.bincount(taken, minlength=50) / 1000
    assert counts.min() > 0.4 and counts.max() < 1.8
    order = np.random.default_rng(0).permutation(50)
    assert np.array_equal(taken, choose_on_ring(5, "home", children, own, order, blocks[order]))
    fewer = choose_on_ring(5, "home", children, own, np.arange(49), blocks[:49])
    assert np.array_equal(fewer[taken != 49], taken[taken != 49])
    alone = choose_on_ring(5, "home", children[:2], np.array([7, 7]), np.array([7]), blocks[7:8])
    assert alone.tolist() == [7, 7]
