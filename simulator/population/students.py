"""Demand to Students: the children of each block, stage and category, made one by one but all at once.

A child is its (year, block id, stage, category, counter), and everything about it is a keyed function of
those and the seed. Its id shows year, stage and block; category and counter are hashed into the tail, so
that a list of ids does not tell which children have a disability or are left behind.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.model import NO_DATE, UNPLACED, Placement, Ragged, Scenario, SchoolKind, Stage, Students
from simulator.model.arrays import Booleans, Floats, Integers, Texts
from simulator.model.roster_settings import Category
from simulator.model.tables import FLAGS
from simulator.population.keyed import Keys, bell, choose, choose_on_ring, mixed, text_key, text_keys, uniform

ID_LETTERS = np.frombuffer(
    b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", dtype="S1"
)  # no I, L, O, U: read aloud safely
ID_LENGTH = 10  # 50 bits: a block of 100,000 children has a clash once in 200,000 rosters
UNDER_AGE_DAYS = 120  # those who register too early miss the cut-off day by a few months
PRIMARY_YEARS = 6
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class _Children:
    """The children before they have any attribute, one row each, by (stage, block, category, counter).

    Attributes:
        stage: int8. block: int32 row. category: int64, row of ``settings``. counter: int64, from 0.
        key: uint64, the child. family: uint64, the child, or for twins the first of the two: what twins
            share is drawn with it. twin_group: int32. settings: the categories.
    """

    stage: Integers
    block: Integers
    category: Integers
    counter: Integers
    key: Keys
    family: Keys
    twin_group: Integers
    settings: list[Category]


def make_students(scenario: Scenario) -> Students:
    """The roster: the scenario's own where it has one, else made from its demand.

    1. Add up the counts of each (stage, block, category) and number the children of each.
    2. Pair neighbours (counters 0 and 1, 2 and 3, ...) as twins, the wished share of them.
    3. Draw each attribute with its own purpose, keyed by child (by family for twins, who are alike in all).

    Raises:
        ValueError: the scenario has neither roster nor demand.
    """
    if scenario.students is not None:
        return scenario.students
    if scenario.demand is None:
        raise ValueError("make_students: the scenario has neither a roster nor a demand")
    children = _children(scenario)
    seed, settings = scenario.policy.seed, scenario.policy.population
    primary = children.stage == Stage.PRIMARY
    flags = _flags(scenario, children)
    under_age = primary & (uniform(seed, "under_age", children.family) < settings.under_age_percent / 100)
    deferred = primary & (uniform(seed, "deferred", children.family) < settings.deferred_percent / 100)
    unknown = uniform(seed, "unknown_address", children.family) < settings.unknown_address_percent / 100
    return Students(
        id=_ids(scenario, children),
        stage=children.stage,
        block=np.where(unknown, UNPLACED, children.block).astype(np.int32),
        household_block=_household_block(scenario, children, flags),
        origin_school=_origin_school(scenario, children),
        sibling_school=_sibling_school(scenario, children),
        twin_group=children.twin_group,
        birth_date=_birth_date(scenario, children, under_age),
        settled_on=_past_date(scenario, children, "settled_on", ~flags["migrant"]),
        permit_on=_past_date(scenario, children, "permit_on", flags["residence_permit"]),
        points=_points(seed, children),
        placement=_placement(seed, children),
        deferral=deferred & ~under_age,
        flags=flags,
        extra={
            name: np.full(len(children.key), NO_DATE if column.kind == "date" else 0, dtype=np.int64)
            for name, column in scenario.policy.columns.items()
            if column.kind != "yes_no"
        },
    )


def _children(scenario: Scenario) -> _Children:
    """Steps 1 and 2: number the children and pair the twins."""
    demand, policy = scenario.demand, scenario.policy
    assert demand is not None
    names, which = np.unique(demand.category.astype(str), return_inverse=True)
    order = np.lexsort((which, demand.block, demand.stage))
    stage, block, category = demand.stage[order], demand.block[order], which[order]
    starts = np.ones(len(order), dtype=np.bool_)
    starts[1:] = (np.diff(stage) != 0) | (np.diff(block) != 0) | (np.diff(category) != 0)
    group = np.cumsum(starts) - 1
    count = np.bincount(group, weights=demand.count[order], minlength=0).astype(np.int64)
    stage, block, category = (stage[starts], block[starts], category[starts])
    row = np.repeat(np.arange(len(count)), count)
    counter = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)

    group_key = mixed(
        policy.year, stage, text_keys(scenario.blocks.id)[block], text_keys(names.tolist())[category]
    )
    key = mixed(group_key[row], counter)
    first_of_pair = mixed(group_key[row], counter - counter % 2)
    twin = (counter | 1) < count[row]
    twin &= uniform(policy.seed, "twin", first_of_pair) < policy.population.twin_percent / 100
    leader = twin & (counter % 2 == 0)
    return _Children(
        stage=stage[row].astype(np.int8),
        block=block[row].astype(np.int32),
        category=category[row],
        counter=counter,
        key=key,
        family=np.where(twin, first_of_pair, key),
        twin_group=np.where(twin, np.cumsum(leader) - 1, UNPLACED).astype(np.int32),
        settings=[policy.population.categories.get(name, Category()) for name in names.tolist()],
    )


def _ids(scenario: Scenario, children: _Children) -> Texts:
    """``P26-BLOCK-TAIL``: stage and year, block id, and fifty bits of the child's key in base 32."""
    tail = mixed(text_key("id"), children.key)
    letters = np.stack(
        [ID_LETTERS[(tail >> np.uint64(5 * place)) & np.uint64(31)] for place in range(ID_LENGTH)], 1
    )
    tails = np.ascontiguousarray(letters).view(f"S{ID_LENGTH}").ravel().astype(str).tolist()
    year = f"{scenario.policy.year % 100:02d}"
    heads = [[f"{stage.name[0]}{year}-{block}-" for block in scenario.blocks.id] for stage in Stage]
    ids = np.empty(len(tails), dtype=object)
    rows = zip(children.stage.tolist(), children.block.tolist(), tails, strict=True)
    ids[:] = [heads[stage][block] + tail for stage, block, tail in rows]
    return ids


