"""Multi-school zones (多校划片): neighbouring schools in groups that have as many seats and as good ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from simulator.model import UNPLACED, MultiSchoolProblem, MultiSchoolProposal, Stage, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.joining import Cut, cuts_for, first_cuts, ways_of
from simulator.zoning.proving import one_worker, seconds_of, whole_bound

DEFAULT_SECONDS = 30
"""Limit of the solver's deterministic seconds: they count its work, and are no clock."""

LEAST_SECONDS = 0.05


def group_schools(problem: MultiSchoolProblem, *, seconds: float = DEFAULT_SECONDS) -> MultiSchoolProposal:
    """The groups of least unevenness and metres, proved best or with a bound.

    1. Groups to begin with: the two neighbouring groups that are best together become one, again and again.
    2. An integer program: school i belongs to the group led by l. Groups hang together by cuts, as zones do:
       for every detached piece met, one that parts it from its leading school; solve again.

    Args:
        seconds: limit of work (see ``DEFAULT_SECONDS``).
    """
    ground = ways_of(_as_zones(problem))
    merged = _merged(problem)
    best = None if merged is None else counted(problem, merged)
    model = _GroupModel(problem)
    for cut in first_cuts(ground, ground.usable):
        model.add_cut(cut)
    bound, left = 0, float(seconds)
    steps = {"rounds": 0, "cuts": 0}
    impossible = False
    while left > LEAST_SECONDS:
        run = model.solve(None if best is None else best.group, left)
        left -= run.seconds
        steps["rounds"] += 1
        impossible = run.impossible
        if impossible:
            break
        bound = max(bound, run.bound)
        cuts = [] if run.group is None else cuts_for(ground, run.group)
        steps["cuts"] += len(cuts)
        for cut in cuts:
            model.add_cut(cut)
        if run.group is not None and not cuts:
            found = counted(problem, run.group)
            best = found if best is None or found.cost < best.cost else best
        if not cuts or (best is not None and bound >= best.cost):
            break
    if best is None:
        nobody = np.full(problem.schools, UNPLACED, dtype=np.int32)
        status = "impossible" if impossible else "not_found"
        return MultiSchoolProposal(nobody, 0, 0, 0, 0, bound, status, steps)
    return MultiSchoolProposal(
        best.group.astype(np.int32),
        best.seats_off,
        best.quality_off,
        best.metres,
        best.cost,
        min(bound, best.cost),
        "found",
        steps,
    )


@dataclass(frozen=True)
class Counted:
    """Groups and what they cost; ``group`` int64 (schools,), rows of the schools that lead."""

    group: Integers
    seats_off: int
    quality_off: int
    metres: int
    cost: int


def counted(problem: MultiSchoolProblem, group: Integers) -> Counted:
    """``group`` int (schools,), any row for each group, led by the best school of each; counted anew."""
    led = np.empty(problem.schools, dtype=np.int64)
    metres = 0
    for mark in np.unique(group).tolist():
        members = np.flatnonzero(group == mark)
        ways = (problem.children[members, None] * problem.metres[np.ix_(members, members)]).sum(axis=0)
        led[members] = members[np.argmin(ways)]
        metres += int(ways.min())
    seats_off, quality_off = problem.unevenness(led)
    cost = (
        problem.seat_weight * seats_off + problem.quality_weight * quality_off + problem.metre_weight * metres
    )
    return Counted(led, seats_off, quality_off, metres, cost)


def _merged(problem: MultiSchoolProblem) -> Integers | None:
    """int64 (schools,): groups by merging, or None if that ends before the rules are kept."""
    group = np.arange(problem.schools)
    one, other = problem.neighbours.owners, problem.neighbours.values
    most = problem.most_schools or problem.schools
    while True:
        count = len(np.unique(group))
        if problem.groups and count <= problem.groups:
            return group
        pairs = sorted(
            {(min(a, b), max(a, b)) for a, b in zip(group[one], group[other], strict=True) if a != b}
        )
        sizes = np.bincount(group, minlength=problem.schools)
        options = []
        for a, b in pairs:
            if sizes[a] + sizes[b] <= most:
                joined = np.where(group == b, a, group)
                options.append((counted(problem, joined).cost, a, b))
        if not options:
            return None if problem.groups else group
        cost, a, b = min(options)
        if not problem.groups and cost > counted(problem, group).cost:
            return group
        group = np.where(group == b, a, group)


