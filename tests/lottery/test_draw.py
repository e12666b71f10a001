"""The draw: recomputed by hand, equal on any roster and in any order, one number for twins."""

import hashlib
import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.lottery import draw
from simulator.model import UNPLACED
from simulator.model.arrays import texts

NAMES = st.text(min_size=1, max_size=8)


def roster(ids, twins=()):
    """(ids, twin_group) with each set of ``twins`` (rows) under one label."""
    group = np.full(len(ids), UNPLACED, dtype=np.int32)
    for label, rows in enumerate(twins):
        group[list(rows)] = label
    return texts(ids), group


def by_hand(seed, name, key):
    message = f"xuewei-draw-1\n{seed}\n{name}\n{key}".encode()
    return int.from_bytes(hashlib.sha256(message).digest()[:8], "big") // 2


def test_a_person_recomputes_a_number_in_three_lines():
    message = b"xuewei-draw-1\n7\nzone\nS1"
    number = int.from_bytes(hashlib.sha256(message).digest()[:8], "big") // 2
    assert draw("zone", 7, *roster(["S0", "S1"])).number[1] == number


def test_numbers_drawn_before_are_taken_over_and_nothing_else_changes():
    ids, twins = roster([f"S{i}" for i in range(9)], [(1, 4), (2, 8)])
    first = draw("zone", 7, ids, twins)
    some = np.array([8, 0, 3, 1, 6])  # one of each pair of twins has left the roster
    again = draw("zone", 7, ids[some], twins[some], known=first.number[some])
    fresh = draw("zone", 7, ids[some], twins[some])
    assert again.number.tolist() == fresh.number.tolist()
    assert again.order.tolist() == fresh.order.tolist()
    assert again.number[0] == by_hand(7, "zone", "S8") != first.number[8]
    known = np.where(np.arange(9) < 5, first.number, UNPLACED)
    assert draw("zone", 7, ids, twins, known=known).number.tolist() == first.number.tolist()


def test_the_construction_never_changes():
    """Numbers of a published draw must come out the same for ever: these are fixed."""
    drawn = draw("民办摇号", 20250701, *roster(["梅0001", "梅0002", "梅0003"], [(0, 2)]))
    assert drawn.number.tolist() == [
        by_hand(20250701, "民办摇号", key) for key in ("梅0001", "梅0002", "梅0001")
    ]
    assert by_hand(7, "zone", "S1") == FIXED


FIXED = 1912247054208181066


@settings(max_examples=60, deadline=None)
@given(ids=st.lists(NAMES, min_size=1, max_size=12, unique=True), data=st.data(), seed=st.integers(0, 2**70))
def test_numbers_and_places_follow_the_definition_in_any_order_of_rows(ids, data, seed):
    rows = list(range(len(ids)))
    shuffled = data.draw(st.permutations(rows))
    pairs = [tuple(shuffled[i : i + 2]) for i in range(0, data.draw(st.integers(0, len(ids))) // 2 * 2, 2)]
    drawn = draw("primary", seed, *roster(ids, pairs))
    key = {row: min(ids[r] for r in pair) for pair in pairs for row in pair}
    assert drawn.number.tolist() == [by_hand(seed, "primary", key.get(r, ids[r])) for r in rows]
    place = {row: p for p, row in enumerate(sorted(rows, key=lambda r: (drawn.number[r], ids[r])))}
    twin = {row: pair for pair in pairs for row in pair}
    assert drawn.order.tolist() == [min(place[r] for r in twin.get(row, (row,))) for row in rows]

    order = data.draw(st.permutations(rows))
    label = data.draw(st.integers(0, 9))
    again, group = roster([ids[r] for r in order])
    for number, pair in enumerate(pairs):
        group[[order.index(r) for r in pair]] = 10 * (number + 1) + label  # labels are of no matter
    other = draw("primary", seed, again, group)
    assert other.number.tolist() == drawn.number[order].tolist()
    assert other.order.tolist() == drawn.order[order].tolist()


def test_a_number_does_not_depend_on_who_else_is_on_the_roster():
    whole = draw("zone", 3, *roster([f"S{i}" for i in range(50)]))
    part = draw("zone", 3, *roster([f"S{i}" for i in range(0, 50, 7)]))
    assert part.number.tolist() == whole.number[::7].tolist()
    assert np.argsort(part.order).tolist() == np.argsort(whole.order[::7]).tolist()


def test_seed_and_name_and_id_each_change_the_number():
    numbers = {
        int(draw(name, seed, *roster([key])).number[0])
        for name in ("zone", "lottery")
        for seed in (1, 2)
        for key in ("S1", "S2")
    }
    assert len(numbers) == 8


def test_twins_share_one_number_and_the_smaller_place_and_others_keep_theirs():
    ids = [f"S{i}" for i in range(20)]
    alone = draw("zone", 11, *roster(ids))
    drawn = draw("zone", 11, *roster(ids, [(4, 17), (6, 9, 12)]))
    assert len(set(drawn.number[[4, 17]])) == len(set(drawn.order[[4, 17]])) == 1
    assert len(set(drawn.number[[6, 9, 12]])) == len(set(drawn.order[[6, 9, 12]])) == 1
    assert drawn.number[4] == alone.number[min((4, 17), key=lambda r: ids[r])]
    others = [r for r in range(20) if r not in (4, 17, 6, 9, 12)]
    assert drawn.number[others].tolist() == alone.number[others].tolist()
    counted = Counter(drawn.order.tolist())
    assert all(not set(counted) & set(range(place + 1, place + count)) for place, count in counted.items())
    assert sorted(drawn.order)[0] == 0 and drawn.order.max() < 20


def test_each_child_is_first_as_often_as_any_other():
    ids = [f"S{i}" for i in range(5)]
    first = Counter(int(np.argmin(draw("zone", seed, *roster(ids)).order)) for seed in range(5_000))
    # 1,000 expected each, standard deviation 28: a bias of a tenth would show.
    assert all(880 < first[row] < 1_120 for row in range(5))


def test_an_empty_roster_is_drawn():
    assert len(draw("zone", 1, *roster([])).order) == 0


@pytest.mark.parametrize(
    ("name", "seed", "groups", "message"),
    [("a\nb", 1, 1, "line break"), ("a", -1, 1, "negative"), ("a", 1, 2, "1 ids but 2")],
)
def test_what_cannot_be_drawn_is_refused(name, seed, groups, message):
    with pytest.raises(ValueError, match=message):
        draw(name, seed, texts(["S1"]), np.full(groups, UNPLACED))


def test_time_grows_with_the_roster_and_not_with_its_square():
    """Ten times the children: some twelve times the time; a slip into quadratic time would take a hundred."""
    few, many = (min(seconds_to_draw(children) for _ in range(3)) for children in (30_000, 300_000))
    assert many < 40 * few


def seconds_to_draw(children: int) -> float:
    """Processor seconds of drawing so many children, two in a hundred of them twins."""
    ids, group = roster([f"S{i:06d}" for i in range(children)])
    twins = children // 50
    group[:twins] = np.repeat(np.arange(twins // 2), 2)
    began = time.process_time()
    drawn = draw("zone", 1, ids, group)
    seconds = time.process_time() - began
    assert len(np.unique(drawn.order)) == children - twins // 2
    return seconds
