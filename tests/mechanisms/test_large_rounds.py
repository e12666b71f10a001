"""What large rounds do otherwise than small ones: queues by counting, order by placing, one quick pass."""

import numpy as np
import plain_mechanisms as plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import pools, world
from small_markets import random_market

from simulator.mechanisms import MECHANISMS, heaps, market, proposals, serial_dictatorship, top_trading_cycles
from simulator.mechanisms.lists_in_turn import in_rows, lists_in_turn
from simulator.mechanisms.picking import pick_in_bands, turn_of
from simulator.mechanisms.top_trading_cycles import sorted_queues
from simulator.mechanisms.trading import counted_queues, few_priorities
from simulator.model import UNPLACED, Applications, Draw

LEAST, MOST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@st.composite
def listed(draw, spread):
    """Applications over a few nodes, priorities about a base by ``spread``, and who trades each node."""
    nodes, children = draw(st.integers(1, 4)), draw(st.integers(0, 30))
    lengths = draw(st.lists(st.integers(0, 5), min_size=children, max_size=children))
    arcs = sum(lengths)
    base = draw(st.sampled_from((LEAST // 4, -7, 0, 5, MOST // 4)))
    priority = [base + p for p in draw(st.lists(spread, min_size=arcs, max_size=arcs))]
    pool = draw(st.lists(st.integers(0, nodes - 1), min_size=arcs, max_size=arcs))
    turn = np.array(draw(st.permutations(range(children))), dtype=np.int32)
    trader = np.array(draw(st.lists(st.integers(0, nodes - 1), min_size=nodes, max_size=nodes)))
    applications = Applications(
        student=np.arange(children, dtype=np.int32),
        offsets=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        pool=np.array(pool, dtype=np.int32),
        priority=np.array(priority, dtype=np.int64),
        cost=np.zeros(arcs, dtype=np.int64),
        unit=np.full(children, UNPLACED, dtype=np.int32),
        tier=np.zeros(children, dtype=np.int32),
        alike=np.arange(children, dtype=np.int32),
    )
    return applications, turn, trader.astype(np.int64)


def counted_in_rows(applications, turn, trader):
    """The queues by counting, told in rows as ``sorted_queues`` does; None where counting is no help."""
    few = few_priorities(applications.priority, trader)
    if few is None:
        return None
    given_ = (applications.offsets, applications.pool, applications.priority)
    queue, begin = counted_queues(lists_in_turn(turn, *given_, *few), trader, few[1] - few[0])
    return turn[queue], begin


@settings(max_examples=400, deadline=None)
@given(given_=listed(st.integers(-3, 3) | st.integers(-400, 400)))
def test_lists_in_turn_hold_what_the_applications_hold(given_):
    """Every list at its place in the draw, priorities above the least one, in a byte where they fit."""
    applications, turn, _ = given_
    offsets, pool, priority = applications.offsets, applications.pool, applications.priority
    lowest, highest = int(min(priority, default=0)), int(max(priority, default=0))
    lists = lists_in_turn(turn, offsets, pool, priority, lowest, highest)
    assert lists.rank.dtype == (np.uint8 if highest - lowest < 256 else np.int64)
    for place, row in enumerate(turn.tolist()):
        own = slice(lists.begin[place], lists.begin[place + 1])
        given_list = slice(offsets[row], offsets[row + 1])
        assert lists.pool[own].tolist() == pool[given_list].tolist()
        assert (lists.rank[own].astype(object) + lowest).tolist() == priority[given_list].tolist()
    had = np.where(np.diff(lists.begin) > 0, lists.begin[1:] - 1, UNPLACED)  # everybody its last choice
    last = np.where(np.diff(offsets) > 0, offsets[1:] - 1, UNPLACED)
    assert in_rows(turn, offsets, lists.begin, had).tolist() == last.tolist()


@settings(max_examples=400, deadline=None)
@given(given_=listed(st.integers(-3, 3) | st.integers(-40, 40)))
def test_counting_and_sorting_give_the_same_queues(given_):
    applications, turn, trader = given_
    queue, begin = sorted_queues(applications, turn, trader)
    counted = counted_in_rows(applications, turn, trader)
    priority = applications.priority
    apart = int(max(priority, default=0)) - int(min(priority, default=0)) + 1
    assert (counted is None) == (apart * len(trader) > max(1, len(priority)))
    if counted is not None:
        assert counted[0].tolist() == queue.tolist() and counted[0].dtype == queue.dtype
        assert counted[1].tolist() == begin.tolist() and counted[1].dtype == begin.dtype


@settings(max_examples=100, deadline=None)
@given(given_=listed(st.integers(0, 2)), shift=st.integers(-(2**60), 2**60))
def test_counting_looks_at_the_order_of_priorities_alone(given_, shift):
    """A few priorities are counted wherever the least of them lies, 0 among them or not."""
    applications, turn, trader = given_
    moved = vars(applications) | {"priority": applications.priority - min(applications.priority, default=0)}
    there = counted_in_rows(Applications(**moved), turn, trader)
    if there is not None:
        far = Applications(**(moved | {"priority": moved["priority"] + shift}))
        here = sorted_queues(far, turn, trader)
        counted = counted_in_rows(far, turn, trader)
        assert there[0].tolist() == here[0].tolist()
        assert counted is not None and counted[0].tolist() == here[0].tolist()


def test_whole_range_of_priorities_is_sorted_not_counted(monkeypatch):
    monkeypatch.setattr(top_trading_cycles, "LARGE", 0)
    m = random_market(np.random.default_rng(3), 60, 6, 4)
    m.priority = [[(-1) ** s * (2**62) + p for s, p in enumerate(row)] for row in m.priority]
    w = m.round()
    assert counted_in_rows(w.applications, np.arange(60, dtype=np.int32), np.arange(6)) is None
    assert m.play("top_trading_cycles") == plain.trading(m.lists, m.room, m.rank)


@settings(max_examples=200, deadline=None)
@given(places=st.lists(st.integers(-2, 9), max_size=8), seed=st.integers(0, 99))
def test_the_order_by_placing_is_the_order_by_sorting(places, seed):
    m = random_market(np.random.default_rng(seed), len(places), 2, 2)
    order = np.array(places, dtype=np.int64)
    applications, draw = m.round().applications, Draw("placing", 0, order, order)
    found = turn_of(applications, draw)
    own = sorted(places) == list(range(len(places)))
    assert (found is not None) == own
    if own:
        assert found.tolist() == market.in_turn(applications, draw).tolist()
        assert found.tolist() == np.argsort(order).tolist()


def test_a_large_round_without_shared_room_is_picked_in_one_quick_pass(monkeypatch):
    taken = []
    monkeypatch.setattr(serial_dictatorship, "LARGE", 0)
    monkeypatch.setattr("simulator.mechanisms.picking.pick_alone", lambda *given: taken.append(1) or given[0])
    m = random_market(np.random.default_rng(4), 30, 5, 3)
    m.round().play(MECHANISMS["serial_dictatorship"])
    assert taken


@settings(max_examples=200, deadline=None)
@given(
    lists=st.lists(st.lists(st.integers(2, 6), max_size=5, unique=True), max_size=9),
    seats=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    bands=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
    order=st.randoms(use_true_random=False),
)
def test_bands_by_the_draw_alone_are_picked_pass_by_pass(lists, seats, bands, order):
    """Schools of two pools, of two, and of one; roofs that cannot bind; nobody has priority anywhere."""
    places = list(range(len(lists)))
    order.shuffle(places)
    w = world(lists, [99, 99, *seats], [UNPLACED, UNPLACED, 0, 0, 1, 1, UNPLACED], order=places)
    picked = []

    def watched(*given):
        picked.append(pick_in_bands(*given))
        return picked[-1]

    for name, sizes in (("parallel", bands), ("immediate_acceptance", (1,))):
        banded = w.banded(sizes if name == "parallel" else ())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(proposals, "LARGE", 0)
            patch.setattr(heaps, "pick_in_bands", watched)
            fast = pools(banded, banded.play(MECHANISMS[name]))
        assert fast == pools(banded, banded.play(MECHANISMS[name])) == band_by_band(w, sizes)
    assert len(picked) == 2


def band_by_band(w, sizes):
    """In every band everybody without a seat, in the order of the draw, takes the first choice with one."""
    got, room = [UNPLACED] * len(w.applications), w.seats.seats.tolist()
    choices = []
    for a in range(len(got)):
        own = []
        for pool in (int(w.applications.pool[arc]) for arc in w.arcs(a)):
            if own and w.seats.school[own[-1][-1]] == w.seats.school[pool]:
                own[-1].append(pool)
            else:
                own.append([pool])
        choices.append(own)
    for number in range(6):
        size = sizes[min(number, len(sizes) - 1)]
        start = sum(sizes[min(n, len(sizes) - 1)] for n in range(number))
        for a in sorted(range(len(got)), key=w.order):
            if got[a] == UNPLACED:
                tried = [pool for school in choices[a][start : start + size] for pool in school]
                got[a] = next((pool for pool in tried if room[pool] > 0), UNPLACED)
                if got[a] != UNPLACED:
                    room[got[a]] -= 1
    return got
