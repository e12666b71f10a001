"""The registry of indicators, and the table they fill: one line per indicator, county and stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.indicators import children, distances, schools
from simulator.indicators.facts import Facts, Measure, Share
from simulator.model import (
    Admission,
    Indicators,
    Means,
    Policy,
    Scenario,
    Status,
    Students,
    Travel,
    ZoneWarnings,
)
from simulator.model.arrays import Integers, texts

Unit = Literal[
    "children",
    "seats",
    "schools",
    "classes",
    "zones",
    "towns",
    "groups",
    "pools",
    "private_pools",
    "percent",
    "metres",
]


@dataclass(frozen=True)
class Indicator:
    """One entry of the registry.

    Attributes:
        measure: the plain function. rule: the rule of the rule book it reports. unit: of the value.
        by_stage: also per stage, not only for both together. target: percent to reach, from the policy.
        of_zones: counts early warnings, and is left out where there are none.
    """

    measure: Measure
    rule: str
    unit: Unit
    by_stage: bool = True
    target: Callable[[Policy], int] | None = None
    of_zones: bool = False


STATUS_RULES = dict.fromkeys(Status, "R23") | {
    Status.PLACED: "R3",
    Status.UNPLACED: "R3",
    Status.TAUGHT_AT_HOME: "R20",
    Status.PRIVATE: "R29",
}

INDICATORS: dict[str, Indicator] = {
    "children_on_roster": Indicator(children.children_on_roster, "R23", "children"),
    **{
        f"children_{status.name.lower()}": Indicator(
            children.children_with_status(status, rule), rule, "children"
        )
        for status, rule in STATUS_RULES.items()
    },
    "placed_percent": Indicator(
        children.placed_percent, "R3", "percent", target=lambda policy: policy.targets.placed_percent
    ),
    "in_own_zone_percent": Indicator(children.in_own_zone_percent, "R27", "percent"),
    "nearest_school_percent": Indicator(children.nearest_school_percent, "R27", "percent"),
    "metres_median": Indicator(distances.metres_percentile(distances.MEDIAN), "R27", "metres"),
    "metres_p95": Indicator(distances.metres_percentile(distances.P95), "R27", "metres"),
    "metres_mean": Indicator(distances.metres_mean, "R27", "metres"),
    "metres_max": Indicator(distances.metres_percentile(distances.GREATEST), "R27", "metres"),
    "children_boarding": Indicator(children.children_by_means(Means.BOARDING), "R17", "children"),
    "children_by_bus": Indicator(children.children_by_means(Means.BUS), "R17", "children"),
    "children_beyond_limit": Indicator(children.children_by_means(Means.EXCEPTION), "R17", "children"),
    "migrant_share_percent": Indicator(
        children.migrant_share_percent,
        "R25",
        "percent",
        target=lambda policy: policy.targets.migrant_share.target_percent,
    ),
    "purchased_used": Indicator(schools.purchased_used, "R26", "seats"),
    "purchased_used_percent": Indicator(schools.purchased_used_percent, "R26", "percent"),
    "disabled_percent": Indicator(
        children.disabled_percent, "R19", "percent", target=lambda policy: policy.targets.disabled_percent
    ),
    "mainstream_percent": Indicator(children.mainstream_percent, "R20", "percent"),
    "resource_rooms_due": Indicator(schools.resource_rooms_due, "R21", "schools", by_stage=False),
    "resource_rooms_missing": Indicator(schools.resource_rooms_missing, "R21", "schools", by_stage=False),
    "left_behind_percent": Indicator(children.left_behind_percent, "R22", "percent"),
    "private_percent": Indicator(children.private_percent, "R29", "percent"),
    "private_lotteries": Indicator(schools.private_lotteries, "R30", "pools"),
    "lottery_odds_percent": Indicator(schools.lottery_odds_percent, "R30", "percent"),
    "private_picked": Indicator(schools.private_picked, "R31", "private_pools"),
    "public_seats": Indicator(schools.public_seats, "R9", "seats"),
    "seat_fill_percent": Indicator(schools.seat_fill_percent, "R9", "percent"),
    "seats_short": Indicator(schools.seats_short, "R9", "seats", of_zones=True),
    "zones_red": Indicator(schools.zones_red, "R44", "zones", of_zones=True),
    "zones_yellow": Indicator(schools.zones_yellow, "R44", "zones", of_zones=True),
    "oversized_schools_before": Indicator(schools.oversized_schools_before, "R1", "schools", by_stage=False),
    "oversized_schools": Indicator(schools.oversized_schools, "R1", "schools", by_stage=False),
    "classes_planned": Indicator(schools.classes_planned, "R2", "classes"),
    "classes_above_standard": Indicator(schools.classes_above_standard, "R2", "classes"),
    "classes_above_ceiling": Indicator(schools.classes_above_ceiling, "R2", "classes"),
    "education_groups": Indicator(schools.education_groups, "R36", "groups", by_stage=False),
    "towns_without_boarding": Indicator(schools.towns_without_boarding, "R16", "towns", by_stage=False),
}
"""Code (also the message code of the name) to indicator, in the order of the table."""


def measure(
    scenario: Scenario,
    students: Students,
    travel: Travel,
    admission: Admission,
    warnings: ZoneWarnings | None = None,
) -> Indicators:
    """Every indicator of the registry, for the city and each county, for both stages and each (R48).

    Targets are judged with whole numbers, ``100 x numerator >= target x denominator``, and not at all where
    there is nobody to judge. Percentages are one correctly rounded division, means are rounded to the metre
    (half up), so the same answer gives the same bytes anywhere.

    Returns:
        Indicators, ordered by registry, county (city first) and stage (both first).
    """
    facts = Facts(scenario, students, travel, admission, warnings)
    counties = len(scenario.counties)
    parts: list[dict[str, Integers]] = []
    for place, indicator in enumerate(INDICATORS.values()):
        if indicator.of_zones and warnings is None:
            continue
        target = None if indicator.target is None else indicator.target(scenario.policy)
        columns = 3 if indicator.by_stage else 1
        parts.append(_rows(place, indicator.measure(facts), indicator.unit, target, counties + 1, columns))
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    entries = list(INDICATORS.items())
    place_of_row = joined.pop("place").tolist()
    return Indicators(
        code=texts([entries[place][0] for place in place_of_row]),
        rule=texts([entries[place][1].rule for place in place_of_row]),
        unit=texts([entries[place][1].unit for place in place_of_row]),
        **joined,
    )


def _rows(
    place: int, share: Share, unit: Unit, target: int | None, rows: int, columns: int
) -> dict[str, Integers]:
    """One indicator's cells as columns, by county, then stage."""
    numerator = share.numerator[:rows, :columns].ravel()
    denominator = share.denominator[:rows, :columns].ravel()
    known = denominator > 0
    met = np.full(len(numerator), -1, dtype=np.int8)
    if target is not None:
        met[known] = 100 * numerator[known] >= target * denominator[known]
    return {
        "place": np.full(len(numerator), place),
        "county": np.repeat(np.arange(rows, dtype=np.int32) - 1, columns),
        "stage": np.tile(np.arange(columns, dtype=np.int8) - 1, rows),
        "numerator": numerator,
        "denominator": denominator,
        "value": values(numerator, denominator, unit),
        "target": np.full(len(numerator), np.nan if target is None else float(target)),
        "met": met,
    }


def values(numerator: Integers, denominator: Integers, unit: str) -> Integers:
    """The value of an indicator, float64, of the shape of its numerator (int64, as the denominator).

    The ratio in ``unit``, NaN where there is none; counts are the numerator.
    """
    if unit not in ("percent", "metres"):
        return numerator.astype(np.float64)
    found = np.full(numerator.shape, np.nan)
    known = denominator > 0
    above, below = numerator[known], denominator[known]
    if unit == "percent":
        found[known] = 100 * above / below
    else:
        found[known] = (2 * above + below) // (2 * below)
    return found
