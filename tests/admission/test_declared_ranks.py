"""Numbers and dates a scenario declares, as ranks: smallest first, or greatest first with ``_descending``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.model import NO_DATE
from simulator.model.policy import ExtraColumn
from tests.admission.small import World, a_round, block, child, day, places, school, world

MONTHS = [1200, 0, 7200, 3600]  # hundredths; 0 is what a blank cell counts as
LEASE = [day("2019-01-01"), NO_DATE, day("2023-01-01"), day("2021-01-01")]


def queue(word: str) -> list[str]:
    """Children in the order in which seats of the zone reach them, one more seat at a time."""
    order: list[str] = []
    children = [child(f"C{i}", "B") for i in range(4)]
    for seats in range(1, 5):
        made = world(
            [school("S", seats=seats)],
            [block("B")],
            children,
            [a_round(rank=[word])],
            {("B", "primary"): ["S"]},
            columns={"months": ExtraColumn(kind="number"), "lease": ExtraColumn(kind="date")},
        )
        extra = {"months": np.array(MONTHS, dtype=np.int64), "lease": np.array(LEASE, dtype=np.int64)}
        students = replace(made.students, extra=extra)
        scenario = replace(made.scenario, students=students)
        seated = {c for c, place in places(World(scenario, students, made.wishes)).items() if place == "S"}
        order += sorted(seated - set(order))
    return order


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("months", ["C1", "C0", "C3", "C2"]),
        ("months_descending", ["C2", "C3", "C0", "C1"]),
        ("lease", ["C0", "C3", "C2", "C1"]),
        ("lease_descending", ["C2", "C3", "C0", "C1"]),  # a date that is not given is last either way
    ],
)
def test_smallest_or_greatest_first(word, expected):
    assert queue(word) == expected
