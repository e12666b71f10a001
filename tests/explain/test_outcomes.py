"""Each thing that can become of an application, in the smallest year where it does, with its words."""

from dataclasses import replace

import numpy as np
import pytest
from explain_worlds import a_round, block, child, school, world, year_of

from simulator import explain
from simulator.messages import text
from simulator.model import UNPLACED, Drawn, SeatKind, Standing
from simulator.model.arrays import texts
from simulator.model.policy import CountyShare, ExtraColumn, Twins
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.words import Words


def told(year, name, **how):
    return explain.explain_student(year, explain.find_student(year, name), **how)


def lines(year, one, language):
    return "\n".join(student_lines(one, Words(language, year.scenario.policy), year.scenario))


def outcomes(year, name, at):
    """School and outcome of every school tried in the round at this place."""
    ids = year.scenario.schools.id
    return [(str(ids[tried.school]), tried.outcome) for tried in told(year, name).steps[at].tried]


def moving_year():
    """c0 is first at A and moves on to a private school; c1 is at B by then; A's seat goes to c2."""
    return year_of(
        {
            "schools": [
                school("A", seats=1),
                school("B", at=1, seats=1, group="g"),
                school("P", at=2, seats=1, ownership="private"),
            ],
            "blocks": [block("a")],
            "children": [
                child(f"c{i}", "a", settled_on=f"2015-01-0{i + 1}", household=i == 1) for i in range(3)
            ],
            "rounds": [
                a_round("zone", rank=["settled_on", "draw"]),
                a_round("near", who=["household"], reach=["county"], rank=["draw"]),
                a_round(
                    "moving", mechanism="lottery", applied=True, may_move=True, reach=["choices"],
                    ownership=["private"], rank=["draw"],
                ),
                a_round("last", reach=["zone"], rank=["draw"]),
            ],
            "zones": {("a", "primary"): ["A"]},
            "wishes": [("c0", "moving", 1, "P")],
        }
    )  # fmt: skip


def test_a_seat_that_came_free_goes_to_the_next_who_waits():
    year = moving_year()
    first, second, third = (told(year, f"c{i}") for i in range(3))
    ids = year.scenario.schools.id
    assert [ids[one.outcome.school] for one in (first, second, third)] == ["P", "B", "A"]
    assert first.steps[0].result == "left" and first.steps[0].tried[0].outcome == "left"
    assert first.steps[2].result == "admitted" and first.steps[2].before == 0
    assert third.steps[0].result == "admitted_later" and third.steps[0].freed_by == 2
    assert third.steps[0].tried[0].outcome == "admitted_later"
    # c1 ranks before c2, who has the seat now; it had a place of its own when the seat came free.
    assert second.steps[0].tried[0].outcome == "freed_later"
    assert text("explain_outcome_freed_later", "en") in lines(year, second, "en")
    assert "“moving”" in lines(year, third, "zh") and "递补" in lines(year, third, "zh")


def test_seats_went_to_those_who_listed_the_school_earlier():
    def year(seed):
        return year_of(
            {
                "schools": [
                    school("A", seats=1, ownership="private"),
                    school("B", at=1, seats=1, ownership="private"),
                ],
                "blocks": [block("a")],
                "children": [child(f"c{i}", "a") for i in range(3)],
                "rounds": [
                    a_round(
                        "drawn", mechanism="lottery", applied=True, reach=["choices"],
                        ownership=["private"], rank=["draw"],
                    )
                ],
                "wishes": [
                    ("c0", "drawn", 1, "A"), ("c0", "drawn", 2, "B"),
                    ("c1", "drawn", 1, "A"), ("c1", "drawn", 2, "B"), ("c2", "drawn", 1, "B"),
                ],
                "seed": seed,
            }
        )  # fmt: skip

    found = set()
    for seed in range(12):
        played = year(seed)
        for name in ("c0", "c1"):
            one = told(played, name)
            if one.steps[0].result != "refused":
                continue
            first, second = one.steps[0].tried
            assert first.outcome == "behind" and first.decided_by == "draw"
            place, last = second.compared[-1].child, second.compared[-1].last
            assert second.outcome == ("earlier_choices" if place < last else "behind")
            found.add(second.outcome)
            assert first.first_choice == 2 and first.seats == 1
            assert "50.0%" in lines(played, one, "en") and "中签率 50.0%" in lines(played, one, "zh")
    assert found == {"earlier_choices", "behind"}


