"""A scenario: everything one run starts from; and the travel computed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from simulator.model.arrays import Floats, Integers, Texts, freeze_columns, require_lengths
from simulator.model.errors import Fault
from simulator.model.own_mechanism import OWN, OwnMechanism, Seating
from simulator.model.policy import Policy
from simulator.model.roads import Roads, RoadTravel
from simulator.model.showing import ShownScenario
from simulator.model.tables import (
    Barriers,
    Blocks,
    Demand,
    Drawn,
    Feeders,
    GivenTravel,
    LastCutoffs,
    Schools,
    Settled,
    Sites,
    Students,
    Wishes,
    Zones,
)


@dataclass(frozen=True, repr=False)
class Scenario(ShownScenario):
    """One year's input, checked.

    Attributes:
        policy: the resolved settings.
        counties, towns, groups, districts: names that the integer columns of the tables index.
        schools, blocks, zones, feeders: the tables.
        students: the roster, or None where ``demand`` gives counts (``population`` then makes it).
        student_names: object (str) beside ``students``, or None; leaves this noun only under ``--names``.
        wishes: listed choices, or None. settled: places fixed beforehand.
        drawn: results of official draws, or None. last_cutoffs: last year's cut-offs, or None.
        demand: counts per block, or None.
        given_travel: given distances, or None. roads: the road network, or None.
        barriers: pairs of blocks no zone may join, or None. sites: land for new schools, or None.
        sources: file name to SHA-256 of its bytes, for the manifest.
        resolved: the scenario file as plain data after base, variant and ``--set``, for the manifest.
        variant: the variant the settings are of, "" for none. changes: ``KEY=VALUE`` laid over it on the
            command line (``--set``, and ``--seed`` as ``seed=N``), in their order.
        warnings: faults that do not stop a run (dropped columns, rules off for want of data).
        own: mechanisms of one's own by the name of the round they play; see ``with_mechanism``.
    """

    policy: Policy
    counties: tuple[str, ...]
    towns: tuple[str, ...]
    groups: tuple[str, ...]
    districts: tuple[str, ...]
    schools: Schools
    blocks: Blocks
    zones: Zones
    feeders: Feeders
    settled: Settled
    students: Students | None = None
    student_names: Texts | None = None
    wishes: Wishes | None = None
    drawn: Drawn | None = None
    last_cutoffs: LastCutoffs | None = None
    demand: Demand | None = None
    given_travel: GivenTravel | None = None
    roads: Roads | None = None
    barriers: Barriers | None = None
    sites: Sites | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    resolved: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()
    variant: str = ""
    changes: tuple[str, ...] = ()
    own: Mapping[str, OwnMechanism] = field(default_factory=dict)

    def with_mechanism(self, round: str, mechanism: Seating, *, name: str = "") -> Scenario:
        """The same scenario with a round played by a function of one's own; all else of the round stays.

        What it does with reserves, bands, twins and share rules is its own affair. ``changes`` tells of it,
        so that no report passes it off as the procedure of the scenario.

        Args:
            round: name of the round. mechanism: called with ``(applications, seats, draw)``, gives an
                ``Assignment``; it must be deterministic. name: for reports, the function's own if not given.

        Raises:
            KeyError: no round of that name.
        """
        names = [entry.name for entry in self.policy.rounds]
        if round not in names:
            raise KeyError(f"no round {round!r}; there are: {', '.join(names)}")
        called = name or getattr(mechanism, "__name__", type(mechanism).__name__)
        own: Any = OWN  # no name a scenario file may use, so ``Round`` does not list it
        rounds = [replace(e, mechanism=own) if e.name == round else e for e in self.policy.rounds]
        played = {**self.own, round: OwnMechanism(called, mechanism)}
        return replace(
            self,
            policy=replace(self.policy, rounds=rounds),
            changes=(*self.changes, f"rounds.{round}.mechanism={OWN}:{called}"),
            resolved={**self.resolved, "own_mechanisms": {row: made.name for row, made in played.items()}},
            own=played,
        )

    @property
    def has_official_draws(self) -> bool:
        """Whether some round goes by the result of an official draw; else all luck is the run's own seed.

        Where every school draws for itself, no official result is used.
        """
        held = set() if self.drawn is None else set(self.drawn.draw.tolist())
        return any(
            entry.tie_break == "common" and (entry.draw or entry.name) in held for entry in self.policy.rounds
        )


Source = Literal["straight_line", "given", "zone_order", "roads"]


@dataclass(frozen=True)
class Arcs:
    """Sparse distances of one stage: the schools of block ``b`` are ``offsets[b]:offsets[b + 1]``.

    Attributes:
        offsets: int64 (blocks + 1,). school: int32 (arcs,), nearest first within a block, ties by row.
        metres: int32 (arcs,), ``NO_METRES`` where not available (then in the zone table's order).
    """

    offsets: Integers
    school: Integers
    metres: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)


@dataclass(frozen=True)
class Travel:
    """Distances between blocks and schools.

    Attributes:
        arcs: two ``Arcs``, indexed by ``Stage``: the nearest schools of each block, and its zone's.
        source: where the metres come from; printed beside every distance.
        block_degrees, school_degrees: float64 (2, rows), longitude and latitude WGS84, from which the metres
            of any further pair can be had; empty (2, 0) unless ``source`` is the straight line.
        detour_percent: int, as in the policy.
        given_pair: int64, rising, ``block << 32 | school`` of each pair whose metres are known already;
            given_metres: int32 beside it. The given table's pairs, or those of the arcs by roads; else empty.
        roads: where places meet the road network, and the network itself; None unless ``source`` is roads.
    """

    arcs: tuple[Arcs, Arcs]
    source: Source
    block_degrees: Floats
    school_degrees: Floats
    detour_percent: int
    given_pair: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    given_metres: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    roads: RoadTravel | None = None

    def __post_init__(self) -> None:
        require_lengths("Travel", len(self.given_pair), given_metres=self.given_metres)
        freeze_columns(self)
