"""The market that the mechanisms are measured on."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, Applications, Draw, Seats

Round = tuple[Applications, Seats, Draw]


def market(children: int, schools: int, *, choices: int = 10, tiers: int = 3, seed: int = 1) -> Round:
    """Children like better-known schools more, each in its own way; schools rank by tier, then one draw.

    Args:
        tiers: classes of priority, drawn for every child and school; 1 leaves all to the draw.
    """
    rng = np.random.default_rng(seed)
    weight = np.cumsum(np.exp(0.7 * rng.normal(size=schools)))
    pool = np.empty((children, choices), dtype=np.int32)
    for choice in range(choices):  # by weight, without the schools listed before
        rows = np.arange(children)
        while len(rows):
            drawn = np.searchsorted(weight, rng.random(len(rows)) * weight[-1], side="right")
            pool[rows, choice] = np.minimum(drawn, schools - 1)
            rows = rows[np.any(pool[rows, :choice] == pool[rows, choice, None], axis=1)]
    order = rng.permutation(children).astype(np.int64)
    node = np.arange(schools, dtype=np.int32)
    applications = Applications(
        student=np.arange(children, dtype=np.int32),
        offsets=np.arange(children + 1, dtype=np.int64) * choices,
        pool=pool.reshape(-1),
        priority=rng.integers(0, tiers, children * choices),
        cost=np.zeros(children * choices, dtype=np.int64),
        unit=np.full(children, UNPLACED, dtype=np.int32),
        tier=np.zeros(children, dtype=np.int32),
        alike=np.arange(children, dtype=np.int32),
    )
    seats = Seats(
        school=node,
        stage=np.zeros(schools, dtype=np.int8),
        kind=np.full(schools, 2, dtype=np.int8),
        parent=np.full(schools, UNPLACED, dtype=np.int32),
        seats=np.full(schools, max(1, int(0.95 * children / schools)), dtype=np.int64),
    )
    return applications, seats, Draw("speed", seed, order, order)
