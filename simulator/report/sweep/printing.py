"""Figures of a sweep as text: means, differences with their interval, names of groups and variants."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulator.indicators.comparing import Mean, Pairs
from simulator.messages import Bilingual, text
from simulator.model import Failure
from simulator.report.sweep.summary import Summary
from simulator.report.words import Words

BETTER = {
    "placed_percent": 1, "in_own_zone_percent": 1, "nearest_school_percent": 1, "migrant_share_percent": 1,
    "disabled_percent": 1, "mainstream_percent": 1, "left_behind_percent": 1, "metres_median": -1,
    "metres_p95": -1, "metres_mean": -1, "metres_max": -1, "children_unplaced": -1,
    "children_to_be_verified": -1, "children_beyond_limit": -1, "seats_short": -1, "zones_red": -1,
    "zones_yellow": -1, "oversized_schools": -1, "classes_above_standard": -1, "classes_above_ceiling": -1,
    "resource_rooms_missing": -1, "lottery_odds_percent": 1,
    "placed": 1, "own_zone": 1, "nearest": 1, "metres": -1, "beyond_limit": -1, "gain": 1, "lose": -1,
}  # fmt: skip
"""Indicators and measures that are better greater (1) or smaller (-1); of the others nobody can say."""

DIGITS = {"percent": 2, "metres": 0}
"""Digits after the point of a mean; of counts see ``digits_of``."""


def digits_of(number: float, unit: str) -> int:
    """Digits after the point: a count that is whole, as all are in a single draw, is printed whole."""
    return DIGITS.get(unit, 0 if float(number).is_integer() else 1)


def value(words: Words, number: float, unit: str) -> str:
    """A mean with its unit."""
    if math.isnan(number):
        return words.not_available
    printed = decimal(number, digits_of(number, unit))
    if unit == "percent":
        return f"{printed}%"
    return words.text("metres_value", n=printed) if unit == "metres" else printed


def change(words: Words, mean: Mean, unit: str) -> str:
    """A difference with its sign; of percentages, percentage points."""
    if math.isnan(mean.mean):
        return words.not_available
    printed = signed(mean.mean, digits_of(mean.mean, unit))
    return words.text("sweep_points", n=printed) if unit == "percent" else printed


def interval(words: Words, mean: Mean, unit: str, *, of_difference: bool = True) -> str:
    """The interval of a mean, with signs if it is that of a difference; "" where there is none."""
    if math.isnan(mean.low):
        return ""
    digits = DIGITS.get(unit, 1)
    printed = signed if of_difference else decimal
    return words.text("sweep_interval", low=printed(mean.low, digits), high=printed(mean.high, digits))


def often(words: Words, pairs: Pairs, direction: int) -> str:
    """In how many draws it is better, and the exact interval of that share where the draws differ at all.

    Of a single draw, which has no interval, better or worse (greater or less) alone.
    """
    if not pairs.difference.draws:
        return words.not_available
    if pairs.difference.draws == 1:
        told = ("more", "less") if not direction else ("better", "worse")[:: 1 if direction > 0 else -1]
        return words.text(f"sweep_one_{told[0] if pairs.greater else told[1] if pairs.less else 'equal'}")
    better = pairs.less if direction < 0 else pairs.greater
    unequal = pairs.greater + pairs.less
    if not unequal:
        return words.text("sweep_equal_in_all", n=pairs.difference.draws)
    low, high = pairs.share_low, pairs.share_high
    if direction < 0:
        low, high = 1 - high, 1 - low
    return words.text(
        "sweep_often" if direction else "sweep_often_greater",
        better=better,
        draws=pairs.difference.draws,
        unequal=unequal,
        low=decimal(100 * low, 0),
        high=decimal(100 * high, 0),
    )


def tone(code: str, mean: Mean, unit: str) -> str:
    """ "good", "bad", "unsure" where the interval holds 0, or "" where better has no direction or what is
    printed is 0."""
    direction = BETTER.get(code, 0)
    if math.isnan(mean.mean) or round(mean.mean, DIGITS.get(unit, 1)) == 0:
        return ""
    if not math.isnan(mean.low) and not mean.sure:
        return "unsure"
    return {1: "good", -1: "bad", 0: ""}[direction * int(math.copysign(1, mean.mean))]


def decimal(number: float, digits: int) -> str:
    """A number with thousands separators and a true minus sign, never a minus zero."""
    rounded = round(number, digits) + 0.0
    return f"{rounded:,.{digits}f}".replace("-", "−")


def signed(number: float, digits: int) -> str:
    """The same with its sign, 0 with none."""
    printed = decimal(number, digits)
    return f"+{printed}" if round(number, digits) > 0 else printed


def variant_name(words: Words, name: str) -> str:
    """A variant as readers call it."""
    return words.text("sweep_base") if name == "base" else name


def group_name(words: Words, titles: Mapping[str, Bilingual], name: str) -> str:
    """A group of children in words."""
    if name == "all":
        return words.text("sweep_group_all")
    if not name.startswith("tier:"):
        return words.column(name)
    _, of_round, number = name.split(":")
    return words.text("sweep_group_tier", round=round_title(words, titles, of_round), n=int(number))


def round_title(words: Words, titles: Mapping[str, Bilingual], name: str) -> str:
    """The title of a round, in the other language where it has none in this one; its name if in neither."""
    title = titles.get(name, Bilingual("", ""))
    return (title.zh or title.en if words.language == "zh" else title.en or title.zh) or name


def title(words: Words, summary: Summary) -> str:
    """The title of the scenario, or of a study of several counties."""
    layout = summary.layout
    if summary.counties > 1:
        return words.text("sweep_counties", n=summary.counties)
    pair = (layout.title, layout.title_en) if words.language == "zh" else (layout.title_en, layout.title)
    return pair[0] or pair[1] or layout.county


def why(failure: Failure, words: Words, most: int = 3) -> str:
    """Why a county could not be played: its first faults in words, and how many more there are."""
    if not failure.faults:
        return failure.error
    said = []
    for fault in failure.faults[:most]:
        place = {"file": fault.file, "row": fault.row, "column": fault.column, "value": fault.value}
        where = " ".join(str(part) for part in (fault.file, fault.row or "", fault.column) if part)
        message = text(fault.code, words.language, **{**place, **fault.details})
        said.append(f"{where}: {message}" if where else message)
    more = len(failure.faults) - most
    return " ".join(said) + (words.text("sweep_more_faults", n=more) if more > 0 else "")
