"""Years of every mechanism with twins, lists, no-shows, losers put behind: no reason told is a wrong one."""

from __future__ import annotations

import random

import pytest
from explain_worlds import a_round, block, child, school, year_of

from simulator import explain
from simulator.model.policy import Twins

MECHANISMS = (
    "priority",
    "lottery",
    "deferred_acceptance",
    "immediate_acceptance",
    "parallel",
    "serial_dictatorship",
)
YEARS = 60
"""Of each mechanism."""

HELD = ("admitted", "admitted_later", "left", "absent")
RANKS = (["draw"], ["settled_on", "draw"])


def year_by(mechanism: str, seed: int) -> explain.Year:
    """A small random year whose first round is by this mechanism."""
    rng = random.Random(f"{mechanism}{seed}")
    schools, children = rng.randint(1, 3), rng.randint(2, 8)
    rank = list(rng.choice(RANKS)) if mechanism not in ("lottery", "serial_dictatorship") else ["draw"]
    settings: dict[str, object] = {"rank": rank}
    if mechanism == "parallel":
        settings["bands"] = rng.choice([[1, 1], [2], [1, 2], [2, 1]])
    if mechanism in ("priority", "deferred_acceptance") and rng.random() < 0.5:
        settings |= {"tiers": [["household"], ["home"]], "rank": ["tier", "settled_on", "draw"]}
    if mechanism in ("deferred_acceptance", "immediate_acceptance") and rng.random() < 0.3:
        settings["tie_break"] = "per_school"
    if rng.random() < 0.4:
        settings["losers"] = rng.choice(["behind", "behind_in_tier", "coordination", "equal"])
    if rng.random() < 0.4:
        keeps = rng.choice(["equal", "behind", "coordination"])
        settings |= {"no_shows": ["private_declined"], "no_shows_keep": keeps}
    kids = [
        child(
            f"c{row}",
            "a",
            settled_on=f"201{rng.randint(4, 7)}-01-01",
            household=rng.random() < 0.5,
            home=rng.random() < 0.5,
            private_declined=rng.random() < 0.25,
        )
        for row in range(children)
    ]
    if rng.random() < 0.4 and "tie_break" not in settings:
        kids[0]["twins"] = kids[1]["twins"] = "x"
    wishes = []
    for row in range(children):
        listed = rng.sample(range(schools), rng.randint(0, schools))
        wishes += [(f"c{row}", "first", place, f"S{at}") for place, at in enumerate(listed, start=1)]
    reach = rng.choice([["choices"], ["choices", "zone"]])
    coordination = rng.choice(("least_total", "by_order"))
    return year_of(
        {
            "schools": [school(f"S{at}", at=at, seats=rng.randint(0, 3)) for at in range(schools)],
            "blocks": [block("a")],
            "children": kids,
            "zones": {("a", "primary"): [f"S{rng.randrange(schools)}"]},
            "wishes": wishes,
            "rounds": [
                a_round("first", mechanism=mechanism, reach=reach, **settings),
                a_round("zone", rank=["draw"]),
                a_round("all", mechanism=coordination, coordination=True, reach=["county"]),
            ],
            "twins": Twins(last_seat=rng.choice(("next", "both_in"))),
        }
    )


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_no_reason_that_is_told_is_a_wrong_one(mechanism):
    seen = set()
    for seed in range(YEARS):
        year = year_by(mechanism, seed)
        told = [explain.explain_student(year, row) for row in range(len(year.students))]
        for at in range(2):  # the third round is coordination, which tells no ranks
            tried = {
                (one.student, school.school, school.kind): school
                for one in told
                for step in one.steps[at : at + 1]
                for school in step.tried
            }
            held = {key: one for key, one in tried.items() if one.outcome in HELD}
            for (student, where, kind), one in tried.items():
                seen.add(one.outcome)
                inside = [other for key, other in held.items() if key[1:] == (where, kind)]
                refused = one.outcome not in HELD
                context = (mechanism, seed, at, student, one)
                if refused:
                    assert one.contested, context  # else: "nobody was turned away"
                    assert not one.at_cut_off, context
                if one.outcome == "no_seats":
                    assert one.seats == 0 and not inside, context
                if one.outcome == "full":
                    assert one.taken >= one.seats > 0, context
                if one.outcome == "twins":
                    assert one.seats - one.taken < 2, context
                if one.outcome == "earlier_choices":
                    assert any(other.choice < one.choice for other in inside), context
                if one.outcome == "behind":
                    assert one.taken, context
                    assert one.decided_by or one.withheld, context
    assert {"admitted", "behind"} <= seen or mechanism == "serial_dictatorship"
    assert "admitted" in seen
