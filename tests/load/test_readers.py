"""Cells and files: ids survive every format and encoding, and odd text is read as it was written."""

from __future__ import annotations

import csv
import datetime
import io

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from load_folders import SOUND, csv_text, rows_of, sound_copy

from simulator import load
from simulator.load import cells
from simulator.load.cells import BadCell
from simulator.load.headings import forbidden_kind, normal
from simulator.load.readers import SPACE, Unreadable, read_csv, read_geography, read_parquet, read_xlsx
from simulator.model.dictionary import TABLES

IDS = ["001", "4414020000000000017", "0", "１２", "𠮷野", "A-1", "1E5", "00.10", "  7 ", "是"]
HEADING = ["学生编号", "姓名"]


def known(heading: str) -> bool:
    return heading in HEADING


def texts_of(sheet) -> list[list[str]]:
    columns = [[cell.strip(SPACE) for cell in column.to_pylist()] for column in sheet.columns]
    return [list(row) for row in zip(*columns, strict=True)]


# Ids ---------------------------------------------------------------------------------------------------

RECORDS = [[id, f"某{place}"] for place, id in enumerate(IDS)]
PLAIN = [[cell.strip(SPACE) for cell in record] for record in RECORDS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ids_survive_csv(encoding, end):
    data = csv_text([HEADING, *RECORDS]).replace("\r\n", end).encode(encoding)
    assert texts_of(read_csv(data, known)) == PLAIN


def test_ids_survive_xlsx(tmp_path):
    book = openpyxl.Workbook()
    for row in [HEADING, *RECORDS]:
        book.active.append(row)
    book.save(tmp_path / "ids.xlsx")
    assert texts_of(read_xlsx((tmp_path / "ids.xlsx").read_bytes(), (), known)) == PLAIN


def test_ids_survive_parquet(tmp_path):
    columns = list(zip(*RECORDS, strict=True))
    pq.write_table(pa.table(dict(zip(HEADING, map(list, columns), strict=True))), tmp_path / "ids.parquet")
    assert texts_of(read_parquet((tmp_path / "ids.parquet").read_bytes())) == PLAIN


def test_numbers_and_dates_of_a_workbook_read_as_a_person_sees_them(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["学生编号", "姓名"])
    for value in (101, 101.0, 3.25, datetime.date(2020, 8, 31), True, None, 441402198001010123):
        book.active.append([value, "x"])
    book.save(tmp_path / "cells.xlsx")
    first = [row[0] for row in texts_of(read_xlsx((tmp_path / "cells.xlsx").read_bytes(), (), known))]
    assert first[:6] == ["101", "101", "3.25", "2020-08-31", "1", ""]
    assert cells.LOST_DIGITS.fullmatch(first[6])


def test_parquet_types_become_text():
    table = pa.table(
        {
            "学生编号": pa.array([441402198001010123, None]),
            "姓名": pa.array([datetime.date(2020, 8, 31), None]),
            "flag": pa.array([True, None]),
            "word": pa.array(["b", "a"]).dictionary_encode(),
            "share": pa.array([0.5, 2.0]),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    assert texts_of(read_parquet(out.getvalue())) == [
        ["441402198001010123", "2020-08-31", "1", "b", "0.5"],
        ["", "", "", "a", "2"],
    ]


# CSV ---------------------------------------------------------------------------------------------------

ODD = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=6
) | st.sampled_from(['"', ",", "a\nb", '""', "\n", "\t", "，", " ", "'", ";"])


@given(st.lists(st.tuples(ODD, ODD), min_size=1, max_size=8), st.sampled_from(["utf-8-sig", "gb18030"]))
def test_odd_text_is_read_as_pythons_own_reader_reads_it(records, encoding):
    text = csv_text([HEADING, *records])
    expected = []
    for number, record in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        plain = [cell.strip(SPACE) for cell in record]
        if number > 1 and any(plain):
            expected.append((number, plain))
    sheet = read_csv(text.encode(encoding), known)
    assert texts_of(sheet) == [plain for _, plain in expected]
    assert sheet.rows.tolist() == [number for number, _ in expected]


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    try:
        sheet = read_csv(data, known)
    except Unreadable as refused:
        assert refused.code in {"wrong_encoding", "empty_file", "open_quote", "half_written"}
    else:
        assert all(len(column) == len(sheet.rows) for column in sheet.columns)


def test_rubbish_is_refused(tmp_path):
    (tmp_path / "rubbish.gpkg").write_bytes(b"not a file of this kind")
    for read in (
        lambda: read_parquet(b"not a file of this kind"),
        lambda: read_xlsx(b"not a file of this kind", (), known),
        lambda: read_geography(tmp_path / "rubbish.gpkg"),
    ):
        with pytest.raises(Unreadable):
            read()


def test_a_stray_quote_is_a_quote_and_an_open_one_is_found():
    sheet = read_csv('学生编号,姓名\n1,5" 管\n2,b\n'.encode(), known)
    assert texts_of(sheet) == [["1", '5" 管'], ["2", "b"]]
    with pytest.raises(Unreadable) as refused:
        read_csv('学生编号,姓名\n1,a\n2,"b\n3,c\n4,d\n'.encode(), known)
    assert (refused.value.code, refused.value.row) == ("open_quote", 3)


def test_blank_rows_are_left_out_and_rows_keep_their_numbers():
    sheet = read_csv("学生编号,姓名\n\n1,a\n,\n2,b\n\n".encode(), known)
    assert texts_of(sheet) == [["1", "a"], ["2", "b"]]
    assert sheet.rows.tolist() == [3, 5]


def test_a_title_above_the_headings_is_skipped():
    sheet = read_csv("梅江区2025年学生名册,\n,\n学生编号,姓名\n1,a\n".encode("gb18030"), known)
    assert sheet.headings == HEADING and sheet.rows.tolist() == [4] and sheet.heading_row == 3


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(separator):
    sheet = read_csv(f"学生编号{separator}姓名\n1{separator}a\n".encode(), known)
    assert texts_of(sheet) == [["1", "a"]]


def test_a_row_with_too_few_or_too_many_cells_is_torn():
    sheet = read_csv("学生编号,姓名\n1,a\n2\n3,c,d\n4,d,\n".encode(), known)
    assert sheet.torn == ((3, 1), (4, 3))
    assert texts_of(sheet) == [["1", "a"], ["4", "d"]]


def test_blocks_of_bytes_do_not_tear_rows():
    rows = [[f"{i:07d}", 'a "quoted"\nname, long' * 3] for i in range(100_000)]
    sheet = read_csv(csv_text([HEADING, *rows]).encode(), known)
    assert len(sheet.rows) == 100_000 and sheet.torn == ()
    assert sheet.columns[1].unique().to_pylist() == [rows[0][1]]


# Cells -------------------------------------------------------------------------------------------------

EPOCH = datetime.date(1970, 1, 1)


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2026, 12, 31)))
def test_every_way_to_write_a_date(date):
    y, m, d = date.year, date.month, date.day
    ways = [
        f"{y}-{m:02d}-{d:02d}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}{m:02d}{d:02d}", f"{y}年{m}月{d}日",
        f"{y}-{m:02d}-{d:02d} 00:00:00", f"{y}-{m:02d}-{d:02d}T08:00",
        str((date - datetime.date(1899, 12, 30)).days),
    ]  # fmt: skip
    for way in ways:
        assert cells.days(way, 1900, 2100) == (date - EPOCH).days, way


