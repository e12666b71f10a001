"""The rank of a child at a seat pool beside that of the last one admitted, column by column."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from simulator import admission
from simulator.admission.applying import Entry
from simulator.admission.ranking import tiers
from simulator.explain.facts import Compared
from simulator.explain.year import Year, final_pool
from simulator.model import NO_DATE, NO_METRES, UNPLACED, Round, Standing
from simulator.model.arrays import Booleans, Integers
from simulator.model.protected import protected_columns, tells_category
from simulator.model.ranked_by import DESCENDING, LAST, deciding_columns

DATES = ("settled_on", "permit_on", "birth_date")
STANDINGS = ("standing", "standing_in_tier")
"""What earlier rounds left: behind everybody stands before all columns, behind in the tier after the tier."""


@dataclass(frozen=True)
class Queue:
    """Everybody who listed one pool in one round, as ranked there.

    Attributes:
        arc: int64 (listed,), arcs of the applications. applicant: int64 (listed,).
        priority, place: int64 (listed,), rank before the draw and place in the draw; of twins who are one
            applicant the best of both, as the mechanisms have it.
        best: int64 (listed,), the row here of the member whose rank that is; itself for single children.
        admitted: bool (listed,), holds a seat of the pool by this round at the end of the year.
    """

    arc: Integers
    applicant: Integers
    priority: Integers
    place: Integers
    best: Integers
    admitted: Booleans

    def row_of(self, applicant: int) -> int:
        """Row of an applicant who listed the pool."""
        return int(np.flatnonzero(self.applicant == applicant)[0])

    @property
    def last(self) -> int:
        """Row of the last one admitted by (priority, place), ``UNPLACED`` if nobody was."""
        rows = np.flatnonzero(self.admitted)
        if not len(rows):
            return UNPLACED
        return int(rows[np.lexsort((self.place[rows], self.priority[rows]))[-1]])

    @property
    def first_refused(self) -> int:
        """Row of the best ranked of those not admitted, ``UNPLACED`` if there is none."""
        rows = np.flatnonzero(~self.admitted)
        if not len(rows):
            return UNPLACED
        return int(rows[np.lexsort((self.place[rows], self.priority[rows]))[0]])

    def is_last(self, row: int) -> bool:
        """Whether ``row`` is the last one admitted, or a twin that is one applicant with it."""
        last = self.last
        return last != UNPLACED and bool(self.admitted[row]) and bool(self.best[row] == self.best[last])

    def ranks_behind(self, row: int, other: int) -> bool:
        """Whether ``row`` stands behind ``other``."""
        return bool((self.priority[row], self.place[row]) > (self.priority[other], self.place[other]))


def queue_at(year: Year, seen: admission.Seen, pool: int) -> Queue:
    """Everybody who listed ``pool`` in a round that was played."""
    assert seen.played is not None
    applications, order = seen.played.entry.applications, seen.played.draw.order
    arc = np.flatnonzero(applications.pool == pool)
    applicant = np.searchsorted(applications.offsets, arc, side="right") - 1
    student = applications.student[applicant]
    priority, place = applications.priority[arc].astype(np.int64), order[student].astype(np.int64)
    best = np.arange(len(arc))
    unit = applications.unit[applicant]
    for label in np.unique(unit[unit != UNPLACED]).tolist():
        members = np.flatnonzero(unit == label)
        first = members[np.lexsort((place[members], priority[members]))[0]]
        priority[members], place[members] = priority[first], place[members].min()
        best[members] = first
    admitted = final_pool(year, seen, student) == pool
    return Queue(arc, applicant, priority, place, best, admitted)


def ranking_columns(entry: Round) -> list[str]:
    """The columns that decide, in order: those of ``rank`` up to the draw, which always comes last."""
    return [*deciding_columns(entry), "draw"]


def compare(
    year: Year, seen: admission.Seen, queue: Queue, row: int, last: int
) -> tuple[tuple[Compared, ...], str, bool]:
    """A child's values beside those of the last one admitted.

    Args:
        row, last: rows of the queue; ``last`` may be ``UNPLACED``.

    Returns:
        The columns in order, the first that differs ("" if none does or it may not be told), and whether the
        cut-off is withheld.
    """
    entry = year.scenario.policy.rounds[seen.row]
    mine = values(year, seen, queue, row)
    if last == UNPLACED:
        return tuple(Compared(name, value, None) for name, value in mine.items()), "", False
    theirs = values(year, seen, queue, last)
    protected = protected_columns(year.scenario.policy)
    withheld = tells_category(entry, last_tier(year, seen, queue, last), protected)
    differing = next((name for name in mine if mine[name] != theirs[name]), "")
    told = tuple(
        Compared(name, value, None if withheld or secret(name, protected) else theirs[name])
        for name, value in mine.items()
        if name not in STANDINGS or mine[name] or theirs[name]
    )
    return told, "" if withheld or secret(differing, protected) else differing, withheld


def secret(column: str, protected: Set[str]) -> bool:
    """Whether the value of another child in this column may not be told."""
    return column.removesuffix(LAST).removesuffix(DESCENDING) in protected


def last_tier(year: Year, seen: admission.Seen, queue: Queue, row: int) -> int:
    """Tier of a row of the queue in a round with tiers, else ``UNPLACED``."""
    entry = year.scenario.policy.rounds[seen.row]
    assert seen.played is not None
    return int(seen.played.entry.tier[queue.applicant[queue.best[row]]]) if entry.tiers else UNPLACED


def values(year: Year, seen: admission.Seen, queue: Queue, row: int) -> dict[str, int | None]:
    """What each column of the rank is for one row of the queue, in the order of ``admission.arc_priority``.

    What earlier rounds left stands in two columns: "standing" first, and "standing_in_tier", 1 for behind,
    after the tier (after "standing" where the round does not rank by tier). None where not given.
    """
    assert seen.played is not None
    entry, made = year.scenario.policy.rounds[seen.row], seen.played.entry
    at = queue.best[row]
    arc, student = int(queue.arc[at]), int(made.applications.student[queue.applicant[at]])
    standing, columns = int(seen.standing[student]), ranking_columns(entry)
    in_tier = standing == Standing.BEHIND_IN_TIER
    found: dict[str, int | None] = {"standing": int(Standing.EQUAL) if in_tier else standing}
    if "tier" not in columns:
        found["standing_in_tier"] = int(in_tier)
    for name in columns:
        found[name] = value(year, seen, made, name, student, arc, int(queue.place[row]))
        if name == "tier":
            found["standing_in_tier"] = int(in_tier)
    return found


def own_place(made: Entry, student: int, school: int) -> int:
    """Place of a child in a school's own draw, from 0, where every school draws for itself."""
    own = next(drawn for drawn in made.school_draws if drawn.school == school)
    return int(own.draw.order[np.searchsorted(own.student, student)])


def value(
    year: Year, seen: admission.Seen, made: Entry, name: str, student: int, arc: int, place: int
) -> int | None:
    """One column of the rank for one child at one pool, as people read it; None where there is none."""
    students, entry = year.students, year.scenario.policy.rounds[seen.row]
    assert seen.played is not None
    school = int(seen.played.free.school[made.applications.pool[arc]])
    if name == "draw":
        return place if entry.tie_break == "common" else own_place(made, student, school)
    if name == "tier":
        return int(tiers(entry, students)[student])
    if name == "sibling":
        return int(students.sibling_school[student] == school)
    if name == "metres":
        metres = int(made.metres[arc])
        return None if metres == NO_METRES else metres
    if name == "order":
        pairs = seen.pairs
        return int(pairs.order[(pairs.student == student) & (pairs.school == school)][0])
    if name == "points":
        return int(students.points[student])
    plain = name.removesuffix(DESCENDING)
    if name in DATES or plain in students.extra:
        number = int((getattr(students, name) if name in DATES else students.extra[plain])[student])
        return None if number == NO_DATE else number
    return int(students.yes(name.removesuffix(LAST) if name.endswith(LAST) else name)[student])
