"""A scenario of bare schools and blocks, for the tests of travel."""

import numpy as np

from simulator.model import (
    Blocks,
    Feeders,
    GivenTravel,
    Policy,
    Ragged,
    Round,
    Scenario,
    Schools,
    Settled,
    Zones,
)
from simulator.model.arrays import texts
from simulator.model.policy import TravelSettings


def city(
    block_degrees, school_degrees, kinds, zones=((), ()), *, given=None, roads=None, ownership=0, **settings
) -> Scenario:
    """``zones``: per stage a sequence of (block, school); ``given``: (blocks, schools, metres)."""
    blocks, schools = np.shape(block_degrees)[1], np.shape(school_degrees)[1]
    ints = lambda value=0: np.full(schools, value, dtype=np.int32)  # noqa: E731
    pair = lambda value=0: np.full((2, schools), value, dtype=np.int32)  # noqa: E731
    ragged = []
    for pairs in zones:
        owner, school = (
            np.array(column, dtype=np.int32) for column in (zip(*pairs, strict=True) if pairs else ((), ()))
        )
        ragged.append(Ragged.from_pairs(blocks, owner, school))
    return Scenario(
        policy=Policy(name="t", year=2026, rounds=[Round(name="one")], travel=TravelSettings(**settings)),
        counties=("A",),
        towns=(),
        groups=(),
        districts=(),
        schools=Schools(
            id=texts(range(schools)),
            name=texts(range(schools)),
            kind=np.asarray(kinds, dtype=np.int8),
            ownership=np.broadcast_to(np.asarray(ownership, dtype=np.int8), schools),
            county=ints(),
            town=ints(-1),
            longitude=np.asarray(school_degrees[0], dtype=float),
            latitude=np.asarray(school_degrees[1], dtype=float),
            classes=pair(1),
            class_size=pair(),
            planned_seats=pair(-1),
            pupils=pair(),
            leavers=pair(),
            cap=ints(),
            ceiling=ints(-1),
            reserved_seats=pair(),
            purchased_seats=pair(),
            special_class_seats=pair(),
            boarding_beds=ints(),
            bus=ints().astype(bool),
            group=ints(-1),
            district=ints(-1),
            approval_county=ints(-1),
            disabled_pupils=ints(),
            resource_room=ints().astype(bool),
            protected=ints().astype(bool),
        ),
        blocks=Blocks(
            id=texts(range(blocks)),
            name=texts(range(blocks)),
            county=np.zeros(blocks, dtype=np.int32),
            town=np.full(blocks, -1, dtype=np.int32),
            district=np.full(blocks, -1, dtype=np.int32),
            longitude=np.asarray(block_degrees[0], dtype=float),
            latitude=np.asarray(block_degrees[1], dtype=float),
            village=np.zeros(blocks, dtype=bool),
        ),
        zones=Zones((ragged[0], ragged[1])),
        feeders=Feeders(Ragged.empty(schools), np.zeros(0)),
        settled=Settled(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), texts([])),
        roads=roads,
        given_travel=None
        if given is None
        else GivenTravel(*(np.asarray(column, dtype=np.int32) for column in given)),
    )
