"""What would have changed it: an earlier date, more points, another wish, no application, one more class.

Nothing is reckoned out and told: every statement, that something changes and that it does not, is a play of
all rounds with that one thing changed and the same luck. Cut-offs only say what is worth trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from simulator.admission.reach import admitting_schools
from simulator.explain.bounds import COLUMNS, enough, needed
from simulator.explain.changing import together, with_first_wish, without_wishes
from simulator.explain.entering import hindrances
from simulator.explain.facts import Change, Changes, Outcomes, Step
from simulator.explain.ranks import ranking_columns
from simulator.explain.replays import OutOfReplays, Replays
from simulator.explain.rounds import BY_COST
from simulator.explain.year import Year
from simulator.model import UNPLACED, SeatKind, Stage
from simulator.model.features import has_cut_offs
from simulator.model.limits import classes_that_fit, may_receive
from simulator.replay import new_seats

PER_ROUND = 4
"""Schools of one round that a column or a wish is tried for; how many more there were is told."""

REFUSED = ("behind", "earlier_choices", "freed_later", "twins", "no_seats", "full")
KINDS = ("rank", "wish", "class")
Attempt = Callable[[], list[Change]]


def what_would_have_changed(
    year: Year, student: int, outcome: Outcomes, steps: tuple[Step, ...], most: int
) -> Changes:
    """Try what may have changed a child's place, kinds in turn, as far as ``most`` plays go.

    1. Rank: for each school that put the child behind, the latest date (the fewest points) that would have
       done; for the school it is at, how far that place was sure.
    2. Wishes: schools in reach listed first, those the child listed itself before others; no application to
       the rounds it applied to.
    3. One more class at each public school that had no seat for it, if the class fits under the cap (R1).

    Of one round ``PER_ROUND`` schools are tried; the others are counted.
    """
    replays = Replays(year, student, together(year, student), most)
    left_out = dict.fromkeys(KINDS, 0)
    queues = {
        "rank": list(_ranks(replays, outcome, steps, left_out)),
        "wish": list(_wishes(replays, outcome, steps, left_out)),
        "class": list(_classes(replays, outcome, steps)),
    }
    found: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    untried = dict.fromkeys(KINDS, 0)
    while any(queues.values()):
        for kind in KINDS:
            if queues[kind]:
                attempt = queues[kind].pop(0)
                try:
                    found[kind] += [change for change in attempt() if change not in found[kind]]
                except OutOfReplays:
                    untried[kind] += 1
    found["rank"] = without_echoes(found["rank"])
    return Changes(
        tried=tuple(change for kind in KINDS for change in found[kind]),
        replays=replays.made,
        untried={kind: count for kind, count in untried.items() if count},
        left_out={kind: count for kind, count in left_out.items() if count},
        together=len(replays.rows),
    )


def without_echoes(changes: list[Change]) -> list[Change]:
    """Rank changes without those where the best possible value leads to a school told of by itself."""
    told = {(change.column, change.after.school) for change in changes if change.school != UNPLACED}
    return [
        change
        for change in changes
        if change.school != UNPLACED or (change.column, change.after.school) not in told or not change.changed
    ]


def _ranks(
    replays: Replays, outcome: Outcomes, steps: tuple[Step, ...], left_out: dict[str, int]
) -> Iterator[Attempt]:
    """A better date or more points for each school that put the child behind; worse ones for its own."""
    for step in steps:
        entry = replays.year.scenario.policy.rounds[step.round]
        if not (step.entered and has_cut_offs(entry)):
            continue
        told = [tried for tried in step.tried if not tried.withheld]
        # At a school that took the child in a later round nothing else was needed.
        behind = [tried for tried in told if tried.outcome == "behind" and tried.school != outcome.school]
        mine = [tried for tried in told if tried.outcome == "admitted" and tried.contested]
        for column in (name for name in ranking_columns(entry) if name in COLUMNS):
            left_out["rank"] += len(behind[PER_ROUND:])
            for tried in behind[:PER_ROUND]:
                yield partial(needed, replays, outcome, step, tried, column)
            if mine and step.round == outcome.round:
                yield partial(enough, replays, outcome, step, mine[0], column)


def _wishes(
    replays: Replays, outcome: Outcomes, steps: tuple[Step, ...], left_out: dict[str, int]
) -> Iterator[Attempt]:
    """Schools in reach listed first, the child's own choices before the nearest; no application at all."""
    year, student = replays.year, replays.student
    for step in steps:
        entry, seen, wishes = year.scenario.policy.rounds[step.round], year.seen[step.round], year.wishes
        own = (wishes.student == student) & (wishes.round == step.round)
        listed = [int(school) for school in wishes.school[own][np.argsort(wishes.position[own])]]
        if entry.mechanism in BY_COST or seen.played is None:
            continue
        if "choices" in entry.reach:
            why = {hindrance.code for hindrance in hindrances(year, seen, student)}
            schools = _may_list(year, student, step.round) if why <= {"applied"} else []
        else:
            schools = [int(school) for school in seen.pairs.school[seen.pairs.student == student]][1:]
        candidates = dict.fromkeys([*listed, *schools])
        others = [school for school in candidates if school not in (outcome.school, *listed[:1])]
        left_out["wish"] += len(others[PER_ROUND:])
        for school in others[:PER_ROUND]:
            yield partial(_wish, replays, outcome, step, school)
        if own.any() and entry.applied and step.entered:
            yield partial(_withdrawn, replays, outcome, step)


