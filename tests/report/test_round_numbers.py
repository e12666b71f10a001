"""A round has one number, its place in the scenario, on the page and in an explanation."""

import re
from dataclasses import replace

from simulator import report
from simulator.report.sections.rounds import round_values
from simulator.report.view import View
from simulator.report.words import Words


def test_the_page_numbers_a_round_by_its_place_in_the_scenario(run, tmp_path):
    records = run.admission.rounds[1:]  # the first round met nobody and left no record
    later = replace(run, admission=replace(run.admission, rounds=records))
    page = (report.write(later, tmp_path / "run", language="en") / "report.html").read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r'<li data-number="(\d+)">', page)]
    assert numbers == [record.round + 1 for record in records]
    assert numbers[0] == 2
    view = View(later, Words("en", later.scenario.policy))
    assert round_values(view, records[0])["number"] == "2"
    assert "content: attr(data-number)" in page