def test_twins_need_a_seat_each():
    year = year_of(
        {
            "schools": [school("A", seats=1)],
            "blocks": [block("a")],
            "children": [
                child("t0", "a", twins="t", settled_on="2010-01-01"),
                child("t1", "a", twins="t", settled_on="2012-01-01"),
                child("c", "a", settled_on="2011-01-01"),
            ],
            "rounds": [a_round(rank=["settled_on", "draw"])],
            "zones": {("a", "primary"): ["A"]},
            "twins": Twins(last_seat="next"),
        }
    )
    for name in ("t0", "t1"):
        assert outcomes(year, name, 0) == [("A", "twins")]
        assert text("explain_outcome_twins", "zh") in lines(year, told(year, name), "zh")
    assert outcomes(year, "c", 0) == [("A", "admitted")]


def test_a_school_that_only_one_twin_lists():
    """Twins apply as one for the schools both list: what only one of them lists is not theirs."""
    year = year_of(
        {
            "schools": [school("A", seats=2), school("B", at=1, seats=2)],
            "blocks": [block("a")],
            "children": [
                child("t0", "a", twins="t", sibling="A"),
                child("t1", "a", twins="t"),
                child("c", "a", sibling="A"),
            ],
            "rounds": [a_round(reach=["sibling", "zone"], rank=["settled_on", "draw"])],
            "zones": {("a", "primary"): ["B"]},
        }
    )
    assert outcomes(year, "t0", 0) == [("A", "twin_elsewhere"), ("B", "admitted")]
    assert outcomes(year, "t1", 0) == [("B", "admitted")]
    assert text("explain_outcome_twin_elsewhere", "zh") in lines(year, told(year, "t0"), "zh")


def test_least_cost_with_twins_brought_together():
    """A and B have one seat each and are nearer, C has two: the twins are at C, which prices do not "
    "prove."""
    year = year_of(
        {
            "schools": [
                school("A", at=1, seats=1),
                school("B", at=2, seats=1),
                school("C", at=5, seats=2),
            ],
            "blocks": [block("a")],
            "children": [child("t0", "a", twins="t"), child("t1", "a", twins="t")],
            "rounds": [a_round("all", mechanism="least_total", coordination=True, reach=["county"])],
            "twins": Twins(last_seat="next"),
        }
    )
    for name in ("t0", "t1"):
        one = told(year, name, staff=True)
        assert outcomes(year, name, 0) == [("A", "not_needed"), ("B", "not_needed"), ("C", "admitted")]
        assert one.steps[0].proof == "bent"
        assert [tried.price.excess.metres < 0 for tried in one.steps[0].tried] == [True, True, False]
        assert text("explain_outcome_not_needed", "en") in lines(year, one, "en")
        assert "多胞胎同校，该生不在" in lines(year, one, "zh")


def test_no_seats_left_and_who_is_put_behind():
    year = year_of(
        {
            "schools": [school("A", seats=1), school("P", seats=1, ownership="private")],
            "blocks": [block("a")],
            "children": [child(f"c{i}", "a", settled_on=f"201{i}-01-01") for i in range(3)],
            "rounds": [
                a_round(
                    "private", mechanism="lottery", applied=True, reach=["choices"], ownership=["private"],
                    rank=["draw"], losers="behind",
                ),
                a_round("zone", rank=["settled_on", "draw"], losers="coordination"),
                a_round("again", rank=["settled_on", "draw"]),
                a_round("coordination", mechanism="by_order", coordination=True, reach=["county"]),
            ],
            "zones": {("a", "primary"): ["A"]},
            "wishes": [("c0", "private", 1, "P"), ("c1", "private", 1, "P")],
        }
    )  # fmt: skip
    (behind,) = [
        one for one in (told(year, "c0"), told(year, "c1")) if one.steps[1].standing == Standing.BEHIND
    ]
    zone = behind.steps[1].tried[0]
    assert zone.outcome == "behind" and zone.decided_by == "standing"
    assert behind.steps[1].keeps == "coordination"
    assert [hindrance.code for hindrance in behind.steps[2].hindrances] == ["standing"]
    assert behind.steps[3].result == "refused" and behind.steps[3].tried[0].outcome == "full"
    said = lines(year, behind, "zh")
    assert text("explain_stands_behind", "zh") in said
    assert text("explain_why_standing", "zh") in said
    assert text("explain_outcome_full_nearer", "zh") in said


