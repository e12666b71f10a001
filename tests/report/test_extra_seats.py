"""Seat prices and one more class: on the page in both languages, in workbook, tables and manifest."""

import json
import re
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from fake_run import LEAST_ROUND, fake_run

from simulator.messages import catalogue
from simulator.model import MoreClasses, Stage
from simulator.model.policy import OneMoreClass
from simulator.report import frames
from simulator.report.page import page
from simulator.report.point_map import HEIGHT_LIMIT, MARGIN, point_map, unpacked
from simulator.report.sections import more_classes, prices
from simulator.report.view import View
from simulator.report.words import Words


def view_of(run, language="en"):
    return View(run, Words(language, run.scenario.policy))


def section(pages, language, name):
    return pages["run", language].split(f'<section id="{name}">')[1].split("</section>")[0]


def priced(run, **parts):
    """The run with the prices of the least-cost round's pools set, by (pool: value)."""
    records = list(run.admission.rounds)
    columns = {}
    for name in ("children", "journeys", "metres"):
        columns[f"price_{name}"] = np.zeros(len(records[LEAST_ROUND].school), dtype=np.int64)
        for pool, value in parts.get(name, {}).items():
            columns[f"price_{name}"][pool] = value
    records[LEAST_ROUND] = replace(records[LEAST_ROUND], **columns)
    return replace(run, admission=replace(run.admission, rounds=tuple(records)))


# Seat prices


@pytest.mark.parametrize(
    ("language", "exact", "apart"),
    [("zh", "恰好多一个学位", "不相加"), ("en", "exactly one more seat", "never added up")],
)
def test_the_page_says_what_a_price_is(pages, language, exact, apart):
    said = section(pages, language, "prices")
    assert exact in said and apart in said
    assert 'class="mark-map"' in said and said.count("<circle") > 2


def test_the_worth_of_a_seat_is_sorted_part_by_part(run):
    record = run.admission.rounds[LEAST_ROUND]
    primary = np.flatnonzero(record.stage == Stage.PRIMARY)[:4].tolist()
    changed = priced(
        run,
        children={primary[2]: 1},
        journeys={primary[1]: 1},
        metres={primary[0]: 9_000, primary[1]: 10, primary[2]: -700},
    )
    view = view_of(changed)
    (stage,) = [stage for stage in prices.context(view)["stages"] if stage["rows"]]
    names = view.school_names[record.school[[primary[2], primary[1], primary[0]]]].tolist()
    assert [row["name"] for row in stage["rows"]] == names
    assert [row["metres"] for row in stage["rows"]] == ["−700", "10", "9,000"]
    assert [code for code, _ in stage["counts"]][:3] == ["worth_children", "worth_journeys", "worth_metres"]
    drawn = {mark for *_, mark, _ in stage["map"]["points"]}
    assert drawn >= {"worth_children", "worth_journeys", "worth_metres"}
    assert stage["map"]["points"][-1][3] == "worth_children"  # on top of the others

    table = frames(changed, "en")["seat_prices"]
    assert table["school"].tolist() == names
    assert table["price: far journeys"].tolist() == [0, 1, 0]
    assert frames(changed, "zh")["seat_prices"]["价格：米"].tolist() == [-700, 10, 9_000]


def test_without_prices_the_page_says_so(run):
    calm = priced(run)
    text = page(view_of(calm, "zh"))
    assert "多一个就有好处：价格都是 0" in text
    nothing = replace(run, admission=replace(run.admission, rounds=run.admission.rounds[:LEAST_ROUND]))
    text = page(view_of(nothing, "zh"))
    assert catalogue()["price_none"][0] in text.split('<section id="prices">')[1]
    assert len(frames(nothing, "zh")["seat_prices"]) == 0


def test_without_coordinates_there_is_a_list_and_no_map():
    blind = priced(fake_run(coordinates=False), children={0: 1})
    said = page(view_of(blind, "en")).split('<section id="prices">')[1].split("</section>")[0]
    assert "<svg" not in said
    assert "not available" in said and "one school: one more seat places one child more" in said


def test_marks_lie_inside_their_map_and_outlines_around_them():
    square = [[[11_600_000, 2_400_000, 100_000, 0, 0, 100_000, -100_000, 0]]]
    laid = point_map(np.array([116.2, 116.9]), np.array([24.1, 24.8]), square, [(11_650_000, 2_450_000, "A")])
    assert 0 < laid.x[0] < laid.x[1] < laid.width and 0 < laid.y[1] < laid.y[0] < laid.height
    assert laid.height <= HEIGHT_LIMIT and laid.labels[0][2] == "A"
    corners = [float(value) for value in re.findall(r"[\d.]+", laid.outlines[0])]
    assert min(corners[1::2]) == MARGIN
    assert unpacked(square[0][0])[-1].tolist() == [116.0, 25.0]
    assert point_map(np.zeros(0), np.zeros(0), [], []) is None
    alone = point_map(np.array([116.0]), np.array([24.0]), [], [])
    assert 0 <= alone.x[0] <= alone.width and 0 <= alone.y[0] <= alone.height


