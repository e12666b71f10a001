"""What may be said about a single child in a list that could be published.

Disability, left-behind and preference categories are protected. It is not enough to leave their columns out:
a special school, "taught at home", a special class, a round or draw that only such children may enter, or the
order of tiers would tell them all the same. So lists of children are made from ``published`` alone:

1. a child with a recommended placement, or seated by a round for protected children, looks like any child
   whose place was settled before the rounds: no round, no kind of seat, no way of travel;
2. where the school itself would tell (a special school, a special class, taught at home), school and distance
   are withheld and the family is notified individually;
3. tiers and draw places of single children are in no list; a cut-off tells date and draw place, by which the
   last child could be found, only where its round and tier tell no protected category.

Sums over children (how many are taught at home) are not lists of children and stay exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import (
    NO_METRES,
    UNPLACED,
    Means,
    Placement,
    Reason,
    Round,
    Run,
    SchoolKind,
    SeatKind,
    Status,
)
from simulator.model.arrays import Booleans, Integers

PROTECTED_COLUMNS = frozenset(
    ("preference", "left_behind", "mainstream", "special_class", "special_school", "taught_at_home")
)
"""Yes/no columns of the roster that no list of children may betray."""


@dataclass(frozen=True)
class Published:
    """One row per child of the roster, as ``Admission``, fit for a list.

    Attributes:
        status, reason: int8. school: int32, ``UNPLACED`` where there is none or it is withheld.
        round: int16. kind, means: int8. metres: int32. in_zone, nearest: bool.
        withheld: bool, the child has a school but it is told to the family alone.
        protected: bool, the child's row was changed by rule 1 or 2; for use inside the report only.
    """

    status: Integers
    reason: Integers
    school: Integers
    round: Integers
    kind: Integers
    means: Integers
    metres: Integers
    in_zone: Booleans
    nearest: Booleans
    withheld: Booleans
    protected: Booleans


def is_protected(entry: Round) -> bool:
    """Whether taking part in the round would by itself tell a protected category."""
    only = set(entry.needs) | (set(entry.who) if set(entry.who) <= PROTECTED_COLUMNS else set())
    return bool(only & PROTECTED_COLUMNS)


def tells_category(entry: Round, tier: int) -> bool:
    """Whether being the last one admitted in ``tier`` (``UNPLACED`` for none) tells a protected category."""
    named = entry.tiers[tier] if 0 <= tier < len(entry.tiers) else []
    return is_protected(entry) or bool(PROTECTED_COLUMNS & set(named))


def published(run: Run) -> Published:
    """The result of every child with the protected categories taken out, by the rules above."""
    admission, students, schools = run.admission, run.students, run.scenario.schools
    rounds_protected = np.array([is_protected(entry) for entry in run.scenario.policy.rounds] + [False])
    placed = admission.school != UNPLACED
    at_home = (admission.status == Status.TAUGHT_AT_HOME) | (students.placement == Placement.TAUGHT_AT_HOME)
    special_school = np.zeros(len(students), dtype=np.bool_)
    special_school[placed] = schools.kind[admission.school[placed]] == SchoolKind.SPECIAL
    special_class = admission.kind == SeatKind.SPECIAL_CLASS
    withheld = placed & (at_home | special_school | special_class)
    protected = (students.placement != Placement.NONE) | withheld | rounds_protected[admission.round]
    settled = protected & placed
    status = np.where(admission.status == Status.TAUGHT_AT_HOME, Status.PLACED, admission.status)
    reason = np.where(settled, Reason.SETTLED, admission.reason)
    return Published(
        status=status.astype(np.int8),
        reason=np.where(reason == Reason.REGISTERED_ONLY, Reason.SETTLED, reason).astype(np.int8),
        school=np.where(withheld, UNPLACED, admission.school).astype(np.int32),
        round=np.where(settled, UNPLACED, admission.round).astype(np.int16),
        kind=np.where(settled, UNPLACED, admission.kind).astype(np.int8),
        means=np.where(settled, Means.UNKNOWN, admission.means).astype(np.int8),
        metres=np.where(withheld, NO_METRES, admission.metres).astype(np.int32),
        in_zone=admission.in_zone & ~settled,
        nearest=admission.nearest & ~settled,
        withheld=withheld,
        protected=protected,
    )