def test_a_child_may_keep_the_place_it_had():
    year = year_of(
        {
            "schools": [school("A", seats=2), school("P", seats=1, ownership="private")],
            "blocks": [block("a")],
            "children": [child("c0", "a"), child("c1", "a")],
            "rounds": [
                a_round("zone", rank=["draw"]),
                a_round(
                    "moving", mechanism="lottery", applied=True, may_move=True, reach=["choices"],
                    ownership=["private"], rank=["draw"],
                ),
            ],
            "zones": {("a", "primary"): ["A"]},
            "wishes": [("c0", "moving", 1, "P"), ("c1", "moving", 1, "P")],
        }
    )  # fmt: skip
    results = {told(year, name).steps[1].result for name in ("c0", "c1")}
    assert results == {"admitted", "stayed"}
    (stayed,) = [one for one in (told(year, n) for n in ("c0", "c1")) if one.steps[1].result == "stayed"]
    assert text("explain_stayed", "en") in lines(year, stayed, "en")
    assert stayed.outcome.school == 0 and stayed.outcome.round == 0


MECHANISMS = {
    "serial_dictatorship": {},
    "top_trading_cycles": {},
    "by_order": {"coordination": True},
    "least_total": {"coordination": True},
    "least_total_by_tier": {"coordination": True, "tiers": [["household"]]},
    "least_greatest": {"coordination": True},
    "deferred_acceptance": {"tie_break": "per_school"},
    "immediate_acceptance": {},
    "parallel": {"bands": [1, 2]},
    "priority": {"reserve_for": ["household"], "reserve_percent": 50},
}


@pytest.mark.parametrize(("mechanism", "more"), MECHANISMS.items(), ids=MECHANISMS)
def test_every_mechanism_is_told_in_both_languages(mechanism, more):
    year = year_of(
        {
            "schools": [school("A", seats=2), school("B", at=2, seats=1)],
            "blocks": [block("a")],
            "children": [child(f"c{i}", "a", household=i % 2 == 0) for i in range(5)],
            "rounds": [a_round(mechanism=mechanism, reach=["county"], rank=["draw"], **more)],
        }
    )
    ranked = {"deferred_acceptance", "immediate_acceptance", "parallel"}
    seen = set()
    for row in range(5):
        one = explain.explain_student(year, row, staff=True, replays=4)
        for language in ("zh", "en"):
            assert lines(year, one, language)
        (step,) = one.steps
        seen |= {tried.outcome for tried in step.tried}
        assert all(bool(tried.compared) == (mechanism in ranked) for tried in step.tried if tried.contested)
        if mechanism.startswith("least"):
            assert step.proof == {"least_total": "least", "least_greatest": "greatest"}.get(mechanism, "")
    assert "admitted" in seen and seen & {"full", "behind", "earlier_choices"}


def test_a_share_rule_stands_beside_the_prices():
    """Prices prove no single place where a share had to be kept."""
    year = year_of(
        {
            "schools": [
                school("A", seats=1),
                school("P", at=3, seats=1, ownership="private"),
            ],
            "blocks": [block("a")],
            "children": [child("c0", "a"), child("m", "a", migrant=True, residence_permit=True)],
            "rounds": [
                a_round(
                    "all", mechanism="least_total", coordination=True, reach=["county"],
                    ownership=["public", "private"],
                )
            ],
            "shares": [CountyShare(name="migrants", at_least_percent=100)],
        }
    )  # fmt: skip
    one = told(year, "m", staff=True)
    assert one.outcome.school == 0 and one.steps[0].proof == ""
    assert "不足以证明" in lines(year, one, "zh")


