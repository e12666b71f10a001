"""``audit/``: every draw of the run as a bundle that ``lottery/verify.py`` checks without our code."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from simulator.lottery import bundle
from simulator.messages import Language, text
from simulator.model import UNPLACED, Draw
from simulator.model.arrays import read_only
from simulator.report.files import write_text
from simulator.report.view import View


def write_audit(view: View, folder: Path) -> None:
    """Write the bundle of every draw, labelled a simulation, and a README in both languages.

    A draw whose roster would by itself tell a protected category is named in the README and not listed; so is
    an official one, whose own bundle proves it.
    """
    folder.mkdir()
    draws = view.run.admission.draws
    listed = []
    for round_name in sorted(draws):
        draw = draws[round_name]
        roster = np.flatnonzero(draw.number != UNPLACED)
        said = "audit_draw_given" if draw.method == "given" else "audit_draw_listed"
        if round_name in view.protected_rounds:
            said = "audit_draw_withheld"
        if said == "audit_draw_listed":
            _write_draw(view, draw, folder, round_name)
        listed.append((round_name, draw, len(roster), said))
    readmes: tuple[tuple[Language, str], ...] = (("zh", "README.zh-CN.txt"), ("en", "README.txt"))
    for language, name in readmes:
        lines = [
            text(
                said,
                language,
                round=round_name,
                draw=draw.name,
                seed=draw.seed,
                children=roster_size,
                file=f"{round_name}.result.txt",
                method=text(f"draw_method_{draw.method}", language),
            )
            for round_name, draw, roster_size, said in listed
        ]
        lines += [
            text("audit_own_draws", language, round=entry.name, draw=entry.draw or entry.name)
            for entry in view.run.scenario.policy.rounds
            if entry.tie_break == "per_school" and entry.name in draws
        ]
        seed = view.run.scenario.policy.seed
        draws_text = "\n".join(lines) or text("audit_no_draw", language)
        write_text(folder / name, text("audit_readme", language, seed=str(seed), draws=draws_text))


def _write_draw(view: View, draw: Draw, folder: Path, stem: str) -> None:
    """Roster, commitment and result of one draw; a receipt is the student's id."""
    students = view.run.students
    rows = np.flatnonzero(draw.number != UNPLACED)
    rows = rows[np.argsort(students.id[rows], kind="stable")]
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
    drawn = Draw(
        draw.name, draw.seed, draw.number[rows], draw.order[rows], draw.method, draw.plan, draw.values
    )
    frozen = bundle.roster_bytes(roster)
    (folder / f"{stem}.roster.txt").write_bytes(frozen)
    (folder / f"{stem}.commitment.txt").write_bytes(bundle.commitment_bytes(stem, frozen))
    (folder / f"{stem}.result.txt").write_bytes(bundle.result_bytes(roster, bundle.NONE, drawn))
