"""An explanation of one child as lines of text: for the family; what is for staff comes from its own file."""

from __future__ import annotations

from simulator.explain.facts import Step, StudentExplained, Tried
from simulator.explain.rounds import BY_COST
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Means,
    Reason,
    Round,
    Scenario,
    SeatKind,
    Stage,
    Standing,
    Status,
)
from simulator.model.features import RANKED, has_cut_offs
from simulator.model.ranked_by import deciding_columns
from simulator.report.explained_staff import change_lines, price_lines
from simulator.report.telling import Telling, simulation_line
from simulator.report.words import Words

INDENT = "   "
BY_RANK = (*RANKED, "top_trading_cycles")


def student_lines(explained: StudentExplained, words: Words, scenario: Scenario, most: int = 0) -> list[str]:
    """Why a child is where it is, line by line.

    Prices and what would have changed it are in it only if ``explained`` was made for staff.

    Args:
        most: plays that were allowed, named where the limit was reached.
    """
    tell = Telling(words, scenario)
    stage = words.text(f"stage_{Stage(explained.stage).name.lower()}")
    lines = [
        words.text(
            "explain_child", student=explained.student, stage=stage, block=tell.block(explained.block)
        ),
        words.text("explain_where", place=place(tell, explained)),
        simulation_line(words, scenario),
        *([words.text("explain_staff_only")] if explained.staff else []),
        "",
    ]
    if not explained.steps:
        return [*lines, words.text("explain_no_rounds")]
    lines.append(words.text("explain_rounds"))
    last = max((number for number, step in enumerate(explained.steps) if not is_over(step)), default=-1)
    for step in explained.steps[: last + 1]:
        lines += step_lines(tell, explained, step, step.round + 1)
    if last + 1 < len(explained.steps):
        lines.append(words.text("explain_rounds_after", number=explained.steps[last + 1].round + 1))
    if explained.changes is not None:
        lines += ["", *change_lines(tell, explained, most)]
    return lines


def is_over(step: Step) -> bool:
    """Whether a round had no more to do with the child, which had a place by then."""
    return not step.entered and any(hindrance.code == "placed" for hindrance in step.hindrances)


def place(tell: Telling, explained: StudentExplained) -> str:
    """Where the child is, in one sentence."""
    words, outcome = tell.words, explained.outcome
    status = tell.coded("status", Status(outcome.status))
    if outcome.school == UNPLACED:
        return words.text(
            "explain_no_place", status=status, reason=tell.coded("reason", Reason(outcome.reason))
        )
    parts = [words.text("explain_at_school", status=status, school=tell.school(outcome.school))]
    if outcome.round != UNPLACED:
        if outcome.status != Status.TAUGHT_AT_HOME:
            parts.append(words.text("explain_by_round", round=tell.round(outcome.round)))
    else:
        parts.append(words.text("explain_by_settled"))
        if explained.settled:
            parts.append(words.text("explain_settled_reason", reason=explained.settled))
    if outcome.kind not in (UNPLACED, SeatKind.GENERAL):
        parts.append(words.text("explain_kind_of_seat", kind=tell.coded("seats", SeatKind(outcome.kind))))
    if outcome.metres != NO_METRES:
        means = tell.coded("means", Means(explained.means))
        parts.append(words.text("explain_distance", metres=words.metres(outcome.metres), means=means))
    if explained.over:
        parts.append(words.text("explain_over"))
    return tell.joined(parts)


def step_lines(tell: Telling, explained: StudentExplained, step: Step, number: int) -> list[str]:
    """One round."""
    words, entry, title = tell.words, tell.entry(step.round), tell.round(step.round)
    if not step.entered:
        why = words.text("rule_join").join(reasons(tell, explained, step))
        return [words.text("explain_round_out", number=number, round=title, why=why)]
    if step.result == "no_school" and not step.private_left_out:
        lines = [words.text("explain_round_nowhere", number=number, round=title)]
    elif step.tier == UNPLACED:
        lines = [words.text("explain_round_in", number=number, round=title)]
    else:
        tier = tell.tier(entry, step.tier)
        lines = [words.text("explain_round_in_tier", number=number, round=title, tier=tier)]
    body = []
    if step.standing in (Standing.BEHIND, Standing.BEHIND_IN_TIER) and entry.mechanism in BY_RANK:
        in_tier = step.standing == Standing.BEHIND_IN_TIER and "tier" in deciding_columns(entry)
        body.append(words.text("explain_stands_behind_in_tier" if in_tier else "explain_stands_behind"))
    if step.private_left_out:
        only = "explain_only_private" if step.result == "no_school" else "explain_private"
        body.append(words.text(f"{only}_left_out", column=words.column("private_declined")))
    if step.result == "registered":
        body.append(words.text("explain_registered", school=tell.school(step.school)))
    elif step.result != "no_school":
        body += met_lines(tell, explained, entry, step)
    if step.result == "refused":
        body.append(words.text(f"explain_refused_{step.keeps or 'last'}"))
    elif step.result == "absent":
        left = "last" if step.before == UNPLACED else "kept"
        body.append(words.text(f"explain_absent_{step.keeps or left}"))
    elif step.result == "stayed":
        body.append(words.text("explain_stayed"))
    if explained.staff and step.unplaced is not None:
        body += price_lines(tell, entry, step)
    body += basis(tell, entry, step, staff=explained.staff)
    return lines + [INDENT + line for line in body]


