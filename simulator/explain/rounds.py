"""One child in one round: let in or not, the schools tried in order, and what decided at each."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from simulator import admission
from simulator.admission.play import KEPT
from simulator.admission.refilling import stay_away
from simulator.explain.changing import together
from simulator.explain.entering import hindrances, private_left_out, rules_of
from simulator.explain.facts import Compared, Drawing, Outcome, Result, Step, Tried
from simulator.explain.last_year import last_year
from simulator.explain.prices import left_out, priced, proof
from simulator.explain.ranks import compare, queue_at
from simulator.explain.year import Year, beyond_seats, final_pool, pool_row
from simulator.model import NO_METRES, UNPLACED, Applications, Draw, Round, Standing
from simulator.model.arrays import Integers
from simulator.model.features import has_cut_offs
from simulator.model.policy import LEAST_COST

BY_COST = (*LEAST_COST, "by_order")
"""Coordination: not the order of a list but the way to school counts."""

IN_TURNS = ("lottery", "immediate_acceptance", "parallel")
"""Mechanisms that fill seats by earlier choices before later ones are looked at."""

SHOWN = 8
"""Schools of one round that are told one by one, the one that admitted the child always among them."""


def step(year: Year, seen: admission.Seen, student: int, *, staff: bool) -> Step:
    """One round as the child met it."""
    entry, before = year.scenario.policy.rounds[seen.row], int(seen.school[student])
    rules = rules_of(entry)
    if not seen.entrants[student]:
        why = hindrances(year, seen, student)
        return Step(seen.row, False, hindrances=why, before=before, rules=rules)
    standing = int(seen.standing[student])
    declined = private_left_out(year, seen, student)
    mine = np.flatnonzero(seen.pairs.student == student)
    if seen.played is None:
        school = int(seen.pairs.school[mine[0]]) if len(mine) else UNPLACED
        result: Result = "registered" if len(mine) else "no_school"
        return Step(
            seen.row,
            True,
            before=before,
            standing=standing,
            result=result,
            school=school,
            rules=rules,
            private_left_out=declined,
        )
    applications = seen.played.entry.applications
    rows = np.flatnonzero(applications.student == student)
    if not len(rows):
        return Step(
            seen.row,
            True,
            before=before,
            standing=standing,
            result="no_school",
            rules=rules,
            private_left_out=declined,
        )
    applicant = int(rows[0])
    result, arc = place_of(year, seen, applicant)
    free = seen.played.free
    arcs, more = arcs_tried(seen, entry, applicant, arc)
    least = entry.mechanism in LEAST_COST and staff and result not in ("admitted_later", "absent")
    tried = []
    for one in arcs:
        told = try_arc(year, seen, entry, applicant, one, result if one == arc else "")
        told = told if staff else as_far_as_decided(told)
        tried.append(priced(seen, told, applicant, one) if least else told)
    pool = UNPLACED if arc == UNPLACED else int(applications.pool[arc])
    away = [name for name in entry.no_shows if year.students.yes(name)[student]]
    return Step(
        round=seen.row,
        entered=True,
        before=before,
        tier=int(seen.played.entry.tier[applicant]) if entry.tiers else UNPLACED,
        standing=standing,
        result=result,
        school=UNPLACED if arc == UNPLACED else int(free.school[pool]),
        kind=UNPLACED if arc == UNPLACED else int(free.kind[pool]),
        tried=tuple(tried),
        more=more,
        in_reach=len(np.unique(seen.pairs.school[mine])),
        drawing=drawing(year, entry, seen.played.draw, student, len(applications)),
        keeps=keeps(year, seen, student, result),
        absences=tuple(away) if result == "absent" else (),
        freed_by=freed_by(year, seen, student) if result == "admitted_later" else UNPLACED,
        proof=proof(year, seen, applicant) if least else "",
        unplaced=left_out(seen, applicant) if least else None,
        rules=rules,
        private_left_out=declined,
        distances=distances(seen) if entry.mechanism in BY_COST else "",
        twin_list=entry.mechanism not in BY_COST and follows_twin(applications, applicant),
        far_first=entry.mechanism in BY_COST and seen.played.entry.daily_cost > 0,
    )


def distances(seen: admission.Seen) -> str:
    """Whether all, some or none of a round's distances are known: see ``Step.distances``."""
    assert seen.played is not None
    known = seen.played.entry.metres != NO_METRES
    return "known" if known.all() else "partly" if known.any() else "unknown"


