"""The player of rounds: settled places first, then each round of the scenario in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from simulator import lottery, mechanisms
from simulator.admission.applying import leaves_by_kind, make_applications, with_reserves
from simulator.admission.closing import close
from simulator.admission.costs import costs_too_great
from simulator.admission.journeys import settle_journeys
from simulator.admission.ledger import Ledger, Played
from simulator.admission.memory import Memory, Numbers, Opening, Prepared
from simulator.admission.ranking import tiers, told_apart
from simulator.admission.reach import Field, Pairs, admitting_schools, find_pairs, pair_metres
from simulator.admission.refilling import refill_earlier, seat_admitted
from simulator.admission.seats import open_seats, plan_seats, released_seats, seat_notices
from simulator.admission.shares import asking, shares_due, tell_shares
from simulator.admission.witness import Seen
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Admission,
    Applications,
    Draw,
    Drawn,
    Notice,
    Reason,
    Round,
    Scenario,
    SchoolKind,
    SeatKind,
    Seats,
    Stage,
    Standing,
    Students,
    Travel,
    Wishes,
)
from simulator.model.arrays import Booleans, Integers

Progress = Callable[[str], None]

KEPT = {
    "equal": Standing.EQUAL,
    "behind_in_tier": Standing.BEHIND_IN_TIER,
    "behind": Standing.BEHIND,
    "coordination": Standing.COORDINATION_ONLY,
}
"""What a setting of ``Round`` says a child without a place keeps."""


def play(
    scenario: Scenario,
    students: Students,
    wishes: Wishes,
    travel: Travel,
    *,
    memory: Memory | None = None,
    progress: Progress = lambda name: None,
    witness: list[Seen] | None = None,
    closing_notices: bool = True,
) -> Admission:
    """Play the whole admission of one year.

    1. Lay out the seats under the caps (R1, R2).
    2. Seat those settled beforehand; nothing later moves them.
    3. Play the rounds in their order; seats left go on to the next round.
    4. Close the year: a status and a reason for every child, notices, and the sums asserted.

    Args:
        memory: of an earlier play of the same year with other seats, which makes this one quicker and its
            answer no different.
        progress: told the name of each round as it begins.
        witness: an empty list, to be filled with what each round saw and did; it changes nothing.
        closing_notices: False leaves out the notices of the close, child by child, where nobody reads them.

    Raises:
        AccountingError: a child or a seat was lost; never the fault of the input.
        ScenarioError: the cost curve of a round is too steep for its distances.
        ValueError: a memory of another year.
    """
    memory = Memory() if memory is None else memory
    memory.begin(scenario, students, wishes, travel)
    plan = plan_seats(scenario.policy, scenario.schools)
    opened = open_seats(scenario.schools, plan)
    ledger = Ledger.opened(scenario, students, opened, memory.id_rank)
    ledger.notices += seat_notices(plan)
    seat_settled(ledger, travel)
    for row, entry in enumerate(scenario.policy.rounds):
        progress(entry.name)
        if entry.coordination:
            ledger.seats = released_seats(opened, scenario.schools, plan)
        try:
            seen = play_round(ledger, row, entry, wishes, travel, memory)
        except OverflowError as error:
            if not entry.bends_metres:
                raise
            raise costs_too_great(entry) from error
        settle_journeys(ledger)
        if witness is not None:
            witness.append(seen)
    return close(ledger, opened, plan, nearest_public_metres(ledger, travel), notices=closing_notices)


def seat_settled(ledger: Ledger, travel: Travel) -> None:
    """Seat the children settled beforehand, even beyond the seats (which is then listed)."""
    settled = ledger.scenario.settled
    student, school = settled.student.astype(np.int64), settled.school
    stage = ledger.students.stage[student]
    leaf = leaves_by_kind(ledger.seats, len(ledger.scenario.schools))[SeatKind.GENERAL]
    for of_stage in Stage:
        rows = np.flatnonzero(stage == of_stage)
        metres = pair_metres(ledger.students, travel, of_stage, student[rows], school[rows])
        ledger.seat(
            student[rows],
            leaf[of_stage, school[rows]],
            round_row=UNPLACED,
            reason=Reason.SETTLED,
            metres=metres,
        )
    ledger.active[student] = False
    load = ledger.seats.rolled_up(ledger.sitters)
    stages = np.flatnonzero(ledger.seats.kind == SeatKind.STAGE)
    for node in stages[load[stages] > ledger.seats.seats[stages]]:
        over = int(load[node] - ledger.seats.seats[node])
        ledger.notices.append(
            Notice("notice_settled_over", school=int(ledger.seats.school[node]), details={"over": over})
        )
    settle_journeys(ledger)


def play_round(
    ledger: Ledger, row: int, entry: Round, wishes: Wishes, travel: Travel, memory: Memory
) -> Seen:
    """Play one round, and tell what it saw and did.

    1. Freeze the roster: the children the round lets in.
    2. Make the round ready (``prepare``), or take it from an earlier play where nothing about it differs.
    3. Let the mechanism seat the applicants, under the share rules it must keep. Seats of children who do not
       come go to the next of the same draw.
    4. Losers, and those who did not come, keep what the round says. Seats left by children who moved go to
       the next in the order of the round they were given in.
    """
    entrants = who_enters(ledger, row, entry, wishes)
    ledger.entered |= entrants
    at_first = entrants, ledger.standing.copy(), ledger.school.copy(), ledger.round.copy()
    opening = _opening(ledger, entrants)
    prepared = memory.prepared(row, opening)
    if prepared is None:
        prepared = prepare(ledger, row, entry, opening, wishes, travel, memory)
        memory.keep_prepared(row, opening, prepared)
    if prepared.entry is None or prepared.draw is None:
        pairs = prepared.pairs
        first = pairs.order == 0
        ledger.register(pairs.student[first], pairs.school[first], round_row=row, metres=pairs.metres[first])
        return Seen(row, *at_first, pairs=pairs, played=None)
    due = shares_due(ledger, entry, prepared.entry.applications)
    applications = asking(prepared.entry.applications, due)
    draw, free = prepared.draw, with_reserves(entry, ledger.free())
    if entry.draw_method == "stride":  # of all draws the only one that seats decide
        plan = planned_seats(applications, free)
        draw = draw_roster(ledger, entry, applications.student, plan=plan)
    ledger.draws[entry.name] = draw
    if entry.tie_break == "per_school":
        ledger.school_draws[entry.name] = prepared.entry.school_draws
    if draw.values.get("behind"):
        ledger.notices.append(
            Notice("notice_not_drawn", details={"count": draw.values["behind"], "draw": draw.name})
        )
    assignment = memory.answer(row, prepared, free)
    if assignment is None:
        mechanism = mechanisms.mechanism_of(entry, ledger.scenario.own, memory.prices(row, free))
        luck, last_seat = told_apart(draw, ledger.id_rank), ledger.scenario.policy.twins.last_seat
        assignment = mechanism(applications, free, luck, last_seat=last_seat)
        memory.keep_answer(row, entry.mechanism, prepared, free, assignment)
    tell_shares(ledger, entry, due, assignment)
    unclaimed = np.full(len(applications), UNPLACED, dtype=np.int64)
    played = Played(row, int(entrants.sum()), prepared.entry, draw, free, assignment, unclaimed)
    ledger.played.append(played)
    left = seat_admitted(ledger, played, entry)
    stayed_away = played.unclaimed != UNPLACED

    ledger.applied[applications.student] = True
    for rows, keeps in ((~stayed_away, entry.losers), (stayed_away, entry.no_shows_keep)):
        without = applications.student[rows]
        without = without[~ledger.placed[without]]
        ledger.standing[without] = np.maximum(ledger.standing[without], KEPT[keeps])
    refill_earlier(ledger, left)
    return Seen(row, *at_first, pairs=prepared.pairs, played=played)


def prepare(
    ledger: Ledger,
    row: int,
    entry: Round,
    opening: Opening,
    wishes: Wishes,
    travel: Travel,
    memory: Memory,
) -> Prepared:
    """Make a round ready; what comes out depends on the ledger's ``Opening`` and the luck, and on no seat.

    1. Find the schools in reach of every child; of those looked up before, as they were found then.
    2. Rank the applications, and draw over the roster.
    """
    entrants, found = opening.entrants, memory.found(row, opening, entry)
    new = entrants & ~found.entered
    if new.any():
        found.add(new, _pairs(ledger, row, entry, new, wishes, travel))
    pairs, before = found.of(entrants), memory.entries(row, opening, entry)
    if before is not None:
        draw = draw_roster(ledger, entry, before.applications.student, memory.numbers)
        return Prepared(pairs, before, draw)
    if entry.pools == ["register_only"]:
        return Prepared(pairs, None, None)
    entries = make_applications(entry, ledger, pairs, tiers(entry, ledger.students))
    return Prepared(pairs, entries, draw_roster(ledger, entry, entries.applications.student, memory.numbers))


def _opening(ledger: Ledger, entrants: Booleans) -> Opening:
    twins = ledger.students.twin_group != UNPLACED
    return Opening(
        entrants=entrants,
        standing=ledger.standing[entrants],
        twins_at=ledger.school[twins],
        school=ledger.seats.school,
        stage=ledger.seats.stage,
        kind=ledger.seats.kind,
    )


def planned_seats(applications: Applications, free: Seats) -> int:
    """The plan of a draw: seats free in the pools applied for, as far as the nodes above them have room."""
    seats, pools = np.zeros(len(free), dtype=np.int64), np.unique(applications.pool)
    seats[pools] = free.seats[pools]
    depth = free.depth
    for level in range(depth.max(initial=0), 0, -1):
        nodes = np.flatnonzero(depth == level)
        np.add.at(seats, free.parent[nodes], np.minimum(seats[nodes], free.seats[nodes]))
    return int(np.minimum(seats, free.seats)[depth == 0].sum())


def draw_roster(
    ledger: Ledger, entry: Round, roster: Integers, numbers: Numbers | None = None, plan: int = 0
) -> Draw:
    """Draw over the frozen roster of a round, or take the official result; children off it have no number.

    Args:
        numbers: those hashed before on this luck, and where to keep the new ones.
        plan: seats to be drawn for, read by the stride alone.
    """
    students = ledger.students
    together = ledger.scenario.policy.twins.together
    twins = students.twin_group[roster] if together else np.full(len(roster), UNPLACED, dtype=np.int32)
    name, seed, ids = entry.draw or entry.name, ledger.scenario.policy.luck, students.id[roster]
    place = official_places(ledger.scenario.drawn, name, len(students))
    if place is not None:
        drawn = lottery.given(name, seed, ids, twins, place[roster])
    else:
        known = None if numbers is None else numbers.known(name)
        before = None if known is None else known[roster]
        drawn = lottery.draw(name, seed, ids, twins, method=entry.draw_method, plan=plan, known=before)
    number = np.full(len(students), UNPLACED, dtype=np.int64)
    order = np.full(len(students), UNPLACED, dtype=np.int64)
    number[roster] = drawn.number
    order[roster] = drawn.order
    drawn = replace(drawn, number=number, order=order)
    if numbers is not None:
        numbers.keep(drawn)
    return drawn


def official_places(drawn: Drawn | None, name: str, students: int) -> Integers | None:
    """Place of every child in the official draw ``name``, int64 (students,); None where there was none."""
    rows = np.flatnonzero(drawn.draw == name) if drawn is not None else np.zeros(0, dtype=np.int64)
    if drawn is None or not len(rows):
        return None
    place = np.full(students, UNPLACED, dtype=np.int64)
    place[drawn.student[rows]] = drawn.place[rows]
    return place


def nearest_public_metres(ledger: Ledger, travel: Travel) -> Integers:
    """Metres to the nearest public day school of the stage, int32 (students,), ``NO_METRES`` if unknown.

    Special schools do not count; nor do teaching points, which take their own villages only.
    """
    students, schools = ledger.students, ledger.scenario.schools
    counts = schools.public & ~schools.teaching_point & (schools.kind != SchoolKind.SPECIAL)
    nearest = np.full(len(students), NO_METRES, dtype=np.int32)
    for stage in Stage:
        arcs = travel.arcs[stage]
        block = np.repeat(np.arange(len(arcs.offsets) - 1), np.diff(arcs.offsets))
        usable = counts[arcs.school] & (arcs.metres != NO_METRES)
        of_block = np.full(len(arcs.offsets) - 1, np.iinfo(np.int32).max, dtype=np.int32)
        np.minimum.at(of_block, block[usable], arcs.metres[usable])
        of_block[of_block == np.iinfo(np.int32).max] = NO_METRES
        rows = np.flatnonzero((students.stage == stage) & (students.block != UNPLACED))
        nearest[rows] = of_block[students.block[rows]]
    return nearest


def who_enters(ledger: Ledger, row: int, entry: Round, wishes: Wishes) -> Booleans:
    """bool (students,): the children a round is open to."""
    students = ledger.students
    of_stage = np.array([stage.name.lower() in entry.stages for stage in Stage])
    mask = ledger.active & of_stage[students.stage]
    mask &= ~ledger.placed | (np.bool_(entry.may_move) & (ledger.node != UNPLACED))
    if entry.who:
        mask &= np.logical_or.reduce([students.yes(name) for name in entry.who])
    for name in entry.needs:
        mask &= students.yes(name)
    for name in entry.exclude:
        mask &= ~students.yes(name)
    if not entry.coordination:
        mask &= ledger.standing != Standing.COORDINATION_ONLY
    if entry.applied:
        wished = np.zeros(len(students), dtype=np.bool_)
        wished[wishes.student[wishes.round == row]] = True
        mask &= wished
    return mask


def _field(
    ledger: Ledger,
    entry: Round,
    row: int,
    stage: Stage,
    entrants: Integers,
    travel: Travel,
    wishes: Wishes,
) -> Field:
    return Field(
        scenario=ledger.scenario,
        students=ledger.students,
        travel=travel,
        wishes=wishes,
        entry=entry,
        round_row=row,
        stage=stage,
        entrants=entrants,
        open_schools=admitting_schools(entry, ledger.scenario, stage),
        school_now=ledger.school,
    )


def _pairs(
    ledger: Ledger, row: int, entry: Round, entrants: Booleans, wishes: Wishes, travel: Travel
) -> list[Pairs]:
    """Pairs of each stage; one solution shares the joint room of both."""
    rows = [np.flatnonzero(entrants & (ledger.students.stage == stage)) for stage in Stage]
    fields = [_field(ledger, entry, row, stage, rows[stage], travel, wishes) for stage in Stage]
    return [find_pairs(field) for field in fields]
