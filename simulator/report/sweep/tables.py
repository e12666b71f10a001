"""The tables of a sweep: one row per variant, draw and indicator, and what adds up by group, block and
school.

Each is made county by county, and one county is one group of rows of the file; ``load.sweep_folder`` reads
the same columns back. Every number is a whole one but for values and shares, which follow from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from simulator.indicators.measure import values
from simulator.model import MEASURES, UNPLACED, Draws, Stage
from simulator.model.arrays import Floats, Integers, texts
from simulator.report.columns import Column, Kind, Table, coded


def counties(draws: Draws) -> Table:
    """One row: the county, how often it was drawn, and what all its rows stand for."""
    layout = draws.layout
    children = int(draws.groups[0, :, :, 0, MEASURES.index("children")].sum()) // max(1, len(draws))
    whole = {"children": children, "draws": len(draws), "seed": layout.seed}
    words = {"scenario": layout.county, "fingerprint": layout.fingerprint, "layout": layout_text(draws)}
    return Table(
        "sweep_counties",
        (
            *(Column(name, "text", texts([value])) for name, value in words.items()),
            *(Column(name, "count", np.array([value])) for name, value in whole.items()),
        ),
    )


def layout_text(draws: Draws) -> str:
    """The layout as one text."""
    return str(draws.to_arrays()["layout"])


def seeds(draws: Draws) -> Table:
    """One row per draw: its seeds, by which it can be played alone (``--set lottery_seed=...``)."""
    return Table(
        "sweep_draws",
        (
            _scenario(draws, len(draws)),
            Column("draw", "count", draws.draw),
            Column("lottery_seed", "count", draws.lottery_seed),
            Column("children_seed", "count", draws.children_seed),
        ),
    )


def indicators(draws: Draws) -> Table:
    """One row per variant, draw and indicator; county and stage are empty for the whole."""
    layout = draws.layout
    variants, numbers, rows = draws.numerator.shape
    each = variants * numbers
    place = np.tile(layout.place, each)
    value = indicator_values(draws).ravel()
    return Table(
        "sweep_indicators",
        (
            _scenario(draws, each * rows),
            Column("variant", "text", np.repeat(texts(layout.variants), numbers * rows)),
            Column("draw", "count", np.tile(np.repeat(draws.draw, rows), variants)),
            Column("indicator", "text", np.tile(layout.code, each)),
            Column("county", "text", place, known=place != ""),
            coded("stage", Stage, "stage", np.tile(layout.stage, each)),
            Column("value", "number", np.nan_to_num(value), known=~np.isnan(value)),
            Column("unit", "text", np.tile(layout.unit, each)),
            Column("numerator", "count", draws.numerator.ravel()),
            Column("denominator", "count", draws.denominator.ravel()),
        ),
    )


def indicator_values(draws: Draws) -> Floats:
    """float64 (variants, draws, indicators), NaN where there is no value."""
    found = np.full(draws.numerator.shape, np.nan)
    for unit in sorted(set(draws.layout.unit.tolist())):
        rows = np.flatnonzero(draws.layout.unit == unit)
        found[..., rows] = values(draws.numerator[..., rows], draws.denominator[..., rows], unit)
    return found


def groups(draws: Draws) -> Table:
    """One row per variant, draw, stage and group of children."""
    layout = draws.layout
    variants, numbers, stages, found, _ = draws.groups.shape
    rows = variants * numbers * stages * found
    return Table(
        "sweep_groups",
        (
            _scenario(draws, rows),
            Column("variant", "text", np.repeat(texts(layout.variants), numbers * stages * found)),
            Column("draw", "count", np.tile(np.repeat(draws.draw, stages * found), variants)),
            coded("stage", Stage, "stage", np.tile(np.repeat(np.arange(stages), found), variants * numbers)),
            Column("group", "text", np.tile(layout.group, variants * numbers * stages)),
            *_measures("", draws.groups),
        ),
    )


def blocks(draws: Draws) -> Table:
    """One row per variant, stage (empty for both) and block: sums over all draws, and sums of squares."""
    layout = draws.layout
    variants, stages, found, _ = draws.total.shape
    each = variants * stages

    def place(name: str, values: Floats) -> Column:
        tiled = np.tile(values, each)
        return Column(name, "number", np.nan_to_num(tiled), known=~np.isnan(tiled))

    return Table(
        "sweep_blocks",
        (
            _scenario(draws, each * found),
            Column("variant", "text", np.repeat(texts(layout.variants), stages * found)),
            coded("stage", Stage, "stage", np.tile(np.repeat(np.arange(stages) - 1, found), variants)),
            Column("block", "text", np.tile(layout.block, each)),
            Column("block_name", "text", np.tile(layout.block_name, each)),
            place("longitude", layout.longitude),
            place("latitude", layout.latitude),
            Column("draws", "count", np.full(each * found, len(draws))),
            *_measures("sum_", draws.total),
            *_measures("squares_", draws.square),
            *_measures("change_", draws.change),
            *_measures("change_squares_", draws.change_square),
        ),
    )


def odds(draws: Draws) -> Table:
    """One row per variant, stage, block, round and school that took a child of the block in some draw.

    ``share``: of the children of the block, over all draws, those who got a place there by that round.
    Children whose place would tell a protected category are in neither number.
    """
    layout = draws.layout
    variant, stage, block, of_round, school, placed = draws.odds.T
    children = draws.total[variant, stage + 1, block, MEASURES.index("children")]
    settled = of_round == UNPLACED
    return Table(
        "sweep_odds",
        (
            _scenario(draws, len(variant)),
            Column("variant", "text", texts(layout.variants)[variant]),
            coded("stage", Stage, "stage", stage),
            Column("block", "text", layout.block[block]),
            Column("round_name", "text", layout.rounds[of_round], known=~settled),
            Column("school", "text", layout.school[school]),
            Column("draws", "count", np.full(len(variant), len(draws))),
            Column("children_drawn", "count", children),
            Column("times_placed", "count", placed),
            Column("share", "number", placed / np.maximum(children, 1), known=children > 0),
        ),
    )


SWEEP_TABLES: Mapping[str, Callable[[Draws], Table]] = {
    "counties": counties,
    "draws": seeds,
    "indicators": indicators,
    "groups": groups,
    "blocks": blocks,
    "odds": odds,
}
"""Table name, also of its file, to its maker."""


def _scenario(draws: Draws, rows: int) -> Column:
    return Column("scenario", "text", np.full(rows, draws.layout.county, dtype=object))


def _measures(prefix: str, counted: Integers) -> list[Column]:
    """One column per measure, the last axis of ``counted``."""
    kind: Kind = "count"
    return [Column(f"{prefix}{name}", kind, counted[..., row].ravel()) for row, name in enumerate(MEASURES)]