def place_of(year: Year, seen: admission.Seen, applicant: int) -> tuple[Result, int]:
    """What the round came to for an applicant, and the arc by which it has or had a place of it."""
    assert seen.played is not None
    applications = seen.played.entry.applications
    got, unclaimed = (int(of[applicant]) for of in (seen.played.assignment.arc, seen.played.unclaimed))
    if unclaimed != UNPLACED:
        return "absent", unclaimed
    pool = int(final_pool(year, seen, applications.student[applicant : applicant + 1])[0])
    if pool == UNPLACED:
        if got != UNPLACED:
            return "left", got
        stays = seen.school[applications.student[applicant]] != UNPLACED
        return "stayed" if stays else "refused", UNPLACED
    if got != UNPLACED:
        return "admitted", got
    arcs = arcs_of(applications, applicant)
    return "admitted_later", int(arcs[applications.pool[arcs] == pool][0])


def keeps(year: Year, seen: admission.Seen, student: int, result: Result) -> str:
    """What a child without a place keeps, as ``Round.losers``: this round's word, or a worse it had.

    "" where it has a place, or no round is left to keep it for.
    """
    entry = year.scenario.policy.rounds[seen.row]
    said = {"refused": entry.losers, "absent": entry.no_shows_keep}.get(result)
    if said is None or seen.school[student] != UNPLACED or seen.row + 1 == len(year.seen):
        return ""
    kept = max(KEPT[said], Standing(int(seen.standing[student])))
    return next(word for word, standing in KEPT.items() if standing == kept)


def arcs_tried(seen: admission.Seen, entry: Round, applicant: int, arc: int) -> tuple[list[int], int]:
    """The arcs to tell of, and how many schools are left out with the others.

    By list: all up to the one that admitted the child; of twins who apply as one, in the order of the list
    that counts for both. By cost: those that cost less than it, dearest last.
    """
    assert seen.played is not None
    applications = seen.played.entry.applications
    arcs = arcs_in_turn(applications, applicant)
    if entry.mechanism in BY_COST:
        arcs = arcs[np.lexsort((applications.pool[arcs], applications.cost[arcs]))]
    if arc != UNPLACED:
        arcs = arcs[: int(np.flatnonzero(arcs == arc)[0]) + 1]
    listed = arcs.tolist()
    if len(listed) <= SHOWN:
        return listed, 0
    last = listed[-1] if arc != UNPLACED else listed[SHOWN - 1]
    kept = [*listed[: SHOWN - 1], last]
    at = seen.played.free.school[applications.pool]
    return kept, len(set(at[listed].tolist()) - set(at[kept].tolist()))


def as_far_as_decided(tried: Tried) -> Tried:
    """For a family: of the last one admitted no more than the columns up to the one that decided."""
    names = [one.column for one in tried.compared]
    if tried.decided_by not in names:
        return tried
    return replace(tried, compared=tried.compared[: names.index(tried.decided_by) + 1])


def leader_of(applications: Applications, applicant: int) -> int:
    """The applicant whose list counts: the first on the roster of those who apply as one."""
    unit = applications.unit[applicant]
    return applicant if unit == UNPLACED else int(np.flatnonzero(applications.unit == unit)[0])


def arcs_in_turn(applications: Applications, applicant: int) -> Integers:
    """Arcs of an applicant in the order in which they were tried; pools that the leader does not list, where
    the applicant itself has them."""
    arcs, lead = arcs_of(applications, applicant), arcs_of(applications, leader_of(applications, applicant))
    place = {pool: at for at, pool in enumerate(applications.pool[lead].tolist())}
    turn = [place.get(pool, at) for at, pool in enumerate(applications.pool[arcs].tolist())]
    return np.asarray(arcs[np.argsort(turn, kind="stable")])


def follows_twin(applications: Applications, applicant: int) -> bool:
    """Whether the list of a twin counts in place of the applicant's own, and is another one."""
    lead = arcs_of(applications, leader_of(applications, applicant))
    own = arcs_of(applications, applicant)
    return not np.array_equal(applications.pool[lead], applications.pool[own])


def arcs_of(applications: Applications, applicant: int) -> Integers:
    """Arcs of an applicant in its own order."""
    return np.arange(applications.offsets[applicant], applications.offsets[applicant + 1])


