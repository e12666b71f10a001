"""Tables of zones: early warning, and the cheapest fixes in policy terms."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, Stage
from simulator.model.arrays import texts
from simulator.report.columns import Column, Table, coded, named
from simulator.report.view import View

LEVELS = ("level_green", "level_yellow", "level_red")


def zones(view: View) -> Table:
    """One row per zone: eligible children against seats, the level, and its fixes in words."""
    warnings = view.run.warnings
    children, seats = warnings.children, warnings.seats
    known = seats > 0
    ratio = np.zeros(len(seats), dtype=np.float64)
    ratio[known] = 100 * children[known] / seats[known]
    ids = view.run.scenario.schools.id
    schools = [" ".join(ids[rows].tolist()) for rows in view.zone_schools]
    words = [fix_words(view, zone) for zone in range(len(children))]
    zoned = warnings.block_zone[warnings.block_zone != UNPLACED]
    return Table(
        "zones",
        (
            Column("zone", "count", np.arange(1, len(children) + 1)),
            Column("zone_name", "text", view.zone_names, readers="people"),
            Column("zone_schools", "text", texts(schools), readers="programs"),
            coded("stage", Stage, "stage", warnings.stage),
            named("county", view.county_names, view.zone_county),
            Column("blocks", "count", np.bincount(zoned, minlength=len(children))),
            Column("eligible_children", "count", children),
            Column("seats", "count", seats),
            Column("warning_ratio", "percent", ratio, known=known, unavailable=~known & (children > 0)),
            Column("level", "choice", warnings.level.astype(np.int64), codes=LEVELS),
            Column("short", "count", view.zone_short),
            Column("fix_words", "text", texts(words), readers="people"),
        ),
    )  # fmt: skip


def fixes(view: View) -> Table:
    """One row per fix, cheapest first within a zone."""
    table, schools = view.run.fixes, view.run.scenario.schools
    blocks = view.run.scenario.blocks.id
    words = [one_fix(view, row) for row in range(len(table.zone))]
    return Table(
        "fixes",
        (
            Column("zone", "count", table.zone + 1),
            Column("zone_name", "text", view.zone_names[table.zone], readers="people"),
            coded("stage", Stage, "stage", view.run.warnings.stage[table.zone]),
            Column("short", "count", table.short),
            Column("action", "text", table.action, readers="programs"),
            Column("fix_words", "text", texts(words), readers="people"),
            named("school", schools.id, table.school),
            Column("classes_added", "count", table.classes),
            Column("blocks_moved", "text", texts([" ".join(blocks[list(b)].tolist()) for b in table.blocks])),
            Column("fix_children", "count", table.children),
            Column("extra_metres", "metres", table.extra_metres),
            Column("fix_beyond", "count", table.beyond),
        ),
    )  # fmt: skip


def one_fix(view: View, row: int) -> str:
    """One fix in words: "one more class at School 12"."""
    table = view.run.fixes
    school = view.school_names[table.school[row]] if table.school[row] != UNPLACED else ""
    blocks = [str(view.block_names[block]) for block in table.blocks[row]]
    far = int(table.beyond[row])
    return view.words.text(
        f"sentence_{table.action[row]}",
        n=int(table.classes[row]) if table.classes[row] else len(blocks),
        school=school,
        blocks=view.words.joined(blocks, most=4),
        children=int(table.children[row]),
        metres=int(table.extra_metres[row]),
        beyond=view.words.text("sentence_fix_beyond", n=far) if far else "",
    )


def fix_words(view: View, zone: int) -> str:
    """What is short in a zone and the ways out of it in one sentence, "" where nothing is short."""
    rows = np.flatnonzero(view.run.fixes.zone == zone).tolist()
    short = int(view.zone_short[zone])
    name = view.zone_names[zone]
    if not rows:
        return view.words.text("zone_short", zone=name, n=short) if short else ""
    ways = view.words.text("or_else").join(one_fix(view, row) for row in rows)
    if not short:
        return view.words.text("zone_full_with_fixes", zone=name, ways=ways)
    return view.words.text("zone_short_with_fixes", zone=name, n=short, ways=ways)
