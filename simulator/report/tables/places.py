"""The table of places on the road network, of runs whose distances go by road."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_METRES, UNPLACED, Places, Stage
from simulator.model.arrays import Texts, texts
from simulator.report.columns import Column, Table
from simulator.report.view import View

KINDS = ("place_block", "place_school")


def places(view: View) -> Table:
    """One row per block and per school: its node, how far it is, its component, what it has a way to."""
    scenario, travel = view.run.scenario, view.run.travel.roads
    assert travel is not None and scenario.roads is not None
    both: tuple[Places, Places] = (travel.access.blocks, travel.access.schools)
    kind = np.repeat((0, 1), [len(part) for part in both])
    node = np.concatenate([part.node for part in both])
    metres = np.concatenate([part.metres for part in both]).astype(np.int64)
    component = np.concatenate([part.component for part in both]).astype(np.int64)
    connected = np.concatenate([part.connected for part in both], axis=1)
    on_roads = node != UNPLACED
    ids: Texts = np.where(on_roads, np.append(scenario.roads.id, "")[node], "")
    nodes = np.append(travel.access.component_nodes, 0)[component]
    return Table(
        "places",
        (
            Column("place_kind", "choice", kind, codes=KINDS),
            Column("place", "text", texts([*scenario.blocks.id, *scenario.schools.id])),
            Column("place_name", "text", texts([*view.block_names, *view.school_names]), readers="people"),
            Column("road_node", "text", ids, known=on_roads),
            Column(
                "snap_metres", "metres", metres, known=metres != NO_METRES, unavailable=metres == NO_METRES
            ),
            Column("component", "count", component + 1, known=component != UNPLACED),
            Column("component_nodes", "count", nodes, known=component != UNPLACED),
            Column("way_primary", "yes_no", connected[Stage.PRIMARY]),
            Column("way_junior", "yes_no", connected[Stage.JUNIOR]),
        ),
    )
