"""The mechanisms once more, in plain Python, each written from its definition alone.

A market is ``(lists, seats, rank)``: ``lists[i]`` the schools child ``i`` names, best first; ``seats[s]``;
``rank(i, s)`` a sortable rank of ``i`` at ``s``, distinct among children. Answers are lists of schools, None
for nowhere.
"""

from fractions import Fraction


def best(children, school, rank, seats):
    return set(sorted(children, key=lambda i: rank(i, school))[:seats])


def deferred(lists, seats, rank):
    """Gale and Shapley: in every round all who are free propose, every school keeps its best."""
    step = [0] * len(lists)
    while True:
        at = {s: [i for i in range(len(lists)) if lists[i][step[i] : step[i] + 1] == [s]] for s in seats}
        refused = [i for s, asked in at.items() for i in asked if i not in best(asked, s, rank, seats[s])]
        if not refused:
            return [lists[i][step[i]] if step[i] < len(lists[i]) else None for i in range(len(lists))]
        for i in refused:
            step[i] += 1


def parallel(lists, seats, rank, bands):
    """Chen and Kesten: deferred acceptance inside a band, final at its end."""
    got, left, start, number = [None] * len(lists), dict(seats), 0, 0
    while start < max((len(row) for row in lists), default=0):
        size = bands[min(number, len(bands) - 1)]
        here = [row[start : start + size] if got[i] is None else [] for i, row in enumerate(lists)]
        for i, school in enumerate(deferred(here, left, rank)):
            if school is not None:
                got[i] = school
                left[school] -= 1
        start, number = start + size, number + 1
    return got


def boston(lists, seats, rank):
    """Step k: every school gives its seats left to those who name it k-th, best first."""
    got, left = [None] * len(lists), dict(seats)
    for k in range(max((len(row) for row in lists), default=0)):
        for school in seats:
            asked = [i for i in range(len(lists)) if got[i] is None and lists[i][k : k + 1] == [school]]
            for i in best(asked, school, rank, left[school]):
                got[i] = school
                left[school] -= 1
    return got


def dictatorship(lists, seats, order):
    got, left = [None] * len(lists), dict(seats)
    for i in order:
        for school in lists[i]:
            if left[school]:
                got[i] = school
                left[school] -= 1
                break
    return got


def trading(lists, seats, rank):
    """Abdulkadiroglu and Sonmez: point, find the cycles, trade, repeat."""
    got, left, here = [None] * len(lists), dict(seats), set(range(len(lists)))
    while here:
        wants = {i: next((s for s in lists[i] if left[s] > 0), None) for i in here}
        for i in [i for i in here if wants[i] is None]:
            here.remove(i)
        if not here:
            break
        offers = {
            s: min((i for i in here if s in lists[i]), key=lambda i, s=s: rank(i, s), default=None)
            for s in seats
        }
        # Walk as many steps as there are children: one is on a cycle for certain then.
        child = min(here)
        for _ in range(len(lists)):
            child = offers[wants[child]]
        cycle = [child]
        while (after := offers[wants[cycle[-1]]]) != child:
            cycle.append(after)
        for i in cycle:
            got[i] = wants[i]
            left[wants[i]] -= 1
        here -= set(cycle)
    return got


def eating(lists, seats):
    """Bogomolnaia and Moulin: all eat the best school with seats left at the same speed, till time one."""
    left = {s: Fraction(n) for s, n in seats.items()}
    odds = [{} for _ in lists]
    now = Fraction(0)
    while now < 1:
        eats = [next((s for s in row if left[s] > 0), None) for row in lists]
        count = {s: eats.count(s) for s in set(eats) if s is not None}
        if not count:
            break
        step = min([1 - now, *(left[s] / n for s, n in count.items())])
        for i, s in enumerate(eats):
            if s is not None:
                odds[i][s] = odds[i].get(s, Fraction(0)) + step
                left[s] -= step
        now += step
    return odds


def reserved_choice(children, school, rank, seats, reserve, favoured):
    """Hafalir, Yenmez and Yildirim: the reserve to the best favoured, then the best of all the others."""
    first = best([i for i in children if i in favoured], school, rank, min(reserve, seats))
    return first | best([i for i in children if i not in first], school, rank, seats - len(first))


def reserved(lists, seats, rank, reserves, favoured):
    step = [0] * len(lists)
    while True:
        at = {s: [i for i in range(len(lists)) if lists[i][step[i] : step[i] + 1] == [s]] for s in seats}
        refused = [
            i
            for s, asked in at.items()
            for i in asked
            if i not in reserved_choice(asked, s, rank, seats[s], reserves[s], favoured)
        ]
        if not refused:
            return [lists[i][step[i]] if step[i] < len(lists[i]) else None for i in range(len(lists))]
        for i in refused:
            step[i] += 1
