"""R25 in the rounds: coordination reaches a county's share, moves nobody, says what stops it."""

from collections import Counter
from dataclasses import replace

import pytest

from simulator.messages import text
from simulator.model import CountyShare, SeatKind
from tests.admission.small import a_round, block, child, places, play, school, world

MIGRANT = {"migrant": True, "residence_permit": True}


def bought(name, at=0.0, seats=4, **more):
    """An inclusive private school all of whose seats are bought by government."""
    return school(name, at, seats=seats, ownership="inclusive_private", purchased_seats=(seats, 0), **more)


def coordination(**more):
    settings = {"mechanism": "least_total", "coordination": True, "reach": ["county"]}
    settings |= {"ownership": ["public", "inclusive_private"], "pools": ["general", "purchased"]}
    return a_round("coordination", **(settings | more))


def migrants(count, of="town", **more):
    return [child(f"{of}{n}", of, **MIGRANT, **more) for n in range(count)]


def valley(percent=50, rounds=(), locals_=0, children=(), zones=None, claim="eligible", seats="public"):
    """Purchased seats in town, where the children live; the public school is five kilometres away."""
    share = CountyShare(
        name="public", title="公办", at_least_percent=percent or 1, seats=seats, children=claim
    )
    return world(
        [school("public", 5.0, seats=4), bought("bought", seats=6)],
        [block("town", 0.0), block("far", 5.0)],
        [*migrants(4), *(child(f"local{n}", "far") for n in range(locals_)), *children],
        [*rounds, coordination()],
        zones=zones,
        shares=[share] if percent else [],
    )


def facts(answer):
    """Facts of the last round, those of the share rule without its county."""
    return {name.partition(" ")[0]: value for name, value in answer.rounds[-1].certificate.items()}


@pytest.mark.parametrize(("percent", "public"), [(0, 0), (25, 1), (50, 2), (51, 3), (100, 4)])
def test_r25_coordination_reaches_the_share(percent, public):
    answer = play(valley(percent))
    count = Counter(answer.kind.tolist())
    assert count == Counter({SeatKind.GENERAL: public, SeatKind.PURCHASED: 4 - public}) - Counter()
    assert not [notice for notice in answer.notices if notice.code.startswith("notice_share")]
    if percent:
        told = facts(answer)
        assert (told["share_needed"], told["share_reached"], told["share_gap"]) == (public, public, 0)
        assert told["optimal"] is True
        assert told["share_method"] == "pool_cap"


def test_r25_purchased_seats_count_where_the_rule_says_so():
    answer = play(valley(100, seats="public_and_purchased"))
    assert Counter(answer.kind.tolist()) == {SeatKind.PURCHASED: 4}
    assert "share_needed" not in facts(answer) or facts(answer)["share_method"] == "not_binding"


def test_r25_the_share_displaces_nobody_placed_earlier_and_counts_whom_it_finds():
    # A round before fills three of the four public seats: two local children, one migrant child.
    first = a_round("zone", reach=["zone"])
    early = child("early", "far", **MIGRANT)
    settings = {
        "rounds": (first,),
        "locals_": 2,
        "children": (early,),
        "zones": {("far", "primary"): ["public"]},
    }
    without, ruled = valley(0, **settings), valley(40, **settings)
    before, after = places(without), places(ruled)
    assert [before[name] for name in ("local0", "local1", "early")] == ["public"] * 3
    assert all(after[name] == "public" for name in ("local0", "local1", "early"))
    # 40 % of five are two; one is there already, so the round must add one.
    answer = play(ruled)
    assert facts(answer)["share_needed"] == 1
    assert Counter(after[f"town{n}"] for n in range(4)) == {"public": 1, "bought": 3}
    # 80 % would be four: of the three to add only one finds a seat, and the others are not moved for it.
    hard = valley(80, **settings)
    answer = play(hard)
    assert [places(hard, answer)[name] for name in ("local0", "local1", "early")] == ["public"] * 3
    (notice,) = [n for n in answer.notices if n.code == "notice_share_unreachable"]
    assert dict(notice.details) == {
        "share": "public",
        "round": "coordination",
        "county": 0,
        "at_least_percent": 80,
        "children": 5,
        "needed": 4,
        "reachable": 2,
        "reached": 2,
        "full_schools": "0",
        "without_school": 0,
        "elsewhere": 0,
    }
    assert facts(answer)["share_method"] == "unreachable"


