"""Section 6: what each round did, its cut-offs, and the odds of every private lottery."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import NO_DATE, UNPLACED, Ownership, Round, RoundRecord, SeatKind, Stage
from simulator.model.arrays import Integers
from simulator.model.features import RANKED, has_cut_offs
from simulator.model.policy import LEAST_COST
from simulator.report.last_year import cutoff_points, last_year, points_words
from simulator.report.privacy import is_protected, tells_category
from simulator.report.view import View
from simulator.report.words import Words


def context(view: View) -> dict[str, Any]:
    """Rounds in the order they were played."""
    records = view.run.admission.rounds
    return {"rounds": [round_values(view, record) for record in records], "odds": odds(view)}


def round_values(view: View, record: RoundRecord) -> dict[str, Any]:
    """One round: its rule in words, its counts, and the cut-offs where somebody was turned away."""
    entry, words = view.entry(record), view.words
    ranked = has_cut_offs(entry) and not is_protected(entry, view.protected_columns)
    rows = np.flatnonzero(record.lottery & ranked)
    columns = cutoff_columns(entry)
    points = cutoff_points(entry, record, view.run.students, view.protected_columns)[rows]
    before = last_year(view, record.round, record.school[rows], record.stage[rows])
    return {
        # Its place in the scenario, as `explain` counts: a round that met nobody has no record and no entry.
        "number": str(record.round + 1),
        "title": words.round_title(entry),
        "document": words.document(entry),
        "rule": rule(view, entry),
        "entered": words.number(record.entered),
        "applied": words.number(record.applied),
        "admitted": words.number(record.admitted),
        "lost": words.number(record.applied - record.admitted),
        "seats": words.number(seats_open(record)),
        "date_column": words.column(columns["date"]) if columns["date"] else "",
        "tier_column": columns["tier"],
        "draw_column": columns["draw"],
        "withheld": is_protected(entry, view.protected_columns),
        "points_column": "points" in entry.rank,
        "last_tier_column": columns["tier"] and bool(np.any(before.tier != UNPLACED)),
        "last_date_column": bool(columns["date"]) and bool(np.any(before.date != NO_DATE)),
        "last_points_column": "points" in entry.rank and bool(np.any(before.points != UNPLACED)),
        "cutoffs": [
            cutoff(view, record, entry, row)
            | {
                "points": points_words(int(points[at])),
                "last_tier": tier_words(words, entry, int(before.tier[at])),
                "last_date": date_words(words, int(before.date[at])),
                "last_points": points_words(int(before.points[at])),
            }
            for at, row in enumerate(rows.tolist())
        ],
    }


def seats_open(record: RoundRecord) -> int:
    """Seats open in all pools of the round; pools of one school that share room are counted as listed."""
    return int(record.seats.sum())


def cutoff_columns(entry: Round) -> dict[str, Any]:
    """Which parts of a cut-off mean anything in this round: those it ranks by."""
    date = next((name for name in entry.rank if name in ("settled_on", "permit_on")), "")
    drawn = entry.mechanism == "lottery" or "draw" in entry.rank
    drawn &= entry.tie_break == "common"  # each school's own places are not comparable
    return {"tier": bool(entry.tiers) and "tier" in entry.rank, "date": date, "draw": drawn}


def cutoff(view: View, record: RoundRecord, entry: Round, row: int) -> dict[str, Any]:
    """The last child admitted to one pool: tier in words, date, place in the draw."""
    words = view.words
    tier = int(record.cutoff_tier[row])
    told = not tells_category(entry, tier, view.protected_columns)
    place = int(record.cutoff_draw[row]) if told else UNPLACED
    day = int(record.cutoff_date[row]) if told else NO_DATE
    return {
        "school": str(view.school_names[record.school[row]]),
        "county": str(view.county_names[view.run.scenario.schools.county[record.school[row]]]),
        "stage": words.text(f"stage_{Stage(int(record.stage[row])).name.lower()}"),
        "kind": words.text(f"seats_{SeatKind(int(record.kind[row])).name.lower()}"),
        "seats": words.number(int(record.seats[row])),
        "applicants": words.number(int(record.applicants[row])),
        "taken": words.number(int(record.taken[row])),
        "nobody": not record.taken[row],
        "tier": tier_words(words, entry, tier),
        "date": date_words(words, day),
        "draw": "" if place == UNPLACED else words.number(place + 1),
    }


def tier_words(words: Words, entry: Round, tier: int) -> str:
    """A tier of the round with its number, "" for none."""
    if tier == UNPLACED:
        return ""
    if tier >= len(entry.tiers):
        return words.text("tier_rest", tier=tier + 1)
    columns = words.text("and_also").join(words.column(name) for name in entry.tiers[tier])
    return words.text("tier_named", tier=tier + 1, columns=columns)


def date_words(words: Words, day: int) -> str:
    """A date, "" for none."""
    return "" if day == NO_DATE else words.date(day)


def rule(view: View, entry: Round) -> list[tuple[str, str]]:
    """The round's settings in words: who enters, which schools, how they are ranked, what losers keep."""
    words = view.words
    lines = [(words.text("rule_mechanism"), words.text(f"mechanism_{entry.mechanism}"))]
    who = words.text("or_also").join(words.column(name) for name in entry.who)
    needs = words.text("and_also").join(words.column(name) for name in entry.needs)
    without = words.joined([words.column(name) for name in entry.exclude], most=9)
    parts = [who or words.text("rule_everybody")]
    parts += [words.text("rule_needs", columns=needs)] if needs else []
    parts += [words.text("rule_exclude", columns=without)] if without else []
    parts += [words.text("rule_applied")] if entry.applied else []
    lines.append((words.text("rule_who"), words.text("rule_join").join(parts)))
    reach = words.text("rule_then").join(words.text(f"reach_{name}") for name in entry.reach)
    if entry.within_metres:
        reach += words.text("rule_within", metres=entry.within_metres)
    lines.append((words.text("rule_reach"), reach))
    if entry.bends_metres:
        lines.append((words.text("rule_cost"), words.cost_curve(entry)))
    if entry.bands:
        sizes = words.text("rule_then").join(words.number(size) for size in entry.bands)
        lines.append((words.text("rule_bands"), sizes))
    if entry.mechanism in (*RANKED, "top_trading_cycles", "by_order"):
        rank = [words.rank_column(entry, name) for name in entry.rank] or [words.column("draw")]
        lines.append((words.text("rule_rank"), words.text("rule_then").join(rank)))
    if entry.tiers:
        tiers = [words.text("and_also").join(words.column(name) for name in tier) for tier in entry.tiers]
        lines.append((words.text("rule_tiers"), words.text("rule_then").join(tiers)))
    lines += draw_of_round(view, entry)
    if entry.reserve_percent:
        columns = words.text("or_also").join(words.column(name) for name in entry.reserve_for)
        share = words.text("reserve_share", percent=entry.reserve_percent, columns=columns)
        lines.append((words.text("rule_reserve"), share))
    lines.append((words.text("rule_losers"), words.text(f"losers_{entry.losers}")))
    if entry.no_shows:
        columns = words.text("or_also").join(words.column(name) for name in entry.no_shows)
        keeps = words.text(f"losers_{entry.no_shows_keep}")
        lines.append((words.text("rule_no_shows"), words.text("no_shows_next", columns=columns, keeps=keeps)))
    return lines


