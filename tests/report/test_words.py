"""Both languages are complete, and numbers are printed so that nobody is misled."""

import re
import string
from pathlib import Path
from typing import get_args

import pytest

import simulator.report
from simulator.messages import Bilingual, catalogue
from simulator.messages.report import MESSAGES as PAGE
from simulator.messages.report_tables import MESSAGES as TABLES
from simulator.model import NO_DATE, Policy, Round
from simulator.model.policy import ExtraColumn, Keeps, Mechanism, Reach
from simulator.report.words import Words

MESSAGES = PAGE | TABLES
ROOM = Path(simulator.report.__file__).parent
ZH, EN = (Words(language, Policy(name="a", year=2026, rounds=[Round(name="r")])) for language in ("zh", "en"))


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_form_for_one_thing_needs_no_more_than_the_form_for_many():
    for code in (code for code in MESSAGES if code.endswith("_one")):
        many = MESSAGES[code.removesuffix("_one")]
        for one, others in zip(MESSAGES[code], many, strict=True):
            assert one and fields(one) <= fields(others) | {"n"}, code


def test_every_message_a_template_names_exists():
    for template in ROOM.glob("templates/*.html"):
        for code in re.findall(r"\bt\([\"']([a-z0-9_]+)[\"'][,)]", template.read_text(encoding="utf-8")):
            assert code in catalogue(), (template.name, code)


def test_every_message_the_code_names_exists():
    for path in ROOM.rglob("*.py"):
        for code in re.findall(r"words\.text\(\s*\"([a-z0-9_]+)\"", path.read_text(encoding="utf-8")):
            assert code in catalogue(), (path.name, code)


def test_no_message_is_left_over():
    said = "".join(
        p.read_text(encoding="utf-8") for p in [*ROOM.rglob("*.py"), *ROOM.glob("templates/*.html")]
    )
    said += "".join(
        (ROOM / f"static/{name}.js").read_text(encoding="utf-8") for name in ("canvas_map", "map")
    )
    made = r"^(column|section|sheet|kind_of_notice|mechanism|reach|rank|losers|source|mark|sentence)_"
    made += r"|^(decide|fact|load|size)_|_one$|^(yes|no)$|^map_|^level_|^target_met$|^stage_both$"
    left = [
        code
        for code in MESSAGES
        if not re.search(made, code) and f'"{code}"' not in said and f"'{code}'" not in said
    ]
    assert not left


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0.0%"),
        (10, 10, "100.0%"),
        (99_999, 100_000, "99.9%"),
        (1, 100_000, "<0.1%"),
        (1, 8, "12.5%"),
        (1, 2000, "0.1%"),
        (103, 100, "103.0%"),
        (5, 0, "无数据"),
    ],
)
def test_percent(part, whole, said):
    assert ZH.percent(part, whole) == said


def test_a_value_of_two_languages_is_said_in_the_one_of_the_page():
    rule = Bilingual("R1", "rule R1")
    assert "rule R1" in EN.text("off_caps", rule=rule, rounds=Bilingual("", ""))
    assert ZH.value(rule) == "R1"


def test_numbers_dates_and_what_is_not_available():
    assert ZH.number(1_234_567) == "1,234,567" and EN.number(-1234) == "−1,234"
    assert ZH.metres(1234) == "1,234 米" and EN.metres(1234) == "1,234 m"
    assert ZH.metres(None) == "无数据" and EN.metres(None) == "not available"
    assert ZH.date(0) == "1970-01-01" and EN.date(NO_DATE) == "not available"


def test_one_and_many():
    assert EN.text("decide_unplaced", n=1) == "child is unplaced"
    assert EN.text("decide_unplaced", n=2) == "children are unplaced"
    assert ZH.text("decide_unplaced", n=1) == ZH.text("decide_unplaced", n=2) == "名儿童未安排"


def test_lists_in_words():
    assert EN.joined(["A", "B", "C"]) == "A, B, C"
    assert EN.joined(["A", "B", "C", "D"]) == "A, B and 2 more"
    assert ZH.joined(["甲", "乙", "丙", "丁"]) == "甲、乙及另外 2 个"


def test_columns_in_words():
    assert ZH.column("settled_on") == "落户日期" and EN.column("settled_on") == "settlement date"
    assert EN.column("migrant_last") == "migrant child (last)"
    assert EN.column("settled_on_descending") == "settlement date (greatest first)"
    assert EN.column("own_column") == "own_column"


def test_every_notice_has_a_kind_and_every_least_cost_fact_a_name():
    far = {"notice_far_primary", "notice_far_junior"}
    notices = {code for code in catalogue() if code.startswith("notice_")} - far
    assert {f"kind_of_{code}" for code in notices} <= catalogue().keys()


@pytest.mark.parametrize(
    ("prefix", "choices"), [("reach", Reach), ("losers", Keeps), ("mechanism", Mechanism)]
)
def test_every_choice_of_a_round_has_words(prefix, choices):
    for word in get_args(choices):
        assert f"{prefix}_{word}" in catalogue(), word


def test_an_added_column_and_a_document_fall_back_on_what_there_is():
    columns = {
        "both": ExtraColumn(kind="number", headings=["月数"], title_en="months"),
        "zh_only": ExtraColumn(headings=["月数", "参保"]),
        "neither": ExtraColumn(),
    }
    policy = Policy(name="a", year=2026, rounds=[Round(name="r")], columns=columns)
    zh, en = (Words(language, policy) for language in ("zh", "en"))
    assert [zh.column(name) for name in columns] == ["月数", "月数", "neither"]
    assert [en.column(name) for name in columns] == ["months", "zh_only", "neither"]
    assert en.column("both_descending") == "months (greatest first)"
    both, one = Round(name="r", document="甲", document_en="A"), Round(name="r", document="甲")
    assert [words.document(both) for words in (zh, en)] == ["甲", "A"]
    assert [words.document(one) for words in (zh, en)] == ["甲", "甲"]
    english = Round(name="r", document_en="A")
    assert [words.document(english) for words in (zh, en)] == ["A", "A"]
    assert zh.document(Round(name="r")) == ""
