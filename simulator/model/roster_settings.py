"""Settings about the roster: how children and wishes are made from counts, columns a scenario adds, homes
whose seat is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.model.setting import STRICT, setting


@dataclass(frozen=True, kw_only=True)
class Category:
    """How the children of one category of ``demand`` are made: the share of "yes" per column, in percent."""

    __pydantic_config__ = STRICT
    yes_percent: dict[str, float] = setting({}, "各是否列为“是”的比例（%）", "share of yes per yes/no column")
    settled_years: int = setting(6, "落户年限上限", "settlement dates spread over so many years", ge=1, le=40)
    sibling_percent: float = setting(
        0.0, "有在读哥姐的比例（%）", "share with an elder sibling at a zone school", ge=0, le=100
    )
    placements_percent: dict[str, float] = setting(
        {},
        "残疾儿童安置方式比例（%）",
        "share per placement: mainstream, special_class, special_school, taught_at_home",
    )
    points_mean: float = setting(0.0, "积分均值", "mean admission points; 0 = none", ge=0)
    points_spread: float = setting(0.0, "积分离散", "standard deviation of the points", ge=0)


@dataclass(frozen=True, kw_only=True)
class Population:
    """The seeded roster made from counts per block."""

    __pydantic_config__ = STRICT
    twin_percent: float = setting(
        0.0, "双胞胎占比（%）", "share of children who are one of twins", ge=0, le=20
    )
    under_age_percent: float = setting(
        0.0, "未到龄报名占比（%）", "share of primary entrants under age", ge=0, le=20
    )
    deferred_percent: float = setting(0.0, "缓学占比（%）", "share with an approved deferral", ge=0, le=20)
    unknown_address_percent: float = setting(
        0.0, "地址待核占比（%）", "share whose address matches no block", ge=0, le=20
    )
    other_primary_percent: float = setting(
        10.0,
        "未在本学区小学就读的初中新生占比（%）",
        "share of junior entrants who attended another primary school than their zone's",
        ge=0,
        le=100,
    )
    categories: dict[str, Category] = setting({}, "类别", "settings per category of the demand table")


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """A seeded choice model for wishes: who applies to private schools, and where."""

    __pydantic_config__ = STRICT
    round: str = setting(..., "所填批次", "round the wishes are for")
    apply_percent: float = setting(10.0, "报名比例（%）", "share of children who apply", ge=0, le=100)
    choices: int = setting(1, "志愿个数", "wishes per child", ge=1, le=20)
    metres_weight: float = setting(1.0, "每公里的效用损失", "utility lost per kilometre", ge=0)
    quality_weight: float = setting(1.0, "学校质量权重", "weight of a school's seeded quality", ge=0)
    noise: float = setting(1.0, "随机项", "scale of the noise, keyed by student", ge=0)
    radius_metres: int = setting(
        20000, "可考虑的最远距离（米）", "schools farther away are not considered", ge=1
    )


@dataclass(frozen=True, kw_only=True)
class ExtraColumn:
    """A column of the roster that this scenario adds, to be named in tiers and ranks."""

    __pydantic_config__ = STRICT
    kind: Literal["yes_no", "number", "date"] = setting("yes_no", "类型", "what the column holds")
    headings: list[str] = setting([], "表头", "headings it may have in the tables")
    title_en: str = setting(
        "", "英文说法（空=列名）", "what it is called in English text; empty = the column's name"
    )


@dataclass(frozen=True, kw_only=True)
class SeatLock:
    """One seat per home in so many years: the yes/no column ``home_locked`` where it is not given itself.

    A home of the roster (``home_id``) is locked for a child if the table ``used_homes`` has a seat of the
    same stage used by that home less than so many years ago; in a school of both stages (nine- and
    twelve-year schools) a seat of either stage, for ``nine_year_years``. A round names ``home_locked`` in
    ``exclude`` or ``tiers``. A seat the child itself used (it enters junior stage six years after its home
    was used at its own primary school) locks nothing.
    """

    __pydantic_config__ = STRICT
    primary_years: int = setting(
        6, "小学学位锁定年数（0=不锁定）", "years a home is locked by a primary seat; 0 = none", ge=0, le=20
    )
    junior_years: int = setting(
        3, "初中学位锁定年数（0=不锁定）", "years a home is locked by a junior seat; 0 = none", ge=0, le=20
    )
    nine_year_years: int = setting(
        9,
        "九年一贯制（含十二年一贯制）学校学位锁定年数（0=不锁定），两学段均锁定",
        "years a home is locked at both stages by a seat in a nine- or twelve-year school; 0 = none",
        ge=0,
        le=20,
    )
    siblings_exempt: bool = setting(
        True,
        "同校在读哥姐所用学位不锁定弟妹",
        "a seat used at the school of the child's elder sibling does not lock the home for the child",
    )