def test_r25_children_without_a_seat_stay_in_the_denominator():
    # Six migrant children, one public and three bought seats: half of six are three, of those placed two.
    the_world = world(
        [school("public", 5.0, seats=1), bought("bought", seats=3)],
        [block("town", 0.0)],
        migrants(6),
        [coordination()],
        shares=[CountyShare(name="public", at_least_percent=50)],
    )
    answer = play(the_world)
    (notice,) = [n for n in answer.notices if n.code == "notice_share_unreachable"]
    assert (notice.details["children"], notice.details["needed"], notice.details["reachable"]) == (6, 3, 1)
    assert facts(answer)["placed"] == 4


def test_r25_no_child_more_is_left_unplaced_for_the_share():
    # One public seat, which the local child needs: the bought school is beyond its reach.
    the_world = world(
        [school("public", 3.0, seats=1), bought("bought", 0.0)],
        [block("town", 1.0), block("far", 6.0)],
        [child("local", "far"), *migrants(2)],
        [coordination(reach=["within_metres"], within_metres=5000)],
        shares=[CountyShare(name="public", at_least_percent=50)],
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"local": "public", "town0": "bought", "town1": "bought"}
    (notice,) = [n for n in answer.notices if n.code == "notice_share_unreachable"]
    assert notice.details["reachable"] == 0


def test_r25_county_by_county():
    west, east = {"county": "west"}, {"county": "east"}
    the_world = world(
        [
            school("west public", 5.0, seats=4, **west),
            bought("west bought", 0.0, **west),
            school("east public", 95.0, seats=1, **east),
            bought("east bought", 90.0, **east),
        ],
        [block("west", 0.0, **west), block("east", 90.0, **east)],
        [*migrants(4, "west"), *migrants(4, "east")],
        [coordination()],
        shares=[CountyShare(name="public", at_least_percent=50)],
    )
    answer = play(the_world)
    count = Counter(places(the_world, answer).values())
    assert count == {"west public": 2, "west bought": 2, "east public": 1, "east bought": 3}
    (notice,) = [n for n in answer.notices if n.code == "notice_share_unreachable"]
    assert the_world.scenario.counties[notice.details["county"]] == "east"
    assert the_world.scenario.schools.id[int(notice.details["full_schools"])] == "east public"


def test_r25_several_rules_at_once_and_children_who_are_not_under_them():
    # Local children near the bought school may sit there too: no cap, the public seats change hands.
    shares = [
        CountyShare(name="migrant", at_least_percent=75),
        CountyShare(name="local", who=["local"], at_least_percent=50),
    ]
    the_world = world(
        [school("public", 5.0, seats=5), bought("bought", seats=6)],
        [block("town", 0.0), block("far", 5.0)],
        [*migrants(4), *(child(f"local{n}", "far") for n in range(4))],
        [coordination()],
        shares=shares,
    )
    answer = play(the_world)
    found = places(the_world, answer)
    assert sum(found[f"town{n}"] == "public" for n in range(4)) == 3
    assert sum(found[f"local{n}"] == "public" for n in range(4)) == 2
    certificate = answer.rounds[-1].certificate
    assert certificate["share_reached migrant county"] == 3
    assert certificate["share_reached local county"] >= 2
    assert certificate["share_gap"] == 0


def test_r25_the_last_round_has_the_last_word():
    # The first round of coordination does not reach so far as the public school; the second does.
    near = a_round(
        "near", mechanism="least_total", coordination=True, reach=["within_metres"], within_metres=1000
    )
    the_world = world(
        [school("public", 5.0, seats=4), bought("bought", seats=6)],
        [block("town", 0.0)],
        migrants(4),
        [near, coordination()],
        shares=[CountyShare(name="public", at_least_percent=50)],
    )
    answer = play(the_world)
    assert not [n for n in answer.notices if n.code.startswith("notice_share")]
    assert Counter(places(the_world, answer).values()) == {"public": 2, "bought": 2}
    short = replace(the_world.scenario.policy, rounds=[near])
    alone = play(replace(the_world, scenario=replace(the_world.scenario, policy=short)))
    assert [n.code for n in alone.notices if n.code.startswith("notice_share")] == [
        "notice_share_unreachable"
    ]