def _as_zones(problem: MultiSchoolProblem) -> ZoningProblem:
    """Schools as blocks, those that lead as schools: what holds for contiguity of zones holds for groups."""
    count = problem.schools
    nothing = np.zeros(count, dtype=np.int64)
    return ZoningProblem(
        stage=Stage.PRIMARY,  # no matter which: only what touches what is asked
        load=nothing,
        seats=nothing,
        offsets=np.arange(count + 1) * count,
        school=np.tile(np.arange(count, dtype=np.int32), count),
        metres=np.zeros(count * count, dtype=np.int64),
        neighbours=problem.neighbours,
        home=np.arange(count),
        today=np.full(count, UNPLACED),
        change_count=nothing,
        mixed=nothing,
    )


@dataclass(frozen=True)
class _Run:
    """One run of the solver, as ``drawing_model.Solved``."""

    group: Integers | None
    bound: int
    impossible: bool
    seconds: float


class _GroupModel:
    """The integer program: ``member[i, lead]``, school i belongs to the group led by l."""

    def __init__(self, problem: MultiSchoolProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        count = problem.schools
        self.member = {(i, lead): self.model.new_bool_var("") for i in range(count) for lead in range(count)}
        for i in range(count):
            self.model.add_exactly_one([self.member[i, lead] for lead in range(count)])
            for lead in range(count):
                self.model.add_implication(self.member[i, lead], self.member[lead, lead])
                if problem.metre_weight == 0 and i < lead:
                    # Whoever leads then costs nothing: the first of the group does, so that each is met once.
                    self.model.add(self.member[i, lead] == 0)
        if problem.groups:
            self.model.add(sum(self.member[lead, lead] for lead in range(count)) == problem.groups)
        if problem.most_schools:
            for lead in range(count):
                self.model.add(sum(self.member[i, lead] for i in range(count)) <= problem.most_schools)
        walked = problem.metre_weight * problem.children[:, None] * problem.metres
        terms = [int(walked[i, lead]) * member for (i, lead), member in self.member.items()]
        for weight, (shares, unit) in (
            (problem.seat_weight, problem.seat_shares),
            (problem.quality_weight, problem.quality_shares),
        ):
            if weight:
                terms.append(weight * self._unevenness(shares.tolist(), unit))
        self.model.minimize(sum(terms))

    def _unevenness(self, shares: list[int], unit: int) -> cp_model.IntVar:
        """The least whole number U with 2 unit U + 2 unit - 1 >= the sum over groups of what they are off."""
        count = self.problem.schools
        greatest = sum(abs(share) for share in shares)
        sizes = []
        for lead in range(count):
            size = self.model.new_int_var(0, greatest, "")
            off = sum(share * self.member[i, lead] for i, share in enumerate(shares))
            self.model.add(size >= off)
            self.model.add(size >= -off)
            sizes.append(size)
        found = self.model.new_int_var(0, greatest // unit + 1, "")
        self.model.add(2 * unit * found + 2 * unit - 1 >= sum(sizes))
        return found

    def add_cut(self, cut: Cut) -> None:
        """Schools of the piece belong to the group only if one of those between does."""
        between = [self.member[b, cut.school] for b in cut.between.tolist()]
        for b in cut.piece.tolist():
            self.model.add_bool_or([*between, self.member[b, cut.school].negated()])

    def solve(self, hint: Integers | None, seconds: float) -> _Run:
        """Solve within so many deterministic seconds."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        if hint is not None:
            hint = hint if self.problem.metre_weight else _first_leads(hint)
            for (i, lead), member in self.member.items():
                self.model.add_hint(member, int(hint[i]) == lead)
        solver = one_worker(seconds)
        status = solver.solve(self.model)
        spent = seconds_of(solver)
        if status == cp_model.INFEASIBLE:
            return _Run(None, 0, True, spent)
        bound = whole_bound(solver)
        if status == cp_model.UNKNOWN:
            return _Run(None, bound, False, spent)
        group = np.full(self.problem.schools, UNPLACED, dtype=np.int64)
        for (i, lead), member in self.member.items():
            if solver.boolean_value(member):
                group[i] = lead
        return _Run(group, bound, False, spent)


def _first_leads(group: Integers) -> Integers:
    """int64 (schools,): the same groups, each led by its first school."""
    _, first, of = np.unique(group, return_index=True, return_inverse=True)
    return first[of]