def test_an_official_draw_is_called_one():
    """Places of a draw that was made elsewhere are told without a number of this simulation."""
    parts = {
        "schools": [school("A", seats=1)],
        "blocks": [block("a")],
        "children": [child("c0", "a"), child("c1", "a")],
        "rounds": [a_round(rank=["draw"])],
        "zones": {("a", "primary"): ["A"]},
    }
    scenario = world(**parts).scenario
    for first in (0, 1):
        drawn = Drawn(
            draw=texts(["zone", "zone"]),
            student=np.array([first, 1 - first], dtype=np.int32),
            place=np.array([1, 2], dtype=np.int64),
        )
        year = explain.play_year(replace(scenario, drawn=drawn))
        loser = told(year, f"c{1 - first}")
        assert loser.steps[0].drawing.official and loser.steps[0].drawing.place == 1
        said = lines(year, loser, "zh")
        assert "正式摇号“zone”：2 人中第 2 位" in said and "号码" not in said
        assert "其中有批次采用正式摇号的结果" in said and "不是正式摇号" not in said
        english = lines(year, loser, "en")
        assert "some rounds use results of official draws" in english and "never an official" not in english
        other = replace(drawn, draw=texts(["other", "other"]))
        plain = explain.play_year(replace(scenario, drawn=other))
        assert "模拟结果，不是正式摇号" in lines(plain, told(plain, "c0"), "zh")


def test_places_of_an_official_draw_are_those_of_its_result_and_who_is_not_in_it_is_told_so():
    """The draw had more children than this round has, and misses one whom the seed puts behind."""
    parts = {
        "schools": [school("A", seats=1)],
        "blocks": [block("a")],
        "children": [
            child("c0", "a"),
            child("c1", "a", twins="x"),
            child("c2", "a"),
            child("t", "a", twins="x"),
        ],
        "rounds": [a_round(rank=["draw"])],
        "zones": {("a", "primary"): ["A"]},
    }
    scenario = world(**parts).scenario
    rows = {name: row for row, name in enumerate(scenario.students.id.tolist())}
    drawn = Drawn(
        draw=texts(["zone", "zone"]),
        student=np.array([rows["c0"], rows["c1"]], dtype=np.int32),
        place=np.array([17, 40], dtype=np.int64),
    )
    year = explain.play_year(replace(scenario, drawn=drawn))
    first = lines(year, told(year, "c0"), "en")
    assert "place 17 in its result, place 1 among the 4 of this round" in first
    for twin in ("c1", "t"):
        assert "place 40 in its result, place 2 among the 4" in lines(year, told(year, twin), "en")
    missing = told(year, "c2")
    assert missing.steps[0].drawing.given == UNPLACED
    said = lines(year, missing, "en")
    assert "does not have this child" in said and "(a simulation): place 4 of 4" in said
    assert "正式摇号“zone”的结果中没有该生" in lines(year, missing, "zh")


def test_a_school_with_seats_kept_for_others_is_not_called_full():
    """One seat of two is reserved and nobody's: for this round none is left, but the school is not full."""
    year = year_of(
        {
            "schools": [school("A", seats=2, reserved_seats=(1, 0)), school("B", at=1, seats=3)],
            "blocks": [block("a")],
            "children": [
                child("c0", "a", settled_on="2015-01-01"),
                child("c1", "a", settled_on="2016-01-01"),
            ],
            "rounds": [
                a_round(rank=["settled_on", "draw"]),
                a_round("all", mechanism="least_total", reach=["county"]),
            ],
            "zones": {("a", "primary"): ["A"]},
        }
    )
    second = told(year, "c1")
    assert [tried.outcome for tried in second.steps[1].tried] == ["full", "admitted"]
    assert "no seat left for this round" in lines(year, second, "en")
    assert "本批次可用的学位已满" in lines(year, second, "zh")


