"""How many children of which category live in each block."""

from __future__ import annotations

import numpy as np

from making.geometry import shares
from making.places import COUNTIES, Blocks, Town

ENTRANTS = 50_000  # of each stage
RURAL_LEFT_BEHIND = 0.26

# Share of each category of the children of a block, by kind of place; the rest are "local". Sources and
# cautions are in meizhou/README.md.
CATEGORIES = (
    "local",
    "local_without_home",
    "left_behind",
    "home_only",
    "collective",
    "migrant_permit",
    "migrant_no_permit",
    "returning",
    "preference",
    "disabled",
    "late",
)
SHARES = {
    "seat": (0.0, 0.10, 0.03, 0.070, 0.015, 0.085, 0.012, 0.015, 0.004, 0.006, 0.003),
    "town": (0.0, 0.08, 0.14, 0.030, 0.004, 0.020, 0.003, 0.006, 0.003, 0.006, 0.003),
    "village": (0.0, 0.05, RURAL_LEFT_BEHIND, 0.005, 0.0, 0.004, 0.001, 0.0, 0.003, 0.006, 0.003),
}
MORE_MIGRANTS = {"MJ": 1.5, "MX": 1.4}  # the two urban districts draw more than the other seats


def make_children(rng: np.random.Generator, towns: list[Town], blocks: Blocks) -> np.ndarray:
    """Children by stage, block and category, int64 (2, blocks, categories); each stage adds up exactly.

    1. Counties share the entrants by residents; the seat and the countryside by the county's urban share.
    2. Blocks share those by weight.
    3. Each child draws its category.
    """
    urban = np.array([towns[town].urban for town in blocks.town])
    county = np.array(blocks.county)
    weight = np.array(blocks.weight)
    residents = np.array([entry.residents for entry in COUNTIES])
    children = np.zeros((2, len(weight), len(CATEGORIES)), dtype=np.int64)
    for stage in range(2):
        of_county = shares(rng, residents, ENTRANTS)
        for row, entry in enumerate(COUNTIES):
            in_seat = of_county[row] * entry.urban_percent // 100
            for seat, total in ((True, in_seat), (False, of_county[row] - in_seat)):
                rows = np.flatnonzero((county == row) & (urban == seat))
                counts = shares(rng, weight[rows], int(total))
                for block, count in zip(rows, counts, strict=True):
                    children[stage, block] = _categories(rng, blocks, block, entry.code, seat, int(count))
    return children


def _categories(
    rng: np.random.Generator, blocks: Blocks, block: int, code: str, seat: bool, count: int
) -> np.ndarray:
    kind = "seat" if seat else "village" if blocks.village[block] else "town"
    share = np.array(SHARES[kind])
    migrant = [CATEGORIES.index("migrant_permit"), CATEGORIES.index("migrant_no_permit")]
    if seat:
        share[migrant] *= MORE_MIGRANTS.get(code, 0.8)
    share[0] = 1 - share.sum()
    drawn = np.searchsorted(np.cumsum(share), rng.random(count), side="right")
    return np.bincount(np.minimum(drawn, len(CATEGORIES) - 1), minlength=len(CATEGORIES))
