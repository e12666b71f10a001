"""A report says which variant and which settings it shows; a plain run says nothing of it."""

from dataclasses import replace

import openpyxl
import pytest

from simulator import report
from simulator.report.departures import departures
from simulator.report.words import Words

CHANGES = ("seed=3", "class_size.primary=40", "title=<b>&", "seed=7")
SAID = {
    "en": "Variant: by_order · changed: class_size.primary=40, title=<b>& · seed 7",
    "zh": "变体：by_order · 改动：class_size.primary=40，title=<b>& · 种子 7",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_workbook_and_manifest_name_variant_changes_and_seed(run, tmp_path, language):
    scenario = replace(run.scenario, variant="by_order", changes=CHANGES)
    folder = report.write(replace(run, scenario=scenario), tmp_path / "run", language=language)
    page = (folder / "report.html").read_text(encoding="utf-8")
    said = SAID[language].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert page.count(said) == 2
    assert said in page[: page.index("</header>")]
    first = openpyxl.load_workbook(folder / "results.xlsx").worksheets[0]
    assert first.cell(5, 1).value == SAID[language]
    assert '"variant": "by_order"' in (folder / "manifest.json").read_text(encoding="utf-8")


def test_a_plain_run_keeps_its_look(run, pages, folders):
    assert departures(run.scenario, Words("en", run.scenario.policy)) == ""
    for key, page in pages.items():
        header = page[: page.index("</header>")]
        assert header.count('class="subtitle"') == 1, key
    first = openpyxl.load_workbook(folders["run", "en"] / "results.xlsx").worksheets[0]
    assert first.cell(5, 1).value is None


@pytest.mark.parametrize(
    ("variant", "changes", "said"),
    [
        ("", ("seed=9",), "Seed 9"),
        ("", ("travel.nearest=2",), "Changed: travel.nearest=2"),
        ("by_order", (), "Variant: by_order"),
    ],
)
def test_only_what_applies_is_said(run, variant, changes, said):
    scenario = replace(run.scenario, variant=variant, changes=changes)
    assert departures(scenario, Words("en", scenario.policy)) == said