def test_columns_of_a_scenarios_own_are_told_by_their_kind():
    """A number, a date and a yes/no column that the scenario declares and ranks by."""
    parts = {
        "schools": [school("A", seats=1)],
        "blocks": [block("a")],
        "children": [child("c0", "a"), child("c1", "a")],
        "zones": {("a", "primary"): ["A"]},
    }
    columns = {
        "years": ExtraColumn(kind="number", headings=["居住年限"]),
        "bought_on": ExtraColumn(kind="date", headings=["购房日期"]),
        "martyr": ExtraColumn(kind="yes_no", headings=["烈士子女"]),
    }
    for name, values, zh in (
        ("years", [150, 250], ["居住年限 1.5", "居住年限 2.5"]),
        ("bought_on", [14610, 14611], ["购房日期 2010-01-01", "购房日期 2010-01-02"]),
        ("martyr", [True, False], ["烈士子女：是", "烈士子女：否"]),
    ):
        built = world(**parts, rounds=[a_round(rank=[name, "draw"])], columns=columns)
        if columns[name].kind == "yes_no":
            more = {"flags": {**built.students.flags, name: np.array(values)}}
        else:
            more = {"extra": {name: np.array(values, dtype=np.int64)}}
        students = replace(built.students, **more)
        year = explain.play_year(replace(built.scenario, students=students))
        loser = told(year, "c1")
        assert loser.steps[0].tried[0].decided_by == name
        said = lines(year, loser, "zh")
        assert f"最后录取者：{zh[0]}。" in said and f"该生：{zh[1]}。" in said
        assert lines(year, loser, "en")


def test_boarding_counts_a_far_journey_apart():
    year = year_of(
        {
            "schools": [school("A", at=6, kind="junior", seats=3, beds=1)],
            "blocks": [block("a")],
            "children": [child(f"j{i}", "a", "junior") for i in range(2)],
            "rounds": [
                a_round("all", mechanism="least_total", coordination=True, boarding=True, reach=["county"])
            ],
        }
    )
    kinds = {}
    for name in ("j0", "j1"):
        (step,) = told(year, name, staff=True).steps
        kinds[step.kind] = step
    assert set(kinds) == {SeatKind.BOARDING, SeatKind.GENERAL}
    day = kinds[SeatKind.GENERAL].tried
    assert [(tried.kind, tried.outcome) for tried in day] == [
        (SeatKind.BOARDING, "full"),
        (SeatKind.GENERAL, "admitted"),
    ]
    assert day[1].price.far and not day[0].price.far
    assert day[0].price.seat.journeys == 1 and day[0].price.seat.children == 0


def test_a_bed_farther_away_is_not_told_as_nearest_first():
    """A bed at 9 km counts before a far daily journey of 6 km; that distance is not all is said."""
    year = year_of(
        {
            "schools": [
                school("A", at=6, kind="junior", seats=3),
                school("B", at=9, kind="junior", seats=1, beds=1),
            ],
            "blocks": [block("a")],
            "children": [child(f"j{i}", "a", "junior") for i in range(2)],
            "rounds": [
                a_round("all", mechanism="least_total", coordination=True, boarding=True, reach=["county"])
            ],
        }
    )
    second = next(name for name in ("j0", "j1") if len(told(year, name).steps[0].tried) > 1)
    said = lines(year, told(year, second), "en")
    assert "Nearest first" not in said and "as few daily journeys beyond the walking limit" in said
    assert "先使超过步行上限的走读尽量少" in lines(year, told(year, second), "zh")


def test_a_distance_that_is_bent_is_not_called_the_sum_of_distances():
    parts = {
        "schools": [school("A", seats=1), school("B", at=1, seats=2)],
        "blocks": [block("a")],
        "children": [child("c0", "a"), child("c1", "a")],
        "rounds": [a_round("all", mechanism="least_total", reach=["county"], metres_power=2)],
    }
    year = year_of(parts)
    for language, words in (("en", "but counted as: the distance to the power 2"), ("zh", "路程的 2 次方")):
        assert words in lines(year, told(year, "c0"), language)
    straight = year_of(parts | {"rounds": [a_round("all", mechanism="least_total", reach=["county"])]})
    assert "counted as" not in lines(straight, told(straight, "c0"), "en")
    assert not told(straight, "c0").steps[0].far_first


def test_seats_that_go_to_some_first_are_told_of_whoever_loses_by_them():
    """c1 ranks before the migrant child who has the reserved seat: "full" would not be the reason."""
    year = year_of(
        {
            "schools": [school("A", seats=2)],
            "blocks": [block("a")],
            "children": [
                child("c0", "a", settled_on="2015-01-01"),
                child("c1", "a", settled_on="2016-01-01"),
                child("m", "a", settled_on="2020-01-01", migrant=True),
            ],
            "rounds": [
                a_round(
                    mechanism="deferred_acceptance", rank=["settled_on", "draw"], reserve_for=["migrant"],
                    reserve_percent=50,
                )
            ],
            "zones": {("a", "primary"): ["A"]},
        }
    )  # fmt: skip
    said = lines(year, told(year, "c1"), "zh")
    assert "每所学校学位的 50% 为保底名额，先给：随迁子女" in said
    assert "：未录取。" in said and "已满" not in said
    assert "50% of the seats go first to: migrant child" in lines(year, told(year, "c1"), "en")


