"""docs/explain.md shows what the command prints: every line of its examples, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from toy_folder import TOY

from simulator import explain, load
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.words import Words

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize(("page", "language"), [("explain.md", "en"), ("explain.zh-CN.md", "zh")])
def test_the_examples_are_what_is_printed(page, language):
    year = explain.play_year(load.scenario(TOY))
    words, row = Words(language, year.scenario.policy), explain.find_student(year, "P04")
    family = student_lines(explain.explain_student(year, row), words, year.scenario)
    staff = student_lines(explain.explain_student(year, row, staff=True), words, year.scenario)
    listed = school_lines(explain.explain_school(year, 0), words, year.scenario)
    shown = re.findall(r"```text\n(.*?)\n```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    printed = ["\n".join(lines) for lines in (family, staff, staff, listed)]
    assert len(shown) == 4
    for block, whole in zip(shown, printed, strict=True):
        assert block in whole
    assert shown[0] == printed[0] and shown[3] == printed[3]
