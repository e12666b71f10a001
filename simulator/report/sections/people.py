"""Section 9: the children without a place by reason, those to be verified, and the named exceptions."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import UNPLACED, Reason, Stage, Status
from simulator.report.tables.findings import FAR, notice_text, public_student
from simulator.report.view import View

MOST_LISTED = 300
"""Children of one group printed on the page; ``results.xlsx`` has them all."""


def context(view: View) -> dict[str, Any]:
    """Lists of children by status and reason, and exceptions farthest first."""
    shown = view.run.admission
    groups = []
    for status in (Status.UNPLACED, Status.TO_BE_VERIFIED):
        of_status = shown.status == status
        for reason in np.unique(shown.reason[of_status]).tolist():
            groups.append(
                group(view, status, Reason(reason), np.flatnonzero(of_status & (shown.reason == reason)))
            )
    far = [notice for notice in view.run.admission.notices if notice.code in FAR]
    far.sort(key=lambda notice: -int(notice.details.get("metres", 0)))
    named = [notice for notice in far if public_student(view, notice) != UNPLACED]
    return {
        "groups": groups,
        "exceptions": [notice_text(view, notice) for notice in named[:MOST_LISTED]],
        "exceptions_count": len(far),
        "exceptions_more": max(len(named) - MOST_LISTED, 0),
        "exceptions_withheld": len(far) - len(named),
        "with_names": view.student_names is not None,
    }


def group(view: View, status: Status, reason: Reason, rows: Any) -> dict[str, Any]:
    """One group of children, by id."""
    students, words = view.run.students, view.words
    listed = sorted(rows.tolist(), key=lambda row: (int(students.stage[row]), students.id[row]))
    county, block = view.facts.child_county, students.block
    return {
        "status": words.text(f"status_{status.name.lower()}"),
        "reason": words.text(f"reason_{reason.name.lower()}"),
        "tone": "bad" if status == Status.UNPLACED else "warn",
        "count": len(rows),
        "more": max(len(rows) - MOST_LISTED, 0),
        "children": [
            {
                "student": str(view.student_labels[row]),
                "stage": words.text(f"stage_{Stage(int(students.stage[row])).name.lower()}"),
                "county": str(view.county_names[county[row]]),
                "block": str(view.block_names[block[row]]) if block[row] != UNPLACED else "",
            }
            for row in listed[:MOST_LISTED]
        ],
    }
