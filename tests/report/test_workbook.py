"""results.xlsx: read back with another library; no formula, no link, the headings of the language."""

import openpyxl
import pytest

from simulator import report
from simulator.report import workbook
from simulator.report.privacy import published


@pytest.fixture(scope="module")
def books(folders):
    return {key: openpyxl.load_workbook(folder / "results.xlsx") for key, folder in folders.items()}


def test_chinese_sheets_and_headings(books):
    book = books["run", "zh"]
    assert book.sheetnames == [
        "概况",
        "学校",
        "批次与末位",
        "学区预警",
        "建议",
        "学位价格（内部）",
        "增加一个班",
        "例外与提示",
        "未安排与待核",
        "指标",
        "学生",
    ]
    headings = [cell.value for cell in book["学校"][1]]
    assert headings[:8] == ["学校代码", "学校", "县（市、区）", "学段", "办学类型", "举办者", "学位", "招生"]
    assert books["run", "en"].sheetnames[1] == "schools"


def test_no_cell_is_a_formula_or_a_link(books):
    formulas = 0
    for sheet in books["hostile", "zh"].worksheets:
        assert not sheet._hyperlinks
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
                formulas += isinstance(cell.value, str) and cell.value.startswith("=")
    assert formulas > 100  # the hostile names did arrive, as text


def test_every_child_fit_for_a_list_is_a_row(run, books):
    sheet = books["run", "zh"]["学生"]
    ids = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert ids == run.students.id[published(run).listed].tolist()


def test_the_sheet_of_students_only_on_request(run, tmp_path):
    folder = report.write(run, tmp_path / "a", language="zh")
    assert "学生" not in openpyxl.load_workbook(folder / "results.xlsx").sheetnames


def test_numbers_are_numbers(run, books):
    sheet = books["run", "zh"]["学校"]
    first = [cell.value for cell in sheet[2]]
    assert isinstance(first[6], int) and isinstance(first[7], int)
    loads = sum(row[7].value for row in sheet.iter_rows(min_row=2))
    assert loads == int((run.admission.kind >= 0).sum())


def test_created_is_fixed(books):
    assert books["run", "zh"].properties.created.isoformat() == "2026-01-01T00:00:00"


def test_a_long_table_goes_on_over_sheets(run, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 250)
    folder = report.write(run, tmp_path / "a", language="zh", student_sheet=True)
    book = openpyxl.load_workbook(folder / "results.xlsx")
    assert book.sheetnames[-3:] == ["学生", "学生 2", "学生 3"]
    ids = [r[0].value for name in book.sheetnames[-3:] for r in book[name].iter_rows(min_row=2)]
    assert ids == run.students.id[published(run).listed].tolist()


def test_csv_opens_in_excel_and_runs_nothing(folders):
    text = (folders["hostile", "zh"] / "indicators.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    lines = text.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("指标,规则,县（市、区）")
    assert any("'=1+1梅江区" in line for line in lines)
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line.split(","))