@pytest.mark.parametrize(
    "text", ["2019-02-30", "8/31/2020", "2020年8月", "2020-8/31", "昨天", "20201301", "2020", "99999", "1234"]
)
def test_what_is_no_date(text):
    with pytest.raises(BadCell) as refused:
        cells.days(text, 1900, 2100)
    assert refused.value.code == "bad_date"


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("12.0", 12), ("1,200", 1200), ("１２", 12), ("1e2", 100), ("+3", 3)]
)
def test_whole_numbers(text, value):
    assert cells.integer(text, 0, 10_000) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [("12.5", "not_integer"), ("两", "not_integer"), ("-1", "negative"), ("10001", "out_of_bounds"),
     ("nan", "not_integer"), ("inf", "not_integer"), ("1_0", "not_integer"), ("1,20", "not_integer"),
     ("0x1", "not_integer"), ("1e999", "out_of_bounds")],
)  # fmt: skip
def test_what_is_no_whole_number(text, code):
    with pytest.raises(BadCell) as refused:
        cells.integer(text, 0, 10_000)
    assert refused.value.code == code


@given(st.decimals(min_value=0, max_value=10_000, places=2))
def test_hundredths_are_exact(value):
    assert cells.hundredths(str(value), 0, 10_000) == int(value * 100)


