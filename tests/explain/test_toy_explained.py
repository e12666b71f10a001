"""The toy, worked by hand in its README: every child's rounds, ranks and cut-offs as a person would "
"tell them."""

from datetime import date, timedelta

import pytest
from toy_folder import TOY

from simulator import explain, load
from simulator.messages import catalogue
from simulator.messages.explain_staff import MESSAGES as STAFF
from simulator.model import UNPLACED
from simulator.report import explained as explained_lines
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.words import Words


def no(*codes):
    """A round that was not entered, and why."""
    return ("out", *codes)


def tier(number):
    return ("tier", number)


PRIVATE_OUT, DIRECT_OUT, MIGRANT_OUT = no("applied"), no("stage"), no("who", "needs")
ZONE_S1 = {"tier": 1, "settled_on": "2016-05-10", "draw": 1}
"""The last one in at S1 is P03: second tier, settled on 10 May 2016."""

BY_HAND = {
    "P01": ("S1", "zone", [PRIVATE_OUT, DIRECT_OUT, [("S1", "admitted", "tier", ZONE_S1)]]),
    "P02": (
        "S1",
        "zone",
        [[("S4", "behind", "draw", {"draw": 0})], DIRECT_OUT, [("S1", "admitted", "tier", ZONE_S1)]],
    ),
    "P03": ("S1", "zone", [PRIVATE_OUT, DIRECT_OUT, [("S1", "admitted", "", ZONE_S1)]]),
    "P04": (
        "S3",
        "coordination",
        [
            PRIVATE_OUT,
            DIRECT_OUT,
            [("S1", "behind", "tier", ZONE_S1)],
            MIGRANT_OUT,
            [("S1", "full", "", {}), ("S3", "admitted", "", {})],
        ],
    ),
    "P05": ("S4", "private", [[("S4", "admitted", "", {"draw": 0})]]),
    "P06": ("S2", "zone", [PRIVATE_OUT, DIRECT_OUT, [("S2", "admitted", "", {})]]),
    "P07": ("S2", "zone", [PRIVATE_OUT, DIRECT_OUT, [("S2", "admitted", "", {})]]),
    "P08": ("S2", "zone", [PRIVATE_OUT, DIRECT_OUT, [("S2", "admitted", "", {})]]),
    "P09": (
        "S3",
        "coordination",
        [
            PRIVATE_OUT,
            DIRECT_OUT,
            no("who"),
            [("S1", "no_seats", "", {})],
            [("S1", "full", "", {}), ("S2", "full", "", {}), ("S3", "admitted", "", {})],
        ],
    ),
    "P10": ("", "", []),
    "J01": ("S3", "direct", [no("stage", "applied"), [("S3", "admitted", "", {})]]),
    "J02": ("", "", [no("stage", "applied"), [], [], MIGRANT_OUT, []]),
}


@pytest.fixture(scope="module")
def year():
    return explain.play_year(load.scenario(TOY))


def explained(year, name, **how):
    return explain.explain_student(year, explain.find_student(year, name), **how)


def told(year, step):
    """A step as ``BY_HAND`` writes it."""
    if not step.entered:
        return no(*(hindrance.code for hindrance in step.hindrances))
    schools = year.scenario.schools.id
    found = []
    for tried in step.tried:
        last = {
            one.column: str(date(1970, 1, 1) + timedelta(days=one.last))
            if one.column == "settled_on"
            else one.last
            for one in tried.compared
            if one.last is not None
        }
        found.append((str(schools[tried.school]), tried.outcome, tried.decided_by, last))
    return found


@pytest.mark.parametrize("name", BY_HAND)
def test_every_child_is_explained_as_worked_by_hand(year, name):
    school, entry, rounds = BY_HAND[name]
    one = explained(year, name, staff=True, replays=0)
    outcome = one.outcome
    assert ("" if outcome.school == UNPLACED else year.scenario.schools.id[outcome.school]) == school
    assert ("" if outcome.round == UNPLACED else year.scenario.policy.rounds[outcome.round].name) == entry
    assert [told(year, step) for step in one.steps][: len(rounds)] == rounds
    later = one.steps[len(rounds) :]
    assert all("placed" in [hindrance.code for hindrance in step.hindrances] for step in later)


def test_the_counts_beside_a_cut_off(year):
    (tried,) = explained(year, "P04").steps[2].tried
    assert (tried.seats, tried.applicants, tried.first_choice, tried.taken, tried.metres) == (3, 4, 4, 3, 508)
    assert [(one.column, one.child) for one in tried.compared if one.column == "tier"] == [("tier", 2)]
    (drawn,) = explained(year, "P02").steps[0].tried
    assert (drawn.seats, drawn.first_choice, drawn.choice) == (1, 2, 1)
    drawing = explained(year, "P02").steps[0].drawing
    assert (drawing.number, drawing.place, drawing.roster) == (8476615883454734466, 1, 2)
    assert explained(year, "P07").over and not explained(year, "P06").over


