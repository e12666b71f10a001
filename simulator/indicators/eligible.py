"""Who needs an ordinary seat, what a school may hold, what it offers: the quantities indicators share."""

from __future__ import annotations

import numpy as np

from simulator.model import (
    Placement,
    Scenario,
    SchoolKind,
    SeatKind,
    Seats,
    Stage,
    Students,
)
from simulator.model.arrays import Booleans, Integers
from simulator.model.limits import under_age


def eligible_children(scenario: Scenario, students: Students) -> Booleans:
    """Children who can claim an ordinary public seat this year, from the roster alone (R24, R44).

    Local children, and migrant children with a residence permit; not those deferred, enrolled elsewhere,
    who declined, are under age, are taught at home, or go to a special class or special school, whose seats
    are not ordinary seats either.

    Returns:
        bool (students,).
    """
    elsewhere = students.deferral | students.yes("enrolled_elsewhere") | students.yes("declined")
    elsewhere = elsewhere | under_age(scenario.policy, students)
    ordinary = np.isin(students.placement, (Placement.NONE, Placement.MAINSTREAM))
    return np.asarray(~elsewhere & ordinary & (students.yes("local") | students.yes("residence_permit")))


def per_school(seats: Seats, nodes: Booleans, values: Integers, schools: int) -> Integers:
    """Sum of ``values`` (nodes,) over the chosen nodes by stage and school, int64 (2, schools)."""
    table = np.zeros((len(Stage), schools), dtype=np.int64)
    np.add.at(table, (seats.stage[nodes], seats.school[nodes]), values[nodes])
    return table


def ordinary_public_seats(scenario: Scenario, seats: Seats) -> Integers:
    """Seats public schools offer to ordinary classes, int64 (2, schools): general and reserved pools.

    0 for private and special schools. Special classes are not counted; boarding beds are no further seats.
    """
    schools = scenario.schools
    pools = np.isin(seats.kind, (SeatKind.GENERAL, SeatKind.RESERVED))
    offered = per_school(seats, pools, seats.seats, len(schools))
    return np.where(schools.public & (schools.kind != SchoolKind.SPECIAL), offered, 0)
