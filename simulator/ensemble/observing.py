"""What is kept of each draw: indicators, and counts by group of children, by block and by where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.admission.ranking import tiers
from simulator.ensemble.seeds import Identity
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Admission,
    Fault,
    Indicators,
    Means,
    Placement,
    Scenario,
    ScenarioError,
    Stage,
    Students,
)
from simulator.model.arrays import Booleans, Integers, Texts, texts
from simulator.model.ensemble import MEASURES, Draws, Layout, Varying, add_odds
from simulator.model.protected import is_protected, protected_columns
from simulator.population.wishes import may_enter
from simulator.replay import better_off

GROUPS = (
    "local", "migrant", "residence_permit", "household", "home", "collective_household", "renting",
    "returning", "has_sibling", "twin",
)  # fmt: skip
"""Yes/no columns whose children are counted apart; none that is protected."""


@dataclass(frozen=True)
class _Where:
    """Rows of one roster by what is counted of them.

    Attributes:
        kind: int64 (students,), row of ``members``: children who are in the same groups are of one kind.
        members: int64 (kinds, stage x groups), 1 where the kind is in the group.
        cell: int64 (students with a block,), stage x blocks + block; rows: int64, those students.
    """

    kind: Integers
    members: Integers
    cell: Integers
    rows: Integers


class Observer:
    """Counts draws as they are played; the arrays are those of ``Draws``.

    Raises:
        ScenarioError: the variants differ in blocks or counties, so nothing can be held beside each other.
    """

    def __init__(
        self,
        identity: Identity,
        scenarios: Sequence[Scenario],
        students: Sequence[Students],
        variants: tuple[str, ...],
        vary: Varying,
        fingerprint: str,
        county: str,
    ) -> None:
        first = scenarios[0]
        for other in scenarios[1:]:
            same = np.array_equal(first.blocks.id, other.blocks.id) and first.counties == other.counties
            if not same:
                raise ScenarioError([Fault("sweep_unlike", value=", ".join(variants))])
        self._scenarios, self._variants, self._vary = scenarios, variants, vary
        self._identity, self._fingerprint, self._county = identity, fingerprint, county
        self._blocks = len(first.blocks)
        self._rounds, self._round_rows = _rounds(scenarios)
        self._school_ids, self._school_rows = _schools(scenarios)
        self._groups = groups_of(first)
        self._rosters: list[Students] = []
        self.take_rosters(students)
        self._layout: Layout | None = None
        self._begin()

    def take_rosters(self, students: Sequence[Students]) -> None:
        """Lay out the children of every variant anew: by group, and by block."""
        self._rosters = list(students)
        self._comparable = np.array([np.array_equal(r.id, students[0].id) for r in students])
        telling = [told_individually(*pair) for pair in zip(students, self._scenarios, strict=True)]
        # Whom one variant withholds no other may tell: the difference of their blocks would.
        withheld = np.any([telling[row] for row in np.flatnonzero(self._comparable)], axis=0)
        self._where = [
            self._lay_out(roster, withheld if same else told)
            for roster, told, same in zip(students, telling, self._comparable, strict=True)
        ]

    def note(
        self, draw: int, seeds: tuple[int, int], answers: Sequence[tuple[Admission, Indicators]]
    ) -> None:
        """Count one draw: the answers of every variant, in their order."""
        if self._layout is None:
            self._layout = self._make_layout([measured for _, measured in answers])
        first = answers[0][0]
        self._draws.append((draw, *seeds))
        self._indicators.append(np.stack([[m.numerator, m.denominator] for _, m in answers]))
        of_groups, of_blocks = [], []
        for row, (played, _) in enumerate(answers):
            against = first if row and self._comparable[row] else None
            counted = measures_of(self._rosters[row], played, against)
            where = self._where[row]
            by_kind = [np.bincount(where.kind, column, len(where.members)) for column in counted]
            of_groups.append(where.members.T @ np.stack(by_kind, axis=1).astype(np.int64))
            by_block = np.stack(
                [
                    np.bincount(where.cell, column[where.rows], len(Stage) * self._blocks).astype(np.int64)
                    for column in counted
                ],
                axis=1,
            )
            by_stage = by_block.reshape(len(Stage), self._blocks, len(MEASURES))
            of_blocks.append(np.concatenate([by_stage.sum(axis=0, keepdims=True), by_stage]))
            self._odds.append(self._places(row, played))
        groups = np.stack(of_groups)
        self._by_group.append(groups.reshape(len(answers), len(Stage), len(self._groups), len(MEASURES)))
        blocks = np.stack(of_blocks)
        change = blocks - blocks[:1]
        for name, more in zip(Draws.SUMS, (blocks, blocks * blocks, change, change * change), strict=True):
            self._sums[name] = self._sums[name] + more if name in self._sums else more

    def gathered(self, versions: dict[str, str]) -> Draws:
        """What was counted since the last time, and begin anew."""
        assert self._layout is not None
        table = np.array(self._draws, dtype=np.int64)
        indicators = np.stack(self._indicators, axis=1)
        draws = Draws(
            layout=self._layout_with(versions),
            draw=table[:, 0],
            lottery_seed=table[:, 1],
            children_seed=table[:, 2],
            numerator=indicators[:, :, 0],
            denominator=indicators[:, :, 1],
            groups=np.stack(self._by_group, axis=1),
            odds=add_odds(np.concatenate(self._odds)),
            **self._sums,
        )
        self._begin()
        return draws

    def _begin(self) -> None:
        self._draws: list[tuple[int, int, int]] = []
        self._indicators: list[Integers] = []
        self._by_group: list[Integers] = []
        self._odds: list[Integers] = []
        self._sums: dict[str, Integers] = {}

    def _lay_out(self, students: Students, withheld: Booleans) -> _Where:
        masks = [_group(students, self._scenarios[0], name) for name in self._groups]
        member = np.stack([mask & (students.stage == stage) for stage in Stage for mask in masks], axis=1)
        bits = np.packbits(member, axis=1)
        _, first, kind = np.unique(bits, axis=0, return_index=True, return_inverse=True)
        known = np.flatnonzero((students.block != UNPLACED) & ~withheld)
        cell = students.stage[known].astype(np.int64) * self._blocks + students.block[known]
        return _Where(kind.reshape(-1), member[first].astype(np.int64), cell, known)

    def _places(self, variant: int, played: Admission) -> Integers:
        """Rows of ``Draws.odds`` of one play."""
        students, rows = self._rosters[variant], self._where[variant].rows
        rows = rows[played.school[rows] != UNPLACED]
        # Settled beforehand has no round; one more row at the end stands for it.
        rounds = np.append(self._round_rows[variant], UNPLACED)
        keys = (
            students.stage[rows].astype(np.int64),
            students.block[rows].astype(np.int64),
            rounds[played.round[rows]],
            self._school_rows[variant][played.school[rows]],
        )
        sizes = (len(Stage), self._blocks, len(self._rounds) + 1, len(self._school_ids))
        shifted = (keys[0], keys[1], keys[2] + 1, keys[3])
        code, count = np.unique(np.ravel_multi_index(shifted, sizes), return_counts=True)
        stage, block, of_round, school = np.unravel_index(code, sizes)
        return np.stack(
            [np.full(len(code), variant), stage, block, of_round - 1, school, count], axis=1
        ).astype(np.int64)

    def _make_layout(self, measured: Sequence[Indicators]) -> Layout:
        first, scenario = measured[0], self._scenarios[0]
        counties = (*scenario.counties, "")
        titles = {r.name: (r.title, r.title_en) for s in self._scenarios for r in s.policy.rounds}
        schools = {
            id: name
            for s in self._scenarios
            for id, name in zip(s.schools.id.tolist(), s.schools.name.tolist(), strict=True)
        }
        return Layout(
            county=self._county,
            title=scenario.policy.title,
            title_en=scenario.policy.title_en,
            year=self._identity.year,
            seed=self._identity.seed,
            vary=self._vary,
            variants=self._variants,
            comparable=self._comparable,
            code=first.code,
            rule=first.rule,
            unit=first.unit,
            place=texts([counties[row] for row in first.county.tolist()]),
            stage=first.stage,
            target=np.stack([found.target for found in measured]),
            group=texts(self._groups),
            block=scenario.blocks.id,
            block_name=scenario.blocks.name,
            longitude=scenario.blocks.longitude,
            latitude=scenario.blocks.latitude,
            rounds=texts(self._rounds),
            round_titles=texts([titles[name][0] for name in self._rounds]),
            round_titles_en=texts([titles[name][1] for name in self._rounds]),
            school=self._school_ids,
            school_name=texts([schools[id] for id in self._school_ids.tolist()]),
            fingerprint=self._fingerprint,
            language=scenario.policy.language,
        )

    def _layout_with(self, versions: dict[str, str]) -> Layout:
        assert self._layout is not None
        return replace(self._layout, versions=tuple(sorted(versions.items())))


def measures_of(students: Students, played: Admission, against: Admission | None) -> Integers:
    """What each child counts for, int64 (measures, students), in the order of ``MEASURES``."""
    placed = played.school != UNPLACED
    known = placed & (played.metres != NO_METRES)
    better = np.zeros(len(students), dtype=np.int64) if against is None else better_off(against, played)
    columns = {
        "children": np.ones(len(students)),
        "placed": placed,
        "own_zone": played.in_zone,
        "nearest": played.nearest,
        "beyond_limit": played.means == Means.EXCEPTION,
        "metres": np.where(known, played.metres, 0),
        "measured": known,
        "gain": better > 0,
        "lose": better < 0,
        "net": better,
    }
    return np.stack([np.asarray(columns[name]).astype(np.int64) for name in MEASURES])


def told_individually(students: Students, scenario: Scenario) -> Booleans:
    """bool (students,): children whose place would tell a protected category; they stand in no list.

    Children with a recommended placement, those whom a round for protected children lets in, and those
    settled beforehand. They are in the sums over groups and in the indicators, and in no block: a village may
    have one.
    """
    telling = np.asarray(students.placement != Placement.NONE)
    protected = protected_columns(scenario.policy)
    for entry in scenario.policy.rounds:
        if is_protected(entry, protected):
            telling |= may_enter(students, entry)
    telling[scenario.settled.student] = True
    return telling


def groups_of(scenario: Scenario) -> tuple[str, ...]:
    """Groups of children counted apart: all, yes/no columns, and the tiers of every round that has some."""
    protected = protected_columns(scenario.policy)
    tiers = [
        f"tier:{entry.name}:{place + 1}"
        for entry in scenario.policy.rounds
        for place, columns in enumerate(entry.tiers)
        if not protected & {*columns, *entry.who, *entry.needs}
    ]
    return ("all", *GROUPS, *tiers)


def _group(students: Students, scenario: Scenario, name: str) -> Booleans:
    """bool (students,): the children of a group; of a tier, those of the round's stages whom it lets in and
    who are in it."""
    if name == "all":
        return np.ones(len(students), dtype=np.bool_)
    if not name.startswith("tier:"):
        return students.yes(name)
    _, of_round, number = name.split(":")
    entry = scenario.policy.rounds[scenario.policy.round_index()[of_round]]
    stages = [stage for stage in Stage if stage.name.lower() in entry.stages]
    mask = may_enter(students, entry) & np.isin(students.stage, stages)
    return np.asarray(mask & (tiers(entry, students) == int(number) - 1))


def _rounds(scenarios: Sequence[Scenario]) -> tuple[tuple[str, ...], list[Integers]]:
    """Names of the rounds of all variants, and the place among them of each variant's rounds."""
    names = tuple(dict.fromkeys(entry.name for s in scenarios for entry in s.policy.rounds))
    rows: list[Integers] = [
        np.array([names.index(entry.name) for entry in s.policy.rounds], dtype=np.int64) for s in scenarios
    ]
    return names, rows


def _schools(scenarios: Sequence[Scenario]) -> tuple[Texts, list[Integers]]:
    """Ids of the schools of all variants, and the place among them of each variant's schools."""
    ids = list(dict.fromkeys(id for s in scenarios for id in s.schools.id.tolist()))
    place = {id: row for row, id in enumerate(ids)}
    rows: list[Integers] = [
        np.array([place[id] for id in s.schools.id.tolist()], dtype=np.int64) for s in scenarios
    ]
    return texts(ids), rows
