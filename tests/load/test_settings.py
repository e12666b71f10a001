"""Settings: bases, variants and --set in their order; faults of the validator in words of ours."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from load_folders import REPOSITORY, SOUND, sound_copy

from simulator import load
from simulator.load.policy_checks import RANK_WORDS
from simulator.load.settings import _parse_override
from simulator.load.validation import CODES, validator
from simulator.messages import catalogue
from simulator.model import ScenarioError

BASE = """
base = "../below"
name = "above"
seed = 7

[rounds.private]
losers = "behind"

[variants.large.class_size]
primary = 50

[variants.large.rounds.zone]
choices = 3

[variants.two]
rounds = [{ name = "zone" }, { name = "private", reach = ["choices"] }]
"""


@pytest.fixture
def above(tmp_path):
    sound_copy(tmp_path / "below", "[caps]\nprimary = 1800\njunior = 1900\n")
    (tmp_path / "above").mkdir()
    (tmp_path / "above" / "scenario.toml").write_text(BASE, encoding="utf-8")
    return tmp_path / "above"


def codes(folder, **kwargs):
    return [fault.code for fault in load.check(folder, **kwargs)[0]]


def test_a_base_gives_settings_and_tables(above):
    scenario = load.scenario(above)
    assert scenario.policy.name == "above" and scenario.policy.seed == 7
    assert scenario.policy.caps.primary == 1800
    assert [entry.name for entry in scenario.policy.rounds] == ["private", "zone", "coordination"]
    assert scenario.policy.rounds[0].losers == "behind"
    assert scenario.policy.rounds[0].choices == 2
    assert "../below/schools.csv" in scenario.sources and "scenario.toml" in scenario.sources
    assert "base" not in scenario.resolved and "variants" not in scenario.resolved


def test_a_table_of_the_scenario_comes_before_its_base(above):
    (above / "settled.csv").write_text("学生编号,学校代码,原因\nS005,004,随迁\n", encoding="utf-8-sig")
    scenario = load.scenario(above)
    assert scenario.students.id[scenario.settled.student[0]] == "S005"
    assert "settled.csv" in scenario.sources and "../below/settled.csv" not in scenario.sources


def test_an_empty_entry_leaves_out_the_table_of_the_base(above):
    assert load.scenario(above, overrides=["tables.settled="]).settled.student.size == 0


def test_variant_then_set(above):
    scenario = load.scenario(above, variant="large", overrides=["class_size.primary=40", "title=新的"])
    assert scenario.policy.class_size.primary == 40
    assert scenario.policy.rounds[1].choices == 3
    assert scenario.policy.title == "新的"
    assert scenario.resolved["class_size"]["primary"] == 40


def test_a_whole_list_replaces(above):
    scenario = load.scenario(above, variant="two")
    assert [entry.name for entry in scenario.policy.rounds] == ["zone", "private"]
    # One wish names the round by the title it has in the base; it is left out, and said so.
    assert len(scenario.wishes) == 1 and scenario.wishes.round[0] == 1
    assert "wishes_for_no_round" in {fault.code for fault in scenario.warnings}


def test_set_reaches_a_round_by_name(above):
    overrides = [
        "rounds.zone.losers=coordination",
        'rounds.zone.rank=["tier", "draw"]',
        "twins.together=false",
    ]
    policy = load.scenario(above, overrides=overrides).policy
    assert policy.rounds[1].losers == "coordination"
    assert policy.rounds[1].rank == ["tier", "draw"]
    assert policy.twins.together is False


def test_unknown_variant_suggests(above):
    with pytest.raises(ScenarioError) as refused:
        load.scenario(above, variant="larg")
    (fault,) = refused.value.faults
    assert fault.code == "unknown_variant" and fault.details["suggestion"] == "large"


@pytest.mark.parametrize(
    ("override", "code", "suggestion"),
    [
        ("clas_size.primary=45", "unknown_setting", "class_size"),
        ("class_size.primry=45", "unknown_setting", "primary"),
        ("rounds.zones.choices=3", "unknown_round", "zone"),
        ("travel.method=zone_orders", "setting_choice", "zone_order"),
        ("class_size.primary=90", "setting_too_great", None),
        ('rounds.zone.tiers=[["homes"]]', "unknown_column", "home"),
    ],
)
def test_a_wrong_override_is_blamed_on_the_command_line(override, code, suggestion):
    (fault,) = load.check(SOUND, overrides=["seed=3", override])[0]
    assert (fault.code, fault.file) == (code, f"--set {override}")
    assert fault.details.get("suggestion") == suggestion


def test_what_the_file_says_is_blamed_on_the_file(tmp_path):
    folder = sound_copy(tmp_path / "file", "[class_size]\nprimary = 90\n")
    (fault,) = load.check(folder, overrides=["class_size.junior=50"])[0]
    assert (fault.file, fault.column) == ("scenario.toml", "class_size.primary")


def test_a_wrong_variant_is_blamed_on_the_command_line(above):
    (fault,) = load.check(above, variant="larg")[0]
    assert (fault.file, fault.details["suggestion"]) == ("--variant larg", "large")


def test_unknown_setting_suggests(above):
    with pytest.raises(ScenarioError) as refused:
        load.scenario(above, overrides=["class_sise.primary=45", "caps.primry=1"])
    assert {fault.details["suggestion"] for fault in refused.value.faults} == {"class_size", "primary"}


@pytest.mark.parametrize("override", ["", "seed", "=1", "a..b=1", "base=../x", "variants.a.seed=1"])
def test_a_malformed_override_is_a_fault(override):
    assert codes(SOUND, overrides=[override]) == ["bad_override"]


@given(st.text(max_size=20))
def test_no_override_raises(value):
    from simulator.load.ledger import Ledger

    parsed = _parse_override("a.b=" + value, Ledger())
    assert set(parsed) == {"a"} and set(parsed["a"]) == {"b"}


def test_check_looks_into_every_variant(above):
    with (above / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write('\n[variants.broken.rounds.zone]\nrank = ["beauty"]\n')
    faults, _ = load.check(above)
    assert [(fault.code, fault.column) for fault in faults] == [
        ("unknown_rank", "variants.broken: rounds.zone.rank")
    ]
    load.scenario(above)


def test_a_base_of_a_base_may_not_leave_either(tmp_path):
    sound_copy(tmp_path / "outer" / "far")
    for name, base in (("a", "../b"), ("b", "../../outer/far")):
        folder = tmp_path / "inner" / name
        folder.mkdir(parents=True)
        (folder / "scenario.toml").write_text(f'base = "{base}"\n', encoding="utf-8")
    assert "path_leaves_folder" in codes(tmp_path / "inner" / "a")


def test_bases_in_a_circle(tmp_path):
    for name, base in (("a", "../b"), ("b", "../a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scenario.toml").write_text(f'base = "{base}"\n', encoding="utf-8")
    assert "base_circle" in codes(tmp_path / "a")


def test_a_signature_of_notepad_does_not_hurt(tmp_path):
    folder = sound_copy(tmp_path / "notepad")
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert load.scenario(folder).policy.name == "sound"


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ("rounds.zone.who=[\"locals\"]", "unknown_column"),
        ("rounds.zone.rank=[\"draw\", \"tier\"]", "draw_not_last"),
        ("rounds.zone.rank=[\"tier\", \"tier\"]", "listed_twice"),
        ("rounds.zone.rank=[\"points_descending\"]", "unknown_rank"),
        ("rounds.private.no_shows=[\"nobody\"]", "unknown_column"),
        ("rounds.private.no_shows_keep=nothing", "setting_choice"),
        ("seat_lock.primary_years=-1", "setting_too_small"),
        ("columns.months_descending.kind=number", "column_name_taken"),
        ("rounds.zone.reach=[]", "setting_empty"),
        ("rounds.zone.pools=[\"purchased\"]", "pool_without_ownership"),
        ("caps.path_percent=[50, 60]", "cap_path_rises"),
        ("shares=[{name='a', who=['migrants']}]", "unknown_column"),
        ("shares=[{name='a', at_least_percent=101}]", "setting_too_great"),
        ("shares=[{name='a', seats='private'}]", "setting_choice"),
        ("shares=[{name='a'}, {name='a'}]", "share_twice"),
        ("age.cutoff=02-30", "bad_month_day"),
        ("early_warning.yellow_percent=150", "yellow_above_red"),
        ("class_size.ceiling=40", "class_size_over_ceiling"),
        ("columns.home.kind=yes_no", "column_name_taken"),
        ("columns.veteran.headings=[\"家长职务\"]", "forbidden_parents_job"),
        ("columns.veteran.title_en=household income", "forbidden_parents_income"),
        ("population.categories.a.yes_percent.homes=3", "unknown_column"),
        ("population.categories.a.yes_percent.home=130", "setting_too_great"),
        ("travel.method=zone_orders", "setting_choice"),
        ("seed=1.5", "setting_not_integer"),
        ("twins.together=maybe", "setting_not_yes_no"),
        ("tables.zoness=a.csv", "unknown_table"),
    ],
)  # fmt: skip
def test_contradictions_of_settings(override, code):
    assert set(codes(SOUND, overrides=[override])) == {code}


def test_a_declared_number_ranks_either_way():
    declared = ["columns.months.kind=number", "columns.veteran.kind=yes_no"]
    ranked = 'rounds.zone.rank=["months_descending", "months", "veteran_last"]'
    assert codes(SOUND, overrides=[*declared, ranked]) == []
    assert codes(SOUND, overrides=[*declared, 'rounds.zone.rank=["veteran_descending"]']) == ["unknown_rank"]


def test_share_rules_need_a_round_that_keeps_them():
    overrides = ["shares=[{name='a'}]", "rounds.coordination.mechanism=by_order"]
    assert codes(SOUND, overrides=overrides[:1]) == []
    assert codes(SOUND, overrides=overrides) == ["share_without_round"]


def test_every_code_of_the_validator_has_words():
    assert {*CODES.values(), "setting_invalid"} <= set(catalogue())


def test_ranks_of_the_documentation_are_known():
    from simulator.model import Round

    for word in RANK_WORDS:
        assert word in (Round.__doc__ or "")


def test_the_schema_file_is_in_step():
    path = REPOSITORY / "scenarios" / "scenario.schema.json"
    fresh = json.dumps(load.json_schema(), ensure_ascii=False, indent=2) + "\n"
    assert path.read_text(encoding="utf-8") == fresh, "write load.json_schema() to the file again, as here"


def test_the_schema_knows_bases_and_variants():
    schema = load.json_schema()
    assert {"base", "variants"} <= set(schema["properties"])
    assert {"required": ["base"]} in schema["anyOf"]
    variant = schema["$defs"]["Variant"]["properties"]
    assert set(variant) == set(validator().json_schema()["properties"])
    assert "required" not in schema["$defs"]["RoundOverride"]
    assert set(schema["$defs"]["Round"]["required"]) == {"name"}
    names = {reference.rsplit("/", 1)[1] for reference in _references(schema)}
    assert names <= set(schema["$defs"])


def _references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for entry in node:
            yield from _references(entry)
