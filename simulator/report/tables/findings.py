"""Tables of findings: the indicators with their rule, and notices of exceptions and binding rules."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from simulator.messages import catalogue
from simulator.model import UNPLACED, Notice, Stage
from simulator.model.arrays import texts
from simulator.report.columns import Column, Table, coded, named
from simulator.report.view import View

STAGES = ("stage_both", "stage_primary", "stage_junior")
MET = ("target_missed", "target_met")
FAR = ("notice_far_primary", "notice_far_junior")
"""Notices that name one child as an exception; the others tell what binds."""


def indicators(view: View) -> Table:
    """One row per indicator, county and stage, in the order of the registry."""
    table = view.run.indicators
    units = sorted(set(table.unit.tolist()))
    stage = np.asarray(table.stage, dtype=np.int64)
    county = named("county", view.county_names, table.county)
    whole_city = view.words.text("whole_city")
    county_names = np.where(table.county == UNPLACED, whole_city, county.values)
    share = np.isin(table.unit, ("percent", "metres"))
    value = np.asarray(table.value, dtype=np.float64)
    gone = np.isnan(value)
    target = np.asarray(table.target, dtype=np.float64)
    met = np.asarray(table.met, dtype=np.int64)
    unit = np.searchsorted(units, table.unit.astype(str)) if len(units) else np.zeros(0, dtype=np.int64)
    return Table(
        "indicators",
        (
            Column("indicator", "message", table.code),
            Column("rule", "text", table.rule),
            Column("county", "text", county_names, readers="people"),
            Column("county", "text", county.values, known=county.known, readers="programs"),
            Column("stage", "choice", stage + 1, codes=STAGES, readers="people"),
            replace(coded("stage", Stage, "stage", stage), readers="programs"),
            Column("value", "number", np.nan_to_num(value), known=~gone, unavailable=gone),
            Column("unit", "choice", unit, codes=tuple(f"unit_{name}" for name in units)),
            Column("numerator", "count", table.numerator, known=share),
            Column("denominator", "count", table.denominator, known=share),
            Column("target", "number", np.nan_to_num(target), known=~np.isnan(target)),
            Column("met", "choice", met, known=met != UNPLACED, codes=MET),
        ),
    )  # fmt: skip


def notices(view: View) -> Table:
    """One row per notice, in the order they were raised."""
    listed = view.run.admission.notices
    students = np.array([public_student(view, notice) for notice in listed], dtype=np.int64)
    schools = np.array([notice.school for notice in listed], dtype=np.int64)
    details = [
        json.dumps(public_details(view, notice), ensure_ascii=False, sort_keys=True, default=int)
        for notice in listed
    ]
    return Table(
        "notices",
        (
            Column("notice", "text", texts([notice.code for notice in listed]), readers="programs"),
            Column("notice_text", "text", texts([notice_text(view, n) for n in listed]), readers="people"),
            named("student", view.run.students.id, students),
            named("school", view.run.scenario.schools.id, schools),
            Column("details", "text", texts(details), readers="programs"),
        ),
    )


def public_student(view: View, notice: Notice) -> int:
    """Row of the child a notice may name, ``UNPLACED`` if it names none or the child is protected."""
    if notice.student == UNPLACED or view.published.protected[notice.student]:
        return UNPLACED
    return notice.student


def public_details(view: View, notice: Notice) -> dict[str, object]:
    """The details of a notice, without those that name children where the child is protected."""
    names_nobody = notice.student == UNPLACED or public_student(view, notice) != UNPLACED
    return {k: v for k, v in notice.details.items() if names_nobody or k not in ("student", "students")}


def notice_text(view: View, notice: Notice) -> str:
    """A notice in words; a child is named by its id, a protected child not at all."""
    words = view.words
    details = public_details(view, notice)
    values: dict[str, object] = {
        "school": view.school_names[notice.school] if notice.school != UNPLACED else "",
        "student": words.text("told_to_family"),
        "students": words.text("told_to_family"),
        **details,
    }
    if public_student(view, notice) != UNPLACED:
        values["student"] = view.student_labels[notice.student]
    if "stage" in details:
        values["stage_text"] = words.text(f"stage_{Stage(int(str(details['stage']))).name.lower()}")
    if "round" in details:
        titles = {entry.name: words.round_title(entry) for entry in view.run.scenario.policy.rounds}
        values["round"] = titles.get(str(details["round"]), details["round"])
    if "share" in details:
        values |= share_values(view, notice)
    if notice.code in catalogue():
        try:
            return words.text(notice.code, **values)
        except KeyError:  # a field the notice does not carry: say what it does carry
            pass
    carried = ", ".join(
        f"{name} {words.value(value)}" for name, value in sorted(values.items()) if value != ""
    )
    return f"{notice.code}: {carried}"


def share_values(view: View, notice: Notice) -> dict[str, object]:
    """A share rule that was not reached in words: title, county, the largest share, and what stops it."""
    words, details = view.words, notice.details
    rule = next(rule for rule in view.run.scenario.policy.shares if rule.name == details["share"])
    pair = (rule.title, rule.title_en) if words.language == "zh" else (rule.title_en, rule.title)
    children = int(details["children"])
    full = [str(view.school_names[int(row)]) for row in str(details["full_schools"]).split()]
    stops = [words.text("share_stopped_full", schools=words.joined(full))] if full else []
    for reason in ("without_school", "elsewhere"):
        if int(details[reason]):
            stops.append(words.text(f"share_stopped_{reason}", n=int(details[reason])))
    return {
        "share": pair[0] or pair[1] or rule.name,
        "county": view.county_names[int(details["county"])],
        "largest": words.percent(int(details["reachable"]), children),
        "stops": words.text("share_stops_join").join(stops),
    }
