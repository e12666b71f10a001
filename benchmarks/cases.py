"""The instances that the core is measured on, and how fast it is wanted to be."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.clustered_city import by_pool, clustered_city, under_roofs
from simulator.transport import Problem

SEEDS = (1009, 1013, 1019, 1021, 1031)
"""Used in tuning nothing. Whoever tunes on one of them takes five others."""


@dataclass(frozen=True)
class Case:
    """A city in a few sizes and conditions; the arguments are those of ``clustered_city``.

    Attributes:
        by_pool: arcs in the order of their pools, not of their costs. roofs: ``under_roofs``.
        wanted: times as fast as OR-tools, median over the seeds. worst: the same, for the slowest seed.
        reference_seeds: how many of the seeds OR-tools solves as well.
    """

    children: int
    schools: int
    slack: float = 1.05
    group: int = 1
    round_to: int = 1
    half_in_one: bool = False
    bare: float = 0.0
    by_pool: bool = False
    roofs: bool = False
    wanted: int | None = None
    worst: int | None = None
    reference_seeds: int = len(SEEDS)

    def problem(self, seed: int) -> Problem:
        """The instance of that seed."""
        city = clustered_city(
            self.children,
            self.schools,
            seed,
            slack=self.slack,
            group=self.group,
            round_to=self.round_to,
            half_in_one=self.half_in_one,
            bare=self.bare,
        )
        if self.roofs:
            city = under_roofs(city, seed)
        return by_pool(city) if self.by_pool else city

    @property
    def size(self) -> str:
        """Children and schools."""
        return f"{self.children:,} x {self.schools:,}"

    @property
    def subject(self) -> str:
        """What is particular about it."""
        parts = [
            f"groups of {self.group}" if self.group > 1 else "single children",
            f"slack {self.slack:.2f}",
        ]
        if self.round_to > 1:
            parts.append(f"rounded to {self.round_to} m")
        if self.half_in_one:
            parts.append("half the seats in one school")
        if self.bare:
            parts.append("a region unplaced")
        if self.by_pool:
            parts.append("arcs by pool")
        if self.roofs:
            parts.append("two pools under a roof")
        return ", ".join(parts)


CASES = {
    "10k": Case(10_000, 50, wanted=8),
    "100k": Case(100_000, 300, wanted=25, worst=15),
    "100k-slack-1.00": Case(100_000, 300, slack=1.00, wanted=10),
    "100k-slack-0.97": Case(100_000, 300, slack=0.97, wanted=10),
    "100k-rounded-50": Case(100_000, 300, round_to=50, wanted=10),
    "100k-rounded-200": Case(100_000, 300, round_to=200, wanted=10),
    "100k-half-in-one": Case(100_000, 300, half_in_one=True),
    "100k-region": Case(100_000, 300, bare=0.25),
    "100k-by-pool": Case(100_000, 300, by_pool=True, wanted=25, worst=15),
    "100k-roofs": Case(100_000, 300, roofs=True, by_pool=True, wanted=10),
    "250k": Case(250_000, 600, wanted=25, worst=15),
    "250k-slack-1.00": Case(250_000, 600, slack=1.00, wanted=10),
    "250k-slack-0.97": Case(250_000, 600, slack=0.97, wanted=10),
    "250k-rounded-200": Case(250_000, 600, round_to=200, wanted=10),
    "250k-roofs": Case(250_000, 600, roofs=True, by_pool=True, wanted=10),
    "250k-groups": Case(250_000, 600, group=20, wanted=8),
    "1M-groups": Case(1_000_000, 2_000, group=20, wanted=8),
    # OR-tools takes minutes on this one.
    "1M": Case(1_000_000, 2_000, wanted=30, reference_seeds=1),
}

SMOKE = {
    "small": Case(1_000, 10, wanted=1),
    "small-groups": Case(4_000, 10, slack=0.97, group=20, round_to=50),
    "small-half-in-one": Case(1_000, 20, half_in_one=True),
    "small-roofs": Case(1_000, 20, roofs=True, by_pool=True),
    "small-region": Case(1_000, 20, bare=0.25, reference_seeds=1),
}
"""One second for all of them, in every part of the page."""
