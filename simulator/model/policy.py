"""The settings of one scenario as frozen dataclasses: the admission procedure is data.

These classes are the schema of ``scenario.toml``. ``load`` validates the file against them (unknown keys
refused, bounds from the field metadata) and the JSON Schema is exported from them, so a setting is
described once, here. Percentages are whole numbers, distances metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.model.roads import Profile
from simulator.model.roster_settings import ExtraColumn, Population, Preferences, SeatLock
from simulator.model.setting import STRICT, setting
from simulator.model.siting_settings import SitingSettings
from simulator.model.zoning_settings import ZoningSettings

NAME_LETTERS = "A-Za-z0-9_\u3400-\u9fff"
"""Letters, digits and Chinese characters, written out: in a JSON Schema ``\\w`` is ASCII alone."""

NAME_PATTERN = f"^[{NAME_LETTERS}][{NAME_LETTERS}.-]*$"
"""A name that is a folder of results as well, on any system: never hidden, never a way up."""

Method = Literal["straight_line", "given", "zone_order", "roads"]
Mechanism = Literal[
    "priority",  # zoned priority: the queue of a zone, which is deferred acceptance
    "deferred_acceptance",  # children propose, schools hold the best so far
    "lottery",  # a complete draw per choice, which is immediate acceptance
    "immediate_acceptance",  # an earlier choice always comes first (Boston)
    "parallel",  # deferred inside a band of choices, final at its end
    "serial_dictatorship",  # one after the other in the order of the draw
    "top_trading_cycles",  # children trade what their ranks give them
    "by_order",  # coordination in order: tier, then draw, then the nearest
    "least_total",  # coordination by least cost, and two other aims of the same core
    "least_total_by_tier",
    "least_greatest",
]
Reach = Literal[
    "zone",  # schools of the block's zone
    "household_zone",  # schools of the zone of the household register
    "feeder",  # junior schools the child's primary school feeds
    "direct",  # the junior part of the nine- or twelve-year school the child attends
    "sibling",  # the school where an elder sibling is still enrolled
    "twin",  # the school where the child's twin has a place already
    "learning_district",  # schools of the block's learning district
    "education_group",  # schools of the education groups of the zone's schools
    "within_metres",  # schools within ``within_metres``
    "county",  # schools of the block's county
    "choices",  # the child's listed wishes for this round
    "approval_area",  # private schools whose approving authority's area holds the block
]
Pool = Literal["general", "reserved", "purchased", "special_class", "boarding", "register_only"]
DrawMethod = Literal[
    "keyed",  # a number per applicant, smallest first
    "descending",  # a number per applicant, greatest first
    "direction",  # a number per applicant, smallest or greatest first as drawn
    "circle",  # drawn numbers without repetition; then a direction and a start are drawn
    "interval",  # numbers of the roster in a circle: drawn start plus drawn interval, the drawn removed
    "stride",  # the same: drawn start plus ceil(applicants / plan), the drawn passed over
]
StageName = Literal["primary", "junior"]
Keeps = Literal["equal", "behind_in_tier", "behind", "coordination"]
OwnershipName = Literal["public", "private", "inclusive_private"]
KindName = Literal[
    "primary", "junior", "nine_year", "twelve_year", "complete_secondary", "teaching_point", "special"
]

LEAST_COST = ("least_total", "least_total_by_tier", "least_greatest")
"""Mechanisms solved by the core: their rounds have seat prices and a proof."""


@dataclass(frozen=True, kw_only=True)
class Coordinates:
    """The coordinate system the tables are in."""

    __pydantic_config__ = STRICT
    system: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = setting(
        "wgs84", "坐标系", "coordinate system of longitude and latitude in the tables"
    )
    roads: Literal["", "wgs84", "cgcs2000", "gcj02", "bd09"] = setting(
        "",
        "道路表的坐标系（空=与其他表相同；GraphML 文件自带）",
        "coordinate system of the table road_nodes, empty = as the others; a GraphML file names its own",
    )


@dataclass(frozen=True, kw_only=True)
class TravelSettings:
    """How distances are found, and how far is far."""

    __pydantic_config__ = STRICT
    method: Method = setting(
        "straight_line",
        "距离来源：直线×绕行系数、给定矩阵、学区表顺序、道路网",
        "straight line x detour, a given matrix, the order of schools in the zone table, or roads",
    )
    detour_percent: int = setting(130, "绕行系数（百分数）", "road length per 100 of line", ge=100, le=400)
    nearest: int = setting(30, "每个小区保留的最近学校数", "nearest schools kept per block and stage", ge=1)
    profile: Profile = setting(
        "walking",
        "道路网：步行（不受单行限制）或行车（遵守单行）",
        "roads: on foot (one-way streets hold for cars only) or by car",
    )
    cutoff_metres: int = setting(
        0,
        "道路网：保留多少米以内的全部学校，代替最近若干所（0=不用）",
        "roads: keep every school within so many metres instead of the nearest; 0 = not used",
        ge=0,
        le=500_000,
    )
    snap_limit_metres: int = setting(
        300,
        "道路网：小区、学校离最近路口超过多少米时提示",
        "roads: warn of blocks and schools farther from the nearest node than this",
        ge=0,
        le=100_000,
    )
    primary_limit_metres: int = setting(2500, "小学步行上限（米）", "walking limit, primary", ge=1)
    junior_limit_metres: int = setting(3500, "初中步行上限（米）", "walking limit, junior", ge=1)


@dataclass(frozen=True, kw_only=True)
class ClassSize:
    """Pupils per class (R2): seats are offered at the standard; the ceiling is by recorded decision only."""

    __pydantic_config__ = STRICT
    primary: int = setting(45, "小学标准班额", "standard, primary", ge=1, le=70)
    junior: int = setting(50, "初中标准班额", "standard, junior", ge=1, le=70)
    ceiling: int = setting(55, "班额上限", "hard ceiling, reached only by recorded decision", ge=1, le=70)


@dataclass(frozen=True, kw_only=True)
class Caps:
    """Greatest number of compulsory-stage pupils per school (R1)."""

    __pydantic_config__ = STRICT
    enforce: bool = setting(True, "是否执行校额上限", "hold schools to their caps")
    primary: int = setting(2000, "小学", "primary schools and teaching points", ge=1)
    junior: int = setting(2000, "初中（含完全中学初中部）", "junior and complete secondary schools", ge=1)
    nine_year: int = setting(2500, "九年一贯制义务教育阶段", "nine-year schools, both stages jointly", ge=1)
    twelve_year: int = setting(2500, "十二年一贯制义务教育阶段", "twelve-year schools, jointly", ge=1)
    special: int = setting(2000, "特殊教育学校", "special schools", ge=1)
    path_percent: list[int] = setting(
        [90, 70, 50, 30, 0],
        "已超校额学校逐年允许的超额比例（占今年超额的百分数，第一项为本年）",
        "share of today's excess an oversized school may still have, year by year, this year first",
    )


@dataclass(frozen=True, kw_only=True)
class Age:
    """Age of entry: so many years old by the cut-off day, inclusive."""

    __pydantic_config__ = STRICT
    enforce: bool = setting(True, "是否核验年龄", "check the age of primary entrants")
    years: int = setting(6, "入学年龄", "years old", ge=5, le=8)
    cutoff: str = setting("08-31", "截止日（月-日，含当日）", "month-day, inclusive", pattern=r"^\d\d-\d\d$")


@dataclass(frozen=True, kw_only=True)
class Twins:
    """Twins share one draw number and stay together."""

    __pydantic_config__ = STRICT
    together: bool = setting(True, "多胞胎同校", "twins are one applicant")
    last_seat: Literal["both_in", "next"] = setting(
        "both_in", "只剩一个学位时：全部录取（列明）或顺延", "at the last seat: both in (listed), or the next"
    )


@dataclass(frozen=True, kw_only=True)
class MigrantShare:
    """The share rule for migrant children (R25), judged county by county."""

    __pydantic_config__ = STRICT
    target_percent: int = setting(85, "目标（%）", "target", ge=0, le=100)
    seats: Literal["public", "public_and_purchased"] = setting(
        "public", "分子：公办，或公办加购买学位", "numerator: public seats, or public plus purchased"
    )
    children: Literal["eligible", "all"] = setting(
        "eligible", "分母：符合条件的，或全部随迁子女", "denominator; unplaced children stay in it"
    )


@dataclass(frozen=True, kw_only=True)
class CountyShare:
    """A share rule (R25) that coordination at least total cost keeps, in every county by itself.

    Of the children it is about, of the stages of the round, at least so many percent must be in seats that
    count once the round is played; those placed before count as they are and are never moved, those without a
    seat stay in the denominator, and no child more is left without a seat for it. All rules hold together.
    """

    __pydantic_config__ = STRICT
    name: str = setting(..., "规则代号", "short name, letters and digits", pattern=r"^[a-z][a-z0-9_]*$")
    title: str = setting("", "规则名称", "title in Chinese")
    title_en: str = setting("", "英文名称", "title in English")
    who: list[str] = setting(
        ["migrant"],
        "哪些学生（满足其一）",
        "yes/no columns, any of which brings a child under it",
        min_length=1,
    )
    at_least_percent: int = setting(85, "最低比例（%）", "share to reach", ge=1, le=100)
    seats: Literal["public", "public_and_purchased"] = setting(
        "public", "分子：公办，或公办加购买学位", "seats that count: public, or public plus purchased"
    )
    children: Literal["eligible", "all"] = setting(
        "eligible",
        "分母：符合条件的（本地户籍或有居住证），或全部",
        "denominator: local or with a residence permit, or all; unplaced children stay in it",
    )


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Targets reported county by county (R48)."""

    __pydantic_config__ = STRICT
    placed_percent: int = setting(100, "适龄儿童入学率（%）", "children of age placed (R3)", ge=0, le=100)
    disabled_percent: int = setting(
        98, "残疾儿童入学率（%）", "children with disabilities placed (R19)", ge=0, le=100
    )
    migrant_share: MigrantShare = field(default_factory=MigrantShare)