def test_where_every_school_draws_the_place_in_its_own_draw_is_told():
    """Two seats each: who is first in a school's draw is not its last one admitted; nobody is told blanks."""
    year = year_of(
        {
            "schools": [school("A", seats=2), school("B", at=1, seats=2)],
            "blocks": [block("a")],
            "children": [child(f"c{i}", "a") for i in range(6)],
            "zones": {("a", "primary"): ["A", "B"]},
            "rounds": [a_round(mechanism="deferred_acceptance", rank=["draw"], tie_break="per_school")],
        }
    )
    (drawn,) = (year.admission.school_draws["zone"],)
    place = {
        (own.school, int(student)): int(at) + 1
        for own in drawn
        for student, at in zip(own.student, own.draw.order, strict=True)
    }
    last = {}
    for row, at in enumerate(year.admission.school.tolist()):
        if at != UNPLACED:
            last[at] = max(last.get(at, 0), place[at, row])
    lasts = 0
    for row in range(6):
        made = explain.explain_student(year, row)
        for tried in made.steps[0].tried:
            (one,) = [one for one in tried.compared if one.column == "draw"]
            assert (one.child + 1, one.last + 1) == (place[tried.school, row], last[tried.school])
            admitted = tried.outcome == "admitted"
            assert tried.at_cut_off == (admitted and one.child == one.last)
            assert tried.decided_by == ("" if tried.at_cut_off else "draw")
            lasts += tried.at_cut_off
        for language in ("zh", "en"):
            said = lines(year, made, language)
            assert "：。" not in said and ": ." not in said
    assert lasts == 2
    assert "place " in "\n".join(
        school_lines(explain.explain_school(year, 0), Words("en", year.scenario.policy), year.scenario)
    )


def test_who_is_ahead_by_what_may_not_be_told_is_not_called_the_last():
    """The column that tells two children apart is protected: neither it nor a false reason is told."""
    parts = {
        "schools": [school("A", seats=2)],
        "blocks": [block("a")],
        "children": [child(f"c{i}", "a") for i in range(3)],
        "zones": {("a", "primary"): ["A"]},
    }
    columns = {"language": ExtraColumn(kind="yes_no", protected=True, headings=["授课语言"])}
    built = world(**parts, rounds=[a_round(rank=["language", "draw"])], columns=columns)
    flags = {**built.students.flags, "language": np.array([True, False, False])}
    year = explain.play_year(replace(built.scenario, students=replace(built.students, flags=flags)))
    first = told(year, "c0")
    (tried,) = first.steps[0].tried
    assert tried.outcome == "admitted" and tried.decided_by == "" and not tried.at_cut_off
    assert text("explain_is_last", "zh") not in lines(year, first, "zh")
    (at_end,) = [name for name in ("c1", "c2") if told(year, name).steps[0].tried[0].outcome == "admitted"]
    assert text("explain_is_last", "zh") in lines(year, told(year, at_end), "zh")


def test_twins_for_whom_one_seat_was_too_few_are_not_told_it_was_full():
    """Nobody was admitted and the seat stayed empty, for the only applicants are two who come together."""
    year = year_of(
        {
            "schools": [school("A", seats=1), school("B", at=1, seats=9)],
            "blocks": [block("a")],
            "children": [child("t1", "a", twins="x"), child("t2", "a", twins="x")],
            "zones": {("a", "primary"): ["A"]},
            "rounds": [a_round(rank=["draw"]), a_round("all", mechanism="least_total", reach=["county"])],
            "twins": Twins(last_seat="next"),
        }
    )
    for name in ("t1", "t2"):
        assert outcomes(year, name, 0) == [("A", "twins")]
        assert "已满" not in lines(year, told(year, name), "zh").split("2. all")[0]


