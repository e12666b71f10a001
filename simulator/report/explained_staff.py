"""The parts of an explanation that are for staff alone: seat prices, and what would have changed it."""

from __future__ import annotations

from simulator.explain.facts import Change, Outcomes, Price, Step, StudentExplained
from simulator.model import UNPLACED, Reason, Round
from simulator.report.telling import Telling

PROOFS = {"least": "explain_prices", "bent": "explain_prices_bent", "greatest": "explain_prices_greatest"}


def price_lines(tell: Telling, entry: Round, step: Step) -> list[str]:
    """Cost and price of every candidate, and what they prove."""
    words = tell.words
    unit = words.text("explain_unit_cost" if entry.bends_metres else "explain_unit_metres")
    lines = [words.text(PROOFS.get(step.proof, "explain_prices_shown"), unit=unit)]
    for tried in step.tried:
        if tried.price is None:
            continue
        cost = words.number(tried.price.cost)
        if tried.price.far:
            cost = words.text("explain_price_far", cost=cost)
        line = words.text(
            "explain_price",
            school=tell.school(tried.school, tried.kind),
            cost=cost,
            parts=price_parts(tell, entry, tried.price.children, tried.price.journeys, tried.price.metres),
            total=words.number(tried.price.total),
        )
        here = tried.outcome == "admitted"
        lines.append(words.text("explain_price_least", line=line) if here else line)
    return [*lines, words.text("explain_price_unplaced", cost=words.number(step.unplaced_cost))]


def price_parts(tell: Telling, entry: Round, children: int, journeys: int, metres: int) -> str:
    """The parts of a seat price, kept apart."""
    words, parts = tell.words, []
    if children:
        parts.append(words.text("explain_price_children", n=children))
    if journeys:
        parts.append(words.text("explain_price_journeys", n=journeys))
    if metres:
        amount = words.number(abs(metres)) if entry.bends_metres else words.metres(abs(metres))
        code = "explain_price_saves" if metres > 0 else "explain_price_costs"
        parts.append(words.text(code, n=amount))
    return tell.joined(parts) or words.text("explain_price_nothing")


def change_lines(tell: Telling, explained: StudentExplained, most: int) -> list[str]:
    """What would have changed it, and what would not, each as it was played."""
    words, changes = tell.words, explained.changes
    assert changes is not None
    lines = [words.text("explain_changes"), words.text("explain_changes_lead", n=changes.replays)]
    if not changes.tried and not changes.untried:
        lines.append(words.text("explain_changes_none"))
    if changes.together > 1:
        lines.append(words.text("explain_changes_together", n=changes.together))
    lines += [f"· {change_line(tell, explained, change)}" for change in changes.tried]
    if changes.untried:
        kinds = [words.text(f"explain_untried_{kind}", n=n) for kind, n in changes.untried.items()]
        lines.append(words.text("explain_changes_untried", kinds=tell.joined(kinds), most=most))
    return lines


def change_line(tell: Telling, explained: StudentExplained, change: Change) -> str:
    """One change in one line."""
    words = tell.words
    if change.kind == "cap":
        return words.text("explain_cap", school=tell.school(change.school))
    if change.kind == "date_enough":
        return _enough(tell, change)
    then = [_then(tell, explained, change)]
    if change.kind == "date_needed" and change.bound:
        then.append(words.text("explain_date_bound"))
    if change.placed:
        code = "explain_placed_more" if change.placed > 0 else "explain_placed_fewer"
        then.append(words.text(code, n=abs(change.placed)))
    return words.text("explain_then", what=_what(tell, change), then=tell.joined(then))


def _what(tell: Telling, change: Change) -> str:
    """What is supposed to be otherwise."""
    words = tell.words
    if change.kind == "class":
        return words.text("explain_class", school=tell.school(change.school), seats=change.seats)
    if change.kind == "wish":
        school = tell.school(change.school)
        return words.text("explain_wish", round=tell.round(change.round), school=school)
    if change.kind == "withdrawn":
        return words.text("explain_withdrawn", round=tell.round(change.round))
    code = "explain_date_hopeless"
    if change.changed:
        code = "explain_date_needed" if change.bound else "explain_date_given"
    return words.text(code, column=tell.column(change.column), date=words.date(change.date))


def _then(tell: Telling, explained: StudentExplained, change: Change) -> str:
    """Where the child would be."""
    words = tell.words
    if change.after.same_place(explained.outcome):
        if change.kind == "date_needed":
            return words.text("explain_then_not_there", school=tell.school(change.school))
        return words.text("explain_then_same")
    return at(tell, change.after)


def at(tell: Telling, outcome: Outcomes) -> str:
    """A place that is not the present one."""
    words = tell.words
    if outcome.school == UNPLACED:
        return words.text("explain_then_no_place", reason=tell.coded("reason", Reason(outcome.reason)))
    return words.text(
        "explain_then_at", school=tell.school(outcome.school), round=tell.round(outcome.round)
    )


def _enough(tell: Telling, change: Change) -> str:
    """Up to which date the present place is sure."""
    words = tell.words
    values = {"column": tell.column(change.column), "date": words.date(change.date)}
    if not change.changed:
        return words.text("explain_date_always", **values)
    what = words.text("explain_date_enough", **values)
    return words.text("explain_date_enough_then", what=what, then=at(tell, change.after))