@dataclass(frozen=True, kw_only=True)
class EarlyWarning:
    """Early warning 学位预警: eligible children of a zone / seats."""

    __pydantic_config__ = STRICT
    yellow_percent: int = setting(90, "黄色预警线（%）", "yellow from", ge=1, le=200)
    red_percent: int = setting(100, "红色预警线（%）", "red from", ge=1, le=300)


@dataclass(frozen=True, kw_only=True)
class OneMoreClass:
    """Where one more class is worth most: schools tried by playing all rounds again with the class."""

    __pydantic_config__ = STRICT
    replays: int = setting(
        12,
        "试算的学校数：每所增加一个班，重演全部批次（0=不试算）",
        "schools tried, each with one more class and all rounds played again; 0 = none",
        ge=0,
        le=2000,
    )
    listed: int = setting(10, "列出最好的几所", "how many of the best are listed", ge=1, le=2000)
    per_county: int = setting(
        3,
        "每个县（市、区）每个学段先列几所，以免同一处缺口占满名单（0=不限）",
        "schools of one county and stage listed before others have their turn, so that one shortage does "
        "not fill the list; 0 = no limit",
        ge=0,
    )


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round 批次: who may enter, how far they reach, how they are ranked, what losers keep.

    ``rank`` is an ordered list of columns. ``tier`` is the first list of ``tiers`` whose yes/no columns all
    hold; ``sibling`` puts applicants whose sibling is at that very school first; ``settled_on`` and
    ``permit_on`` earliest first; ``points`` highest first; ``metres`` nearest first; ``order`` the position
    in the list of choices; ``draw`` the lottery number; any yes/no column, yes first, or with ``_last``
    behind it, yes last; any number or date the scenario declares, smallest first, or with ``_descending``
    behind it, greatest first (a date that is not given comes last either way, a number counts as 0).
    """

    __pydantic_config__ = STRICT
    name: str = setting(..., "批次代号", "short name, letters and digits", pattern=r"^[a-z][a-z0-9_]*$")
    title: str = setting("", "批次名称", "title in Chinese")
    title_en: str = setting("", "英文名称", "title in English")
    document: str = setting("", "依据（文号）", "rule or document number this round rests on")
    document_en: str = setting("", "依据的英文说法", "the same in English; empty = as in Chinese")
    mechanism: Mechanism = setting("priority", "录取办法", "how seats are given")
    stages: list[StageName] = setting(["primary", "junior"], "学段", "stages")
    who: list[str] = setting(
        [], "哪些学生（满足其一）", "yes/no columns, any of which lets a child in; empty = all"
    )
    needs: list[str] = setting([], "必备条件（全部满足）", "yes/no columns that must all be yes")
    exclude: list[str] = setting([], "排除（任一为是）", "yes/no columns that keep a child out")
    applied: bool = setting(False, "仅报名者", "only children with a wish for this round")
    may_move: bool = setting(
        False,
        "已录取者可参加，录取后退出原学位并由同批次递补",
        "children already placed may enter; the seat they leave goes to the next in the same order",
    )
    reach: list[Reach] = setting(["zone"], "可去的学校（先后有序）", "schools in reach, preferred first")
    within_metres: int = setting(0, "距离范围（米，0 不限）", "greatest distance, 0 = no limit", ge=0)
    ownership: list[OwnershipName] = setting(["public"], "举办者", "ownership of the schools")
    kinds: list[KindName] = setting(
        [], "学校类型（空=除特殊教育学校外）", "kinds of school; empty = all but special"
    )
    pools: list[Pool] = setting(["general"], "学位池（先后有序）", "seat pools, tried in this order")
    rank: list[str] = setting(
        ["tier", "settled_on", "draw"], "排序列", "columns that rank applicants, in order"
    )
    tiers: list[list[str]] = setting(
        [], "录取顺位（每项列出须同时满足的是否列）", "ordered list of lists of yes/no columns"
    )
    choices: int = setting(0, "志愿个数（0 不限）", "number of choices, 0 = no limit", ge=0)
    bands: list[int] = setting(
        [], "平行志愿每组的志愿数（末项往后重复）", "choices per band of 'parallel'; the last one repeats"
    )
    draw: str = setting(
        "", "摇号名（空=本批次）", "name of the draw; empty = this round's own", pattern=r"^[^\t\r\n]*$"
    )
    draw_method: DrawMethod = setting(
        "keyed",
        "摇号办法：号码升序、降序、抽升降、抽方向与起始号、起始号加间隔数、起始号加等差数",
        "how the draw is made: numbers rising, falling, either as drawn, or from a drawn start",
    )
    tie_break: Literal["common", "per_school"] = setting(
        "common",
        "同顺位者的先后：全批次同一个摇号，或各校各摇一次",
        "equals are told apart by one draw for the round, or by a draw of every school's own",
    )
    reserve_for: list[str] = setting(
        [], "保底名额面向（满足其一的是否列）", "yes/no columns, any of which lets a child use the reserve"
    )
    reserve_percent: int = setting(
        0, "每个学位池的保底比例（%，余额归其他学生）", "share of every pool theirs first", ge=0, le=100
    )
    losers: Keeps = setting(
        "equal",
        "落选者：同等、同顺位中排后、一律排后、仅统筹",
        "what a loser keeps in later queues: an equal, behind others of its tier, behind everybody, or "
        "coordination only",
    )
    no_shows: list[str] = setting(
        [],
        "录取后不确认者（任一为是）：参加摇号，空出的学位由同一次摇号的下一名递补",
        "yes/no columns, any of which says that a child admitted does not come: it takes part in the draw, "
        "and the next of the same draw gets its seat",
    )
    no_shows_keep: Keeps = setting(
        "equal",
        "录取后不确认者：同等、同顺位中排后、一律排后、仅统筹",
        "what a child that was admitted and does not come keeps in later queues",
    )
    coordination: bool = setting(
        False,
        "统筹（释放未用学位，两学段联合）",
        "unused reserved and joint seats are released before it; teaching points stay out",
    )
    boarding: bool = setting(
        False, "超过步行上限的初中生安排寄宿", "juniors beyond the walking limit take boarding beds"
    )
    metres_power: int = setting(
        1,
        "路程的幂次：1 按米计；2、3 使一公里以上的远路更贵（2 公里算 4 或 8 公里）",
        "power of the distance in the cost of a least-cost round: 1 counts metres; with 2 or 3 what is "
        "beyond a kilometre counts for more (two kilometres as four or eight)",
        ge=1,
        le=3,
    )
    beyond_limit_penalty_metres: int = setting(
        0,
        "超过步行上限的走读学位另加多少米（一次）",
        "metres added once in the cost of a day seat beyond the walking limit",
        ge=0,
        le=1_000_000,
    )
    beyond_limit_extra_per_metre: int = setting(
        0,
        "走读学位超过步行上限的部分每米另加多少米",
        "metres added in the cost of a day seat for every metre beyond the walking limit",
        ge=0,
        le=100,
    )

    @property
    def bends_metres(self) -> bool:
        """Whether the round's costs are other than metres, so that its prices are in units of cost."""
        return (
            self.metres_power != 1
            or self.beyond_limit_penalty_metres > 0
            or self.beyond_limit_extra_per_metre > 0
        )


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All settings of ``scenario.toml`` but ``base`` and ``variants``, resolved."""

    __pydantic_config__ = STRICT
    name: str = setting(
        ...,
        "方案代号（字母、数字或汉字），也是结果文件夹的名称",
        "short name of letters (Chinese too) and digits; result folders are called by it",
        pattern=NAME_PATTERN,
    )
    title: str = setting("", "方案名称", "title in Chinese")
    title_en: str = setting("", "英文名称", "title in English")
    year: int = setting(..., "入学年份", "entry year", ge=2000, le=2100)
    seed: int = setting(1, "模拟种子（非正式摇号）", "seed of this simulation, never an official draw", ge=0)
    lottery_seed: int = setting(
        -1,
        "摇号用的模拟种子（-1=同 seed）：只换摇号，不换名册和志愿",
        "seed of the lotteries alone, -1 = as seed: another draw over the same children and wishes",
        ge=-1,
    )
    language: Literal["", "zh", "en"] = setting(
        "", "报告语言（空=随系统）", "language of the report; empty = the system's"
    )
    tables: dict[str, str] = setting({}, "各表文件名", "file of each table, if not its own name")
    coordinates: Coordinates = field(default_factory=Coordinates)
    travel: TravelSettings = field(default_factory=TravelSettings)
    class_size: ClassSize = field(default_factory=ClassSize)
    caps: Caps = field(default_factory=Caps)
    age: Age = field(default_factory=Age)
    twins: Twins = field(default_factory=Twins)
    targets: Targets = field(default_factory=Targets)
    early_warning: EarlyWarning = field(default_factory=EarlyWarning)
    seat_lock: SeatLock = field(default_factory=SeatLock)
    one_more_class: OneMoreClass = field(default_factory=OneMoreClass)
    zoning: ZoningSettings = field(default_factory=ZoningSettings)
    siting: SitingSettings = field(default_factory=SitingSettings)
    rounds: list[Round] = setting([], "批次（按先后）", "rounds, in the order they are played", min_length=1)
    shares: list[CountyShare] = setting(
        [], "统筹时须达到的比例（各县分别）", "shares that coordination must reach, county by county"
    )
    population: Population = field(default_factory=Population)
    preferences: list[Preferences] = setting([], "志愿模型", "choice models, one per round")
    columns: dict[str, ExtraColumn] = setting({}, "增加的列", "columns this scenario adds to the roster")

    @property
    def luck(self) -> int:
        """The seed that the lotteries are drawn with."""
        return self.seed if self.lottery_seed < 0 else self.lottery_seed

    def round_index(self) -> Mapping[str, int]:
        """Round name to its place in ``rounds``."""
        return {entry.name: index for index, entry in enumerate(self.rounds)}
