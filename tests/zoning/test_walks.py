"""What comes loose behind a block, and which shifts there are, against plain walks."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model import UNPLACED, ZoningProblem
from simulator.zoning.contiguity import detached, parts
from simulator.zoning.ground import Drawing, Ground, aim_at_cost, lay_out
from simulator.zoning.shifts import list_shifts
from simulator.zoning.walks import begin, come_loose, hang_together
from tests.zoning.worlds import grid_city

SEEDS = st.integers(0, 2**32 - 1)


def begun(problem: ZoningProblem, assigned: np.ndarray) -> tuple[Ground, Drawing]:
    ground = lay_out(problem)
    return ground, begin(
        ground, assigned, np.zeros(problem.blocks, dtype=np.bool_), np.zeros(1, dtype=np.int64)
    )


def random_drawing(seed: int, barriers: float) -> tuple[ZoningProblem, np.ndarray]:
    """Zones of random patches, mostly in one piece, some not."""
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 6, 6, 3, barriers=barriers)
    assigned = problem.metres.reshape(36, 3).argmin(axis=1)
    some = rng.choice(36, 8, replace=False)
    assigned[some] = rng.integers(-1, 3, 8)
    return problem, assigned


@settings(deadline=None)
@given(seed=SEEDS, barriers=st.sampled_from([0.0, 0.3]))
def test_what_comes_loose_is_what_a_drawing_without_the_block_loses(seed: int, barriers: float) -> None:
    problem, assigned = random_drawing(seed, barriers)
    ground, drawing = begun(problem, assigned)
    before = detached(problem, assigned)
    assert np.array_equal(drawing.attached, (assigned != UNPLACED) & ~before)
    loose = np.empty(problem.blocks, dtype=np.int64)
    for block in np.flatnonzero(assigned != UNPLACED).tolist():
        without = assigned.copy()
        without[block] = UNPLACED
        lost = detached(problem, without) & ~before
        count = come_loose(ground, drawing, block, loose)
        assert sorted(loose[:count].tolist()) == np.flatnonzero(lost).tolist()


@settings(deadline=None)
@given(seed=SEEDS)
def test_blocks_that_hang_together_are_counted(seed: int) -> None:
    problem, assigned = random_drawing(seed, 0.2)
    ground, drawing = begun(problem, assigned)
    for school in range(3):
        mine = (assigned == school) & drawing.attached
        assert hang_together(ground, drawing, school) == np.count_nonzero(mine)


@settings(deadline=None)
@given(seed=SEEDS, barriers=st.sampled_from([0.0, 0.3]))
def test_shifts_are_all_that_keep_the_rest_together_and_come_beside_their_new_zone(
    seed: int, barriers: float
) -> None:
    problem, assigned = random_drawing(seed, barriers)
    ground, drawing = begun(problem, assigned)
    shifts = list_shifts(ground, drawing, aim_at_cost(problem, ground))
    before = detached(problem, assigned)
    listed = set()
    for shift in range(len(shifts.source)):
        member = shifts.member[shifts.member_offsets[shift] : shifts.member_offsets[shift + 1]]
        moved = assigned.copy()
        moved[member] = shifts.target[shift]
        after = detached(problem, moved)
        island = ground.island
        assert not np.any(after & ~before & ~island) and not np.any(after[member] & ~island[member])
        assert np.all(assigned[member] == shifts.source[shift])
        assert shifts.load[shift] == problem.load[member].sum()
        metres = problem.metres.reshape(36, 3)
        gained = metres[member, shifts.target[shift]] - metres[member, assigned[member]]
        assert shifts.second[shift] == (problem.load[member] * gained).sum()
        if len(member) == 1:
            listed.add((int(member[0]), int(shifts.target[shift])))
    for block in np.flatnonzero(assigned != UNPLACED).tolist():
        for school in range(3):
            moved = assigned.copy()
            moved[block] = school
            after = detached(problem, moved)
            fits = school != assigned[block] and (not after[block] or ground.island[block])
            if fits and not np.any(after & ~before & ~ground.island):
                assert (block, school) in listed


def test_parts_of_a_zone_are_labelled_alike() -> None:
    problem, assigned = random_drawing(1, 0.0)
    label = parts(problem.neighbours, assigned)
    for block in range(36):
        for other in problem.neighbours[block].tolist():
            assert (label[block] == label[other]) == (assigned[block] == assigned[other]) or (
                assigned[block] != assigned[other]
            )
