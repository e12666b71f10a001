"""The nouns: frozen dataclasses over read-only numpy columns, in the order the data flows."""

from simulator.model.applications import Applications, Assignment, Draw
from simulator.model.arrays import NO_DATE, NO_METRES, UNPLACED, Ragged
from simulator.model.errors import Fault, ScenarioError
from simulator.model.outcome import (
    Admission,
    Classes,
    Fixes,
    Indicators,
    MoreClasses,
    Notice,
    Refill,
    RoundRecord,
    Run,
    ZoneWarnings,
)
from simulator.model.policy import Policy, Round
from simulator.model.scenario import Arcs, Scenario, Travel
from simulator.model.seats import Seats
from simulator.model.tables import (
    Blocks,
    Demand,
    Feeders,
    GivenTravel,
    Schools,
    Settled,
    Students,
    Wishes,
    Zones,
)
from simulator.model.terms import (
    Means,
    Ownership,
    Placement,
    Reason,
    SchoolKind,
    SeatKind,
    Stage,
    Standing,
    Status,
)

__all__ = [
    "NO_DATE",
    "NO_METRES",
    "UNPLACED",
    "Admission",
    "Applications",
    "Arcs",
    "Assignment",
    "Blocks",
    "Classes",
    "Demand",
    "Draw",
    "Fault",
    "Feeders",
    "Fixes",
    "GivenTravel",
    "Indicators",
    "Means",
    "MoreClasses",
    "Notice",
    "Ownership",
    "Placement",
    "Policy",
    "Ragged",
    "Reason",
    "Refill",
    "Round",
    "RoundRecord",
    "Run",
    "Scenario",
    "ScenarioError",
    "SchoolKind",
    "Schools",
    "SeatKind",
    "Seats",
    "Settled",
    "Stage",
    "Standing",
    "Status",
    "Students",
    "Travel",
    "Wishes",
    "ZoneWarnings",
    "Zones",
]