def test_r25_only_those_with_a_claim_are_counted_unless_all_are():
    without = [child("without permit", "town", migrant=True)]
    eligible, everybody = valley(50, children=without), valley(50, children=without, claim="all")
    assert facts(play(eligible))["share_needed"] == 2  # half of four
    assert facts(play(everybody))["share_needed"] == 3  # half of five


def twins_of(name, *, block="town", **more):
    return [child(f"{name}{n}", block, **MIGRANT, twins=name, **more) for n in range(2)]


def test_r25_twins_take_a_farther_seat_together_for_the_share():
    # One of the two must be in public: dealt apart, and the bought school is five kilometres nearer for both.
    the_world = world(
        [school("public", 5.0, seats=4), bought("bought", seats=6)],
        [block("town", 0.0)],
        twins_of("pair"),
        [coordination()],
        shares=[CountyShare(name="public", at_least_percent=50)],
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"pair0": "public", "pair1": "public"}
    told = facts(answer)
    assert (told["share_needed"], told["share_reached"], told["share_reached_after_twins"]) == (1, 1, 2)
    assert told["twins_dealt_apart"] == 1
    assert not [n.code for n in answer.notices if n.code.startswith("notice_share")]


def test_r25_twins_stay_together_and_the_share_says_so():
    # The only public seat holds one of them: together they can only be where it does not count.
    the_world = world(
        [school("public", 5.0, seats=1), bought("bought", seats=6)],
        [block("town", 0.0)],
        twins_of("pair"),
        [coordination()],
        shares=[CountyShare(name="public", at_least_percent=50)],
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"pair0": "bought", "pair1": "bought"}
    told = facts(answer)
    assert (told["share_needed"], told["share_reached"], told["share_reached_after_twins"]) == (1, 1, 0)
    (notice,) = [n for n in answer.notices if n.code.startswith("notice_share")]
    assert (notice.code, notice.details["needed"], notice.details["reached"]) == ("notice_share_twins", 1, 0)


def test_r25_of_several_rules_not_all_reached_the_notice_says_what_is_proved():
    # Four children around four full schools: all sit at their first, or all at their second. Migrant children
    # find public schools the first way, local ones the second; half of both would be one each.
    around = ["public0", "bought0", "public1", "bought1"]
    kinds = [school("public0", 1.0, seats=1), bought("bought0", 2.0, seats=1)]
    kinds += [school("public1", 3.0, seats=1), bought("bought1", 4.0, seats=1)]
    children = [child(f"child{n}", f"block{n}", **(MIGRANT if n % 2 == 0 else {})) for n in range(4)]
    the_world = world(
        kinds,
        [block(f"block{n}", 2.5) for n in range(4)],
        children,
        [coordination(reach=["zone"])],
        zones={(f"block{n}", "primary"): [around[n], around[(n + 1) % 4]] for n in range(4)},
        shares=[
            CountyShare(name="migrant", at_least_percent=50),
            CountyShare(name="local", who=["local"], at_least_percent=50),
        ],
    )
    answer = play(the_world)
    (notice,) = [n for n in answer.notices if n.code.startswith("notice_share")]
    assert notice.code == "notice_share_short"
    assert (notice.details["short"], notice.details["short_at_least"]) == (1, 0)
    certificate = answer.rounds[-1].certificate
    assert (certificate["share_short"], certificate["share_short_gap"]) == (1, 1)
    assert certificate["optimal"] is False
    assert certificate[f"share_method {notice.details['share']} county"] == "not_found"


def test_rounds_that_are_no_least_cost_coordination_hear_nothing_of_it():
    answer = play(
        world(
            [school("public", 5.0, seats=4), bought("bought")],
            [block("town", 0.0)],
            migrants(4),
            [coordination(mechanism="by_order")],
            shares=[CountyShare(name="public", at_least_percent=50)],
        )
    )
    assert Counter(answer.kind.tolist()) == {SeatKind.PURCHASED: 4}
    assert not answer.rounds[-1].certificate


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_have_words(language):
    codes = ("notice_share_unreachable", "notice_share_short", "notice_share_twins")
    for code in (*codes, *(f"kind_of_{code}" for code in codes)):
        values = dict.fromkeys(("county", "share", "largest", "stops"), "x")
        values |= dict.fromkeys(("short", "short_at_least"), 1)
        values |= dict.fromkeys(("at_least_percent", "children", "needed", "reachable", "reached"), 1)
        assert text(code, language, **values)