def reasons(tell: Telling, explained: StudentExplained, step: Step) -> list[str]:
    """Why a round did not let the child in; of the stage or a place had before nothing more need be said."""
    words = tell.words
    found = {hindrance.code: hindrance for hindrance in step.hindrances}
    for code in ("stage", "placed"):
        if code in found:
            found = {code: found[code]}
    said = []
    for code, hindrance in found.items():
        stage = words.text(f"stage_{Stage(explained.stage).name.lower()}")
        if code == "stage":
            said.append(words.text("explain_why_stage", stage=stage))
        elif code in ("who", "needs", "exclude"):
            named = [name for name in hindrance.columns if code != "exclude" or name != "home_locked"]
            if len(named) < len(hindrance.columns):
                said.append(words.text("explain_why_locked"))
            if named:
                columns = tell.columns(named, "or_also" if code == "who" else "and_also")
                said.append(words.text(f"explain_why_{code}", columns=columns))
        else:
            said.append(words.text(f"explain_why_{code}"))
    return said


def met_lines(tell: Telling, explained: StudentExplained, entry: Round, step: Step) -> list[str]:
    """How the round seats children, the child's draw, and the schools one by one."""
    words = tell.words
    coordinated = entry.mechanism in BY_COST
    body = []
    if has_cut_offs(entry) and entry.mechanism != "lottery":
        rank = list(entry.rank[: entry.rank.index("draw") + 1] if "draw" in entry.rank else entry.rank)
        body.append(words.text("explain_ranked_by", columns=tell.rank(entry, rank or ["draw"])))
    elif not has_cut_offs(entry) and f"explain_aim_{entry.mechanism}" in AIMS:
        ordered = "_ordered" if step.distances == "unknown" else ""
        body.append(words.text(f"explain_aim_{entry.mechanism}{ordered}"))
        if step.distances == "partly":
            body.append(words.text("explain_aim_partly"))
        if step.far_first:
            body.append(words.text("explain_aim_far_first"))
        if entry.bends_metres and step.distances != "unknown":
            body.append(words.text("explain_aim_bent", curve=words.cost_curve(entry)))
    if entry.reserve_percent:
        favoured = tell.columns(entry.reserve_for, "or_also")
        by = tell.rank(entry, entry.rank or ["draw"])
        percent = entry.reserve_percent
        body.append(words.text("explain_reserve", percent=percent, columns=favoured, rank=by))
    if step.twin_list:
        body.append(words.text("explain_twin_list"))
    body += draw_lines(tell, entry, step)
    ways = [tried.metres for tried in step.tried]
    if coordinated and len(ways) > 1 and NO_METRES not in ways and ways == sorted(ways):
        body.append(words.text("explain_nearest_first"))
    for tried in step.tried:
        body += tried_lines(tell, explained, entry, step, tried)
    if step.more:
        body.append(words.text("explain_more_schools", n=step.more))
    return body


AIMS = frozenset(f"explain_aim_{name}" for name in (*BY_COST, "serial_dictatorship", "top_trading_cycles"))


def draw_lines(tell: Telling, entry: Round, step: Step) -> list[str]:
    """The child in the draw, where the draw decided something of its own."""
    words, drawn = tell.words, step.drawing
    decided = any(tried.decided_by == "draw" or is_last(tried) for tried in step.tried)
    matters = entry.mechanism in ("lottery", "serial_dictatorship", "by_order") or decided
    if drawn is None or not matters:
        return []
    if not drawn.common:
        return [words.text("explain_drawn_per_school")]
    rounds = tell.scenario.policy.rounds
    named = {known.name: words.round_title(known) for known in rounds}
    name = named.get(drawn.name, drawn.name)  # a draw may be another round's, by its name
    first = next(known.name for known in rounds if (known.draw or known.name) == drawn.name)
    values = {"draw": name, "place": drawn.place + 1, "roster": drawn.roster}
    lines = [words.text("explain_draw_shared", draw=name)] if first != entry.name else []
    if drawn.official and drawn.given == UNPLACED:
        return [*lines, words.text("explain_drawn_behind", **values)]
    if drawn.official:
        told = "" if drawn.given == drawn.place + 1 else "_among"
        return [*lines, words.text(f"explain_drawn_official{told}", official=drawn.given, **values)]
    return [*lines, words.text("explain_drawn", number=str(drawn.number), **values)]