@given(st.text(max_size=12))
def test_no_cell_raises_anything_else(text):
    for read in (
        lambda: cells.integer(text, 0, 10),
        lambda: cells.hundredths(text, 0, 10),
        lambda: cells.days(text, 1900, 2100),
        lambda: cells.yes_no(text),
    ):
        try:
            read()
        except BadCell as refused:
            assert refused.code


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+86 753", "-1+2", "=", '=HYPERLINK("x")'])
def test_formulas(text):
    assert cells.is_formula(text)


@pytest.mark.parametrize("text", ["", "-", "--", "——", "1-2", "某某", "a=b", "+"])
def test_no_formulas(text):
    assert not cells.is_formula(text)


# Headings ----------------------------------------------------------------------------------------------


def test_headings_of_a_table_are_told_apart():
    for name, columns in TABLES.items():
        owners: dict[str, str] = {}
        for column in columns:
            for heading in (column.name, *column.headings):
                assert owners.setdefault(normal(heading), column.name) == column.name, (name, heading)


def test_no_heading_of_the_dictionary_is_forbidden():
    for name, columns in TABLES.items():
        for column in columns:
            for heading in (column.name, *column.headings):
                assert forbidden_kind(heading, name) == "", (name, heading)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("期末考试成绩", "scores"), ("Test", "scores"), ("testScores", "scores"), ("exam_result", "scores"),
     ("班级排名", "scores"), ("父亲职务", "parents_job"), ("parents' job", "parents_job"),
     ("Mother's Employer", "parents_employer"), ("家庭年收入（万元）", "parents_income"),
     ("income", "parents_income"),
     ("是否上过幼儿园", "preschool"), ("独生子女证号", "birth_permit"), ("纳税额", "amounts"),
     ("居住证发证单位", ""), ("成績", "scores"),
     ("latest_address", ""), ("积分", ""), ("积分分数", ""), ("社保缴纳月数", ""), ("insurance_months", ""),
     ("积分排名", "scores"), ("contest", "")],
)  # fmt: skip
def test_forbidden_words(heading, kind):
    assert forbidden_kind(heading, "students") == kind


def test_a_schools_sheet_may_name_who_runs_it():
    assert forbidden_kind("主办单位", "schools") == ""
    assert forbidden_kind("中考平均成绩", "schools") == "scores"


@pytest.mark.parametrize(
    "heading",
    [
        "重点校",
        "是否重点学校",
        "重点班人数",
        "实验班",
        "快慢班",
        "特长生",
        "升学指标（人）",
        "key_class",
        "Key Schools",
    ],
)
@pytest.mark.parametrize("table", ["schools", "students", "blocks"])
def test_key_schools_and_classes_are_refused_in_every_table(heading, table):
    """R31; but a school named 实验学校 is a value, and experiments are no key class."""
    assert forbidden_kind(heading, table) == "key_schools"
    assert forbidden_kind("实验室间数", table) == forbidden_kind("key", table) == ""


def test_forbidden_columns_never_reach_a_noun(tmp_path):
    students = rows_of("students")
    students[0] += ["父亲职务", "期末成绩"]
    for row in students[1:]:
        row += ["SECRETJOB", "SECRETSCORE"]
    folder = sound_copy(tmp_path / "secret", students=students)
    assert {f.code for f in load.check(folder)[0]} == {"forbidden_parents_job", "forbidden_scores"}
    scenario = load.scenario(folder, drop_forbidden=True)
    assert {f.code for f in scenario.warnings} >= {"dropped_parents_job", "dropped_scores"}
    held = [*vars(scenario.students).values(), *scenario.students.flags.values(), scenario.student_names]
    for column in held:
        if isinstance(column, np.ndarray):
            assert not any("SECRET" in str(value) for value in column.tolist())