def _per_child(children: _Children, values: list[float]) -> Floats:
    """A setting of each category, spread over its children, float64."""
    return np.array(values, dtype=np.float64)[children.category]


def _flags(scenario: Scenario, children: _Children) -> dict[str, Booleans]:
    """The yes/no columns: those every roster has, and those the scenario adds."""
    own = [name for name, column in scenario.policy.columns.items() if column.kind == "yes_no"]
    flags = {}
    for name in dict.fromkeys((*FLAGS, *own)):
        percent = _per_child(
            children, [category.yes_percent.get(name, 0.0) for category in children.settings]
        )
        flags[name] = uniform(scenario.policy.seed, f"yes:{name}", children.family) < percent / 100
    return flags


def _placement(seed: int, children: _Children) -> Integers:
    """int8: one uniform number against the shares of the placements, added up."""
    luck = uniform(seed, "placement", children.family) * 100
    placement = np.zeros(len(luck), dtype=np.int8)
    below = np.zeros(len(luck))
    for kind in Placement:
        if kind == Placement.NONE:
            continue
        name = kind.name.lower()
        above = below + _per_child(
            children, [category.placements_percent.get(name, 0.0) for category in children.settings]
        )
        placement[(below <= luck) & (luck < above)] = kind
        below = above
    return placement


def _points(seed: int, children: _Children) -> Integers:
    """Admission points in hundredths, int64; 0 for categories without points."""
    mean = _per_child(children, [category.points_mean for category in children.settings])
    spread = _per_child(children, [category.points_spread for category in children.settings])
    points = np.rint(100 * (mean + spread * bell(seed, "points", children.family)))
    return np.where(mean > 0, np.maximum(points, 0), 0).astype(np.int64)


def _cutoff(scenario: Scenario, year: int) -> int:
    """The cut-off day of ``year`` in days since 1970 (29 February falls back to the 28th)."""
    month, day = (int(part) for part in scenario.policy.age.cutoff.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1])).toordinal() - EPOCH


def _birth_date(scenario: Scenario, children: _Children, under_age: Booleans) -> Integers:
    """int32: spread evenly over the year that ends on the cut-off day, inclusive.

    Junior entrants are six years older. Children under age were born in the months after that day.
    """
    seed, age = scenario.policy.seed, scenario.policy.age
    birth = np.zeros(len(children.key), dtype=np.int64)
    luck = uniform(seed, "birth_date", children.family)
    for stage, years in ((Stage.PRIMARY, age.years), (Stage.JUNIOR, age.years + PRIMARY_YEARS)):
        last = _cutoff(scenario, scenario.policy.year - years)
        days = last - _cutoff(scenario, scenario.policy.year - years - 1)
        birth = np.where(children.stage == stage, last - np.floor(luck * days), birth)
        early = (children.stage == stage) & under_age
        birth = np.where(early, last + 1 + np.floor(luck * UNDER_AGE_DAYS), birth)
    return birth.astype(np.int32)


