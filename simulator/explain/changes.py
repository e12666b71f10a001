"""What would have changed it: an earlier date, another wish, no application, one more class.

Nothing is reckoned out and told: every statement, that something changes and that it does not, is a play of
all rounds with that one thing changed and the same luck. Cut-offs only say what is worth trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np

from simulator import admission
from simulator.admission.reach import admitting_schools
from simulator.explain.changing import together, with_date, with_first_wish, without_wishes
from simulator.explain.entering import hindrances
from simulator.explain.facts import Change, Changes, Outcomes, Step, Tried
from simulator.explain.ranks import queue_at, ranking_columns, values
from simulator.explain.rounds import BY_COST
from simulator.explain.year import Year, pool_row
from simulator.model import NO_DATE, UNPLACED, Admission, SeatKind, Stage, Students, Wishes
from simulator.model.features import has_cut_offs
from simulator.model.limits import classes_that_fit, may_receive
from simulator.replay import new_seats, with_class

EARLIEST = (date(1950, 1, 1) - date(1970, 1, 1)).days
"""The first settlement or permit day the reader of rosters accepts; that of its last is in the year."""

PER_ROUND = 4
"""Schools of one round that a date or a wish is tried for."""

DATE_COLUMNS = ("settled_on", "permit_on")
REFUSED = ("behind", "earlier_choices", "freed_later", "twins", "no_seats", "full")
KINDS = ("date", "wish", "class")


class OutOfReplays(Exception):
    """All plays that were allowed have been made."""


class Replays:
    """Plays of the year with something changed, counted.

    Attributes:
        made: plays so far. most: plays at most. rows: the children changed as one.
    """

    def __init__(self, year: Year, student: int, most: int) -> None:
        self.year, self.student, self.most, self.made = year, student, most, 0
        self.rows = together(year, student)
        self.placed = 0

    def _count(self) -> None:
        if self.made >= self.most:
            raise OutOfReplays
        self.made += 1

    def _place(self, played: Admission) -> Outcomes:
        before = self.year.admission
        self.placed = int((played.school != UNPLACED).sum()) - int((before.school != UNPLACED).sum())
        columns = (played.status, played.reason, played.school, played.round, played.kind, played.metres)
        return Outcomes(*(int(column[self.student]) for column in columns))

    def with_children(self, *, students: Students | None = None, wishes: Wishes | None = None) -> Outcomes:
        """Where the child is if the roster or the wishes are these."""
        self._count()
        year = self.year
        students = year.students if students is None else students
        wishes = year.wishes if wishes is None else wishes
        return self._place(admission.play(year.scenario, students, wishes, year.travel))

    def with_class(self, stage: Stage, school: int) -> Outcomes:
        """Where the child is if a school has one more class."""
        self._count()
        year = self.year
        changed = with_class(year.scenario, stage, school)
        played = admission.play(changed, year.students, year.wishes, year.travel, memory=year.memory)
        return self._place(played)


Attempt = Callable[[], Iterator[Change]]


def what_would_have_changed(
    year: Year, student: int, outcome: Outcomes, steps: tuple[Step, ...], most: int
) -> Changes:
    """Try what may have changed a child's place, kinds in turn, until all is tried or ``most`` plays are made.

    1. Dates: for each school that put the child behind by date, the latest day that would have done; for the
       school it is at, up to which day that place was sure.
    2. Wishes: each school in reach listed first; no application to the rounds it applied to.
    3. One more class at each school that had no seat for it, if the class fits under the cap (R1).
    """
    replays = Replays(year, student, most)
    queues = {
        "date": list(_dates(replays, outcome, steps)),
        "wish": list(_wishes(replays, outcome, steps)),
        "class": list(_classes(replays, outcome, steps)),
    }
    found: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    untried = dict.fromkeys(KINDS, 0)
    while any(queues.values()):
        for kind in KINDS:
            if queues[kind]:
                attempt = queues[kind].pop(0)
                try:
                    found[kind] += attempt()
                except OutOfReplays:
                    untried[kind] += 1
    return Changes(
        tried=tuple(change for kind in KINDS for change in found[kind]),
        replays=replays.made,
        untried={kind: count for kind, count in untried.items() if count},
        together=len(replays.rows),
    )


def _dates(replays: Replays, outcome: Outcomes, steps: tuple[Step, ...]) -> Iterator[Attempt]:
    """An earlier date for each school that put the child behind; a later one for the school it is at."""
    year = replays.year
    for step in steps:
        entry = year.scenario.policy.rounds[step.round]
        column = next((name for name in ranking_columns(entry) if name in DATE_COLUMNS), "")
        if not (column and step.entered and has_cut_offs(entry)):
            continue
        behind = [tried for tried in step.tried if tried.outcome == "behind" and not tried.withheld]
        for tried in behind[:PER_ROUND]:
            yield lambda s=step, t=tried, c=column: iter(_date_needed(replays, s, t, c))
        mine = [tried for tried in step.tried if tried.outcome == "admitted" and tried.contested]
        dated = int(getattr(year.students, column)[replays.student]) != NO_DATE
        if mine and not mine[0].withheld and dated and step.round == outcome.round:
            yield lambda s=step, t=mine[0], c=column: iter(_date_enough(replays, outcome, s, t, c))


def _date_needed(replays: Replays, step: Step, tried: Tried, column: str) -> list[Change]:
    """The latest day by which the child would be at the school, and that a day later would not do."""
    places: dict[int, tuple[Outcomes, int]] = {}

    def works(day: int) -> bool:
        students = with_date(replays.year.students, replays.rows, column, day)
        places[day] = (replays.with_children(students=students), replays.placed)
        return places[day][0].school == tried.school

    own = int(getattr(replays.year.students, column)[replays.student])
    guess = _guess(replays, step, tried, column, "last")
    low = EARLIEST
    if guess is not None and EARLIEST <= guess < own and works(guess):
        low = guess
    elif not works(EARLIEST):
        after, placed = places[EARLIEST]
        return [Change("date_needed", step.round, tried.school, False, after, column, EARLIEST, placed=placed)]
    high = min(own, _last_day(replays.year))
    low, bound = _last_that_works(works, low, high, high == own)
    after, placed = places[low]
    return [Change("date_needed", step.round, tried.school, True, after, column, low, bound, placed)]


def _date_enough(
    replays: Replays, outcome: Outcomes, step: Step, tried: Tried, column: str
) -> list[Change]:
    """Up to which day the child would be where it is."""
    places: dict[int, tuple[Outcomes, int]] = {}

    def works(day: int) -> bool:
        students = with_date(replays.year.students, replays.rows, column, day)
        places[day] = (replays.with_children(students=students), replays.placed)
        return places[day][0].same_place(outcome)

    own, last = int(getattr(replays.year.students, column)[replays.student]), _last_day(replays.year)
    if own >= last:
        return []
    if works(last):
        after, placed = places[last]
        return [Change("date_enough", step.round, tried.school, False, after, column, last, placed=placed)]
    guess = _guess(replays, step, tried, column, "first_refused")
    low = guess if guess is not None and own < guess < last and works(guess) else own
    low, bound = _last_that_works(works, low, last, True)
    after, placed = places[low + 1] if bound and low + 1 in places else places[last]
    return [Change("date_enough", step.round, tried.school, True, after, column, low, bound, placed)]


def _last_that_works(
    works: Callable[[int], bool], low: int, high: int, high_fails: bool
) -> tuple[int, bool]:
    """The last day that works of ``low``, which does, to ``high``, and whether the day after was played.

    The day after ``low`` first, for ``low`` is mostly a guess that is right; then by halves.
    """
    if low + 1 < high or not high_fails:
        if not works(low + 1):
            return low, True
        low += 1
    if not high_fails and works(high):
        return high, False
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if works(middle) else (low, middle)
    return low, True


def _guess(replays: Replays, step: Step, tried: Tried, column: str, other: str) -> int | None:
    """The day by which the child would stand just before another one; None where no date would do that.

    Args:
        other: "last", the last one admitted, or "first_refused", the best of those who were not.
    """
    year = replays.year
    seen = year.seen[step.round]
    assert seen.played is not None
    free, stage = seen.played.free, year.students.stage[replays.student]
    pool = np.flatnonzero((free.school == tried.school) & (free.stage == stage) & (free.kind == tried.kind))
    queue = queue_at(year, seen, int(pool[0]))
    row = getattr(queue, other)
    if row == UNPLACED:
        return None
    applications = seen.played.entry.applications
    own = queue.row_of(int(np.flatnonzero(applications.student == replays.student)[0]))
    mine, theirs = (values(year, seen, queue, at) for at in (own, row))
    names = list(mine)
    until = names.index(column)
    if any(mine[name] != theirs[name] for name in names[:until]) or theirs[column] is None:
        return None
    after = names[until + 1 :]
    sure = after == ["draw"] and queue.place[own] < queue.place[row]
    return int(theirs[column]) - (0 if sure else 1)  # type: ignore[arg-type]


def _last_day(year: Year) -> int:
    return (date(year.scenario.policy.year, 12, 31) - date(1970, 1, 1)).days


def _wishes(replays: Replays, outcome: Outcomes, steps: tuple[Step, ...]) -> Iterator[Attempt]:
    """Each school in reach listed first, round by round; then no application at all."""
    year, student = replays.year, replays.student
    for step in steps:
        entry, seen = year.scenario.policy.rounds[step.round], year.seen[step.round]
        wishes = year.wishes
        own = (wishes.student == student) & (wishes.round == step.round)
        first = wishes.school[own][:1].tolist()
        if entry.mechanism in BY_COST or seen.played is None:
            continue
        if "choices" in entry.reach:
            why = {hindrance.code for hindrance in hindrances(year, seen, student)}
            schools = _may_list(year, student, step.round) if why <= {"applied"} else []
        else:
            schools = [int(s) for s in seen.pairs.school[seen.pairs.student == student]][1:]
        others = [school for school in schools if school != outcome.school and [school] != first]
        for school in others[:PER_ROUND]:
            yield lambda s=step, at=school: iter(_wish(replays, outcome, s, at))
        if own.any() and entry.applied and step.entered:
            yield lambda s=step: iter(_withdrawn(replays, outcome, s))


def _may_list(year: Year, student: int, round_row: int) -> list[int]:
    """Schools that a child may list for a round and that had seats in it, nearest first."""
    entry, scenario = year.scenario.policy.rounds[round_row], year.scenario
    stage, block = Stage(int(year.students.stage[student])), int(year.students.block[student])
    if block == UNPLACED:
        return []
    arcs = year.travel.arcs[stage]
    near = arcs.school[arcs.offsets[block] : arcs.offsets[block + 1]]
    open_schools = admitting_schools(entry, scenario, stage)
    schools = scenario.schools
    area = schools.approval_county[near]
    recruits = schools.public[near] | (area == UNPLACED) | (area == scenario.blocks.county[block])
    near = near[open_schools[near] & recruits & ~schools.teaching_point[near]]
    seen = year.seen[round_row]
    assert seen.played is not None
    free = seen.played.free
    kinds = [SeatKind[name.upper()] for name in entry.pools if name != "register_only"]
    offered = (free.stage == stage) & np.isin(free.kind, kinds) & (free.seats > 0)
    return [int(school) for school in near if school in free.school[offered]]


def _wish(replays: Replays, outcome: Outcomes, step: Step, school: int) -> list[Change]:
    wishes = with_first_wish(replays.year.wishes, replays.rows, step.round, school)
    after = replays.with_children(wishes=wishes)
    return [
        Change(
            "wish", step.round, school, not after.same_place(outcome), after, placed=replays.placed
        )
    ]


def _withdrawn(replays: Replays, outcome: Outcomes, step: Step) -> list[Change]:
    wishes = without_wishes(replays.year.wishes, replays.rows, step.round)
    after = replays.with_children(wishes=wishes)
    changed = not after.same_place(outcome)
    return [Change("withdrawn", step.round, UNPLACED, changed, after, placed=replays.placed)]


def _classes(replays: Replays, outcome: Outcomes, steps: tuple[Step, ...]) -> Iterator[Attempt]:
    """One more class at every public school that had no seat for the child, in the order it was tried."""
    year = replays.year
    refused = [tried.school for step in steps for tried in step.tried if tried.outcome in REFUSED]
    allowed = may_receive(year.scenario.schools)
    stage = Stage(int(year.students.stage[replays.student]))
    for school in dict.fromkeys(refused):
        if allowed[stage, school] and school != outcome.school:
            yield lambda at=school: iter(_class(replays, outcome, stage, at))


def _class(replays: Replays, outcome: Outcomes, stage: Stage, school: int) -> list[Change]:
    year = replays.year
    fits = classes_that_fit(year.scenario.policy, year.scenario.schools, year.admission.seats)
    seats = int(new_seats(year.scenario)[stage, school])
    if fits[stage, school] <= 0:
        return [Change("cap", UNPLACED, school, False, outcome, seats=seats)]
    after = replays.with_class(stage, school)
    changed = not after.same_place(outcome)
    return [Change("class", UNPLACED, school, changed, after, placed=replays.placed, seats=seats)]


__all__ = ["Replays", "pool_row", "what_would_have_changed"]
