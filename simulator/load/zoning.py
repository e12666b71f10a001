"""Tables that link places: blocks, zones, feeders, given distances and barriers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from simulator.load.ledger import LISTED
from simulator.load.places import read_places
from simulator.load.references import References, refer
from simulator.load.schools import STAGE_LABELS, STAGES, PlaceNames
from simulator.load.table import Table
from simulator.model import (
    UNPLACED,
    Barriers,
    Blocks,
    Feeders,
    GivenTravel,
    Policy,
    Ragged,
    SchoolKind,
    Schools,
    Sites,
    Stage,
    Zones,
)
from simulator.model.arrays import Booleans, Integers


def read_blocks(table: Table, policy: Policy, names: PlaceNames) -> Blocks:
    """The blocks, one row each, in the order of the table."""
    id = table.ids("block")
    name = table.free_text("name")
    county = names.counties.rows(table.labels("county"))
    longitude, latitude, outline = read_places(table, policy.coordinates.system)
    return Blocks(
        id=id,
        name=np.where(name == "", id, name),
        county=county,
        town=names.towns.rows(table.labels("town"), county),
        district=names.districts.rows(table.labels("district")),
        longitude=longitude,
        latitude=latitude,
        village=table.yes("village"),
        outline=outline,
    )


def no_zones(blocks: int) -> Zones:
    """Zones of a scenario without a zone table."""
    return Zones((Ragged.empty(blocks), Ragged.empty(blocks)))


def read_zones(table: Table, blocks: References, schools: References, of: Schools) -> Zones:
    """Block to schools per stage, in the order given; several schools need an order.

    Faults: blank_cell, unknown_reference, stage_needed, stage_not_served, duplicate_row,
    block_in_two_zones.
    """
    block, _ = refer(table, "block", blocks, required=True)
    school, _ = refer(table, "school", schools, required=True)
    order, order_given = table.integers("order")
    stage, good = read_stage(table, (block != UNPLACED) & (school != UNPLACED), school, of)
    doubled = repeats(good, block, stage, school)
    fault_repeats(table, "duplicate_row", "school", doubled)
    good &= doubled == UNPLACED
    rows = np.flatnonzero(good)
    _check_order(table, rows, block, stage, order_given)
    rows = rows[np.lexsort((rows, order[rows], block[rows]))]
    lists = []
    for s in STAGES:
        chosen = rows[stage[rows] == s]
        lists.append(Ragged.from_pairs(len(blocks.ids), block[chosen], school[chosen]))
    return Zones((lists[0], lists[1]))


def read_stage(table: Table, known: Booleans, school: Integers, of: Schools) -> tuple[Integers, Booleans]:
    """Stage of each row, int8: as given, or the only one of the row's school; and which rows are sound.

    Faults, of rows ``known`` to name their school: stage_needed, stage_not_served.
    """
    stage, given = table.choices("stage", UNPLACED)
    serves = np.array([of.serves(s) for s in STAGES])
    served = np.where(school != UNPLACED, serves[:, school], False)
    one_stage = served.sum(axis=0) == 1
    stage = np.where(given, stage, np.where(one_stage, served.argmax(axis=0), UNPLACED)).astype(np.int8)
    table.fault("stage_needed", "stage", np.flatnonzero(known & ~given & ~one_stage))
    wrong = known & given & ~served[np.maximum(stage, 0), np.arange(len(table))]
    table.fault("stage_not_served", "school", np.flatnonzero(wrong))
    return stage, known & (stage != UNPLACED) & ~wrong


def _check_order(table: Table, rows: Integers, block: Integers, stage: Integers, given: Booleans) -> None:
    """A block of several schools at one stage is a multi-school zone only if their order is given."""
    key = block[rows].astype(np.int64) * 2 + stage[rows]
    _, which, counts = np.unique(key, return_inverse=True, return_counts=True)
    several = counts[which] > 1
    lacking = several & ~given[rows]
    for place in np.flatnonzero(lacking)[:LISTED]:
        others = rows[(which == which[place]) & (rows != rows[place])]
        listed = ", ".join(str(table.row(row)) for row in others[:5])
        table.fault(
            "block_in_two_zones",
            "block",
            rows[place : place + 1],
            same_block=listed,
            heading=table.heading("order"),
        )
    if lacking.sum() > LISTED:
        rest = int(lacking.sum()) - LISTED
        table.ledger.add_unlisted("block_in_two_zones", table.file, table.heading("block"), rest)


def check_school_in_zone(
    table: Table, zone_table: Table, blocks: References, schools: Schools, zones: Zones, feeders: Feeders
) -> None:
    """A public school with seats at a stage that has zones, but in no zone of it, would stand empty.

    Special schools take children from everywhere, and a junior school may live on its feeders. A school
    whose zone row names an unknown block has that fault already.
    """
    fed = np.zeros(len(schools), dtype=np.bool_)
    fed[feeders.juniors.values] = True
    named = zone_table.distinct("block")
    lost = zone_table.texts("school").filter(pa.array((blocks.rows(named.texts) == UNPLACED)[named.codes]))
    excused = np.isin(schools.id, lost.to_numpy(zero_copy_only=False))
    for stage in STAGES:
        lists = zones.schools[stage]
        if len(lists.values) == 0:
            continue
        zoned = np.isin(schools.id, schools.id[lists.values])
        planned = np.where(
            schools.planned_seats[stage] >= 0, schools.planned_seats[stage], schools.classes[stage]
        )
        lonely = schools.serves(stage) & schools.public & ~zoned & ~excused & (planned > 0)
        lonely &= schools.kind != SchoolKind.SPECIAL
        if stage == Stage.JUNIOR:
            lonely &= ~fed
        table.fault("school_in_no_zone", "school", np.flatnonzero(lonely), stage=STAGE_LABELS[stage])


def no_feeders(schools: int) -> Feeders:
    """Feeders of a scenario without a feeder table."""
    return Feeders(Ragged.empty(schools), np.zeros(0))


def read_feeders(table: Table, schools: References, of: Schools) -> Feeders:
    """Primary to junior schools with shares; no share means equal shares.

    Faults: blank_cell, unknown_reference, feeder_not_primary, feeder_not_junior, duplicate_row,
    shares_over_one, share_missing.
    """
    primary, _ = refer(table, "primary", schools, required=True)
    junior, _ = refer(table, "junior", schools, required=True)
    share, share_given = table.numbers("share")
    good = (primary != UNPLACED) & (junior != UNPLACED)
    from_wrong = good & ~of.serves(Stage.PRIMARY)[primary]
    to_wrong = good & ~of.serves(Stage.JUNIOR)[junior]
    table.fault("feeder_not_primary", "primary", np.flatnonzero(from_wrong))
    table.fault("feeder_not_junior", "junior", np.flatnonzero(to_wrong))
    good &= ~from_wrong & ~to_wrong
    doubled = repeats(good, primary, junior)
    fault_repeats(table, "duplicate_row", "junior", doubled)
    good &= doubled == UNPLACED
    rows = np.flatnonzero(good)
    owner = primary[rows]
    count = np.bincount(owner, minlength=len(of))
    filled = np.bincount(owner, weights=share_given[rows], minlength=len(of))
    mixed = (filled > 0) & (filled < count)
    table.fault("share_missing", "share", rows[mixed[owner] & ~share_given[rows]])
    parts = np.where(share_given[rows], share[rows], 1.0 / np.maximum(count, 1)[owner])
    total = np.bincount(owner, weights=parts, minlength=len(of))
    over = total > 1.0 + 1e-6
    last = np.array([rows[owner == o].max() for o in np.flatnonzero(over & ~mixed)], dtype=np.int64)
    for row in last:
        table.fault("shares_over_one", "share", np.array([row]), total=f"{total[primary[row]]:g}")
    order = np.argsort(owner, kind="stable")
    return Feeders(Ragged.from_pairs(len(of), owner, junior[rows]), parts[order])


def read_travel(table: Table, blocks: References, schools: References) -> GivenTravel:
    """Distances a bureau gives itself.

    Faults: blank_cell, unknown_reference, duplicate_row.
    """
    block, _ = refer(table, "block", blocks, required=True)
    school, _ = refer(table, "school", schools, required=True)
    metres, given = table.integers("metres")
    table.require("metres", given)
    good = (block != UNPLACED) & (school != UNPLACED) & given
    doubled = repeats(good, block, school)
    fault_repeats(table, "duplicate_row", "school", doubled)
    good &= doubled == UNPLACED
    return GivenTravel(block[good], school[good], metres[good].astype(np.int32))


def read_barriers(table: Table, blocks: References) -> Barriers:
    """Pairs of blocks that are kept apart, in any order; a pair may be given twice.

    Faults: blank_cell, unknown_reference, barrier_within_block.
    """
    block, _ = refer(table, "block", blocks, required=True)
    other, _ = refer(table, "other", blocks, required=True)
    table.free_text("kind")  # read by people only; a formula in it is a fault all the same
    known = (block != UNPLACED) & (other != UNPLACED)
    table.fault("barrier_within_block", "other", np.flatnonzero(known & (block == other)))
    pairs = np.stack([np.minimum(block, other), np.maximum(block, other)])[:, known & (block != other)]
    low, high = np.unique(pairs, axis=1).astype(np.int32)
    return Barriers(low, high)


def read_sites(table: Table, policy: Policy, names: PlaceNames) -> Sites:
    """Land for new schools, one row each, in the order of the table."""
    id = table.ids("site")
    name = table.free_text("name")
    county = names.counties.rows(table.labels("county"))
    longitude, latitude, _ = read_places(table, policy.coordinates.system)
    return Sites(
        id=id,
        name=np.where(name == "", id, name),
        county=county,
        town=names.towns.rows(table.labels("town"), county),
        district=names.districts.rows(table.labels("district")),
        longitude=longitude,
        latitude=latitude,
        seats=table.integers("seats", UNPLACED)[0].astype(np.int32),
        reserved=table.yes("reserved"),
    )


def repeats(good: Booleans, *keys: Integers) -> Integers:
    """int64 (rows,): for a row whose keys stood in an earlier good row, that row; else ``UNPLACED``."""
    rows = np.flatnonzero(good)
    out = np.full(len(good), UNPLACED, dtype=np.int64)
    combined = np.zeros(len(rows), dtype=np.int64)
    for key in keys:
        part = key[rows].astype(np.int64) + 1
        combined = combined * (int(part.max(initial=0)) + 1) + part
    _, first, which = np.unique(combined, return_index=True, return_inverse=True)
    earlier = rows[first[which]]
    later = earlier != rows
    out[rows[later]] = earlier[later]
    return out


def fault_repeats(table: Table, code: str, name: str, earlier: Integers) -> None:
    """One fault per repeated row, naming the row it repeats."""
    rows = np.flatnonzero(earlier != UNPLACED)
    for row in rows[:LISTED]:
        table.fault(code, name, np.array([row]), first_row=table.row(earlier[row]))
    if len(rows) > LISTED:
        table.ledger.add_unlisted(code, table.file, table.heading(name), len(rows) - LISTED)
