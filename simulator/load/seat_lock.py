"""Homes whose seat is used: the yes/no column ``home_locked`` out of the roster's homes and ``used_homes``.

The label of a home is read, compared and forgotten: no noun holds it, so no result can tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.load.references import References, refer
from simulator.load.table import Distinct, Table
from simulator.load.zoning import read_stage
from simulator.model import UNPLACED, Policy, Ragged, Schools, Stage, Students
from simulator.model.arrays import Booleans, Integers

YEARS_OF_PRIMARY = (5, 6)
"""Years after which a child enters junior stage, where primary school has five grades or six."""


@dataclass(frozen=True)
class UsedHomes:
    """Seats that homes gave a right to, sound rows alone.

    Attributes:
        home: int32 (rows,), place in ``labels``. labels: the distinct labels of homes.
        year: int64, entry year. school: int32 row. stage: int8.
    """

    home: Integers
    labels: tuple[str, ...]
    year: Integers
    school: Integers
    stage: Integers


def read_used_homes(table: Table, policy: Policy, schools: References, of: Schools) -> UsedHomes:
    """The table ``used_homes``. One home may stand in it many times: brothers and sisters, many years.

    Faults: blank_cell, unknown_reference, stage_needed, stage_not_served, used_after_entry.
    """
    found = table.labels("home")
    labels = tuple(found.texts.to_pylist())
    named = np.array([bool(label) for label in labels], dtype=np.bool_)[found.codes]
    table.require("home", named)
    school, _ = refer(table, "school", schools, required=True)
    year, year_given = table.integers("year")
    table.require("year", year_given)
    late = year_given & (year > policy.year)
    table.fault("used_after_entry", "year", np.flatnonzero(late), entry_year=policy.year)
    stage, sound = read_stage(table, school != UNPLACED, school, of)
    good = sound & named & year_given & ~late
    return UsedHomes(found.codes[good], labels, year[good], school[good], stage[good])


def lock_homes(students: Students, roster: Table, used: UsedHomes, policy: Policy, of: Schools) -> Students:
    """The roster with ``home_locked`` from the homes used; a column of that name in the table is believed."""
    if roster.has("home_locked"):
        return students
    locked = locked_homes(students, roster.labels("home_id"), used, policy, of)
    return replace(students, flags={**students.flags, "home_locked": locked})


def locked_homes(
    students: Students, homes: Distinct, used: UsedHomes, policy: Policy, of: Schools
) -> Booleans:
    """Children whose home gives no right this year, bool (students,), by ``policy.SeatLock``.

    Every seat used meets the children of its home. It locks if it is of their stage (a school of both stages
    locks both) and fewer years old than the lock; unless it is the child's own seat of primary school, or
    one at the school of its elder sibling, where siblings are exempt.
    """
    lock = policy.seat_lock
    place = {label: code for code, label in enumerate(homes.texts.to_pylist()) if label}
    home = np.array([place.get(label, UNPLACED) for label in used.labels], dtype=np.int64)[used.home]
    of_home = Ragged.from_pairs(len(homes.texts), homes.codes, np.arange(len(students)))
    met = of_home.take(home)
    seat, child = met.owners, met.values.astype(np.int64)

    age = policy.year - used.year[seat]
    both_stages = (of.serves(Stage.PRIMARY) & of.serves(Stage.JUNIOR))[used.school[seat]]
    by_stage = np.array([lock.primary_years, lock.junior_years])[used.stage[seat]]
    years = np.where(both_stages, lock.nine_year_years, by_stage)
    locks = (age < years) & (both_stages | (used.stage[seat] == students.stage[child]))
    own = (students.stage[child] == Stage.JUNIOR) & (used.stage[seat] == Stage.PRIMARY)
    own &= (students.origin_school[child] == used.school[seat]) & np.isin(age, YEARS_OF_PRIMARY)
    locks &= ~own
    if lock.siblings_exempt:
        locks &= students.sibling_school[child] != used.school[seat]
    locked = np.zeros(len(students), dtype=np.bool_)
    locked[child[locks]] = True
    return locked
