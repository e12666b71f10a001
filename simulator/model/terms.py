"""The words that are lists of choices, as small integers: stages, kinds, statuses, reasons."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal


class Stage(IntEnum):
    """A stage of compulsory education 学段; also the first index of every (2, schools) column."""

    PRIMARY = 0
    JUNIOR = 1


StageName = Literal["primary", "junior"]
"""A stage by its name, wherever a public function takes one."""


def stage_of(stage: Stage | StageName) -> Stage:
    """The stage by its name, English or Chinese, or as it is.

    Raises:
        ValueError: no stage of that name.
    """
    named = {"primary": Stage.PRIMARY, "junior": Stage.JUNIOR, "小学": Stage.PRIMARY, "初中": Stage.JUNIOR}
    if isinstance(stage, str):
        if stage.lower() in named:
            return named[stage.lower()]
        raise ValueError(f"no stage {stage!r}; there are: primary, junior")
    return Stage(stage)


class SchoolKind(IntEnum):
    """Kind of school 办学类型."""

    PRIMARY = 0  # 小学
    JUNIOR = 1  # 初级中学
    NINE_YEAR = 2  # 九年一贯制学校
    TWELVE_YEAR = 3  # 十二年一贯制学校
    COMPLETE_SECONDARY = 4  # 完全中学: junior and senior
    TEACHING_POINT = 5  # 教学点
    SPECIAL = 6  # 特殊教育学校


STAGES_OF_KIND: dict[SchoolKind, tuple[Stage, ...]] = {
    SchoolKind.PRIMARY: (Stage.PRIMARY,),
    SchoolKind.JUNIOR: (Stage.JUNIOR,),
    SchoolKind.NINE_YEAR: (Stage.PRIMARY, Stage.JUNIOR),
    SchoolKind.TWELVE_YEAR: (Stage.PRIMARY, Stage.JUNIOR),
    SchoolKind.COMPLETE_SECONDARY: (Stage.JUNIOR,),
    SchoolKind.TEACHING_POINT: (Stage.PRIMARY,),
    SchoolKind.SPECIAL: (Stage.PRIMARY, Stage.JUNIOR),
}


class Ownership(IntEnum):
    """Who runs the school 举办者."""

    PUBLIC = 0  # 公办
    PRIVATE = 1  # 民办
    INCLUSIVE_PRIVATE = 2  # 普惠性民办


class Placement(IntEnum):
    """Recommended placement of a child with a disability 安置方式 (R20)."""

    NONE = 0
    MAINSTREAM = 1  # 随班就读
    SPECIAL_CLASS = 2  # 特教班
    SPECIAL_SCHOOL = 3  # 特教学校
    TAUGHT_AT_HOME = 4  # 送教上门


class SeatKind(IntEnum):
    """What a node of the seat tree is; the last five are pools a child can sit in."""

    SCHOOL = 0  # the school's joint room (root)
    STAGE = 1  # one stage's seats
    GENERAL = 2  # ordinary seats
    RESERVED = 3  # reserved for migrant children
    PURCHASED = 4  # bought by government in an inclusive private school
    SPECIAL_CLASS = 5  # special class in an ordinary school
    BOARDING = 6  # seats that come with a boarding bed


class Status(IntEnum):
    """What became of a child; every child of the roster has exactly one."""

    PLACED = 0  # public or purchased seat 已安排
    PRIVATE = 1  # confirmed private seat 民办录取
    TAUGHT_AT_HOME = 2  # on a school's register 送教上门
    TO_BE_VERIFIED = 3  # 待核: the address matches no block
    DEFERRED = 4  # 缓学, with an approval number
    ENROLLED_ELSEWHERE = 5  # 已在外地入学
    DECLINED = 6  # 放弃
    NOT_OF_AGE = 7  # 未到龄
    UNPLACED = 8  # 未安排, with the reason


class Reason(IntEnum):
    """Why a child has the status it has."""

    NONE = 0
    ADMITTED = 1  # by a round
    SETTLED = 2  # fixed before round one
    NO_SEAT_IN_REACH = 3  # every school in reach is full
    NO_SCHOOL_IN_REACH = 4  # no round named a school for this child
    NO_ROUND = 5  # no round was open to this child
    NO_ZONE = 6  # the block belongs to no zone and no round reached further
    ADDRESS_UNKNOWN = 7
    UNDER_AGE = 8
    DEFERRAL_APPROVED = 9
    ELSEWHERE = 10
    GAVE_UP = 11
    NO_RESIDENCE_PERMIT = 12  # a migrant child not eligible for want of a permit
    REGISTERED_ONLY = 13  # taught at home


class Means(IntEnum):
    """How a placed child covers the way (R17)."""

    UNKNOWN = 0  # no distance available
    NEAR = 1  # within the walking limit
    BOARDING = 2
    BUS = 3
    EXCEPTION = 4  # beyond the limit, named in the list of exceptions
    HOME = 5  # taught at home
    OWN_WAY = 6  # a private place beyond the limit: the family's own arrangement


class Standing(IntEnum):
    """What a loser of an earlier round keeps in later queues."""

    EQUAL = 0
    BEHIND_IN_TIER = 1  # behind applicants of the same tier
    BEHIND = 2  # behind everybody
    COORDINATION_ONLY = 3
