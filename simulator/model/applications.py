"""What a mechanism takes and returns: the applications of one round, the draw, the assignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from simulator.model.arrays import Booleans, Integers, Tabular, freeze_columns, require_lengths


@dataclass(frozen=True)
class Draw(Tabular):
    """Lottery numbers of one draw, over the roster that was frozen when its round opened.

    Attributes:
        name: name of the draw. seed: the public seed it was derived from.
        number: int64 (students,), 0 <= number < 2**63, ``UNPLACED`` off the roster. Twins share one number;
            else numbers are distinct but with negligible chance (a tie falls to the smaller student id). By
            default smaller is better; what a number means is up to ``method``.
        order: int64 (students,), the place of each student, by default when the roster is sorted by (number,
            id): 0 is first; twins share the smaller place; ``UNPLACED`` off the roster.
        method: the procedure, a ``DrawMethod`` of the policy. plan: planned seats where the procedure reads
            them, else 0. values: what was drawn beside the numbers, such as a direction or a start.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(("values",))

    name: str
    seed: int
    number: Integers
    order: Integers
    method: str = "keyed"
    plan: int = 0
    values: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_lengths("Draw", len(self.number), order=self.order)
        freeze_columns(self)


@dataclass(frozen=True)
class SchoolDraw:
    """The draw of one school's own, over the children who list it in a round that draws school by school.

    Attributes:
        school: row in ``Schools``. student: int32 (rows,), the roster, rising.
        draw: its numbers and places, int64 (rows,) each, rows as in ``student``.
    """

    school: int
    student: Integers
    draw: Draw

    def __post_init__(self) -> None:
        require_lengths("SchoolDraw", len(self.student), number=self.draw.number)
        freeze_columns(self)


@dataclass(frozen=True)
class ShareDemand:
    """A share rule as one round must keep it: so many of these applicants in seats that count.

    Attributes:
        name: of the rule and its county.
        ruled: bool (applicants,), whom it is about. counts: bool (nodes,), leaves whose seats fulfil it.
        at_least: applicants who must get one of them, > 0; with those placed before they make the share.
    """

    name: str
    ruled: Booleans
    counts: Booleans
    at_least: int

    def __post_init__(self) -> None:
        freeze_columns(self)


@dataclass(frozen=True)
class ShareResult:
    """What became of a ``ShareDemand``.

    Attributes:
        name: as asked. needed: as asked. reached: ruled applicants in seats that count, in the end.
        reachable: what the round was held to: ``needed``, or the most that was found to be reached.
        stopped_by: int64, nodes where one more seat would bring more; empty where the demand is met.
        without_counting: ruled applicants who list no seat that counts.
        short, short_at_least: applicants by which all demands of the round together are short of what they
            ask, and by which they are at least, whatever is done. Equal: no demand comes nearer unless
            another falls further behind or more are left unplaced.
    """

    name: str
    needed: int
    reached: int
    reachable: int
    stopped_by: Integers
    without_counting: int
    short: int = 0
    short_at_least: int = 0

    def __post_init__(self) -> None:
        freeze_columns(self)


@dataclass(frozen=True)
class Applications(Tabular):
    """The applications of one round: ragged choices over the nodes of a seat tree.

    Applicant ``a`` lists the arcs ``offsets[a]:offsets[a + 1]``, preferred first.

    Attributes:
        student: int32 (applicants,), row in ``Students``, each once, in any order.
        offsets: int64 (applicants + 1,).
        pool: int32 (arcs,), leaf of the seat tree.
        priority: int64 (arcs,), rank at that pool before the draw, smaller first; equal ones are ordered by
            the draw.
        cost: int64 (arcs,), metres (plus whatever the round adds), >= 0; used by least cost and by distance.
        unit: int32 (applicants,), label of children who are one applicant (twins), ``UNPLACED`` for single.
        tier: int32 (applicants,), rank class used when not everybody can be placed, smaller first.
        alike: int32 (applicants,), label of applicants with identical arcs and costs (a group of the core).
        shares: the share rules the round must keep; heard by ``least_total``.
        favoured: bool (applicants,), whom the reserves of ``Seats`` are for; nobody if not given.
        bands: choices per band of the parallel mechanism, the last repeated; none if the round has no bands.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(("offsets", "pool", "priority", "cost", "shares", "bands"))

    student: Integers
    offsets: Integers
    pool: Integers
    priority: Integers
    cost: Integers
    unit: Integers
    tier: Integers
    alike: Integers
    shares: tuple[ShareDemand, ...] = ()
    favoured: Booleans = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    bands: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        rows = len(self.student)
        if not len(self.favoured):
            object.__setattr__(self, "favoured", np.zeros(rows, dtype=np.bool_))
        require_lengths(
            "Applications", rows, unit=self.unit, tier=self.tier, alike=self.alike, favoured=self.favoured
        )
        require_lengths("Applications", len(self.pool), priority=self.priority, cost=self.cost)
        if len(self.offsets) != rows + 1 or self.offsets[-1] != len(self.pool):
            raise ValueError("Applications: offsets do not fit the arcs")
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.student)

    @property
    def applicant(self) -> Integers:
        """int64 (arcs,): the applicant each arc belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))


@dataclass(frozen=True)
class Assignment(Tabular):
    """The answer of one mechanism on one round's applications.

    Attributes:
        arc: int64 (applicants,), the arc each applicant got, ``UNPLACED`` for none.
        over: int32, rows of the applicants seated beyond the seats because twins were kept together.
        prices: int64 (nodes,), seat prices where the mechanism is least cost, else empty.
        certificate: facts that prove the answer (least cost), empty otherwise.
        shares: what became of the share rules, one per demand.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(("over", "prices", "certificate", "shares"))

    arc: Integers
    over: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    prices: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    certificate: Mapping[str, int | str | bool] = field(default_factory=dict)
    shares: tuple[ShareResult, ...] = ()

    def __post_init__(self) -> None:
        freeze_columns(self)
