"""An explanation as plain data for programs: ids, names and dates instead of rows, codes and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from simulator.explain.facts import Outcomes, Tried
from simulator.explain.ranks import DATES
from simulator.explain.year import Year
from simulator.model import NO_METRES, UNPLACED, Means, Reason, SeatKind, Stage, Standing, Status

ENUMERATED: dict[str, type[IntEnum]] = {
    "stage": Stage,
    "status": Status,
    "reason": Reason,
    "means": Means,
    "standing": Standing,
}


def plain(explained: Any, year: Year) -> Any:
    """A noun of ``facts`` as mappings, lists, texts and numbers, ready for JSON.

    Schools and blocks by id, rounds by name, enumerations by name; None for what is not there. Places (tier,
    draw, order) stay counted from 0, points in hundredths.
    """
    if is_dataclass(explained):
        return {
            field.name: _value(explained, field.name, getattr(explained, field.name), year)
            for field in fields(explained)
        }
    if isinstance(explained, tuple | list):
        return [plain(item, year) for item in explained]
    if isinstance(explained, Mapping):
        return {key: plain(item, year) for key, item in explained.items()}
    return explained


def _value(noun: Any, name: str, value: Any, year: Year) -> Any:
    scenario = year.scenario
    if name in ("school", "before"):
        return None if value == UNPLACED else str(scenario.schools.id[value])
    if name in ("round", "freed_by"):
        return None if value == UNPLACED else scenario.policy.rounds[value].name
    if name == "block":
        return None if value == UNPLACED else str(scenario.blocks.id[value])
    if name == "kind" and isinstance(value, int):
        return None if value == UNPLACED else SeatKind(value).name.lower()
    if name in ENUMERATED:
        return ENUMERATED[name](value).name.lower()
    if name in ("tier", "given"):
        return None if value == UNPLACED else value
    if name == "metres" and value == NO_METRES and isinstance(noun, Outcomes | Tried):
        return None
    if name == "value":
        return _day(value) if noun.column in DATES else value if noun.column else None
    if name in ("child", "last") and isinstance(value, int) and noun.column in _dates(year):
        return _day(value)
    return plain(value, year)


def _dates(year: Year) -> set[str]:
    extra = year.scenario.policy.columns.items()
    return {*DATES, *(name for name, column in extra if column.kind == "date")}


def _day(days: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=days)).isoformat()
