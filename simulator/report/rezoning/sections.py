"""What the pages of a rezoning say, section by section, as plain values for the templates."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.messages import catalogue
from simulator.model import NO_METRES, UNPLACED, Notice, StageZones
from simulator.model.arrays import Booleans
from simulator.report.rezoning.facts import Fact, facts, moves
from simulator.report.rezoning.groups import group_values
from simulator.report.rezoning.layout import layout_values
from simulator.report.rezoning.view import SERVICE_METRES, ZonesView

SHOWN = 15
ADOPTION = (
    "decision", "consultation", "notice", "pupils", "siblings", "homes", "feeders", "migrant",
    "small_schools", "far", "replay",
)  # fmt: skip
"""What a drawing needs to become zones, in the order it is done; each a message ``adopt_NAME``."""


def stage_values(view: ZonesView, stage: StageZones) -> dict[str, Any]:
    """Everything about one stage."""
    return {
        "name": view.stage_name(stage.stage),
        "key": stage.stage.name.lower(),
        "facts": [_fact(view, stage, fact) for fact in facts(view, stage)],
        "moves": _moves(view, stage),
        "bound": _bound(view, stage),
        "connected": _connected(view, stage),
        "steps": [
            (
                view.words.text(f"zone_step_{name}") if f"zone_step_{name}" in catalogue() else name,
                view.words.number(n),
            )
            for name, n in stage.proposed.steps.items()
        ],
        "notices": [notice_line(view, notice) for notice in stage.framed.notices],
        "broken": _broken(view, stage),
        "overloads": _overloads(view, stage),
        "prices": _prices(view, stage),
        "moved": _blocks(view, stage, stage.moved),
        "far": _blocks(view, stage, view.sides[stage.stage][1].beyond),
        "loose": _blocks(view, stage, stage.proposed.detached | stage.proposed.island),
        "groups": group_values(view, stage),
        "layout": layout_values(view, stage),
        "shown": SHOWN,
    }


def _fact(view: ZonesView, stage: StageZones, fact: Fact) -> dict[str, str]:
    """One row: what, today, drawing, difference, tone."""
    words = view.words

    def said(value: int | None) -> str:
        if value is None:
            return words.not_available
        return words.kilometres(value) if fact.unit == "kilometres" else words.number(value)

    difference = ""
    if fact.today is not None and fact.proposed is not None and fact.today != fact.proposed:
        change = fact.proposed - fact.today
        difference = words.signed_kilometres(change) if fact.unit == "kilometres" else words.signed(change)
    return {
        "code": fact.code,
        "name": words.text(fact.code, limit=stage.problem.limit_metres, radius=SERVICE_METRES[stage.stage]),
        "today": said(fact.today),
        "proposed": said(fact.proposed),
        "difference": difference,
        "tone": fact.tone,
    }


def _moves(view: ZonesView, stage: StageZones) -> str:
    """What moves, and which blocks count as detached though they do not."""
    found, words = moves(view, stage), view.words
    said = words.text(
        "zones_moves",
        blocks=found["blocks"],
        children=found["children"],
        blocks_share=words.percent(found["blocks"], found["all_blocks"]),
        children_share=words.percent(found["children"], found["all_children"]),
    )
    sentences = [said]
    if found["blocks_within"]:
        sentences.append(
            words.text("zones_moves_within", blocks=found["blocks_within"], children=found["children_within"])
        )
    today, drawn = stage.today, stage.proposed
    loose = drawn.detached & ~drawn.island & ~today.detached & (today.assigned == drawn.assigned)
    loose &= stage.framed.zones.lengths > 1
    if loose.any():
        sentences.append(words.text("zones_loose_within", n=int(loose.sum())))
    if view.rezoning.scenario.policy.zoning.most_changed_percent < 100:
        sentences += _limit(view, stage, found)
    return ("" if words.language == "zh" else " ").join(sentences)


def _limit(view: ZonesView, stage: StageZones, found: dict[str, int]) -> list[str]:
    """The limit on changes, who leaves whatever it is, and whether the drawing goes beyond both."""
    words, settings = view.words, view.rezoning.scenario.policy.zoning
    counts, percent = settings.change_counts, settings.most_changed_percent
    sentences = [words.text(f"zones_moves_limit_{counts}", percent=percent)]
    ruled_out = _ruled_out(view, stage)
    forced = {"blocks": int(ruled_out.sum()), "children": int(stage.problem.load[ruled_out].sum())}
    if forced["blocks"]:
        sentences.append(words.text("zones_moves_forced", **forced))
    if found[counts] > forced[counts] and 100 * found[counts] > percent * found[f"all_{counts}"]:
        sentences.append(words.text("zones_moves_over", method=view.rezoning.method))
    return sentences


def _ruled_out(view: ZonesView, stage: StageZones) -> Booleans:
    """bool (blocks,): today's school is beyond a wall, without ordinary public seats or of unknown way."""
    assigned = view.sides[stage.stage][0].zones.assigned
    return np.asarray((assigned != UNPLACED) & (stage.problem.arc(assigned) == UNPLACED))