# A bureau's own files ----------------------------------------------------------------------------------


def same(one, other) -> None:
    for name in ("schools", "blocks", "students"):
        for key, value in vars(getattr(one, name)).items():
            if isinstance(value, np.ndarray):
                np.testing.assert_array_equal(
                    value, getattr(getattr(other, name), key), err_msg=f"{name}.{key}"
                )
    for key, value in one.students.flags.items():
        np.testing.assert_array_equal(value, other.students.flags[key])
    assert one.counties == other.counties and one.towns == other.towns


SHEETS = {
    "schools": "学校", "blocks": "小区", "zones": "学区", "feeders": "对口", "students": "学生",
    "applications": "志愿", "settled": "已定",
}  # fmt: skip


def test_one_workbook_with_a_sheet_per_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["这不是一张表"])
    for table, sheet in SHEETS.items():
        page = book.create_sheet(sheet)
        for row in [["某县义务教育招生"], [], *rows_of(table)]:
            page.append(row)
    lines = "\n".join(f'{table} = "招生.xlsx"' for table in SHEETS)
    folder = sound_copy(tmp_path / "book", f"[tables]\n{lines}\n", **dict.fromkeys(SHEETS))
    book.save(folder / "招生.xlsx")
    scenario = load.scenario(folder)
    same(scenario, load.scenario(SOUND))
    assert list(scenario.sources) == ["scenario.toml", "招生.xlsx"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_bureau_headings_in_either_encoding(tmp_path, encoding):
    folder = sound_copy(tmp_path / "bureau")
    for path in folder.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8"), encoding=encoding, newline="")
    same(load.scenario(folder), load.scenario(SOUND))


def test_parquet_tables(tmp_path):
    folder = sound_copy(tmp_path / "parquet", schools=None, students=None)
    for table in ("schools", "students"):
        heading, *rows = rows_of(table)
        columns = {name: [row[place] for row in rows] for place, name in enumerate(heading)}
        pq.write_table(pa.table(columns), folder / f"{table}.parquet")
    same(load.scenario(folder), load.scenario(SOUND))


def test_headings_may_be_typed_carelessly(tmp_path):
    students = rows_of("students")
    students[0] = [f" {heading} ＊".replace("学段", "学 段") for heading in students[0]]
    schools = rows_of("schools")
    schools[0] = [heading.replace("县区", "县(市、区)") for heading in schools[0]]
    same(
        load.scenario(sound_copy(tmp_path / "careless", students=students, schools=schools)),
        load.scenario(SOUND),
    )


def test_english_headings(tmp_path):
    tables = {}
    for table, columns in TABLES.items():
        if (SOUND / f"{table}.csv").exists():
            rows = rows_of(table)
            names = {heading: column.name for column in columns for heading in column.headings}
            rows[0] = [names[heading] for heading in rows[0]]
            tables[table] = rows
    same(load.scenario(sound_copy(tmp_path / "english", **tables)), load.scenario(SOUND))


def test_unknown_headings_are_left_out_with_a_suggestion(tmp_path):
    students = rows_of("students")
    students[0] += ["出生日", "备注"]
    for row in students[1:]:
        row += ["2019-01-01", "x"]
    scenario = load.scenario(sound_copy(tmp_path / "notes", students=students))
    found = {f.column: f.details["suggestion"] for f in scenario.warnings if f.code == "unknown_heading"}
    assert found["出生日"] == "出生日期" and set(found) == {"出生日", "备注"}


def test_two_headings_of_one_meaning_take_the_better(tmp_path):
    students = rows_of("students")
    students[0] += ["住址"]
    for row in students[1:]:
        row += ["B05"]
    scenario = load.scenario(sound_copy(tmp_path / "two", students=students))
    assert [f.details["kept"] for f in scenario.warnings if f.code == "heading_beside"] == ["居住小区代码"]
    np.testing.assert_array_equal(scenario.students.block, load.scenario(SOUND).students.block)
