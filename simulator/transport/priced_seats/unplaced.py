"""Classes of children by what leaving one without a seat costs, and a modest cost to begin with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled

MOST_CLASSES = 16
"""With more distinct costs than this, every row carries its own and nothing is lifted later."""

MODEST = 4
"""Steps between the first costs, in largest arc costs. At 2, a city with exactly enough seats left a thousand
children unplaced at first, who then found their seats one long way after another."""

MOST_TO_BEGIN_MODESTLY = 2**50
"""Arc costs from here on are near the guard; their classes begin at the true cost."""


class Classes(NamedTuple):
    """Costs of staying unplaced, cheapest first.

    Attributes:
        true: int64 (classes,), the cost asked for. modest: int64 (classes,), at most the true cost; what
            the first solution uses. largest: the largest cost of staying unplaced that a row carries.
    """

    true: Integers
    modest: Integers
    largest: int

    @property
    def lifts(self) -> Integers:
        """int64 (classes,): what is still to be added to the modest costs."""
        return self.true - self.modest


def classes_of(unplaced_cost: Integers, kept: Integers, largest_cost: int, modestly: bool) -> Classes:
    """The classes of the groups that have an arc.

    A seat's price can reach the cost of staying unplaced, which is made to outweigh everything else. Such
    prices are far from zero, where the smoothed dual begins, and hide all differences of some metres. So
    classes above 4 times the largest arc cost begin at 4, 8, 12 ... times that: dear enough to fill the seats
    and to keep the order of tiers. The exact part raises them to the true costs at the end. Not ``modestly``,
    where the search begins at prices that know of the true costs, all classes begin at these.
    """
    found = np.empty(MOST_CLASSES + 1, dtype=np.int64)
    true = np.sort(found[: _distinct(unplaced_cost, kept, found)])
    if len(true) > MOST_CLASSES:
        own = int(unplaced_cost[kept > 0].max())
        none = np.zeros(1, dtype=np.int64)
        return Classes(none - 1, none - 1, own)
    modest = true
    if modestly and largest_cost < MOST_TO_BEGIN_MODESTLY:
        unit = MODEST * max(largest_cost, 1)
        modest = np.minimum(true, unit * np.arange(1, len(true) + 1))
    return Classes(true, modest, int(modest.max(initial=0)))


@compiled
def _distinct(values: Integers, kept: Integers, found: Integers) -> int:
    """Write the distinct values where ``kept`` > 0 into ``found`` until it is full; how many were written."""
    count = 0
    for g in range(len(values)):
        if kept[g] == 0:
            continue
        known = False
        for k in range(count):
            if found[k] == values[g]:
                known = True
                break
        if not known:
            found[count] = values[g]
            count += 1
            if count == len(found):
                break
    return count
