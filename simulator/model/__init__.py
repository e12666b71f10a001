"""The nouns: frozen dataclasses over read-only numpy columns, in the order the data flows."""

from simulator.model.applications import Applications, Assignment, Draw, ShareDemand, ShareResult
from simulator.model.arrays import NO_DATE, NO_METRES, UNPLACED, Ragged
from simulator.model.errors import Fault, ScenarioError
from simulator.model.features import MECHANISM_FEATURES, UnsupportedFeature
from simulator.model.multi_school import MultiSchoolProblem, MultiSchoolProposal
from simulator.model.new_schools import NewSchools
from simulator.model.outcome import (
    Admission,
    Classes,
    Fixes,
    Indicators,
    MoreClasses,
    Notice,
    Recorded,
    Refill,
    RoundRecord,
    Run,
    ZoneWarnings,
)
from simulator.model.policy import CountyShare, Policy, Round
from simulator.model.rezoning import FramedStage, Rezoning, StageZones
from simulator.model.scenario import Arcs, Scenario, Travel
from simulator.model.seats import Seats
from simulator.model.siting import SitingProblem, SitingProposal
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
from simulator.model.zoning import ZoneProposal, ZoningProblem

__all__ = [
    "MECHANISM_FEATURES",
    "NO_DATE",
    "NO_METRES",
    "UNPLACED",
    "Admission",
    "Applications",
    "Arcs",
    "Assignment",
    "Barriers",
    "Blocks",
    "Classes",
    "CountyShare",
    "Demand",
    "Draw",
    "Drawn",
    "Fault",
    "Feeders",
    "Fixes",
    "FramedStage",
    "GivenTravel",
    "Indicators",
    "LastCutoffs",
    "Means",
    "MoreClasses",
    "MultiSchoolProblem",
    "MultiSchoolProposal",
    "NewSchools",
    "Notice",
    "Ownership",
    "Placement",
    "Policy",
    "Ragged",
    "Reason",
    "Recorded",
    "Refill",
    "Rezoning",
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
    "ShareDemand",
    "ShareResult",
    "Sites",
    "SitingProblem",
    "SitingProposal",
    "Stage",
    "StageZones",
    "Standing",
    "Status",
    "Students",
    "Travel",
    "UnsupportedFeature",
    "Wishes",
    "ZoneProposal",
    "ZoneWarnings",
    "Zones",
    "ZoningProblem",
]
