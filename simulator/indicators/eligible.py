"""Who needs an ordinary seat, what a school may hold, what it offers: the quantities indicators share."""

from __future__ import annotations

import numpy as np

from simulator.model import (
    NO_DATE,
    Placement,
    Scenario,
    SchoolKind,
    SeatKind,
    Seats,
    Stage,
    Students,
)
from simulator.model.arrays import Booleans, Integers
from simulator.model.policy import Age


def under_age(age: Age, year: int, students: Students) -> Booleans:
    """Primary entrants who are not yet ``age.years`` old on the cut-off day, which counts as of age.

    A child without a date of birth is taken to be of age: the bureau has the paper, the table has not.

    Returns:
        bool (students,); all False where the scenario does not enforce the age.
    """
    if not age.enforce:
        return np.zeros(len(students), dtype=np.bool_)
    month, day = (int(part) for part in age.cutoff.split("-"))
    first = np.datetime64(f"{year - age.years:04d}-{month:02d}-01", "D")
    month_end = (first.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    cutoff = min(first + (day - 1), month_end).astype(np.int64)  # 02-29 is the last of February
    known = students.birth_date != NO_DATE
    return np.asarray((students.stage == Stage.PRIMARY) & known & (students.birth_date > cutoff))


def eligible_children(scenario: Scenario, students: Students) -> Booleans:
    """Children who can claim an ordinary public seat this year, from the roster alone (R24, R44).

    Local children, and migrant children with a residence permit; not those deferred, enrolled elsewhere,
    who declined, are under age, are taught at home, or go to a special class or special school, whose seats
    are not ordinary seats either.

    Returns:
        bool (students,).
    """
    elsewhere = students.deferral | students.yes("enrolled_elsewhere") | students.yes("declined")
    elsewhere = elsewhere | under_age(scenario.policy.age, scenario.policy.year, students)
    ordinary = np.isin(students.placement, (Placement.NONE, Placement.MAINSTREAM))
    return np.asarray(~elsewhere & ordinary & (students.yes("local") | students.yes("residence_permit")))


def school_caps(scenario: Scenario) -> Integers:
    """Greatest number of compulsory-stage pupils of each school, int64 (schools,) (R1).

    The school's own ``cap`` where given, else the scenario's for its kind.
    """
    caps = scenario.policy.caps
    of_kind = np.zeros(len(SchoolKind), dtype=np.int64)
    of_kind[[SchoolKind.PRIMARY, SchoolKind.TEACHING_POINT]] = caps.primary
    of_kind[[SchoolKind.JUNIOR, SchoolKind.COMPLETE_SECONDARY]] = caps.junior
    of_kind[SchoolKind.NINE_YEAR] = caps.nine_year
    of_kind[SchoolKind.TWELVE_YEAR] = caps.twelve_year
    of_kind[SchoolKind.SPECIAL] = caps.special
    schools = scenario.schools
    return np.asarray(np.where(schools.cap > 0, schools.cap, of_kind[schools.kind]), dtype=np.int64)


def class_sizes(scenario: Scenario) -> Integers:
    """Pupils a class is offered at, int64 (2, schools): the school's own number, else the standard (R2)."""
    size = scenario.policy.class_size
    standard = np.array([[size.primary], [size.junior]], dtype=np.int64)
    return np.asarray(np.where(scenario.schools.class_size > 0, scenario.schools.class_size, standard))


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
