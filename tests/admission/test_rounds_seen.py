"""What ``rounds_seen`` tells of a run is what the run did."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simulator as sim
from simulator.model import UNPLACED

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
PLAYED = ["toy", "choice_town", "procedures/no_shows", "procedures/private_two_choices", "procedures/points"]


@pytest.mark.parametrize("name", PLAYED)
def test_it_is_the_run_seen_round_by_round(name):
    run = sim.run(SCENARIOS / name)
    seen = sim.simulate.rounds_seen(run)
    assert [one.row for one in seen] == list(range(len(run.scenario.policy.rounds)))
    for record in run.admission.rounds:
        played = seen[record.round].played
        assert (record.entered, record.applied) == (played.entered, len(played.entry.applications))
        name = run.scenario.policy.rounds[record.round].name
        assert np.array_equal(played.draw.order, run.admission.draws[name].order)
        applications, arc = played.entry.applications, played.assignment.arc
        here = run.admission.round[applications.student] == record.round
        given = (arc != UNPLACED) & here & (played.unclaimed == UNPLACED)
        schools = played.free.school[applications.pool[arc[given]]]
        if not record.refills:
            assert np.array_equal(schools, run.admission.school[applications.student[given]])
            assert record.admitted == int(here.sum())


def test_a_run_with_official_draws_is_seen_with_them():
    run = sim.run(SCENARIOS / "procedures" / "no_shows")
    assert run.scenario.has_official_draws
    names = {one.played.draw.name for one in sim.simulate.rounds_seen(run) if one.played}
    assert names & set(run.scenario.drawn.draw.tolist())