def try_arc(
    year: Year, seen: admission.Seen, entry: Round, applicant: int, arc: int, result: Result
) -> Tried:
    """One application: counts of the pool, the child's rank beside the last one's, and what became of it."""
    assert seen.played is not None
    made, free = seen.played.entry, seen.played.free
    applications, record = made.applications, year.records[seen.row]
    pool, student = int(applications.pool[arc]), int(applications.student[applicant])
    school, kind = int(free.school[pool]), int(free.kind[pool])
    row = pool_row(record, school, int(free.stage[pool]), kind)
    contested, taken, seats = bool(record.lottery[row]), int(record.taken[row]), int(record.seats[row])
    compared: tuple[Compared, ...] = ()
    decided_by, withheld, behind, at_cut_off = "", False, None, False
    if has_cut_offs(entry) and contested:
        queue = queue_at(year, seen, pool)
        at, last = queue.row_of(applicant), queue.last
        compared, decided_by, withheld = compare(year, seen, queue, at, last)
        behind = None if last == UNPLACED else queue.ranks_behind(at, last)
        at_cut_off = queue.is_last(at)
    outcome: Outcome
    if result == "admitted" or result == "admitted_later" or result == "left" or result == "absent":
        outcome = result
    else:
        away = bool(stay_away(entry, year.students)[student])
        room = taken < seats and (bool(seen.played.refills) or not full(seen, pool))
        outcome = "no_seats" if seats == 0 else refusal(seen, entry, applicant, arc, behind, room, away=away)
        if entry.mechanism in BY_COST:
            outcome = "full" if full(seen, pool) else "not_needed"
    if outcome not in ("behind", "admitted", "admitted_later"):
        decided_by = ""
    return Tried(
        school=school,
        kind=kind,
        metres=int(made.metres[arc]),
        choice=choice_of(seen, student, school),
        outcome=outcome,
        seats=seats,
        first_choice=int(record.first_choice[row]),
        applicants=int(record.applicants[row]),
        taken=taken,
        contested=contested,
        compared=compared,
        decided_by=decided_by,
        withheld=withheld,
        last_year=last_year(year, seen.row, school, int(free.stage[pool])),
        at_cut_off=at_cut_off,
        beyond=beyond_seats(year, record, row) if year.students.twin_group[student] != UNPLACED else 0,
    )


def refusal(
    seen: admission.Seen,
    entry: Round,
    applicant: int,
    arc: int,
    behind: bool | None,
    room: bool,
    *,
    away: bool,
) -> Outcome:
    """Why an applicant has no place by an arc that it preferred to what it got, in a pool that had seats.

    Args:
        behind: ranks behind the last one admitted; None where there is no rank to compare, or nobody was.
        room: the pool had seats left at the end, which the mechanism had not given or which came free since.
        away: had it been admitted, it would not have come, and seats set free later were not offered to it.
    """
    assert seen.played is not None
    played = seen.played
    applications = played.entry.applications
    unit = applications.unit[applicant]
    members = np.flatnonzero(applications.unit == unit) if unit != UNPLACED else np.array([applicant])
    listing = applications.applicant[applications.pool == applications.pool[arc]]
    if not np.isin(members, listing).all():
        return "twin_elsewhere"
    if behind is None and not room:
        return "full"
    if behind:
        return "behind"
    later = arc != arcs_in_turn(applications, applicant)[0]
    if behind is not None and entry.mechanism in IN_TURNS and later:
        return "earlier_choices"
    if len(members) > 1:
        return "twins"
    if not room and not any(refill.admitted for refill in played.refills):
        return "full"
    return "not_asked" if away else "freed_later"


def full(seen: admission.Seen, pool: int) -> bool:
    """Whether nothing was left of a pool, or above it, once the round had seated its children."""
    assert seen.played is not None
    free, arc = seen.played.free, seen.played.assignment.arc
    pools = seen.played.entry.applications.pool[arc[arc != UNPLACED]]
    load = free.rolled_up(np.bincount(pools, minlength=len(free)))
    return bool(free.room(load)[pool] <= 0)


def choice_of(seen: admission.Seen, student: int, school: int) -> int:
    """Place of a school in the child's list for the round, from 1."""
    pairs = seen.pairs
    return int(pairs.order[(pairs.student == student) & (pairs.school == school)][0]) + 1


def drawing(year: Year, entry: Round, draw: Draw, student: int, roster: int) -> Drawing | None:
    """The child in the round's draw; None where the round seats by least cost and draws for ties alone."""
    if entry.mechanism in LEAST_COST:
        return None
    return Drawing(
        name=draw.name,
        number=int(draw.number[student]),
        place=int(draw.order[student]),
        roster=roster,
        method=draw.method,
        plan=draw.plan,
        official=draw.method == "given",
        given=official_place(year, draw, student),
        common=entry.tie_break == "common",
    )


def official_place(year: Year, draw: Draw, student: int) -> int:
    """Place of a child in the official draw that a round goes by, with its twins; ``UNPLACED`` if none."""
    drawn = year.scenario.drawn
    if drawn is None or draw.method != "given":
        return UNPLACED
    drawn_over = [row for row in together(year, student).tolist() if draw.number[row] != UNPLACED]
    mine = (drawn.draw == draw.name) & np.isin(drawn.student, drawn_over)
    return int(drawn.place[mine].min(initial=np.iinfo(np.int64).max)) if mine.any() else UNPLACED


def freed_by(year: Year, seen: admission.Seen, student: int) -> int:
    """The round that set the seat free which a child got later by round ``seen``.

    It is ``seen`` itself where somebody admitted did not come: the child has the seat as the next one begins.
    """
    since = year.seen[seen.row :]
    for before, other in pairwise(since):
        if other.round[student] == seen.row:
            return before.row
    return since[-1].row
