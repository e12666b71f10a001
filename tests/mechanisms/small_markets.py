"""Small markets of single children and schools without shared room, as rounds and as plain lists."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from round_worlds import pools, world

from simulator.mechanisms import MECHANISMS
from simulator.model import UNPLACED


@dataclass
class Small:
    """``lists[i]`` schools best first; ``seats[s]``; ``order[i]`` place in the draw; ``priority[i][s]``."""

    lists: list
    seats: list
    order: list
    priority: list
    bands: tuple = ()
    reserves: tuple = ()
    floors: tuple = ()
    favoured: frozenset = frozenset()

    def rank(self, child, school):
        return self.priority[child][school], self.order[child]

    @property
    def room(self):
        return dict(enumerate(self.seats))

    @property
    def turns(self):
        return sorted(range(len(self.lists)), key=lambda i: self.order[i])

    def round(self):
        w = world(
            self.lists,
            self.seats,
            order=self.order,
            priority=[[self.priority[i][s] for s in row] for i, row in enumerate(self.lists)],
        )
        w.applications = replace(
            w.applications,
            bands=self.bands,
            favoured=np.array([i in self.favoured for i in range(len(self.lists))], dtype=np.bool_),
        )
        zero = np.zeros(len(self.seats), dtype=np.int64)
        w.seats = replace(
            w.seats,
            reserves=np.array(self.reserves, dtype=np.int64) if self.reserves else zero,
            floors=np.array(self.floors, dtype=np.int64) if self.floors else zero,
        )
        return w

    def play(self, mechanism):
        """The school of every child, None for nowhere."""
        w = self.round()
        answer = w.play(MECHANISMS[mechanism] if isinstance(mechanism, str) else mechanism)
        return [None if p == UNPLACED else p for p in pools(w, answer)]

    def telling(self, child, told):
        """The market with another list of one child."""
        return replace(self, lists=[told if i == child else row for i, row in enumerate(self.lists)])


@st.composite
def markets(draw, *, children=7, schools=4, full=False, ties=3, most_seats=3):
    """Incomplete lists, schools without seats, more seats than children, ranks tied."""
    count, width = draw(st.integers(0, children)), draw(st.integers(1, schools))
    every = st.permutations(range(width)).map(list)
    cut = st.tuples(every, st.integers(0, width)).map(lambda x: x[0][: x[1]])
    row = every if full else cut
    return Small(
        lists=[draw(row) for _ in range(count)],
        seats=draw(st.lists(st.integers(0, most_seats), min_size=width, max_size=width)),
        order=list(draw(st.permutations(range(count)))),
        priority=[[draw(st.integers(0, ties)) for _ in range(width)] for _ in range(count)],
    )


def random_market(rng, children, schools, choices, *, ties=3, seats=None):
    """A larger market from a generator."""
    lists = [rng.permutation(schools)[: rng.integers(0, choices + 1)].tolist() for _ in range(children)]
    return Small(
        lists=lists,
        seats=(rng.integers(0, 2 * children // schools + 1, schools) if seats is None else seats).tolist(),
        order=rng.permutation(children).tolist(),
        priority=rng.integers(0, ties, (children, schools)).tolist(),
    )
