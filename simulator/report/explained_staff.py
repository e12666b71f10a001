"""The parts of an explanation that are for staff alone: seat prices, and what would have changed it."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.explain.changes import PER_ROUND
from simulator.explain.facts import Change, Outcomes, Parts, Step, StudentExplained
from simulator.model import UNPLACED, Reason, Round
from simulator.report.telling import Telling, hundredths

PROOFS = {"least": "explain_prices", "bent": "explain_prices_bent", "greatest": "explain_prices_greatest"}
UNITS = {"partly": "explain_unit_partly", "unknown": "explain_unit_order"}


def price_lines(tell: Telling, entry: Round, step: Step) -> list[str]:
    """Cost and price of every candidate, and what they prove."""
    words = tell.words
    in_units = entry.bends_metres or step.distances != "known"
    unit = words.text(UNITS.get(step.distances, "explain_unit_cost" if in_units else "explain_unit_metres"))
    lines = [words.text(PROOFS.get(step.proof, "explain_prices_shown"), n=step.in_reach, unit=unit)]
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
            parts=price_parts(tell, in_units, tried.price.seat),
            excess=words.text("explain_excess_here")
            if tried.outcome == "admitted"
            else excess(tell, in_units, tried.price.excess),
        )
        lines.append(line)
    if step.unplaced is not None:
        here = words.text("explain_excess_here")
        left_out = here if step.result == "refused" else excess(tell, in_units, step.unplaced)
        lines.append(words.text("explain_price_unplaced", excess=left_out))
    return lines


def price_parts(tell: Telling, in_units: bool, parts: Parts) -> str:
    """The parts of a seat price, kept apart."""
    words, said = tell.words, []
    if parts.children:
        said.append(words.text("explain_price_children", n=parts.children))
    if parts.journeys:
        said.append(words.text("explain_price_journeys", n=parts.journeys))
    if parts.metres:
        code = "explain_price_saves" if parts.metres > 0 else "explain_price_costs"
        units = "_units" if in_units else ""
        said.append(words.text(f"{code}{units}", n=amount(tell, in_units, parts.metres)))
    return tell.joined(said) or words.text("explain_price_nothing")


def amount(tell: Telling, in_units: bool, metres: int) -> str:
    """Metres, or units of cost where the round bends them or does not know them."""
    return tell.words.text("explain_units", n=abs(metres)) if in_units else tell.words.metres(abs(metres))


def excess(tell: Telling, in_units: bool, parts: Parts) -> str:
    """By how much cost and price together are above those of the place the child has."""
    words = tell.words
    first = next((part for part in (parts.children, parts.journeys, parts.metres) if part), 0)
    if not first:
        return words.text("explain_excess_none")
    if parts.children:
        units = "_units" if in_units else ""
        return words.text(f"explain_excess_beyond_{'more' if first > 0 else 'less'}{units}")
    if parts.journeys:
        said = words.text("explain_excess_journeys", n=abs(parts.journeys))
    else:
        said = words.text("explain_excess_metres", n=amount(tell, in_units, parts.metres))
    return words.text("explain_excess_more" if first > 0 else "explain_excess_less", parts=said)


def change_lines(tell: Telling, explained: StudentExplained, most: int) -> list[str]:
    """What would have changed it, and what would not, each as it was played."""
    words, changes = tell.words, explained.changes
    assert changes is not None
    lines = [words.text("explain_changes")]
    if not (changes.tried or changes.untried or changes.left_out):
        return [*lines, words.text("explain_changes_none")]
    lines.append(words.text("explain_changes_lead", n=changes.replays))
    if changes.together > 1:
        lines.append(words.text("explain_changes_together", n=changes.together))
    if any(change.column for change in changes.tried):
        lines.append(words.text("explain_changes_values"))
    said = [change_line(tell, explained, alike) for alike in gathered(explained, changes.tried)]
    lines += [f"· {line}" for line in dict.fromkeys(said)]  # two rounds may rank by one column
    if changes.untried:
        kinds = [words.text(f"explain_untried_{kind}", n=n) for kind, n in changes.untried.items()]
        lines.append(words.text("explain_changes_untried", kinds=tell.joined(kinds), most=most))
    if changes.left_out:
        kinds = [words.text(f"explain_left_out_{kind}", n=n) for kind, n in changes.left_out.items()]
        lines.append(words.text("explain_changes_left_out", kinds=tell.joined(kinds), most=PER_ROUND))
    return lines


def gathered(explained: StudentExplained, tried: Sequence[Change]) -> list[list[Change]]:
    """Changes in their order; those that come to nothing in the same way are one line."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for place, change in enumerate(tried):
        idle = change.kind in ("wish", "class", "cap") and change.after.same_place(explained.outcome)
        key = (change.kind, change.round, change.placed, change.seats) if idle else (place,)
        groups.setdefault(key, []).append(change)
    return list(groups.values())


def change_line(tell: Telling, explained: StudentExplained, alike: Sequence[Change]) -> str:
    """One change, or several that come to the same, in one line."""
    words, change = tell.words, alike[0]
    if change.kind == "cap":
        return words.text("explain_cap", schools=schools(tell, alike))
    after, worse = change.after, change.worse
    if change.kind == "enough" and change.bound:
        after, worse = explained.outcome, change.after
    then = [_then(tell, explained, after)]
    if worse is not None:
        then.append(words.text(f"explain_worse_{degree(change)}", then=_then(tell, explained, worse)))
    if change.placed:
        code = "explain_placed_more" if change.placed > 0 else "explain_placed_fewer"
        then.append(words.text(code, n=abs(change.placed)))
    said = words.text("rule_join").join(then)
    return words.text("explain_then", what=_what(tell, alike), then=said)


def _then(tell: Telling, explained: StudentExplained, outcome: Outcomes) -> str:
    """Where one play leads: no change, or where."""
    if outcome.same_place(explained.outcome):
        return tell.words.text("explain_then_same")
    return at(tell, outcome)


def schools(tell: Telling, alike: Sequence[Change]) -> str:
    """Every school of alike changes."""
    return tell.words.joined([tell.school(change.school) for change in alike], most=len(alike))


def degree(change: Change) -> str:
    """Whether a column is about points or about a date."""
    return "points" if change.column == "points" else "date"


def _what(tell: Telling, alike: Sequence[Change]) -> str:
    """What is supposed to be otherwise."""
    words, change = tell.words, alike[0]
    each = "_each" if len(alike) > 1 else ""
    if change.kind == "class":
        seats = words.text("explain_class_seats", n=change.seats)
        return words.text(f"explain_class{each}", schools=schools(tell, alike), seats=seats)
    if change.kind == "wish":
        title = tell.round(change.round)
        return words.text(f"explain_wish{each}", round=title, schools=schools(tell, alike))
    if change.kind == "withdrawn":
        return words.text("explain_withdrawn", round=tell.round(change.round))
    idle = "always" if change.kind == "enough" else "hopeless"
    code = "given" if change.changed or change.bound else idle
    return words.text(f"explain_{code}_{degree(change)}", **_value(tell, change))


def _value(tell: Telling, change: Change) -> dict[str, str]:
    said = hundredths(change.value) if change.column == "points" else tell.words.date(change.value)
    return {"column": tell.column(change.column), "value": said}


def at(tell: Telling, outcome: Outcomes) -> str:
    """A place that is not the present one."""
    words = tell.words
    if outcome.school == UNPLACED:
        return words.text("explain_then_no_place", reason=tell.coded("reason", Reason(outcome.reason)))
    return words.text("explain_then_at", school=tell.school(outcome.school), round=tell.round(outcome.round))