def _bound(view: ZonesView, stage: StageZones) -> str:
    """Way with weights and children beyond the seats, what no drawing can be better than, and the gap."""
    zones, words = stage.proposed, view.words
    off, whole = zones.weighed - zones.weighed_bound, zones.weighed
    hundredths = (20_000 * off + whole) // (2 * whole) if whole else 0
    excess = int(zones.excess.sum())
    said = words.text(
        f"zones_bound_{zones.bound_of}",
        weighed=words.kilometres(whole),
        bound=words.kilometres(zones.weighed_bound),
        gap=f"{hundredths // 100}.{hundredths % 100:02d}%",
    )
    if not excess or zones.bound_of == "none":
        return said
    beyond = words.text("zones_bound_excess", excess=excess, fewest=zones.excess_bound)
    return f"{said}{'' if words.language == 'zh' else ' '}{beyond}"


def _connected(view: ZonesView, stage: StageZones) -> str:
    """Whether the zones hang together, but for blocks that are detached today and may stay so."""
    loose = stage.proposed.detached & ~stage.proposed.island
    stay = loose & stage.problem.stays(stage.proposed.assigned)
    if np.any(loose & ~stay):
        return view.words.text("zones_not_contiguous")
    said = "zones_contiguous_but_kept" if np.any(stay) else "zones_contiguous"
    return view.words.text(said, n=int(stay.sum()))


def _broken(view: ZonesView, stage: StageZones) -> list[str]:
    """What today's zones break, one line each; nothing where they break nothing."""
    words, problem = view.words, stage.problem
    today, _ = view.sides[stage.stage]
    zones = today.zones
    loose = zones.detached & ~zones.island
    unzoned = (zones.assigned == UNPLACED) & (problem.load > 0)
    outside = _ruled_out(view, stage)
    counts = {
        "over": (int(np.sum(zones.excess > 0)), int(zones.excess.sum())),
        "unzoned": (int(unzoned.sum()), int(problem.load[unzoned].sum())),
        "loose": (int(loose.sum()), int(problem.load[loose].sum())),
        "outside": (int(outside.sum()), int(problem.load[outside].sum())),
        "far": (int(today.beyond.sum()), int(problem.load[today.beyond].sum())),
    }
    return [
        words.text(f"zones_today_{name}", n=n, children=children, limit=problem.limit_metres)
        for name, (n, children) in counts.items()
        if n
    ]


