"""``audit/``: every draw of the run as a bundle that ``lottery/verify.py`` checks without our code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from simulator.lottery import bundle
from simulator.messages import Language, text
from simulator.model import UNPLACED, Draw, Round, SchoolDraw, SchoolKind
from simulator.model.arrays import Integers, read_only
from simulator.report.files import write_text
from simulator.report.view import View

READMES: tuple[tuple[Language, str], ...] = (("zh", "README.zh-CN.txt"), ("en", "README.txt"))


def write_audit(view: View, folder: Path) -> None:
    """Write the bundle of every draw, labelled a simulation, and a README in both languages.

    Where every school draws for itself, each of their draws is such a bundle too. A draw whose roster would
    by itself tell a protected category is named in the README and not listed; so is an official one, whose
    own bundle proves it. Where no draw is listed the README says that there is nothing to verify here.
    """
    folder.mkdir()
    lines = {language: list[str]() for language, _ in READMES}
    rounds = {entry.name: entry for entry in view.run.scenario.policy.rounds}
    of_schools = view.run.admission.school_draws
    official = any(draw.method == "given" for draw in view.run.admission.draws.values())
    for round_name, draw in sorted(view.run.admission.draws.items()):
        roster = np.flatnonzero(draw.number != UNPLACED)
        said = "audit_draw_given" if draw.method == "given" else "audit_draw_listed"
        if round_name in view.protected_rounds:
            said = "audit_draw_withheld"
        if said == "audit_draw_listed":
            drawn = replace(draw, number=draw.number[roster], order=draw.order[roster])
            _write_draw(view, drawn, roster, folder, round_name)
        for language, told in lines.items():
            values = {"round": round_name, "children": len(roster), "file": f"{round_name}.result.txt"}
            values |= _facts(draw, language)
            told.append(text(said, language, **values))
            if said == "audit_draw_given" and draw.values["behind"]:
                told.append(text("audit_draw_given_behind", language, **values, **draw.values))
        if of_schools.get(round_name):
            _write_school_draws(view, rounds[round_name], of_schools[round_name], folder, lines)
    listed = any(folder.iterdir())
    seed = str(view.run.scenario.policy.seed)
    for language, name in READMES:
        draws_text = "\n".join(lines[language]) or text("audit_no_draw", language)
        if not listed:
            elsewhere = text("audit_official_elsewhere", language) if official else ""
            nothing = text("audit_readme_nothing", language, seed=seed, official=elsewhere, draws=draws_text)
            write_text(folder / name, nothing)
            continue
        opening = text("audit_opening_mixed" if official else "audit_opening_simulated", language, seed=seed)
        write_text(folder / name, text("audit_readme", language, opening=opening, draws=draws_text))


def _write_school_draws(
    view: View,
    entry: Round,
    drawn: tuple[SchoolDraw, ...],
    folder: Path,
    lines: dict[Language, list[str]],
) -> None:
    """The draws of the schools' own in one round; of a special school the roster alone would tell."""
    schools = view.run.scenario.schools
    withheld = entry.name in view.protected_rounds
    listed = [own for own in drawn if not withheld and schools.kind[own.school] != SchoolKind.SPECIAL]
    for own in listed:
        _write_draw(view, own.draw, own.student, folder, school_stem(view, entry, own))
    counts = (("audit_own_draws", len(listed)), ("audit_own_draws_withheld", len(drawn) - len(listed)))
    for language, told in lines.items():
        for said, count in counts:
            if count:
                facts = _facts(drawn[0].draw, language) | {"draw": entry.draw or entry.name}
                values = {"round": entry.name, "draws": count, "file": f"{entry.name}.*.result.txt"}
                told.append(text(said, language, **values, **facts))


def school_stem(view: View, entry: Round, own: SchoolDraw) -> str:
    """Name of the files of a school's draw: round, row of the school from 1, and its id where that is fit for
    a file name. The row tells apart ids that a file system takes for one, such as ``a1`` and ``A1``."""
    school_id = str(view.run.scenario.schools.id[own.school])
    stem = f"{entry.name}.{own.school + 1:04d}"
    return f"{stem}.{school_id}" if bundle.NAME.fullmatch(school_id) else stem


def _facts(draw: Draw, language: Language) -> dict[str, object]:
    method = text(f"draw_method_{draw.method}", language)
    nature = text("audit_official" if draw.method == "given" else "audit_simulated", language)
    return {"draw": draw.name, "seed": draw.seed, "method": method, "nature": nature}


def _write_draw(view: View, draw: Draw, rows: Integers, folder: Path, stem: str) -> None:
    """Roster, commitment and result of one draw over the students ``rows``; a receipt is the student's id."""
    students = view.run.students
    by_id = np.argsort(students.id[rows], kind="stable")
    rows = rows[by_id]
    together = view.run.scenario.policy.twins.together
    twins = students.twin_group[rows] if together else read_only(np.full(len(rows), UNPLACED, dtype=np.int32))
    roster = bundle.freeze(
        draw.name,
        students.id[rows],
        twins,
        kind="simulation",
        source=f"seed {draw.seed}",
        method=draw.method,
        plan=draw.plan,
    )
    drawn = replace(draw, number=draw.number[by_id], order=draw.order[by_id])
    frozen = bundle.roster_bytes(roster)
    (folder / f"{stem}.roster.txt").write_bytes(frozen)
    (folder / f"{stem}.commitment.txt").write_bytes(bundle.commitment_bytes(stem, frozen))
    (folder / f"{stem}.result.txt").write_bytes(bundle.result_bytes(roster, bundle.NONE, drawn))
