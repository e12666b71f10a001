"""Ranks of arcs against keys compared one by one, whether the columns tell schools apart or not."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.admission.ranking import FAR, arc_priority
from simulator.model import NO_METRES, Standing
from tests.admission.small import a_round, block, child, school, world

COLUMNS = ("tier", "household", "home_last", "points", "settled_on", "sibling", "metres", "order")


def key_of(column, students, pupil, at, metres, place, tier):
    if column == "tier":
        return int(tier[pupil])
    if column == "sibling":
        return int(students.sibling_school[pupil] != at)
    if column == "metres":
        return int(FAR) if metres == NO_METRES else metres
    if column == "order":
        return place
    if column == "points":
        return -int(students.points[pupil])
    if column == "settled_on":
        return int(students.settled_on[pupil])
    if column.endswith("_last"):
        return int(students.yes(column.removesuffix("_last"))[pupil])
    return int(not students.yes(column)[pupil])


@settings(max_examples=150, deadline=None)
@given(data=st.data(), columns=st.lists(st.sampled_from(COLUMNS), unique=True, max_size=4))
def test_ranks_are_those_of_the_keys(data, columns):
    draw = data.draw
    children = [
        child(
            f"c{row}",
            "b",
            household=draw(st.booleans()),
            home=draw(st.booleans()),
            points=draw(st.integers(0, 2)),
            settled_on=draw(st.sampled_from(["2020-01-01", "2021-01-01"])),
            sibling=draw(st.sampled_from(["", "S0", "S2"])),
        )
        for row in range(draw(st.integers(1, 5)))
    ]
    students = world([school(f"S{row}") for row in range(3)], [block("b")], children, [a_round()]).students
    arcs = [
        (row, at, draw(st.sampled_from([NO_METRES, 100, 200])), place)
        for row in range(len(children))
        for place, at in enumerate(draw(st.permutations(range(3)))[: draw(st.integers(1, 3))])
    ]
    tier = np.array(draw(st.lists(st.integers(0, 1), min_size=5, max_size=5)), dtype=np.int32)
    known = [Standing.EQUAL, Standing.BEHIND, Standing.BEHIND_IN_TIER]
    standing = np.array(draw(st.lists(st.sampled_from(known), min_size=5, max_size=5)), dtype=np.int8)
    pupil, at, metres, place = (np.array(column, dtype=np.int32) for column in zip(*arcs, strict=True))
    entry = a_round(rank=[*columns, "draw"])
    ranks = arc_priority(entry, students, pupil, at, metres, place, tier, standing)

    keys = []
    for arc in arcs:
        behind_in_tier = standing[arc[0]] == Standing.BEHIND_IN_TIER
        key = [int(Standing.EQUAL if behind_in_tier else standing[arc[0]])]
        if "tier" not in columns:
            key.append(int(behind_in_tier))
        for column in columns:
            key.append(key_of(column, students, *arc, tier))
            if column == "tier":
                key.append(int(behind_in_tier))
        keys.append(tuple(key))
    place_of = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    assert ranks.tolist() == [place_of[key] for key in keys]
