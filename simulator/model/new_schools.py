"""What ``xuewei site`` finds: which sites to open, beside what it was asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import Integers, freeze_columns, require_lengths
from simulator.model.scenario import Scenario, Source
from simulator.model.showing import ShownNewSchools
from simulator.model.siting import SitingProblem, SitingProposal
from simulator.model.tables import Sites
from simulator.model.terms import Stage


@dataclass(frozen=True, repr=False)
class NewSchools(ShownNewSchools):
    """A choice of sites for new schools of one stage. A proposal, never a decision.

    Attributes:
        scenario: the scenario. stage: the stage. sites: the candidates, one row each.
        from_blocks: the scenario names no land, so every block's point was tried.
        problem: sites are the ``kept`` schools, then the candidates. kept: int32, the school of each kept
            row. proposal: the answer. before: the same if nothing opens.
        source, detour_percent: where the metres come from, as in ``Travel``.
        versions: library to version. seconds: wall time per step.
    """

    scenario: Scenario
    stage: Stage
    sites: Sites
    from_blocks: bool
    problem: SitingProblem
    kept: Integers
    proposal: SitingProposal
    before: SitingProposal
    source: Source
    detour_percent: int
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_lengths("NewSchools", self.problem.sites - len(self.sites), kept=self.kept)
        freeze_columns(self)

    @property
    def opened(self) -> Integers:
        """int64, rows of ``sites`` that open."""
        return self.proposal.opened.nonzero()[0] - len(self.kept)

    @property
    def out_of_reach(self) -> Integers:
        """int64, rows of ``sites`` that no block may go to: behind another wall, too far, or no way known."""
        ways = np.bincount(self.problem.site, minlength=self.problem.sites)
        return np.flatnonzero(ways[len(self.kept) :] == 0)

    @property
    def counts_seats(self) -> bool:
        """Whether the aim keeps the seats; else everyone goes to the nearest open school."""
        return self.proposal.aim == "least_total"

    def beyond_seats(self, proposal: SitingProposal) -> int:
        """Children of ``proposal`` at a school or site beyond its seats; 0 where the aim keeps them."""
        held = np.zeros(self.problem.sites, dtype=np.int64)
        np.add.at(held, self.problem.site, proposal.children)
        return int(np.maximum(held - self.problem.seats, 0).sum())
