"""Today's zones seen as a drawing: what they cost and what they break. They may break anything."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_METRES, UNPLACED, FramedStage, Ragged, ZoneProposal, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.contiguity import detached, holders, islands, parts


def status_quo(framed: FramedStage) -> ZoneProposal:
    """Today's zones as the proposal ``today``, with no bound.

    Never fails: blocks without a zone have no school, a school beyond a wall counts with its real way, and
    overloads and detached blocks are told as of any drawing. Ways that are unknown count nothing. A block of
    a multi-school zone is detached if no way inside that zone leads to any of its schools.
    """
    problem, assigned = framed.problem, framed.problem.today
    way = np.where(framed.today_metres == NO_METRES, 0, framed.today_metres)
    metres = int((problem.load * way)[assigned != UNPLACED].sum())
    excess = np.maximum(problem.loads(assigned) - problem.seats, 0)
    unevenness = problem.unevenness(assigned)
    weighed = metres + problem.balance_metres * unevenness
    return ZoneProposal(
        method="today",
        assigned=assigned,
        detached=detached_today(problem, framed.zones),
        island=islands(problem),
        prices=np.zeros(problem.schools, dtype=np.int64),
        metres=metres,
        changed=0,
        unevenness=unevenness,
        excess=excess,
        weighed=weighed,
        cost=weighed + problem.excess_metres * int(excess.sum()),
        bound=0,
        bound_of="none",
    )


def detached_today(problem: ZoningProblem, zones: Ragged) -> Booleans:
    """bool (blocks,): blocks without a way to their school today, or to any of a multi-school zone.

    Args:
        zones: schools of each block today.
    """
    several = zones.lengths > 1
    return np.where(several, outside_their_zone(problem, zones), detached(problem, problem.today))


def exempt_today(problem: ZoningProblem, zones: Ragged) -> Booleans:
    """bool (blocks,): blocks detached today that may stay so: with a school that is a candidate still.

    A block in which a school stands that must hold it is none of them.

    Args:
        zones: schools of each block today.
    """
    exempt = detached_today(problem, zones) & (problem.arc(problem.today) != UNPLACED)
    exempt[problem.home[holders(problem)]] = False
    return np.asarray(exempt)


def outside_their_zone(problem: ZoningProblem, zones: Ragged) -> Booleans:
    """bool (blocks,): no way over blocks of the very same schools leads to the block of one of them.

    Args:
        zones: schools of each block today. Blocks without a school are never detached.
    """
    names = [tuple(sorted(zones[block].tolist())) for block in range(len(zones))]
    number = {name: place for place, name in enumerate(dict.fromkeys(names))}
    label = np.array([number[name] for name in names], dtype=np.int64)
    part = parts(problem.neighbours, label)
    joined = np.zeros(problem.blocks, dtype=np.bool_)  # by part
    for name, zone in number.items():
        homes = problem.home[list(name)]
        homes = homes[homes != UNPLACED]
        near = np.concatenate((homes, problem.neighbours.take(homes).values)).astype(np.int64)
        joined[part[near[label[near] == zone]]] = True
    return np.asarray((zones.lengths > 0) & ~joined[part])


def one_school_each(zones: Ragged, metres: Integers, load: Integers, seats: Integers) -> Integers:
    """One school for each block of today's zones, int32 (blocks,), ``UNPLACED`` where it has none.

    A multi-school zone gives no block a school of its own. So that today's zones are not made to look worse
    than they are, blocks take, the largest load first, the nearest of their schools that still has room, and
    the nearest of all where none has; single-school zones come before them.

    Args:
        zones: schools of each block. metres: int64 (zones.values,), ``NO_METRES`` if unknown.
        load: int64 (blocks,). seats: int64 (schools,).
    """
    count = zones.lengths
    assigned = np.full(len(zones), UNPLACED, dtype=np.int32)
    single = np.flatnonzero(count == 1)
    assigned[single] = zones.values[zones.offsets[single]]
    room = seats.astype(np.int64).copy()
    np.subtract.at(room, assigned[single], load[single])
    far = np.where(metres == NO_METRES, np.iinfo(np.int64).max, metres)
    several = np.flatnonzero(count > 1)
    for block in several[np.lexsort((several, -load[several]))].tolist():
        span = slice(int(zones.offsets[block]), int(zones.offsets[block + 1]))
        nearest_first = zones.values[span][np.argsort(far[span], kind="stable")].tolist()
        fitting = (school for school in nearest_first if room[school] >= load[block])
        school = next(fitting, nearest_first[0])
        assigned[block] = school
        room[school] -= load[block]
    return assigned