def _overloads(view: ZonesView, stage: StageZones) -> list[dict[str, str]]:
    """Schools beyond their seats on either side, the drawing's worst first."""
    today, proposed = view.sides[stage.stage]
    rows = np.flatnonzero((today.zones.excess > 0) | (proposed.zones.excess > 0))
    order = rows[np.lexsort((rows, -today.zones.excess[rows], -proposed.zones.excess[rows]))]
    number = view.words.number
    return [
        {
            "name": str(view.school_names[row]),
            "seats": number(int(stage.problem.seats[row])),
            "old": number(int(today.loads[row])),
            "new": number(int(proposed.loads[row])),
            "old_excess": number(int(today.zones.excess[row])),
            "new_excess": number(int(proposed.zones.excess[row])),
        }
        for row in order.tolist()
    ]


def _prices(view: ZonesView, stage: StageZones) -> list[dict[str, str]]:
    """Schools at which one more seat is worth anything, the most first."""
    prices = stage.proposed.prices
    rows = np.flatnonzero(prices > 0)
    proposed = view.sides[stage.stage][1]
    return [
        {
            "name": str(view.school_names[row]),
            "spared": view.words.number(int(proposed.price_children[row])),
            "price": view.words.number(int(proposed.price_metres[row])),
            "children": view.words.number(int(proposed.loads[row])),
            "seats": view.words.number(int(stage.problem.seats[row])),
        }
        for row in rows[np.lexsort((rows, -prices[rows]))].tolist()
    ]


def _blocks(view: ZonesView, stage: StageZones, chosen: Booleans) -> list[dict[str, Any]]:
    """Blocks with old and new school, most children first."""
    today, proposed = view.sides[stage.stage]
    within, load = view.within_zone(stage), stage.problem.load
    rows = np.flatnonzero(chosen)

    def school(row: int) -> str:
        return str(view.school_names[row]) if row != UNPLACED else view.words.text("zones_map_none")

    def way(metres: int) -> str:
        return view.words.number(metres) if metres != NO_METRES else view.words.not_available

    def flags(row: int) -> list[str]:
        zones = proposed.zones
        said = {
            "zone_flag_island": zones.island[row],
            "zone_flag_detached": zones.detached[row] and not zones.island[row],
            "zone_flag_within": within[row],
            "zone_flag_far": proposed.beyond[row],
        }
        return [view.words.text(code) for code, holds in said.items() if holds]

    return [
        {
            "name": str(view.block_names[row]),
            "old": school(int(today.zones.assigned[row])),
            "new": school(int(proposed.zones.assigned[row])),
            "children": view.words.number(int(load[row])),
            "old_metres": way(int(today.metres[row])),
            "new_metres": way(int(proposed.metres[row])),
            "flags": flags(row),
        }
        for row in rows[np.lexsort((rows, -load[rows]))].tolist()
    ]


def notice_line(view: ZonesView, notice: Notice) -> str:
    """One notice in words."""
    details = dict(notice.details)
    if "wall" in details:
        details["wall"] = view.words.text(f"zone_wall_{details['wall']}")
    return view.words.text(notice.code, **details)


def adoption(view: ZonesView) -> list[tuple[str, str, str]]:
    """(what, how, the blank to fill in) of everything the drawing needs before it holds."""
    blocks, children, far = 0, 0, 0
    for stage in view.rezoning.stages:
        found = moves(view, stage)
        blocks, children = blocks + found["blocks"], children + found["children"]
        far += int(stage.problem.load[view.sides[stage.stage][1].beyond].sum())
    lock = view.rezoning.scenario.policy.seat_lock
    values: dict[str, object] = {
        "blocks": blocks,
        "children": children,
        "far": far,
        "years": str(lock_years(lock)),
    }
    return [
        (
            view.words.text(f"adopt_{name}"),
            view.words.text(f"adopt_{name}_how", **values),
            view.words.text(f"adopt_{name}_blank"),
        )
        for name in ADOPTION
    ]


def lock_years(lock: Any) -> str:
    """Years a home's seat is locked, primary and junior."""
    return "/".join(dict.fromkeys(str(getattr(lock, name)) for name in ("primary_years", "junior_years")))
