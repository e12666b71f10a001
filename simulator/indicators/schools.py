"""Indicators about schools, seats, classes, zones, towns and education groups."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulator.indicators.early_warning import RED, YELLOW
from simulator.indicators.eligible import ordinary_public_seats
from simulator.indicators.facts import Facts, Share, count
from simulator.model import UNPLACED, Round, SchoolKind, SeatKind, Stage, Status, ZoneWarnings
from simulator.model.arrays import Booleans, Integers
from simulator.model.features import RANKED
from simulator.model.limits import class_sizes, school_caps
from simulator.model.ranked_by import deciding_columns

RESOURCE_ROOM_FROM = 5
"""Children with disabilities from which a school owes a resource room (R21)."""

SUBDISTRICT = "街道"


def public_seats(facts: Facts) -> Share:
    """R9: ordinary seats that public schools offer."""
    return count(facts.schools(ordinary_public_seats(facts.scenario, facts.admission.seats)))


def seat_fill_percent(facts: Facts) -> Share:
    """R9: children in public schools at the end / seats of their stages when the rounds opened."""
    public = facts.scenario.schools.public
    return Share(
        facts.schools(np.where(public, facts.stage_load, 0)),
        facts.schools(np.where(public, facts.stage_seats, 0)),
    )


def purchased_used(facts: Facts) -> Share:
    """R26: purchased seats of inclusive private schools that are taken, by county of the child."""
    return count(facts.children(_in_purchased_seat(facts)))


def purchased_used_percent(facts: Facts) -> Share:
    """R26: purchased seats taken / purchased seats, by county of the school."""
    schools, admission = facts.scenario.schools, facts.admission
    taken = np.flatnonzero(_in_purchased_seat(facts))
    seats = admission.seats
    pool = seats.kind == SeatKind.PURCHASED
    return Share(
        facts.tally(schools.county[admission.school[taken]], facts.students.stage[taken]),
        facts.tally(schools.county[seats.school[pool]], seats.stage[pool], seats.seats[pool]),
    )


def oversized_schools_before(facts: Facts) -> Share:
    """R1: schools whose pupils on roll exceed their cap before this year's entry."""
    pupils = facts.scenario.schools.pupils.sum(axis=0, dtype=np.int64)
    return count(
        facts.schools(_as_counts(pupils > school_caps(facts.scenario.policy, facts.scenario.schools)))
    )


def oversized_schools(facts: Facts) -> Share:
    """R1: schools over their cap after entry: pupils - leavers + children seated, both stages jointly."""
    schools = facts.scenario.schools
    after = (schools.pupils - schools.leavers).sum(axis=0, dtype=np.int64) + facts.entrants.sum(axis=0)
    return count(
        facts.schools(_as_counts(after > school_caps(facts.scenario.policy, facts.scenario.schools)))
    )


def classes_planned(facts: Facts) -> Share:
    """R2: entry classes planned, special schools aside."""
    return count(facts.schools(_ordinary_classes(facts)))


def classes_above_standard(facts: Facts) -> Share:
    """R2: planned entry classes larger than the standard of their stage."""
    size = facts.scenario.policy.class_size
    standard = np.array([[size.primary], [size.junior]])
    return count(facts.schools(np.where(_planned_size(facts) > standard, _ordinary_classes(facts), 0)))


def classes_above_ceiling(facts: Facts) -> Share:
    """R2: planned entry classes larger than the hard ceiling (large and very large classes)."""
    above = _planned_size(facts) > facts.scenario.policy.class_size.ceiling
    return count(facts.schools(np.where(above, _ordinary_classes(facts), 0)))


def resource_rooms_due(facts: Facts) -> Share:
    """R21: ordinary schools with five or more children with disabilities, on roll and entering."""
    return count(facts.schools(_as_counts(_owes_resource_room(facts))))


def resource_rooms_missing(facts: Facts) -> Share:
    """R21: of the schools that owe a resource room, those without one."""
    return count(
        facts.schools(_as_counts(_owes_resource_room(facts) & ~facts.scenario.schools.resource_room))
    )