def _may_list(year: Year, student: int, round_row: int) -> list[int]:
    """Schools that a child may list for a round and that had seats in it.

    Nearest first, then the others of its county, to which no way was measured.
    """
    entry, scenario, seen = year.scenario.policy.rounds[round_row], year.scenario, year.seen[round_row]
    stage, block = Stage(int(year.students.stage[student])), int(year.students.block[student])
    if block == UNPLACED or seen.played is None:
        return []
    arcs, schools, free = year.travel.arcs[stage], scenario.schools, seen.played.free
    county = scenario.blocks.county[block]
    area = schools.approval_county
    recruits = schools.public | (area == UNPLACED) | (area == county)
    admits = admitting_schools(entry, scenario, stage) & recruits & ~schools.teaching_point
    kinds = [SeatKind[name.upper()] for name in entry.pools if name != "register_only"]
    offered = (free.stage == stage) & np.isin(free.kind, kinds) & (free.seats > 0)
    admits &= np.isin(np.arange(len(schools)), free.school[offered])
    near = arcs.school[arcs.offsets[block] : arcs.offsets[block + 1]]
    far = np.flatnonzero(admits & (schools.county == county)) if not entry.within_metres else near[:0]
    return list(dict.fromkeys([*near[admits[near]].tolist(), *far.tolist()]))


def _wish(replays: Replays, outcome: Outcomes, step: Step, school: int) -> list[Change]:
    wishes = partial(with_first_wish, replays.year.wishes, replays.rows, step.round, school)
    played = replays.with_wishes(("wish", step.round, school), wishes)
    changed = not played.after.same_place(outcome)
    return [Change("wish", step.round, school, changed, played.after, placed=played.placed)]


def _withdrawn(replays: Replays, outcome: Outcomes, step: Step) -> list[Change]:
    wishes = partial(without_wishes, replays.year.wishes, replays.rows, step.round)
    played = replays.with_wishes(("withdrawn", step.round, UNPLACED), wishes)
    changed = not played.after.same_place(outcome)
    return [Change("withdrawn", step.round, UNPLACED, changed, played.after, placed=played.placed)]


def _classes(replays: Replays, outcome: Outcomes, steps: tuple[Step, ...]) -> Iterator[Attempt]:
    """One more class at every public school that had no seat for the child, in the order it was tried."""
    year = replays.year
    refused = [tried.school for step in steps for tried in step.tried if tried.outcome in REFUSED]
    allowed = may_receive(year.scenario.schools)
    stage = Stage(int(year.students.stage[replays.student]))
    for school in dict.fromkeys(refused):
        if allowed[stage, school] and school != outcome.school:
            yield partial(_class, replays, outcome, stage, school)


def _class(replays: Replays, outcome: Outcomes, stage: Stage, school: int) -> list[Change]:
    year = replays.year
    fits = classes_that_fit(year.scenario.policy, year.scenario.schools, year.admission.seats)
    seats = int(new_seats(year.scenario)[stage, school])
    if fits[stage, school] <= 0:
        return [Change("cap", UNPLACED, school, False, outcome, seats=seats)]
    played = replays.with_class(stage, school)
    changed = not played.after.same_place(outcome)
    return [Change("class", UNPLACED, school, changed, played.after, placed=played.placed, seats=seats)]