def test_who_was_turned_away_and_did_not_come_elsewhere_was_turned_away_all_the_same():
    """c0 loses at A, is admitted to B and does not come: nobody is told that A turned nobody away."""
    year = year_of(
        {
            "schools": [school("A", seats=1, ownership="private"), school("B", seats=2, ownership="private")],
            "blocks": [block("a")],
            "children": [
                child("c0", "a", private_declined=True, settled_on="2016-01-01"),
                child("c1", "a", settled_on="2015-01-01"),
            ],
            "rounds": [
                a_round(
                    "private", mechanism="immediate_acceptance", applied=True, reach=["choices"],
                    ownership=["private"], rank=["settled_on", "draw"], no_shows=["private_declined"],
                )
            ],
            "wishes": [("c0", "private", 1, "A"), ("c0", "private", 2, "B"), ("c1", "private", 1, "A")],
        }
    )  # fmt: skip
    (record,) = year.admission.rounds
    assert outcomes(year, "c0", 0) == [("A", "behind"), ("B", "absent")]
    assert told(year, "c0").steps[0].tried[0].contested
    assert bool(record.lottery[record.school == 0][0])
    assert "没有人落选" not in lines(year, told(year, "c1"), "zh")


def declined_year(first=("P", "S"), **settings):
    """c0 confirms no private place and lists ``first``; c1 lists P. P is private, S public."""
    entry = a_round(
        "wish", reach=["choices"], applied=True, ownership=["public", "private"], rank=["draw"], **settings
    )
    return year_of(
        {
            "schools": [school("S", seats=1), school("P", at=1, seats=2, ownership="private")],
            "blocks": [block("a")],
            "children": [child(f"c{i}", "a", private_declined=i == 0) for i in range(2)],
            "rounds": [entry],
            "wishes": [
                *[("c0", "wish", place, of) for place, of in enumerate(first, start=1)],
                ("c1", "wish", 1, "P"),
            ],
        }
    )


def test_who_confirms_no_private_place_is_told_that_private_schools_were_left_out():
    year = declined_year()
    first, second = told(year, "c0"), told(year, "c1")
    assert first.steps[0].private_left_out and first.steps[0].result == "admitted"
    assert not second.steps[0].private_left_out
    for language in ("zh", "en"):
        words = Words(language, year.scenario.policy)
        said = words.text("explain_private_left_out", column=words.column("private_declined"))
        assert said in lines(year, first, language) and said not in lines(year, second, language)


def test_who_has_private_schools_alone_in_reach_is_told_the_true_reason():
    year = declined_year(choices=1)  # the first choice is private
    assert told(year, "c0").steps[0].private_left_out
    year = year_of(
        {
            "schools": [school("P", seats=1, ownership="private"), school("S", at=1, seats=1)],
            "blocks": [block("a"), block("far", at=50)],
            "children": [child("c0", "a", private_declined=True), child("c1", "", private_declined=True)],
            "rounds": [
                a_round("private", ownership=["private"], reach=["county"], within_metres=3000, rank=["draw"])
            ],
        }
    )
    first, second = told(year, "c0"), told(year, "c1")
    assert (first.steps[0].result, first.steps[0].private_left_out) == ("no_school", True)
    assert (second.steps[0].result, second.steps[0].private_left_out) == ("no_school", False)
    for language in ("zh", "en"):
        column = Words(language, year.scenario.policy).column("private_declined")
        said = text("explain_only_private_left_out", language, column=column)
        nothing = text("explain_round_nowhere", language, number=1, round="private")
        assert said in lines(year, first, language) and nothing not in lines(year, first, language)
        assert nothing in lines(year, second, language) and said not in lines(year, second, language)


def test_a_round_that_draws_such_children_too_leaves_nothing_out():
    year = declined_year(no_shows=["private_declined"])
    assert not told(year, "c0").steps[0].private_left_out


def test_a_private_school_the_list_had_no_room_for_is_not_blamed_on_it():
    """One choice is taken, the public school; the private one behind it would not have counted either."""
    assert not told(declined_year(("S", "P"), choices=1), "c0").steps[0].private_left_out
    assert told(declined_year(("S", "P"), choices=2), "c0").steps[0].private_left_out
