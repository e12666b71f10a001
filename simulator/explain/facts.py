"""What an explanation is made of: codes and numbers, one child or one school at a time.

Rows, days and codes as everywhere inside; ``report.explained`` turns them into lines, ``plain`` into names.
Every figure about another child is a cut-off: of the last one admitted, and only where ``told`` allows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.model import NO_METRES, UNPLACED, Admission

Outcome = Literal[
    "admitted",
    "admitted_later",  # by a seat that one who did not come, or a later round, set free
    "left",  # admitted here, and gone since to another round's school
    "absent",  # admitted here, and did not come; the seat went to the next in the same order
    "behind",  # ranks behind the last one admitted
    "earlier_choices",  # the seats went to those who listed the school earlier
    "freed_later",  # a seat came free, but only those still without a place were asked
    "not_asked",  # a seat came free later, but the child would not have come
    "twins",  # twins need as many seats as they are
    "twin_elsewhere",  # a twin that applies as one with it did not list the school
    "no_seats",  # the pool had none when the round began
    "full",  # no seat left, and no rank to compare
    "not_needed",  # had room, yet the round found the child another school
]
"""What became of one application."""

Result = Literal[
    "", "admitted", "admitted_later", "left", "absent", "registered", "refused", "stayed", "no_school"
]
"""What one round came to for a child."""


@dataclass(frozen=True)
class Hindrance:
    """One reason why a round did not let a child in.

    Attributes:
        code: "stage", "placed", "who", "needs", "exclude", "standing", "applied"; "standing_absent" for a
            standing left by a round that admitted the child and saw it stay away.
        columns: the columns meant, for who (none of them holds), needs (missing) and exclude (held).
    """

    code: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """One column a round ranks by: the child's value and that of the last one admitted.

    Attributes:
        column: as in ``Round.rank``, or "standing" (a ``Standing``), or "standing_in_tier" (1 for behind).
        child, last: day, hundredths of points, metres, place counted from 0, tier counted from 0, or 1 for
            yes; None where there is none, or where it may not be told.
    """

    column: str
    child: int | None
    last: int | None


@dataclass(frozen=True)
class Parts:
    """A sum of a least-cost round in its parts, which are never added up for a reader.

    Attributes:
        children: of a seat price, children one more seat would place; of a difference, whether it outweighs
            any distance (in multiples of what a child without a place costs at least).
        journeys: daily journeys beyond the walking limit. metres: in units of cost where ``bends_metres``
            or where not all distances of the round are known.
    """

    children: int
    journeys: int
    metres: int


@dataclass(frozen=True)
class Price:
    """Why least cost seats a child where it does: staff only, never for a family.

    Attributes:
        cost: of this child at this pool. far: whether that counts a daily journey beyond the limit.
        seat: the seat price. total: cost and whole price together; the least of a child's candidates is
            where it goes. excess: by how much that is above the total of the place it has.
    """

    cost: int
    far: bool
    seat: Parts
    total: int
    excess: Parts


@dataclass(frozen=True)
class Tried:
    """One school a child was considered for in a round, by one seat pool.

    Attributes:
        school: row. kind: a ``SeatKind``. metres: ``NO_METRES`` if not available. choice: place in the
            child's list, from 1.
        outcome: see ``Outcome``. decided_by: the first column that tells the child from the last one
            admitted, "" where none does or where it may not be told.
        seats, first_choice, applicants, taken: of the pool, as ``RoundRecord``.
        beyond: children the pool took beyond its seats to keep twins together, told to twins only.
        contested: somebody was turned away. compared: columns of the rank, in order; empty without cut-offs;
            for a family up to the one that decided.
        at_cut_off: the child is the last one admitted itself (or its twin, as one applicant with it).
        withheld: the cut-off would tell a protected category of another child and is left out.
        last_year: last year's cut-off where the scenario has it, as ``last``; nothing is decided by it.
        price: for staff, in least-cost rounds.
    """

    school: int
    kind: int
    metres: int
    choice: int
    outcome: Outcome
    seats: int
    first_choice: int
    applicants: int
    taken: int
    contested: bool
    compared: tuple[Compared, ...] = ()
    decided_by: str = ""
    withheld: bool = False
    last_year: tuple[Compared, ...] = ()
    price: Price | None = None
    beyond: int = 0
    at_cut_off: bool = False


@dataclass(frozen=True)
class Drawing:
    """The child in the draw of a round.

    Attributes:
        name: of the draw. number: the child's. place: from 0. roster: children drawn over. method: of the
            draw, plan: seats it was for where the method reads them. official: the round goes by the result
            of an official draw, not by the seed. given: the child's place there (twins: the first of theirs),
            from 1; ``UNPLACED`` where that result does not have it, so that it stands behind by the seed.
        common: one draw for the round; else every school's own, and a place holds at that school alone.
    """

    name: str
    number: int
    place: int
    roster: int
    method: str
    plan: int
    official: bool
    given: int
    common: bool


@dataclass(frozen=True)
class Step:
    """One round, as one child met it.

    Attributes:
        round: place in ``Policy.rounds``. entered: let in. hindrances: why not, if not.
        before: school the child had as the round began, ``UNPLACED`` for none.
        tier: from 0, ``UNPLACED`` where the round has no tiers.
        standing: a ``Standing``, what earlier rounds left it.
        result: "" (not entered), "admitted", "admitted_later", "left", "absent" (admitted, and did not
            come), "registered", "refused", "no_school", "stayed" (it kept the place it had).
        school: where, ``UNPLACED`` for nowhere. kind: a ``SeatKind``, ``UNPLACED`` for none.
        tried: the schools in the order they were tried, up to the one that admitted it; in coordination those
            nearer than it. more: so many schools are left out of ``tried``. in_reach: schools in reach.
        drawing: None where the round drew nothing for it. keeps: what a child without a place keeps for later
            rounds, "" where it has one or no round follows. absences: columns by which it does not come.
        freed_by: round that set the seat free, the round itself for a seat not taken up; ``UNPLACED`` if none
            did.
        proof: staff: "least" the price comparison proves the seat; "greatest" does so among schools within
            the greatest distance; "bent" twins or a share rule moved the child from there; "" no prices.
        unplaced: staff: by how much leaving the child without a place would cost more; None without prices.
        rules: numbers of the rule table that the round rests on.
        distances: of a coordination round, over all its children and schools: "known", "partly", "unknown".
        twin_list: the list of the twin it applies with as one counts in place of its own, and is another one.
        far_first: a coordination round that counts daily journeys beyond the limit before the distance.
        private_left_out: private schools would have been in reach, had the child not been entered as one that
            confirms no private place.
    """

    round: int
    entered: bool
    hindrances: tuple[Hindrance, ...] = ()
    before: int = UNPLACED
    tier: int = UNPLACED
    standing: int = 0
    result: Result = ""
    school: int = UNPLACED
    kind: int = UNPLACED
    tried: tuple[Tried, ...] = ()
    more: int = 0
    in_reach: int = 0
    drawing: Drawing | None = None
    keeps: str = ""
    absences: tuple[str, ...] = ()
    freed_by: int = UNPLACED
    proof: str = ""
    unplaced: Parts | None = None
    rules: tuple[str, ...] = ()
    private_left_out: bool = False
    distances: str = ""
    far_first: bool = False
    twin_list: bool = False


@dataclass(frozen=True)
class Outcomes:
    """Where a child is at the end of one play.

    Attributes:
        status, reason: a ``Status``, a ``Reason``. school: row; round: place in ``Policy.rounds``;
            kind: a ``SeatKind``; ``UNPLACED`` for none. metres: ``NO_METRES`` if not available.
    """

    status: int
    reason: int
    school: int = UNPLACED
    round: int = UNPLACED
    kind: int = UNPLACED
    metres: int = NO_METRES

    @classmethod
    def of(cls, played: Admission, student: int) -> Outcomes:
        """Where a child is at the end of a play; ``student``: row."""
        columns = (played.status, played.reason, played.school, played.round, played.kind, played.metres)
        return cls(*(int(column[student]) for column in columns))

    def same_place(self, other: Outcomes) -> bool:
        """Whether both are the same school, or no school for the same status."""
        return (self.status, self.school) == (other.status, other.school)


@dataclass(frozen=True)
class Change:
    """Something that would, or would not, have changed it: confirmed by playing all rounds again with it.

    Attributes:
        kind: "needed" (a value of a column that would have done where one worse would not: the latest date,
            the fewest points), "enough" (a worse value at which nothing changes), "wish" (school listed
            first), "withdrawn" (no application), "class" (one more class), "cap" (one more class does not fit
            under the cap: nothing to play).
        round: place in ``Policy.rounds`` the change is about, ``UNPLACED`` for a class. school: row.
        changed: whether the child is elsewhere then (for "enough": one worse than ``value``). after: where.
        column: of the value. value: day or hundredths of points, played. bound: one worse (a day later, a
            hundredth less) was played too and did not do; without it ``value`` is the end of what may be
            written down. Nothing is said of any other value.
        placed: how many more children have a place then (of all; below zero: fewer).
        seats: of the class. worse: for "needed" with ``bound``, where the child is one worse.
    """

    kind: str
    round: int
    school: int
    changed: bool
    after: Outcomes
    column: str = ""
    value: int = 0
    bound: bool = False
    placed: int = 0
    seats: int = 0
    worse: Outcomes | None = None


@dataclass(frozen=True)
class Changes:
    """All that was tried.

    Attributes:
        tried: in the order of kinds. replays: plays made. untried: kind to how many could not be played for
            the limit of plays. left_out: kind to how many schools beyond those of a round that are tried.
        together: children changed as one (twins), the child among them.
    """

    tried: tuple[Change, ...]
    replays: int
    untried: Mapping[str, int]
    left_out: Mapping[str, int]
    together: int


@dataclass(frozen=True)
class StudentExplained:
    """Why one child is where it is.

    Attributes:
        student: its id. stage: a ``Stage``. block: row, ``UNPLACED`` if unknown.
        outcome: where it is. means: a ``Means``. over: seated beyond the seats, for twins.
        settled: the reason of a place fixed beforehand, as the bureau wrote it, "" for none.
        staff: whether it holds what is for staff only. steps: every round in order; none for a child that
            does not take part. changes: for staff, None if not asked for.
    """

    student: str
    stage: int
    block: int
    outcome: Outcomes
    means: int
    over: bool
    settled: str
    staff: bool
    steps: tuple[Step, ...]
    changes: Changes | None = None


@dataclass(frozen=True)
class CutOff:
    """One seat pool of a school in one round; meanings as in ``Tried`` (``beyond`` is told here always).

    Attributes:
        ranked: the round seats by rank, so that there may be a cut-off. last: what the last one admitted had;
            last_year: and last year's.
        price: of a seat, for staff, in least-cost rounds. measured: the distances of the round are known.
    """

    round: int
    kind: int
    seats: int
    first_choice: int
    applicants: int
    taken: int
    contested: bool
    ranked: bool
    last: tuple[Compared, ...] = ()
    withheld: bool = False
    last_year: tuple[Compared, ...] = ()
    price: Parts | None = None
    measured: bool = True
    beyond: int = 0


@dataclass(frozen=True)
class StageExplained:
    """One stage of a school: planned classes, seats offered, load at the end, and its pools by round."""

    stage: int
    classes: int
    seats: int
    load: int
    cutoffs: tuple[CutOff, ...]


@dataclass(frozen=True)
class SchoolExplained:
    """Cut-offs of one school, round by round. ``school``: row; ``staff``: whether prices are in it."""

    school: int
    staff: bool
    stages: tuple[StageExplained, ...]