def towns_without_boarding(facts: Facts) -> Share:
    """R16: towns without a compulsory school that has boarding beds; subdistricts (…街道) are left out.

    Towns are those the blocks and schools name, told apart by county.
    """
    scenario = facts.scenario
    schools, blocks, towns = scenario.schools, scenario.blocks, max(len(scenario.towns), 1)
    town = np.array([not name.endswith(SUBDISTRICT) for name in scenario.towns], dtype=np.bool_)

    def keys(county: Integers, label: Integers) -> Integers:
        named = label != UNPLACED
        named = named & town[label] if len(town) else named
        return np.unique((county[named].astype(np.int64) + 1) * towns + label[named])

    named = keys(np.concatenate((blocks.county, schools.county)), np.concatenate((blocks.town, schools.town)))
    boards = schools.boarding_beds > 0
    missing = np.setdiff1d(named, keys(schools.county[boards], schools.town[boards]))
    return count(facts.tally(missing // towns - 1, np.full(len(missing), UNPLACED)))


def education_groups(facts: Facts) -> Share:
    """R36: education groups with a school in the county; a group over two counties is one in the city."""
    schools = facts.scenario.schools
    grouped = schools.group != UNPLACED
    pairs = np.unique(np.stack((schools.county[grouped], schools.group[grouped]), axis=1), axis=0)
    cells = facts.tally(pairs[:, 0], np.full(len(pairs), UNPLACED))
    cells[0] = len(np.unique(pairs[:, 1]))
    return count(cells)


def private_lotteries(facts: Facts) -> Share:
    """R30: seat pools of private schools that had more applicants than seats, so that a lottery was drawn."""
    county, stage, _, _ = _full_private_pools(facts, draws)
    return count(facts.tally(county, stage))


def lottery_odds_percent(facts: Facts) -> Share:
    """R30: in those pools, children admitted / children who listed the pool."""
    county, stage, taken, applicants = _full_private_pools(facts, draws)
    return Share(facts.tally(county, stage, taken), facts.tally(county, stage, applicants))


def private_picked(facts: Facts) -> Share:
    """R31: seat pools of private schools that turned children away, and not by the draw alone: a round ranked
    them by something else about the child (pupils picked, 掐尖). The place in the child's own list is not."""
    county, stage, _, _ = _full_private_pools(facts, picks)
    return count(facts.tally(county, stage))


def zones_red(facts: Facts) -> Share:
    """R44: zones with a red early warning, by county of the zone's first school."""
    return _zones_at(facts, RED)


def zones_yellow(facts: Facts) -> Share:
    """R44: zones with a yellow early warning, by county of the zone's first school."""
    return _zones_at(facts, YELLOW)


def seats_short(facts: Facts) -> Share:
    """R9: seats missing, added up over the zones whose children exceed their seats."""
    county, warnings = _zone_county(facts)
    return count(facts.tally(county, warnings.stage, np.maximum(warnings.children - warnings.seats, 0)))


def _zones_at(facts: Facts, level: int) -> Share:
    county, warnings = _zone_county(facts)
    at_level = warnings.level == level
    return count(facts.tally(county[at_level], warnings.stage[at_level]))


def _zone_county(facts: Facts) -> tuple[Integers, ZoneWarnings]:
    """County of each zone's first school, int32 (zones,), and the warnings.

    Raises:
        ValueError: the facts have no warnings.
    """
    if facts.warnings is None:
        raise ValueError("this indicator needs the early warnings")
    zone, school = facts.warnings.school_zone, np.arange(len(facts.scenario.schools))
    county = np.full(len(facts.warnings.stage), UNPLACED, dtype=np.int32)
    for stage in Stage:
        zoned = school[zone[stage] != UNPLACED][::-1]  # backwards, so that the first school writes last
        county[zone[stage][zoned]] = facts.scenario.schools.county[zoned]
    return county, facts.warnings


def _as_counts(mask: Booleans) -> Integers:
    return np.asarray(mask, dtype=np.int64)


def _in_purchased_seat(facts: Facts) -> Booleans:
    taken = (facts.admission.status == Status.PLACED) & (facts.admission.kind == SeatKind.PURCHASED)
    return np.asarray(taken & (facts.admission.school != UNPLACED))


def _ordinary_classes(facts: Facts) -> Integers:
    """int64 (2, schools): planned entry classes, 0 for special schools, whose classes have their own size."""
    schools = facts.scenario.schools
    return np.where(schools.kind == SchoolKind.SPECIAL, 0, schools.classes).astype(np.int64)


def _planned_size(facts: Facts) -> Integers:
    """int64 (2, schools): pupils per planned class: entrants named by the plan / classes, rounded up."""
    schools = facts.scenario.schools
    named = (schools.planned_seats >= 0) & (schools.classes > 0)
    per_class = -(-schools.planned_seats.astype(np.int64) // np.maximum(schools.classes, 1))
    return np.where(named, per_class, class_sizes(facts.scenario.policy, facts.scenario.schools))


def _owes_resource_room(facts: Facts) -> Booleans:
    """bool (schools,): five or more children with disabilities on roll, seated, or put on the register."""
    schools = facts.scenario.schools
    taken_in = facts.at_school & facts.disabled & (facts.admission.school != UNPLACED)
    entering = np.bincount(facts.admission.school[taken_in], minlength=len(schools))
    ordinary = schools.kind != SchoolKind.SPECIAL
    return np.asarray(ordinary & (schools.disabled_pupils + entering >= RESOURCE_ROOM_FROM))


def draws(entry: Round) -> bool:
    """Whether a round is a lottery."""
    return entry.mechanism == "lottery"


def picks(entry: Round) -> bool:
    """Whether a round ranks children by something other than their draw and their own list."""
    ranked = [name for name in deciding_columns(entry) if name != "tier" or entry.tiers]
    return entry.mechanism in RANKED and any(name != "order" for name in ranked)


def _full_private_pools(
    facts: Facts, of: Callable[[Round], bool]
) -> tuple[Integers, Integers, Integers, Integers]:
    """County, stage, children taken and applicants of every private pool that turned somebody away, in the
    rounds ``of`` which it is asked."""
    county, stage, taken, applicants = [], [], [], []
    rounds = facts.scenario.policy.rounds
    for record in facts.admission.rounds:
        if not of(rounds[record.round]):
            continue
        drawn = np.flatnonzero(record.lottery & ~facts.scenario.schools.public[record.school])
        drawn = drawn[record.kind[drawn] != SeatKind.PURCHASED]
        county.append(facts.scenario.schools.county[record.school[drawn]])
        stage.append(record.stage[drawn])
        taken.append(record.taken[drawn])
        applicants.append(record.applicants[drawn])
    empty = [np.zeros(0, dtype=np.int64)]
    joined = [np.concatenate(columns or empty) for columns in (county, stage, taken, applicants)]
    return joined[0], joined[1], joined[2], joined[3]
