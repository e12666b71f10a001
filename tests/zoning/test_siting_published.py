"""Published location problems: the optimum is met to the last digit, and proved."""

from fractions import Fraction

import numpy as np
import pytest

from benchmarks.published_sites import ABSENT, CAP, PMEDCAP, THERE, published
from simulator.model import SitingProblem, SitingProposal
from simulator.zoning.siting import site

pytestmark = pytest.mark.skipif(not THERE, reason=ABSENT)


def keeps_the_rules(problem: SitingProblem, answer: SitingProposal) -> bool:
    """Everyone is placed at an open site within its seats, and no more sites are open than may be."""
    load = np.bincount(problem.site, answer.children, minlength=problem.sites)
    return bool(
        np.all(np.add.reduceat(answer.children, problem.offsets[:-1]) == problem.load)
        and np.all(load <= np.where(answer.opened, problem.seats, 0))
        and answer.opened.sum() <= problem.room_to_open
    )


@pytest.mark.parametrize("name", CAP)
def test_warehouses(name: str) -> None:
    case = published(name)
    answer = site(case.problem, case.aim)
    assert keeps_the_rules(case.problem, answer)
    assert Fraction(answer.cost, case.scale) == case.optimum
    assert answer.bound == answer.cost


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name == "pmedcap1_8" else name for name in PMEDCAP]
)
def test_capacitated_medians(name: str) -> None:
    case = published(name)
    answer = site(case.problem, case.aim, work=3_000_000_000)
    assert keeps_the_rules(case.problem, answer)
    assert answer.cost == answer.bound == case.optimum


def test_a_median_on_a_graph() -> None:
    case = published("pmed1")
    answer = site(case.problem, case.aim)
    assert answer.cost == answer.bound == case.optimum == 5819
    assert answer.opened.sum() == 5


@pytest.mark.parametrize(("name", "work"), [("cap84", 1_000_000), ("pmedcap1_8", 60_000_000)])
def test_a_search_that_is_broken_off_tells_a_true_bound(name: str, work: int) -> None:
    case = published(name)
    answer = site(case.problem, case.aim, work=work)
    assert answer.bound <= case.optimum * case.scale <= answer.cost
    assert 0 < answer.gap < 0.1
