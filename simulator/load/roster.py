"""The students table: one row per child, and the columns that follow from others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from simulator.load import cells
from simulator.load.references import References, refer
from simulator.load.table import Table
from simulator.model import UNPLACED, Placement, Policy, Ragged, Schools, Stage, Students, Zones
from simulator.model.arrays import Booleans, Integers, Texts
from simulator.model.tables import FLAGS

OLDEST_YEARS = 25
"""A child born longer ago than this before the entry year is a slip of the pen."""

FIRST_YEAR = 1950
TWINS_AT_MOST = 6
YOUNGEST_YEARS = 4
"""Nobody enters school younger: 18 digits with a later day in their middle are no identity number."""

NO_TWIN = frozenset({"否", "no", "0"})


def read_students(
    table: Table, policy: Policy, blocks: References, schools: References, of: Schools, zones: Zones
) -> Students:
    """The roster in the order of the table.

    Faults: those of ids, choices, dates and numbers; twins_of_two_stages, twin_group_large,
    origin_not_primary, id_is_identity_number. Warnings, because the child stays counted: block_unknown,
    block_blank, household_block_unknown, school_unknown, twin_alone.
    """
    id = table.ids("student")
    refuse_identity_numbers(table, policy.year - YOUNGEST_YEARS)
    stage, stage_given = table.choices("stage", Stage.PRIMARY)
    table.require("stage", stage_given)
    block, strangers = refer(table, "block", blocks, required=False)
    table.warn_first(UNKNOWN_CODES["block"], "block", strangers)
    if table.has("block"):
        _warn_count(table, "block_blank", "block", int((block == UNPLACED).sum()) - len(strangers))
    household_block, strangers = refer(table, "household_block", blocks, required=False)
    table.warn_first(UNKNOWN_CODES["household_block"], "household_block", strangers)
    origin, strangers = refer(table, "origin_school", schools, required=False)
    table.warn_first(UNKNOWN_CODES["origin_school"], "origin_school", strangers)
    sibling, strangers = refer(table, "sibling_school", schools, required=False)
    table.warn_first(UNKNOWN_CODES["sibling_school"], "sibling_school", strangers)
    wrong = (origin != UNPLACED) & (stage == Stage.JUNIOR) & ~of.serves(Stage.PRIMARY)[origin]
    table.fault("origin_not_primary", "origin_school", np.flatnonzero(wrong))
    birth, _ = table.dates("birth_date", policy.year - OLDEST_YEARS, policy.year)
    settled_on, _ = table.dates("settled_on", FIRST_YEAR, policy.year + 1)
    permit_on, permit_given = table.dates("permit_on", FIRST_YEAR, policy.year + 1)
    flags = {name: table.yes(name) for name in FLAGS}
    if not table.has("household") and table.has("household_block"):
        flags["household"] = same_zone(block, household_block, stage, zones)
    if not table.has("residence_permit"):
        flags["residence_permit"] = permit_given
    placement, _ = table.choices("placement", Placement.NONE)
    added = _added_columns(table, policy)
    return Students(
        id=id,
        stage=stage,
        block=block,
        household_block=household_block,
        origin_school=origin,
        sibling_school=sibling,
        twin_group=_twins(table, stage, stage_given),
        birth_date=birth,
        settled_on=settled_on,
        permit_on=permit_on,
        points=table.hundredths("points"),
        placement=placement,
        deferral=table.filled("deferral_number"),
        flags=flags | {name: table.yes(name) for name, kind in added.items() if kind == "yes_no"},
        extra={
            name: table.hundredths(name)
            if kind == "number"
            else table.dates(name, FIRST_YEAR, policy.year + 1)[0].astype(np.int64)
            for name, kind in added.items()
            if kind != "yes_no"
        },
    )


def refuse_identity_numbers(table: Table, last_year: int) -> None:
    """Ids are published, and identity numbers may not be."""
    found = table.distinct("student")
    suspects = np.flatnonzero(np.asarray(pc.match_substring_regex(found.texts, r"^[Gg]?\d{17}[\dXx]$")))
    bad = [at for at in suspects.tolist() if cells.is_identity_number(found.texts[at].as_py(), last_year)]
    table.fault("id_is_identity_number", "student", found.rows_of(bad))


def read_names(table: Table) -> Texts | None:
    """The children's names beside the roster, ``None`` where the table has none."""
    return table.free_text("name") if table.has("name") else None


def _added_columns(table: Table, policy: Policy) -> Mapping[str, str]:
    """Columns the scenario adds, by name, with their kind."""
    return {name: column.kind for name, column in policy.columns.items() if name in table.columns}


def _twins(table: Table, stage: Integers, stage_given: Booleans) -> Integers:
    """int32 label shared by twins; a label that only one child has is no twin's."""
    found = table.labels("twin_group", NO_TWIN)
    words = found.texts.to_pylist()
    labels = {word: place for place, word in enumerate(dict.fromkeys(words)) if word}
    label = np.array([labels.get(word, UNPLACED) for word in words], dtype=np.int32)[found.codes]
    twins = np.flatnonzero(label != UNPLACED)
    if len(twins) == 0:
        return label
    size = np.bincount(label[twins])
    table.fault(
        "twin_group_large", "twin_group", twins[size[label[twins]] > TWINS_AT_MOST], most=TWINS_AT_MOST
    )
    alone = twins[size[label[twins]] == 1]
    table.fault("twin_alone", "twin_group", alone, warning=True)
    juniors = np.bincount(label[twins], weights=stage[twins] == Stage.JUNIOR, minlength=len(size))
    mixed = (juniors > 0) & (juniors < size)
    table.fault("twins_of_two_stages", "twin_group", twins[mixed[label[twins]] & stage_given[twins]])
    label[alone] = UNPLACED
    return label


def same_zone(block: Integers, household_block: Integers, stage: Integers, zones: Zones) -> Booleans:
    """bool: the household register lies in the zone of the address.

    Two blocks share a zone at a stage when they share a school there; a block shares its own zone.
    """
    answer = (block == household_block) & (block != UNPLACED)
    for s in Stage:
        rows = np.flatnonzero((stage == s) & (block != UNPLACED) & (household_block != UNPLACED) & ~answer)
        if len(rows) == 0:
            continue
        lists: Ragged = zones.schools[s]
        span = len(lists)
        pairs, which = np.unique(
            block[rows].astype(np.int64) * span + household_block[rows], return_inverse=True
        )
        schools = int(lists.values.max(initial=0)) + 1
        mine = np.unique(lists.owners.astype(np.int64) * schools + lists.values)
        theirs = lists.take(pairs % span)
        key = (pairs // span)[theirs.owners] * schools + theirs.values
        shared = np.zeros(len(pairs), dtype=np.bool_)
        shared[theirs.owners[np.isin(key, mine)]] = True
        answer[rows] = shared[which]
    return answer


UNKNOWN_CODES = {
    "block": "block_unknown",
    "household_block": "household_block_unknown",
    "origin_school": "school_unknown",
    "sibling_school": "school_unknown",
}


def _warn_count(table: Table, code: str, name: str, count: int) -> None:
    if count > 0:
        table.ledger.add(code, table.file, 0, table.heading(name), warning=True, count=count)
