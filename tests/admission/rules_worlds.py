"""Worlds of a school or two in which one rule decides, and ways to look at what came out."""

from simulator.admission import plan_seats
from simulator.model import Means, Reason
from tests.admission.small import a_round, block, places, play, school, world

ZONE = {("B", "primary"): ["S"]}
COORDINATION = a_round("coordination", mechanism="least_total", coordination=True, reach=["county"])
PRIVATE = {
    "mechanism": "lottery",
    "applied": True,
    "reach": ["choices"],
    "ownership": ["private"],
    "rank": ["draw"],
}
MOVING = {"may_move": True, **PRIVATE}
MIGRANT = {"who": ["migrant"], "needs": ["residence_permit"], "rank": ["points", "permit_on", "draw"]}


def zone_world(children, seats=1, rounds=None, schools=None, zones=None, **policy):
    return world(
        schools or [school("S", seats=seats)],
        [block("B")],
        children,
        rounds or [a_round(tiers=[["household", "home"], ["household"], ["collective_household"]])],
        zones or ZONE,
        **policy,
    )


def by_classes(name, classes, kind="primary", **more):
    return {"id": name, "kind": kind, "classes": classes, "planned_seats": (-1, -1), **more}


def offered(*schools, **policy):
    scenario = world(list(schools), [block("B")], [], [a_round()], **policy).scenario
    return plan_seats(scenario.policy, scenario.schools)


def seated(the_world, name="S"):
    return sorted(who for who, place in places(the_world).items() if place == name)


def notices(answer, code):
    return [n for n in answer.notices if n.code == code]


def reasons(the_world):
    answer = play(the_world)
    return {str(n): Reason(r).name for n, r in zip(the_world.students.id, answer.reason, strict=True)}


def bed_world(children, rounds, at=(1, 5, 8), seats=5, **policy):
    """A junior school with two beds; blocks K1, K5, K8 lie so many kilometres from it."""
    blocks = [block(f"K{k}", at=k) for k in at]
    zones = {(b["id"], "junior"): ["J"] for b in blocks}
    schools = [school("J", kind="junior", seats=seats, **({"beds": 2} | policy.pop("school", {})))]
    return world(schools, blocks, children, rounds, zones, **policy)


def means(the_world):
    answer = play(the_world)
    return {str(n): Means(m).name for n, m in zip(the_world.students.id, answer.means, strict=True)}