def _past_date(scenario: Scenario, children: _Children, purpose: str, has: Booleans) -> Integers:
    """int32: a day in the category's ``settled_years`` before the cut-off day of entry, or ``NO_DATE``."""
    days = _per_child(children, [category.settled_years * 1461 // 4 for category in children.settings])
    luck = uniform(scenario.policy.seed, purpose, children.family)
    day = _cutoff(scenario, scenario.policy.year) - np.floor(luck * days)
    return np.where(has, day, NO_DATE).astype(np.int32)


def _household_block(scenario: Scenario, children: _Children, flags: dict[str, Booleans]) -> Integers:
    """int32: the child's own block; another block of its town for those who return; none for migrants.

    Where the town has no other block, or none is named, another block of the county.
    """
    blocks, keys = scenario.blocks, text_keys(scenario.blocks.id)
    home = np.where(flags["migrant"], UNPLACED, children.block).astype(np.int32)
    rows = np.flatnonzero(flags["returning"])
    for place, count in ((blocks.town, len(scenario.towns)), (blocks.county, len(scenario.counties))):
        by_place = Ragged.from_pairs(count, place[place >= 0], np.flatnonzero(place >= 0))
        where = place[children.block[rows]]
        order = np.argsort(where, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(where[order])) + 1):
            if len(group) and where[group[0]] != UNPLACED:
                options, own = by_place[where[group[0]]], children.block[rows[group]]
                home[rows[group]] = choose_on_ring(
                    scenario.policy.seed,
                    "household",
                    children.family[rows[group]],
                    own,
                    options,
                    keys[options],
                )
        rows = rows[home[rows] == children.block[rows]]
    return home


def _sibling_school(scenario: Scenario, children: _Children) -> Integers:
    """int32: for the wished share, one of the schools of the block's zone; ``UNPLACED`` for the rest."""
    seed = scenario.policy.seed
    percent = _per_child(children, [category.sibling_percent for category in children.settings])
    has = uniform(seed, "sibling", children.family) < percent / 100
    sibling = np.full(len(has), UNPLACED, dtype=np.int32)
    for stage in Stage:
        rows = np.flatnonzero(has & (children.stage == stage))
        wanted = scenario.schools.serves(stage)
        sibling[rows] = _school_of(
            scenario,
            "sibling_school",
            children,
            rows,
            scenario.zones.schools[stage],
            children.block[rows],
            wanted,
        )
    return sibling


def _origin_school(scenario: Scenario, children: _Children) -> Integers:
    """int32: the primary school a junior entrant comes from; ``UNPLACED`` for primary entrants.

    A school of the block's primary zone; for the share of ``other_primary_percent``, and where the zone has
    only a teaching point (which does not lead up to grade 6), a school of the town, else of the county.
    """
    schools, blocks = scenario.schools, scenario.blocks
    whole = schools.serves(Stage.PRIMARY)
    whole &= ~np.isin(schools.kind, [SchoolKind.TEACHING_POINT, SchoolKind.SPECIAL])
    origin = np.full(len(children.key), UNPLACED, dtype=np.int32)
    luck = uniform(scenario.policy.seed, "other_primary", children.family) * 100
    junior = children.stage == Stage.JUNIOR
    faithful = np.flatnonzero(junior & (luck >= scenario.policy.population.other_primary_percent))
    origin[faithful] = _school_of(
        scenario, "origin_school", children, faithful,
        scenario.zones.schools[Stage.PRIMARY], children.block[faithful], whole,
    )  # fmt: skip
    for place, names in (("town", scenario.towns), ("county", scenario.counties)):
        block_place, school_place = getattr(blocks, place), getattr(schools, place)
        known = np.flatnonzero((school_place >= 0) & whole)
        offered = Ragged.from_pairs(len(names), school_place[known], known)
        rows = np.flatnonzero(junior & (origin == UNPLACED))
        origin[rows] = _school_of(
            scenario, f"origin_{place}", children, rows, offered, block_place[children.block[rows]], whole
        )
    return origin


def _school_of(
    scenario: Scenario,
    purpose: str,
    children: _Children,
    rows: Integers,
    lists: Ragged,
    which: Integers,
    wanted: Booleans,
) -> Integers:
    """For the children ``rows``, one of the ``wanted`` schools of list ``which`` each, int32."""
    offered = lists.take(which)
    kept = wanted[offered.values] if len(offered.values) else np.zeros(0, dtype=np.bool_)
    owner, school = offered.owners[kept], offered.values[kept]
    key = text_keys(scenario.schools.id)[school]
    return choose(scenario.policy.seed, purpose, children.family[rows], owner, school, key)
