"""What may be said about a single child in a list that could be published.

Disability, left-behind and preference categories are protected, and columns of the scenario's own that are
marked so (``protected = true``). It is not enough to leave their columns out:
a special school, "taught at home", a special class, a round or draw that only such children may enter, or the
order of tiers would tell them all the same. So lists of children are made from ``published`` alone:

1. a child with a recommended placement, or seated by a round for protected children, is told individually and
   is in no list of placed children: its round, its school or a gap in its row would tell;
2. such a child without a place stands among the unplaced like any other; a notice about it names nobody;
3. tiers and draw places of single children are in no list; a cut-off tells date and draw place, by which the
   last child could be found, only where its round and tier tell no protected category.

Sums over children (how many are taught at home) are not lists of children and stay exact. The whole result,
one row for every child of the roster, is in the run folder's ``internal`` for those who notify the families.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED, Placement, Run, SchoolKind, SeatKind, Status
from simulator.model.arrays import Booleans
from simulator.model.protected import PROTECTED_COLUMNS, is_protected, protected_columns, tells_category

__all__ = [
    "PROTECTED_COLUMNS",
    "Published",
    "is_protected",
    "protected_columns",
    "published",
    "tells_category",
]


@dataclass(frozen=True)
class Published:
    """Who may stand in which list.

    Attributes:
        listed: bool (students,), may stand in a list of children with their outcome.
        protected: bool (students,), no list and no notice may single the child out.
    """

    listed: Booleans
    protected: Booleans


def published(run: Run) -> Published:
    """Sort the children of a run by the rules above."""
    admission, students, schools = run.admission, run.students, run.scenario.schools
    policy = run.scenario.policy
    columns = protected_columns(policy)
    rounds_protected = np.array([is_protected(entry, columns) for entry in policy.rounds] + [False])
    placed = admission.school != UNPLACED
    telling = admission.status == Status.TAUGHT_AT_HOME
    telling = telling | (admission.kind == SeatKind.SPECIAL_CLASS)
    telling[placed] |= schools.kind[admission.school[placed]] == SchoolKind.SPECIAL
    protected = (students.placement != Placement.NONE) | telling | rounds_protected[admission.round]
    return Published(listed=~(protected & placed), protected=protected)
