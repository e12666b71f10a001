"""The year's answer seen by county and stage: masks, counts and the table every indicator fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.indicators.eligible import per_school
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Admission,
    Placement,
    Scenario,
    SchoolKind,
    SeatKind,
    Stage,
    Status,
    Students,
    Travel,
    ZoneWarnings,
)
from simulator.model.arrays import Booleans, Integers

Cells = Integers
"""int64 (counties + 1, stages + 1): row 0 is the whole city, column 0 both stages; so a cell's county is its
row - 1 and its stage is its column - 1, and ``UNPLACED`` means the whole, as in ``Indicators``."""


@dataclass(frozen=True)
class Facts:
    """What the indicators read: the inputs of ``measure`` and the masks they share, computed once."""

    scenario: Scenario
    students: Students
    travel: Travel
    admission: Admission
    warnings: ZoneWarnings | None = None

    def tally(self, county: Integers, stage: Integers, weights: Integers | None = None) -> Cells:
        """Count rows, or add up ``weights``, by county and stage; ``UNPLACED`` counts in the wholes only."""
        columns = len(Stage) + 1
        cells = np.zeros((len(self.scenario.counties) + 1, columns), dtype=np.int64)
        cell = (np.asarray(county, dtype=np.int64) + 1) * columns + np.asarray(stage) + 1
        if weights is None:
            cells += np.bincount(cell, minlength=cells.size).reshape(cells.shape)
        else:
            np.add.at(cells.reshape(-1), cell, weights)
        cells[0] = cells.sum(axis=0)
        cells[:, 0] = cells.sum(axis=1)
        return cells

    def children(self, mask: Booleans, weights: Integers | None = None) -> Cells:
        """Count the children of ``mask`` (or add up their ``weights``) by county of their block and stage."""
        chosen = None if weights is None else weights[mask]
        return self.tally(self.child_county[mask], self.students.stage[mask], chosen)

    def schools(self, weights: Integers) -> Cells:
        """Add up ``weights`` (schools,) or (2, schools) by county of the school; the former has no stage."""
        rows = self.scenario.schools.county
        if weights.ndim == 1:
            return self.tally(rows, np.full(len(rows), UNPLACED), weights)
        stage = np.repeat(np.arange(len(Stage)), len(rows))
        return self.tally(np.tile(rows, len(Stage)), stage, weights.ravel())

    @cached_property
    def child_county(self) -> Integers:
        """int32 (students,): county of the block, else of the household's block, else ``UNPLACED``."""
        block = np.where(self.students.block != UNPLACED, self.students.block, self.students.household_block)
        county = np.full(len(block), UNPLACED, dtype=np.int32)
        county[block != UNPLACED] = self.scenario.blocks.county[block[block != UNPLACED]]
        return county

    @cached_property
    def of_age(self) -> Booleans:
        """bool (students,): children of age who are this place's to place (R3).

        Left out, of numerator and denominator alike: not of age; deferred with an approval; enrolled
        elsewhere (on that place's ledger). Kept in: whoever declined, is to be verified or is unplaced.
        """
        out = (Status.NOT_OF_AGE, Status.DEFERRED, Status.ENROLLED_ELSEWHERE)
        return np.isin(self.admission.status, out, invert=True)

    @cached_property
    def at_school(self) -> Booleans:
        """bool (students,): placed, private, or taught at home on a school's register."""
        return np.isin(self.admission.status, (Status.PLACED, Status.PRIVATE, Status.TAUGHT_AT_HOME))

    @cached_property
    def seated(self) -> Booleans:
        """bool (students,): with a seat in a building, public or private."""
        known = self.admission.school != UNPLACED
        return np.asarray(np.isin(self.admission.status, (Status.PLACED, Status.PRIVATE)) & known)

    @cached_property
    def ordinary(self) -> Booleans:
        """bool (students,): in a public or purchased seat, no special class or school (R27)."""
        placed = (self.admission.status == Status.PLACED) & (self.admission.school != UNPLACED)
        placed &= self.admission.kind != SeatKind.SPECIAL_CLASS
        special = self.scenario.schools.kind[self.admission.school] == SchoolKind.SPECIAL
        return np.asarray(placed & ~special)

    @cached_property
    def measured(self) -> Booleans:
        """bool (students,): ordinary seats whose distance is known."""
        return np.asarray(self.ordinary & (self.admission.metres != NO_METRES))

    @cached_property
    def by_metres(self) -> Integers:
        """int64, the rows of ``measured``, nearest first."""
        rows = np.flatnonzero(self.measured)
        return rows[np.argsort(self.admission.metres[rows], kind="stable")]

    @cached_property
    def disabled(self) -> Booleans:
        """bool (students,): children with a disability, whatever their placement."""
        return np.asarray(self.students.placement != Placement.NONE)

    @cached_property
    def entrants(self) -> Integers:
        """int64 (2, schools): children seated in each school by stage."""
        schools = len(self.scenario.schools)
        cell = self.students.stage[self.seated].astype(np.int64) * schools
        cell += self.admission.school[self.seated]
        return np.bincount(cell, minlength=len(Stage) * schools).reshape(len(Stage), schools)

    @cached_property
    def stage_load(self) -> Integers:
        """int64 (2, schools): load of each stage node of the seat tree at the end."""
        seats = self.admission.seats
        nodes = np.asarray(seats.kind == SeatKind.STAGE)
        return per_school(seats, nodes, self.admission.load, len(self.scenario.schools))

    @cached_property
    def stage_seats(self) -> Integers:
        """int64 (2, schools): seats of each stage node when the rounds opened."""
        seats = self.admission.seats
        nodes = np.asarray(seats.kind == SeatKind.STAGE)
        return per_school(seats, nodes, seats.seats, len(self.scenario.schools))


@dataclass(frozen=True)
class Share:
    """A numerator and a denominator per cell; a plain count has denominators of 0."""

    numerator: Cells
    denominator: Cells


def count(cells: Cells) -> Share:
    """A plain count: its value is the numerator."""
    return Share(cells, np.zeros_like(cells))


Measure = Callable[[Facts], Share]