def is_last(tried: Tried) -> bool:
    """Whether the child stands at the cut-off itself, and may be told so."""
    return tried.at_cut_off and tried.outcome in ("admitted", "admitted_later") and not tried.withheld


def tried_lines(
    tell: Telling, explained: StudentExplained, entry: Round, step: Step, tried: Tried
) -> list[str]:
    """One school: what became of it, its seats, and the child beside the last one admitted."""
    words = tell.words
    school = tell.school(tried.school, tried.kind)
    code = f"explain_outcome_{tried.outcome}"
    if entry.mechanism in BY_COST and tried.outcome == "full":
        code = "explain_outcome_full_nearer"
    if entry.reserve_percent and tried.outcome == "full":
        code = "explain_outcome_behind"
    if tried.outcome == "admitted_later" and step.freed_by == step.round:
        code = "explain_outcome_admitted_next"
    freed = "" if step.freed_by == UNPLACED else tell.round(step.freed_by)
    outcome = words.text(code, round=freed, columns=tell.columns(step.absences, "and_also"))
    if tried.metres == NO_METRES:
        head = words.text("explain_tried_unknown", school=school, outcome=outcome)
    else:
        metres = words.metres(tried.metres)
        head = words.text("explain_tried", school=school, metres=metres, outcome=outcome)
    if entry.mechanism in BY_COST or tried.outcome == "no_seats":
        return [head]
    counts = {"seats": tried.seats, "applicants": tried.applicants, "taken": tried.taken}
    about = [words.text("explain_counts", **counts)]
    if tried.beyond:
        about.append(words.text("explain_beyond", n=tried.beyond))
    if entry.mechanism == "lottery" and tried.choice == 1 and tried.first_choice:
        odds = words.percent(min(tried.seats, tried.first_choice), tried.first_choice)
        about.append(words.text("explain_odds", first=tried.first_choice, seats=tried.seats, odds=odds))
    if not tried.contested:
        about.append(words.text("explain_uncontested"))
    lines = [("" if words.language == "zh" else " ").join(about), *beside(tell, explained, entry, tried)]
    if tried.last_year:
        last = tell.values(entry, tried.last_year, "last", until="draw")
        lines.append(words.text("explain_last_year", values=last))
    return [head, *(f"  {line}" for line in lines)]


def beside(tell: Telling, explained: StudentExplained, entry: Round, tried: Tried) -> list[str]:
    """The child beside the last one admitted: both values, and who stands first by what."""
    words = tell.words
    if not tried.compared or tried.outcome in ("left", "absent"):
        return []
    admitted = tried.outcome in ("admitted", "admitted_later")
    if not tried.taken:
        return [words.text("explain_nobody_in")]
    until = "draw" if explained.staff else tried.decided_by or ("draw" if is_last(tried) else "")
    own = words.text("explain_own", values=tell.values(entry, tried.compared, "child", until))
    if tried.withheld:
        return [words.text("explain_last_withheld"), own]
    last = words.text("explain_last", values=tell.values(entry, tried.compared, "last", until))
    if is_last(tried):
        return [last, words.text("explain_is_last")]
    if admitted and tried.decided_by:
        verdict = words.text("explain_ahead", column=tell.column(tried.decided_by, entry))
    elif tried.outcome == "behind" and tried.decided_by:
        verdict = words.text("explain_behind", column=tell.column(tried.decided_by, entry))
    elif tried.outcome == "behind":
        verdict = words.text("explain_behind_somehow")
    else:
        return [last, own]
    return [last, f"{own}{'' if words.language == 'zh' else ' '}{verdict}"]


def basis(tell: Telling, entry: Round, step: Step, *, staff: bool) -> list[str]:
    """Document and rules of a round; that there is no document is told to staff."""
    words = tell.words
    document = words.document(entry)
    parts = [document] if document else []
    if staff and not document:
        parts.append(words.text("explain_basis_none"))
    parts += [
        words.text("explain_basis_rule", rule=rule, subject=words.text(f"explain_rule_{rule.lower()}"))
        for rule in step.rules
    ]
    return [words.text("explain_basis", basis=words.text("rule_join").join(parts))] if parts else []
