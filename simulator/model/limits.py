"""What the settings make of the tables: the cap and class size of each school, who is of age."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import NO_DATE, Booleans, Integers
from simulator.model.policy import Policy
from simulator.model.seats import Seats
from simulator.model.tables import Schools, Students
from simulator.model.terms import SchoolKind, SeatKind, Stage


def school_caps(policy: Policy, schools: Schools) -> Integers:
    """Greatest number of compulsory-stage pupils of each school, int64 (schools,) (R1).

    The school's own ``cap`` where given, else the scenario's for its kind.
    """
    of_kind = np.zeros(len(SchoolKind), dtype=np.int64)
    of_kind[[SchoolKind.PRIMARY, SchoolKind.TEACHING_POINT]] = policy.caps.primary
    of_kind[[SchoolKind.JUNIOR, SchoolKind.COMPLETE_SECONDARY]] = policy.caps.junior
    of_kind[SchoolKind.NINE_YEAR] = policy.caps.nine_year
    of_kind[SchoolKind.TWELVE_YEAR] = policy.caps.twelve_year
    of_kind[SchoolKind.SPECIAL] = policy.caps.special
    return np.where(schools.cap > 0, schools.cap, of_kind[schools.kind]).astype(np.int64)


def class_standards(policy: Policy) -> Integers:
    """Pupils per class by the standard, int64 (2, 1), by ``Stage`` (R2)."""
    return np.array([[policy.class_size.primary], [policy.class_size.junior]], dtype=np.int64)


def class_sizes(policy: Policy, schools: Schools) -> Integers:
    """Pupils a class is offered at, int64 (2, schools): the school's own number, else the standard (R2)."""
    return np.where(schools.class_size > 0, schools.class_size, class_standards(policy)).astype(np.int64)


def may_receive(schools: Schools) -> Booleans:
    """Public ordinary schools that have the stage, bool (2, schools): those a planner may give classes to.

    Not teaching points, which take their own villages only, and not special schools.
    """
    ordinary = schools.public & ~np.isin(schools.kind, (SchoolKind.TEACHING_POINT, SchoolKind.SPECIAL))
    return np.stack([schools.serves(stage) & ordinary for stage in Stage])


def classes_that_fit(policy: Policy, schools: Schools, seats: Seats) -> Integers:
    """Further classes of each stage that fit under the school's cap, int64 (2, schools) (R1).

    Pupils on roll - leavers + seats of both stages + classes x size <= cap; as many as one likes where caps
    are not enforced. The classes of a school's two stages share the room: they do not fit together.
    """
    if not policy.caps.enforce:
        return np.full((len(Stage), len(schools)), np.iinfo(np.int32).max, dtype=np.int64)
    offered = np.zeros(len(schools), dtype=np.int64)
    stages = np.flatnonzero(seats.kind == SeatKind.STAGE)
    np.add.at(offered, seats.school[stages], seats.seats[stages])
    staying = (schools.pupils - schools.leavers).sum(axis=0, dtype=np.int64)
    room = np.maximum(school_caps(policy, schools) - staying - offered, 0)
    return np.asarray(room // class_sizes(policy, schools))


def cutoff_day(policy: Policy) -> int:
    """Last birth date of age this year, days since 1970-01-01; the cut-off day itself is of age."""
    month, day = (int(part) for part in policy.age.cutoff.split("-"))
    first = np.datetime64(f"{policy.year - policy.age.years:04d}-{month:02d}-01", "D")
    month_end = (first.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    return int(min(first + (day - 1), month_end).astype(np.int64))  # 02-29 is the last of February


def under_age(policy: Policy, students: Students) -> Booleans:
    """Primary entrants born after the cut-off day, bool (students,); none if age is not enforced.

    A child without a date of birth is taken to be of age: the bureau has the paper, the table has not.
    """
    if not policy.age.enforce:
        return np.zeros(len(students), dtype=np.bool_)
    known = students.birth_date != NO_DATE
    return known & (students.birth_date > cutoff_day(policy)) & (students.stage == Stage.PRIMARY)
