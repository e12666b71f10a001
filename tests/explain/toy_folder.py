"""The toy as a folder of its own, changed cell by cell, and run."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import simulator as sim
from simulator import explain, load

TOY = Path(__file__).resolve().parents[2] / "scenarios" / "toy"
COLUMNS = {"settled_on": "落户时间", "permit_on": "居住证签发日期"}


def copy_of_toy(folder: Path) -> Path:
    """A toy to be changed."""
    shutil.copytree(TOY, folder)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def set_cell(path: Path, key: str, wanted: str, column: str, value: str) -> None:
    """Change one cell of the rows whose ``key`` is ``wanted``."""
    rows = rows_of(path)
    for row in rows:
        if row[key] == wanted:
            row[column] = value
    write_rows(path, rows)


def run_folder(scenario: Path, folder: Path, **how) -> Path:
    """Run a scenario folder into a run folder."""
    run = sim.run(scenario, overrides=("one_more_class.replays=0", *how.pop("overrides", ())), **how)
    return sim.report.write(run, folder, language="zh", replace=True)


def year_of_folder(folder: Path, scenario: Path) -> explain.Year:
    """The year of a run folder."""
    return explain.play_year(load.run_folder(folder, scenario).scenario)


def place(run, student: str) -> tuple[str, str, str]:
    """Status, school and round of a child in a run."""
    row = run.students.id.tolist().index(student)
    answer, scenario = run.admission, run.scenario
    school = "" if answer.school[row] < 0 else str(scenario.schools.id[answer.school[row]])
    entry = "" if answer.round[row] < 0 else scenario.policy.rounds[answer.round[row]].name
    return sim.model.Status(answer.status[row]).name.lower(), school, entry
