"""Schools found for children are told as they were found, whoever was looked up with whom and when."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.admission.found import FoundSchools
from simulator.admission.reach import Pairs


def pairs_of(lists, rows):
    """Pairs of the children ``rows`` in that order."""
    found = [
        (row, school, metres, place) for row in rows for place, (school, metres) in enumerate(lists[row])
    ]
    columns = np.array(found, dtype=np.int32).reshape(-1, 4).T
    return Pairs(*columns)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), children=st.integers(1, 9))
def test_a_child_has_the_schools_that_were_found_for_it(data, children):
    lists = data.draw(
        st.lists(
            st.lists(st.tuples(st.integers(0, 5), st.integers(0, 99)), max_size=4),
            min_size=children,
            max_size=children,
        )
    )
    id_rank = np.array(data.draw(st.permutations(range(children))))
    found, known = FoundSchools(id_rank), np.zeros(children, dtype=np.bool_)
    for _ in range(data.draw(st.integers(1, 4))):
        asked = np.array(data.draw(st.lists(st.booleans(), min_size=children, max_size=children)))
        new = np.flatnonzero(asked & ~known)
        halves = (new[: len(new) // 2], new[len(new) // 2 :])
        found.add(asked & ~known, [pairs_of(lists, half) for half in halves])
        known |= asked
        assert np.array_equal(found.entered, known)
        expected = pairs_of(lists, [row for row in np.argsort(id_rank) if asked[row]])
        got = found.of(asked)
        for name in ("student", "school", "metres", "order"):
            assert np.array_equal(getattr(got, name), getattr(expected, name))
            assert getattr(got, name).dtype == np.int32
