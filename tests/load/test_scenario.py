"""What the loader makes of sound tables: columns by stage, columns that follow, order and hashes."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_folders import SOUND, changed, rows_of, sound_copy

from simulator import load
from simulator.load.roster import same_zone
from simulator.model import NO_DATE, UNPLACED, Ragged, Stage, Zones

DAY = 18139  # 2019-08-31


@pytest.fixture(scope="module")
def sound():
    return load.scenario(SOUND)


def drop(table: str, heading: str):
    rows = rows_of(table)
    place = rows[0].index(heading)
    return [row[:place] + row[place + 1 :] for row in rows]


def with_column(table: str, heading: str, *values: str):
    rows = rows_of(table)
    cells = [heading, *values, *[""] * (len(rows) - 1 - len(values))]
    return [[*row, cell] for row, cell in zip(rows, cells, strict=True)]


def test_columns_of_the_stages(sound):
    schools = sound.schools
    assert schools.classes.tolist() == [[2, 2, 0, 1, 1, 1], [0, 0, 4, 1, 1, 0]]
    assert schools.pupils.tolist() == [[500, 600, 0, 300, 200, 20], [0, 0, 1200, 150, 100, 0]]
    assert schools.leavers[1, 2] == 400 and schools.class_size[0, 5] == 30
    assert (schools.planned_seats == -1).all() and (schools.ceiling == -1).all()
    assert schools.purchased_seats[0, 4] == 10


def test_names_in_order_of_first_appearance(sound):
    assert sound.counties == ("梅江区", "梅县区")
    assert sound.towns == ("金山街道", "西郊街道", "新城街道", "石坑镇")
    assert sound.districts == ("东片", "西片") and sound.groups == ("甲集团",)
    assert sound.schools.approval_county.tolist() == [-1, -1, -1, -1, 1, -1]


def test_towns_of_one_name_in_two_counties_are_two(tmp_path):
    blocks = changed("blocks", 5, "乡镇", "金山街道")
    scenario = load.scenario(sound_copy(tmp_path / "towns", blocks=blocks))
    assert scenario.towns.count("金山街道") == 2
    assert scenario.blocks.town[0] != scenario.blocks.town[3]


def test_zones_keep_their_order(tmp_path):
    zones = rows_of("zones")
    zones[2][3], zones[3][3] = "2", "1"
    scenario = load.scenario(sound_copy(tmp_path / "order", zones=zones))
    assert scenario.zones.schools[Stage.PRIMARY][1].tolist() == [1, 0]


def test_shares_are_equal_where_none_is_given(tmp_path):
    feeders = [["小学代码", "初中代码"], ["001", "003"], ["001", "004"], ["002", "003"]]
    scenario = load.scenario(sound_copy(tmp_path / "shares", feeders=feeders))
    assert scenario.feeders.juniors[0].tolist() == [2, 3]
    assert scenario.feeders.share.tolist() == [0.5, 0.5, 1.0]


def test_dates_points_and_twins(sound):
    students = sound.students
    assert students.birth_date[5] == DAY
    assert students.settled_on[4] == NO_DATE
    assert students.points[4] == 6250
    assert students.twin_group[1] == students.twin_group[2] != UNPLACED
    assert (np.delete(students.twin_group, [1, 2]) == UNPLACED).all()


def test_household_follows_from_the_zone_of_the_household_block(sound):
    # S002 lives in B01 and is registered in B02, which shares school 001; S005 has no household block.
    assert sound.students.yes("household").tolist() == [True] * 4 + [False] + [True] * 4 + [False]


def test_household_of_another_zone(tmp_path):
    students = changed("students", 2, "户籍小区代码", "B04")
    scenario = load.scenario(sound_copy(tmp_path / "other", students=students))
    assert not scenario.students.yes("household")[0]


def test_a_household_column_is_believed(tmp_path):
    students = with_column("students", "户籍在学区", "否")
    scenario = load.scenario(sound_copy(tmp_path / "given", students=students))
    assert not scenario.students.yes("household").any()


@given(st.data())
@settings(max_examples=50)
def test_same_zone_against_its_definition(data):
    blocks, schools = 5, 4
    lists = [data.draw(st.lists(st.integers(0, schools - 1), unique=True, max_size=3)) for _ in range(blocks)]
    owner = np.repeat(np.arange(blocks), [len(entry) for entry in lists])
    values = np.array([school for entry in lists for school in entry], dtype=np.int32)
    ragged = Ragged.from_pairs(blocks, owner, values)
    rows = st.lists(st.integers(-1, blocks - 1), min_size=6, max_size=6)
    block, household = np.array(data.draw(rows)), np.array(data.draw(rows))
    answer = same_zone(block, household, np.zeros(6, dtype=np.int8), Zones((ragged, Ragged.empty(blocks))))
    for row in range(6):
        b, h = block[row], household[row]
        expected = b >= 0 and h >= 0 and (b == h or bool(set(lists[b]) & set(lists[h])))
        assert answer[row] == expected


def test_residence_permit_follows_from_its_date(sound, tmp_path):
    assert sound.students.yes("residence_permit").tolist() == [False] * 4 + [True] + [False] * 5
    students = with_column("students", "持有居住证", "否")
    scenario = load.scenario(sound_copy(tmp_path / "permit", students=students))
    assert not scenario.students.yes("residence_permit").any()


def test_deferral_needs_an_approval_number(tmp_path):
    students = with_column("students", "延缓入学批准号", "", "梅教〔2025〕3号", "无")
    scenario = load.scenario(sound_copy(tmp_path / "deferral", students=students))
    assert scenario.students.deferral.tolist() == [False, True, *[False] * 8]


def test_columns_the_scenario_adds(tmp_path):
    declared = (
        '[columns.veteran]\nheadings = ["退役军人子女"]\n'
        '[columns.metro]\nkind = "number"\n[columns.lease]\nkind = "date"\nheadings = ["租赁备案"]\n'
        '[columns.absent]\n'
    )  # fmt: skip
    students = rows_of("students")
    students[0] += ["退役军人子女", "metro", "租赁备案"]
    students[1] += ["是", "2.5", "2019/8/31"]
    for row in students[2:]:
        row += ["", "", ""]
    scenario = load.scenario(sound_copy(tmp_path / "added", declared, students=students))
    assert scenario.students.yes("veteran").tolist() == [True] + [False] * 9
    assert scenario.students.extra["metro"][0] == 250
    assert scenario.students.extra["lease"][0] == DAY and scenario.students.extra["lease"][1] == NO_DATE
    assert not scenario.students.yes("absent").any()
    assert "column_not_in_table" in {fault.code for fault in scenario.warnings}


def test_a_junior_school_on_feeders_alone_needs_no_zone(tmp_path):
    zones = [row for row in rows_of("zones") if row[1] != "003"]
    sound_copy(tmp_path / "fed", zones=zones)
    assert load.check(tmp_path / "fed")[0] == []
    feeders = [["小学代码", "初中代码"], ["001", "004"]]
    faults, _ = load.check(sound_copy(tmp_path / "unfed", zones=zones, feeders=feeders))
    assert [fault.code for fault in faults] == ["school_in_no_zone"]


def test_sources_are_hashed(sound):
    assert list(sound.sources) == sorted(sound.sources)
    for name, digest in sound.sources.items():
        assert digest == hashlib.sha256((SOUND / name).read_bytes()).hexdigest()


def test_resolved_is_plain_data(sound):
    assert sound.resolved["name"] == "sound" and sound.resolved["rounds"][0]["choices"] == 2


def test_the_same_twice(sound):
    again = load.scenario(SOUND)
    assert again.sources == sound.sources and again.warnings == sound.warnings
    np.testing.assert_array_equal(again.students.block, sound.students.block)


def test_demand(tmp_path):
    rows = [["B01", "小学", "local", "30"], ["B02", "初中", "local", "5"]]
    demand = [["小区代码", "学段", "类别", "人数"], *rows]
    added = '[tables]\nstudents = ""\napplications = ""\nsettled = ""\n[population.categories.local]\n'
    scenario = load.scenario(sound_copy(tmp_path / "demand", added, demand=demand))
    assert scenario.students is None and scenario.wishes is None
    assert scenario.demand.count.tolist() == [30, 5] and scenario.demand.stage.tolist() == [0, 1]
    assert scenario.demand.category.tolist() == ["local", "local"]


def test_given_travel(tmp_path):
    travel = [["小区代码", "学校代码", "距离（米）"], ["B01", "001", "120"], ["B03", "002", "1,300"]]
    folder = sound_copy(tmp_path / "travel", '[travel]\nmethod = "given"\n', travel=travel)
    given_travel = load.scenario(folder).given_travel
    assert given_travel.metres.tolist() == [120, 1300] and given_travel.block.tolist() == [0, 2]


def test_a_scenario_file_may_be_named_itself():
    assert load.scenario(SOUND / "scenario.toml").policy.name == "sound"


# Permuting rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_in_another_order_give_the_same_scenario(tmp_path, sound, seed):
    rng = np.random.default_rng(seed)
    tables = {}
    for name in ("schools", "blocks", "zones", "feeders", "students", "applications", "settled"):
        heading, *rows = rows_of(name)
        tables[name] = [heading, *[rows[place] for place in rng.permutation(len(rows))]]
    shuffled = load.scenario(sound_copy(tmp_path / "shuffled", **tables))
    for noun, references in (
        ("schools", {"county": "counties", "group": "groups", "approval_county": "counties"}),
        ("blocks", {"county": "counties", "town": "towns", "district": "districts"}),
        ("students", {"block": "blocks", "household_block": "blocks", "origin_school": "schools"}),
    ):
        one, other = facts(sound, noun, references), facts(shuffled, noun, references)
        assert one == other
    assert links(sound) == links(shuffled)


def facts(scenario, noun: str, references):
    """What is said of each id, with names instead of rows."""
    table = getattr(scenario, noun)
    facts = {}
    for row, id in enumerate(table.id.tolist()):
        said = {}
        for key, column in vars(table).items():
            if not isinstance(column, np.ndarray) or key in ("twin_group", "town"):
                continue
            value = column[..., row].tolist()
            if key in references and value != UNPLACED:
                target = getattr(scenario, references[key])
                value = target[value] if isinstance(target, tuple) else target.id[value]
            said[key] = value
        if noun == "students":
            said |= {name: bool(flag[row]) for name, flag in table.flags.items()}
        facts[id] = said
    return facts


def links(scenario):
    school, block, student = scenario.schools.id, scenario.blocks.id, scenario.students.id
    zones = {
        (int(stage), block[row]): [school[s] for s in scenario.zones.schools[stage][row]]
        for stage in Stage
        for row in range(len(block))
    }
    juniors = scenario.feeders.juniors
    feeders = {school[row]: sorted(school[s] for s in juniors[row]) for row in range(len(school))}
    given = scenario.wishes
    columns = (given.student, given.round, given.position, given.school)
    wishes = {(student[a], int(b), int(c), school[d]) for a, b, c, d in zip(*columns, strict=True)}
    pairs = zip(scenario.settled.student, scenario.settled.school, strict=True)
    settled = {(student[a], school[b]) for a, b in pairs}
    label = scenario.students.twin_group
    twins = {frozenset(student[label == group]) for group in set(label) - {UNPLACED}}
    return zones, feeders, wishes, settled, twins


def test_the_comparison_would_see_a_difference(sound):
    moved = replace(sound.students, block=np.roll(sound.students.block, 1))
    other = replace(sound, students=moved)
    references = {"block": "blocks", "household_block": "blocks", "origin_school": "schools"}
    assert facts(sound, "students", references) != facts(other, "students", references)