def draw_of_round(view: View, entry: Round) -> list[tuple[str, str]]:
    """The procedure of the round's draw with the values drawn; nothing where it drew nothing.

    A least-cost round draws to tell equals apart and for nothing else; where every school draws for itself,
    the procedure is theirs, and each has values of its own (in the audit bundle).
    """
    words, drawn = view.words, view.run.admission.draws.get(entry.name)
    if drawn is None:
        return []
    if entry.tie_break == "per_school":
        method = words.text(f"draw_method_{entry.draw_method}")
        return [(words.text("rule_draw"), words.text("draw_per_school", method=method))]
    said = words.text(f"draw_method_{drawn.method}")
    values = [
        words.text("draw_value", what=words.text(f"lottery_{what}"), value=value)
        for what, value in drawn.values.items()
        if what != "behind"  # who has no place in an official draw: told as a notice
    ]
    if drawn.method == "stride":
        values.append(words.text("draw_value", what=words.text("draw_plan"), value=drawn.plan))
    if values:
        said = words.text("draw_with_values", method=said, values=words.joined(values, most=9))
    if entry.mechanism in LEAST_COST:
        said = words.text("draw_for_equals", method=said)
    return [(words.text("rule_draw"), said)]


def odds(view: View) -> list[dict[str, Any]]:
    """Seats over first choices for every private pool with seats in a lottery round, hardest first."""
    schools, words = view.run.scenario.schools, view.words
    rows: list[tuple[float, dict[str, Any]]] = []
    for record in view.run.admission.rounds:
        entry = view.entry(record)
        private: Integers = schools.ownership[record.school] != Ownership.PUBLIC
        if entry.mechanism != "lottery":
            continue
        for row in np.flatnonzero(private & (record.first_choice > 0) & (record.seats > 0)).tolist():
            seats, first, taken = (
                int(record.seats[row]),
                int(record.first_choice[row]),
                int(record.taken[row]),
            )
            values = {
                "school": str(view.school_names[record.school[row]]),
                "county": str(view.county_names[schools.county[record.school[row]]]),
                "stage": words.text(f"stage_{Stage(int(record.stage[row])).name.lower()}"),
                "round": words.round_title(entry),
                "seats": words.number(seats),
                "first": words.number(first),
                "applicants": words.number(int(record.applicants[row])),
                "taken": words.number(taken),
                "odds": words.percent(min(seats, first), first),
                "drawn": words.text("lottery_drawn" if record.lottery[row] else "lottery_all_in"),
            }
            rows.append((min(seats, first) / first, values))
    return [values for _, values in sorted(rows, key=lambda pair: pair[0])]
