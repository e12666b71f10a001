"""Settings of siting: what ``xuewei site`` makes least, how large a new school is, where it may stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.model.setting import STRICT, setting

SitingAim = Literal["least_total", "p_median", "coverage"]


@dataclass(frozen=True, kw_only=True)
class SitingSettings:
    """Siting of new schools: what is made least, how large a school is, where it may stand (R46)."""

    __pydantic_config__ = STRICT
    aim: SitingAim = setting(
        "least_total",
        "目标：总路程并守住学位、总路程不计学位、步行上限内的儿童最多",
        "least way within the seats, least way whatever the seats, or most children within the limit",
    )
    classes: int = setting(
        4, "新校每年招几个班（地块表未写学位时）", "entry classes of a new school", ge=1, le=40
    )
    cost_metres: int = setting(
        0,
        "每建一所抵多少米（一名儿童走的）：省得不够就不建",
        "metres that opening one school weighs: it opens only to save more",
        ge=0,
        le=1_000_000_000,
    )
    reserved_only: bool = setting(
        True,
        "有地块表时，只用预留的教育用地（R46）",
        "of the table of sites, only land reserved for a school (R46)",
    )
