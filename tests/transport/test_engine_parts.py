"""What the parts of the compiled engine promise each other."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core.errors import TypingError
from seat_problems import city, problems

from simulator.model import UNPLACED
from simulator.transport import Problem, solve
from simulator.transport import compiled as compiled_module
from simulator.transport.compiled import in_place
from simulator.transport.priced_seats import (
    balance_of,
    choose_cheapest,
    lay_out,
    near_optimal_prices,
    plant,
    repair,
    room_for_lots,
    room_for_moves,
    totals,
)
from simulator.transport.priced_seats.layout import grain_of, stride_of


def repaired(p, own_price=None):
    """A problem at the engine's prices or others, everybody at the cheapest, balanced."""
    layout, classes = lay_out(p)
    forest = plant(p, classes)
    if own_price is None:
        own_price = near_optimal_prices(layout, forest, p.nodes)
    total = totals(forest.parent, own_price)
    lots, moves = room_for_lots(layout, len(forest.seats)), room_for_moves(len(forest.seats))
    load = choose_cheapest(layout, forest, p.nodes, total, lots)
    balance = balance_of(forest, total, load)
    lots, moves = repair(layout, forest, lots, moves, balance)
    return layout, lots, moves, balance


@settings(max_examples=40, deadline=None)
@given(stride=st.integers(1, 400), seed=st.integers(0, 50))
def test_a_sample_of_rows_stands_for_all_children(stride, seed):
    layout, _ = lay_out(city(children=3000, schools=20, group=8, seed=seed))
    if stride // 2 >= layout.rows:
        return
    sample = stride_of(layout, stride)
    assert sample.supply.sum() == layout.supply.sum()
    taken = np.arange(stride // 2, layout.rows, stride)
    assert np.array_equal(sample.group, layout.group[taken])
    for row, at in enumerate(taken):
        one = slice(sample.offsets[row], sample.offsets[row + 1])
        other = slice(layout.offsets[at], layout.offsets[at + 1])
        assert np.array_equal(sample.cost[one], layout.cost[other])
        assert np.array_equal(sample.pool[one], layout.pool[other])


@pytest.mark.parametrize("round_to", [1, 50, 200])
def test_prices_to_begin_with_have_the_grain_of_the_costs_and_pass_none(round_to):
    p = city(children=6000, schools=30, group=1, slack=1.0, round_to=round_to, seed=3)
    layout, classes = lay_out(p)
    assert grain_of(layout) == round_to
    prices = near_optimal_prices(layout, plant(p, classes), p.nodes)
    assert prices.max() > 0
    assert np.all(prices % round_to == 0)
    assert np.all((prices >= 0) & (prices <= layout.cost.max()))


def assert_lists_are_good(layout, lots, moves, balance):
    """Every move up to the horizon of its pool is listed at no more than it costs; reduced costs are >= 0."""
    row_cost = [
        {
            int(layout.pool[a]): int(layout.cost[a])
            for a in range(layout.offsets[row], layout.offsets[row + 1])
        }
        for row in range(layout.rows)
    ]
    listed = [
        {int(moves.target[k]): k for k in range(start, start + length)}
        for start, length in zip(moves.start, moves.length, strict=True)
    ]
    looked_at = 0
    for lot in np.flatnonzero(lots.children[: lots.used[0]]):
        pool, row = int(layout.pool[lots.arc[lot]]), int(lots.row[lot])
        here = row_cost[row][pool]
        for target, cost in row_cost[row].items():
            if target == pool:
                continue
            assert cost - here + balance.price[target] - balance.price[pool] >= 0
            if not moves.stale[pool] and cost - here <= moves.horizon[pool]:
                assert moves.cost[listed[pool][target]] <= cost - here
                looked_at += 1
    for pool, targets in enumerate(listed):
        for target, k in targets.items():
            lot = moves.lot[k]
            if not moves.stale[pool] and lots.children[lot] > 0:
                costs = row_cost[int(lots.row[lot])]
                assert moves.cost[k] == costs[target] - costs[pool]
    return looked_at


@pytest.mark.parametrize(("group", "round_to"), [(1, 1), (1, 200), (20, 1)])
def test_lists_of_moves_hold_what_their_horizon_promises(group, round_to):
    p = city(children=4000, schools=30, group=group, slack=1.0, round_to=round_to, seed=5)
    assert assert_lists_are_good(*repaired(p)) > 100
    # From prices of nothing the repair has everything to do, and lists are worn and renewed throughout.
    assert assert_lists_are_good(*repaired(p, np.zeros(p.nodes + 1, dtype=np.int64))) > 100


@settings(max_examples=100, deadline=None)
@given(p=problems(), seed=st.integers(0, 10**6))
def test_lists_of_moves_hold_what_their_horizon_promises_in_any_small_problem(p, seed):
    layout, classes = lay_out(p)
    if layout.rows:
        nodes = p.nodes + len(classes.true)
        prices = np.random.default_rng(seed).integers(0, 9, nodes)
        prices[p.nodes :] = 0
        assert_lists_are_good(*repaired(p, prices))


def test_what_works_in_place_can_make_no_array():
    """Who makes an array has to count who holds it, and inner loops would take several times as long."""

    if not compiled_module._UNCOUNTED:
        pytest.skip("this numba compiles with the counts of arrays alone")

    def make(length):
        return np.zeros(length)

    with pytest.raises(TypingError):
        in_place(make)(3)


def test_code_kept_on_disk_is_stamped_with_all_sources_it_is_made_of(tmp_path, monkeypatch):
    kept = kept_stamp_of(choose_cheapest)
    stamp = repr(kept.value())
    assert pickle.loads(pickle.dumps(kept)) == kept
    for file in ("lots.py", "heap.py", "moves.py", "forest.py", "compiled.py", "arrays.py"):
        assert file in stamp, f"a change of {file} would go on running as before"
    (tmp_path / "transport").mkdir()
    source = tmp_path / "transport" / "step.py"
    source.write_text("one = 1")
    monkeypatch.setattr(compiled_module, "HOUSE", tmp_path)
    before = compiled_module._sources.__wrapped__("transport")
    source.write_text("one = 12")
    assert compiled_module._sources.__wrapped__("transport") != before


def kept_stamp_of(function):
    return function._cache._cache_file._source_stamp


def under_roofs(p, seed):
    """Each school of a flat problem as a roof over a general pool and one for a third of the children."""
    schools, rng = p.nodes, np.random.default_rng(seed)
    reserved = np.repeat(rng.random(p.groups) < 0.34, np.diff(p.offsets))
    return Problem(
        p.supply,
        p.offsets,
        p.pool + np.where(reserved, 2 * schools, schools),
        p.cost,
        p.unplaced_cost,
        np.concatenate((p.seats, p.seats * 7 // 10, p.seats * 4 // 10)),
        np.concatenate((np.full(schools, UNPLACED), np.arange(schools), np.arange(schools))),
    )


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_prices_come_near_the_optimum_where_pools_stand_under_roofs(seed):
    """Roofs and pools full at once: prices that add up on the way to the root must not be cut one by one."""
    p = under_roofs(city(12_000, 60, 15, group=1, slack=1.05, seed=seed), seed)
    layout, classes = lay_out(p)
    forest = plant(p, classes)
    total = totals(forest.parent, near_optimal_prices(layout, forest, p.nodes))
    lots = room_for_lots(layout, len(forest.seats))
    balance = balance_of(forest, total, choose_cheapest(layout, forest, p.nodes, total, lots))
    assert np.maximum(balance.excess, 0).sum() < 0.003 * p.supply.sum()
    solve(p).certify()