# One more class


def test_the_page_lists_the_best_beside_their_promise(run, pages):
    rows = more_classes.context(view_of(run))["rows"]
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    first, second, third = rows
    assert (first["placed"], first["metres"], first["beyond_limit"]) == ("+26", "+13.9", "+3")
    assert first["tones"] == {"placed": "good", "metres": "bad"}
    assert (second["promised_metres"], second["metres"], second["beyond_limit"]) == ("513", "−811", "−32")
    assert (third["placed"], third["metres"], third["tones"]["placed"]) == ("0", "0.0", "")
    for language, words in (
        ("zh", ("最好的一项", "508", "重演", "各行单独成立", "另外 1 个试算过的学校")),
        (
            "en",
            (
                "The best: one more class at",
                "508",
                "replayed",
                "Each row stands alone",
                "One more school that",
            ),
        ),
    ):
        said = section(pages, language, "more_classes")
        assert all(word in said for word in words), language
        assert said.count("<tr>") == 4


def test_what_places_children_is_among_the_decisions(run, pages):
    assert "children without a place would have one with one more class" in section(pages, "en", "decisions")
    useless = replace(run.more_classes, placed=np.zeros(4, dtype=np.int64))
    assert "would have one with" not in page(view_of(replace(run, more_classes=useless)))


def test_a_class_that_does_no_good_is_shown_as_such(run):
    """The replays are what they are; nothing is called the best that helps nobody."""
    made = run.more_classes
    nothing = {name: np.zeros(4, dtype=np.int64) for name in ("placed", "own_zone", "metres")}
    worse = replace(made, **nothing | {"metres": np.full(4, -5_000)})
    for useless in (replace(made, **nothing), worse):
        said = page(view_of(replace(run, more_classes=useless)))
        assert catalogue()["more_classes_useless"][1] in said and "The best: one" not in said
        assert said.split('<section id="more_classes">')[1].split("</section>")[0].count("<tr>") == 4
    assert more_classes.context(view_of(replace(run, more_classes=worse)))["rows"][0]["metres"] == "+5.0"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_off_and_nowhere_are_told_apart(run, language):
    place = ("zh", "en").index(language)
    nowhere = replace(run, more_classes=MoreClasses.none(12))
    assert catalogue()["more_classes_nowhere"][place].format(n=12) in page(view_of(nowhere, language))
    policy = replace(run.scenario.policy, one_more_class=OneMoreClass(replays=0))
    off = replace(nowhere, scenario=replace(run.scenario, policy=policy))
    assert catalogue()["more_classes_off"][place] in page(view_of(off, language))


def test_the_tables_hold_every_replay(run, folders):
    table = pd.read_parquet(folders["run", "zh"] / "more_classes.parquet")
    assert table["really_placed"].tolist() == run.more_classes.placed.tolist()
    assert table["listed"].tolist() == [True, True, True, False]
    assert table["stage"].astype(str).tolist() == ["primary", "junior", "primary", "primary"]
    sheet = openpyxl.load_workbook(folders["run", "zh"] / "results.xlsx")["增加一个班"]
    headings = [cell.value for cell in sheet[1]]
    assert [row[headings.index("重演：总路程少（米）")].value for row in sheet.iter_rows(min_row=2)] == [
        -13_920,
        811_464,
        0,
        -45,
    ]
    assert "估计：多安排（人）" in headings


def test_the_manifest_proves_every_replay(run, folders):
    manifest = json.loads((folders["run", "en"] / "manifest.json").read_text(encoding="utf-8"))
    first = manifest["more_classes"][0]
    assert (first["school"], first["stage"]) == (str(run.scenario.schools.id[0]), "primary")
    assert first["changed"]["placed"] == 26 and first["changed"]["metres"] == -13_920
    assert first["certificates"] == [
        {"round": "coordination", "certificate": {"objective": 77, "optimal": True}}
    ]


@pytest.mark.parametrize(
    ("metres", "said", "signed"),
    [
        (0, "0.0", "0.0"),
        (49, "0.0", "0.0"),
        (-49, "0.0", "0.0"),
        (50, "0.1", "+0.1"),
        (-1_250, "−1.3", "−1.3"),
        (99_949, "99.9", "+99.9"),
        (100_000, "100", "+100"),
        (811_464, "811", "+811"),
        (-1_234_567, "−1,235", "−1,235"),
    ],
)
def test_kilometres(run, metres, said, signed):
    words = Words("en", run.scenario.policy)
    assert (words.kilometres(metres), words.signed_kilometres(metres)) == (said, signed)
    assert [words.signed(value) for value in (3, 0, -4_000)] == ["+3", "0", "−4,000"]
