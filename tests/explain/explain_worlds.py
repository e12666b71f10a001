"""Generated years whose rounds rank by tier, date, points and draw, ready to be explained or changed."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from simulator import explain
from tests.admission.small import a_round, block, child, school, world
from tests.admission.test_properties import SERVING, worlds


@st.composite
def ranked_worlds(draw, *, twins: bool = True, settled: bool = False):
    """Parts of a random world with dates, several schools in a zone, and rounds that move children "
    "later."""
    parts = draw(worlds())
    rng = random.Random(draw(st.integers(0, 10**9)))
    for one in parts["children"]:
        one["settled_on"] = f"20{rng.randint(10, 12)}-0{rng.randint(1, 3)}-0{rng.randint(1, 3)}"
        one["permit_on"] = f"20{rng.randint(20, 21)}-0{rng.randint(1, 3)}-01"
        one["preference"] = rng.random() < 0.1
        if rng.random() < 0.3:
            del one["settled_on"]
        if not twins:
            one.pop("twins", None)
    rounds = {entry.name: entry for entry in parts["rounds"]}
    settings = {
        "zone": {
            "tiers": [["household", "home"], ["preference"], ["household"]],
            "rank": ["tier", "sibling", "settled_on", "draw"],
            "exclude": ["late"],
        },
        "migrant": {"rank": ["points", "permit_on", "draw"], "reach": ["zone", "county"]},
    }
    parts["rounds"] = [
        a_round(**{**_given(entry), **settings.get(name, {})}) for name, entry in rounds.items()
    ]
    if settled:
        kind = parts["schools"][0]["kind"]
        fitting = [one["id"] for one in parts["children"] if kind in SERVING[one["stage"]]]
        parts["settled"] = [(name, "S0") for name in fitting[:1]]
    return parts


def _given(entry):
    return {name: value for name, value in vars(entry).items() if not name.startswith("_")}


def year_of(parts):
    """The year of the world, played and witnessed."""
    return explain.play_year(world(**parts).scenario)


__all__ = ["a_round", "block", "child", "ranked_worlds", "school", "world", "year_of"]
