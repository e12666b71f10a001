"""``audit/``: every draw of the run, so that anyone can recompute any number without our code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from simulator.messages import Language, text
from simulator.model import UNPLACED, Draw
from simulator.model.arrays import Integers, Texts
from simulator.report.files import csv_safe, csv_safe_texts, write_text
from simulator.report.view import View

HEADINGS = ("student", "key", "number", "place")


def write_audit(view: View, folder: Path) -> None:
    """Write one CSV per draw, in the order of its places, and a README in both languages.

    A draw whose roster would by itself tell a protected category is named in the README and not listed.
    """
    folder.mkdir()
    draws = view.run.admission.draws
    listed = []
    for round_name in sorted(draws):
        draw = draws[round_name]
        roster = int(np.count_nonzero(draw.number != UNPLACED))
        if round_name in view.protected_rounds:
            listed.append((round_name, draw, roster, ""))
            continue
        name = f"{round_name}.csv"
        _write_draw(view, draw, folder / name)
        listed.append((round_name, draw, roster, name))
    readmes: tuple[tuple[Language, str], ...] = (("zh", "README.zh-CN.txt"), ("en", "README.txt"))
    for language, name in readmes:
        lines = [
            text(
                "audit_draw_listed" if file else "audit_draw_withheld",
                language,
                round=round_name,
                draw=draw.name,
                seed=draw.seed,
                children=roster,
                file=file,
            )
            for round_name, draw, roster, file in listed
        ]
        seed = view.run.scenario.policy.seed
        draws_text = "\n".join(lines) or text("audit_no_draw", language)
        write_text(folder / name, text("audit_readme", language, seed=str(seed), draws=draws_text))


def _write_draw(view: View, draw: Draw, path: Path) -> None:
    students = view.run.students
    rows = np.flatnonzero(draw.number != UNPLACED)
    rows = rows[np.lexsort((_text_rank(students.id[rows]), draw.number[rows]))]
    together = view.run.scenario.policy.twins.together
    keys = draw_keys(students.id[rows], students.twin_group[rows]) if together else students.id[rows]
    columns = [
        pa.array(csv_safe_texts(students.id[rows]), type=pa.string()),
        pa.array(csv_safe_texts(keys), type=pa.string()),
        pa.array(draw.number[rows].astype(np.int64)),
        pa.array(draw.order[rows].astype(np.int64) + 1),
    ]
    table = pa.table(columns, names=[csv_safe(heading) for heading in HEADINGS])
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        pyarrow.csv.write_csv(table, file, pyarrow.csv.WriteOptions(quoting_style="needed"))


def draw_keys(ids: Texts, twin_group: Integers) -> Texts:
    """The text each student is drawn by: its own id, or the smallest id among its twins on the roster."""
    keys = ids.copy()
    twins = np.flatnonzero(twin_group != UNPLACED)
    smallest: dict[int, str] = {}
    for row, label in zip(twins.tolist(), twin_group[twins].tolist(), strict=True):
        smallest[label] = min(smallest.get(label, ids[row]), ids[row])
    for row, label in zip(twins.tolist(), twin_group[twins].tolist(), strict=True):
        keys[row] = smallest[label]
    return keys


def _text_rank(ids: Texts) -> Integers:
    """Place of each id in code point order, so that equal numbers stand in the order of the draw."""
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.argsort(ids, kind="stable")] = np.arange(len(ids))
    return rank