TEXT = {
    "zh": [
        "去向：已安排，育才学校（S3），由“统筹安排”录取，距离 1,523 米（步行可达）",
        "1. 民办电脑派位：未参加，没有报名。",
        "3. 学区内户籍生：参加，第 3 顺位（自有房产在学区）。",
        "   · 城东小学（S1），508 米：未录取。",
        "     学位 3 个，4 人排队，录取 3 人。",
        "     最后录取者：第 2 顺位（户籍在学区）。",
        "     该生：第 3 顺位（自有房产在学区）。该生排在其后（由录取顺位定先后）。",
        "   · 城东小学（S1），508 米：本批次可用的学位已满。",
        "   · 育才学校（S3），1,523 米：录取。",
        "   依据：规则 R3（应安排尽安排）；规则 R27（免试就近，划片招生）。",
    ],
    "en": [
        "Outcome: placed, 育才学校 (S3), admitted by “Coordination”, 1,523 m away (within walking limit)",
        "1. Private school lottery: did not enter; no application was made.",
        "3. Zone: took part, tier 3 (owns a home in the zone).",
        "   · 城东小学 (S1), 508 m: not admitted.",
        "     Seats: 3. In the queue: 4. Admitted: 3.",
        "     The last one admitted: tier 2 (household register in the zone).",
        "     This child: tier 3 (owns a home in the zone). This child ranks behind it, by tier.",
        "   · 城东小学 (S1), 508 m: no seat left for this round.",
    ],
}


@pytest.mark.parametrize("language", TEXT)
def test_the_words_of_one_child(year, language):
    said = student_lines(explained(year, "P04"), Words(language, year.scenario.policy), year.scenario)
    missing = [line for line in TEXT[language] if line not in said]
    assert not missing, "\n".join(said)


def test_prices_by_hand(year):
    """S1 has no seat: one more would spare P09 the 1,922 m between S1 and S3. P04: 508 + 1,922 > 1,523."""
    step = explained(year, "P04", staff=True, replays=0).steps[4]
    assert step.proof == "least"
    prices = {str(year.scenario.schools.id[one.school]): one.price for one in step.tried}
    assert (prices["S1"].cost, prices["S1"].seat.metres, prices["S1"].excess.metres) == (508, 1922, 907)
    assert (prices["S3"].cost, prices["S3"].seat.metres, prices["S3"].excess.metres) == (1523, 0, 0)
    assert step.unplaced.children == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_family_reads_no_price(year, language, monkeypatch):
    """No message of the staff's catalogue is spoken, nor one about prices of any other."""
    spoken = set()
    plain = Words.text
    monkeypatch.setattr(
        explained_lines.Words, "text", lambda self, code, **v: spoken.add(code) or plain(self, code, **v)
    )
    words = Words(language, year.scenario.policy)
    for name in BY_HAND:
        said = "\n".join(student_lines(explained(year, name), words, year.scenario))
        assert not any(word in said.lower() for word in ("price", "价格", "内部", "staff", "replays"))
    schools = [explain.explain_school(year, row) for row in range(4)]
    said = "\n".join(line for one in schools for line in school_lines(one, words, year.scenario))
    assert "price" not in said.lower() and "价格" not in said
    assert spoken and not spoken & set(STAFF)
    assert not [code for code in spoken if "price" in code]
    staff = explain.explain_school(year, 0, staff=True)
    assert ("seat price" if language == "en" else "学位价格") in "\n".join(
        school_lines(staff, words, year.scenario)
    )


def test_the_cut_offs_of_a_school(year):
    one = explain.explain_school(year, explain.find_school(year, "城东小学"))
    (stage,) = one.stages
    assert (stage.classes, stage.seats, stage.load) == (1, 3, 3)
    names = [year.scenario.policy.rounds[cutoff.round].name for cutoff in stage.cutoffs]
    assert names == ["zone", "migrant", "coordination"]
    assert {one.column: one.last for one in stage.cutoffs[0].last}["tier"] == 1
    said = "\n".join(school_lines(one, Words("zh", year.scenario.policy), year.scenario))
    assert "末位：第 2 顺位（户籍在学区），落户日期 2016-05-10，摇号第 2 位。" in said


def test_rules_have_words_and_stand_in_the_table():
    """Every rule a round may rest on is in docs/rules.md and has its subject here."""
    table = (TOY.parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    rules = [code.removeprefix("explain_rule_").upper() for code in catalogue() if "explain_rule_" in code]
    assert len(rules) >= 12
    for rule in rules:
        assert f"| {rule} |" in table
