"""Settings of zone drawing: what it weighs, what it must keep, and which blocks are neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.model.setting import STRICT, setting

ZoningMethod = Literal[
    "nearest",  # every block to its nearest school, whatever the seats
    "priced",  # cells of the core's seat prices, mended and improved
    "adjust",  # today's zones, with the fewest changes that remove all overloads
    "optimal",  # the best drawing there is, or how far from it at most
]
Wall = Literal["county", "town", "district"]
NeighbourSource = Literal["outlines", "roads", "points"]


@dataclass(frozen=True, kw_only=True)
class ZoningSettings:
    """Zone drawing: what a drawing weighs, what it must keep, which blocks are neighbours (R27)."""

    __pydantic_config__ = STRICT
    stages: list[Literal["primary", "junior"]] = setting(["primary", "junior"], "学段", "stages")
    method: ZoningMethod = setting("priced", "划片方法", "how zones are drawn")
    change_metres: int = setting(
        300,
        "换校的权重：每变动一个单位抵多少米路程",
        "metres that one unit of change weighs: a block changes school only to save more",
        ge=0,
        le=100_000,
    )
    change_counts: Literal["children", "blocks"] = setting(
        "children", "变动按儿童数还是小区数计", "whether change is counted in children or in blocks"
    )
    most_changed_percent: int = setting(
        100,
        "最多变动的比例（%，按上一项计；100 不限）",
        "limit on changes, percent of all children or blocks; 100 = no limit",
        ge=0,
        le=100,
    )
    keep_detached: bool = setting(
        False,
        "现在就不连片的小区可留在现在的学校（作为例外列出）；false=一律连片",
        "whether blocks detached from their school today may stay with it, as exceptions that are listed",
    )
    balance: Literal["none", "migrant", "left_behind"] = setting(
        "none",
        "各校生源均衡看哪一列：不看、随迁子女、留守儿童",
        "children whose share should be even between schools",
    )
    balance_metres: int = setting(
        1000,
        "均衡的权重：每偏离一人抵多少米路程",
        "metres that one child of an uneven mix weighs",
        ge=0,
        le=100_000,
    )
    groups: int = setting(
        0,
        "多校划片：把各校学区合并为几个多校学区（0=不合并）",
        "multi-school zones: how many groups the zones are joined to, 0 = none",
        ge=0,
        le=10_000,
    )
    group_seats_metres: int = setting(
        3000,
        "多校划片时各组学位均衡的权重：每偏离一个学位抵多少米路程",
        "metres that one seat weighs by which groups miss an even share of seats",
        ge=0,
        le=1_000_000,
    )
    group_quality_metres: int = setting(
        30,
        "多校划片时各组质量均衡的权重：每偏离一分乘一个学位抵多少米路程",
        "metres that one point x seat weighs by which groups miss an even mean score",
        ge=0,
        le=1_000_000,
    )
    concentrate_classes: int = setting(
        0,
        "农村学校布局测算：起始年级不足几个班的学校，小学 4-6 年级、初中集中到较大的学校（0=不测算）",
        "rural layout: schools with seats for fewer entry classes send grades 4-6, or the junior stage, to "
        "larger ones, 0 = not worked out (R13)",
        ge=0,
        le=100,
    )
    seconds: int = setting(
        60,
        "最优方法与多校划片的计算量上限：约合多少秒（按计算量折算，与机器快慢无关）",
        "limit of work of optimal and of groups: about so many seconds, counted and not clocked",
        ge=0,
        le=100_000,
    )
    walls: list[Wall] = setting(
        ["county"],
        "学区不得跨越的界线：县区、乡镇街道、学区（学区制）",
        "borders no zone may cross; where a block or school has no name there, it is no wall",
    )
    neighbours: Literal["auto", "outlines", "roads", "points"] = setting(
        "auto",
        "相邻关系来源：边界 outlines、路网 roads、点位 points；"
        "auto=都有边界用边界，否则有路网用路网，再否则用点位",
        "where neighbours come from: outlines, roads, points; auto = outlines where every block has one, "
        "else roads where there are any, else points",
    )
    neighbour_gap_metres: int = setting(
        5,
        "按边界判断相邻时，两块边界相距多少米以内算贴邻（小区之间隔路时可设 40）",
        "outlines no farther apart than this run along each other; 40 where streets lie between blocks",
        ge=0,
        le=1000,
    )
    neighbour_limit_metres: int = setting(
        0,
        "按点位或路网判断相邻时两点的最大直线距离（米，0 不限）",
        "greatest straight line between neighbours by points or roads, metres; 0 = no limit",
        ge=0,
        le=100_000,
    )
    primary_limit_metres: int = setting(
        0,
        "小学步行上限（米；0=同 travel；城区服务半径为 500）",
        "walking limit, primary; 0 = that of [travel]; the service radius in towns is 500",
        ge=0,
        le=100_000,
    )
    junior_limit_metres: int = setting(
        0,
        "初中步行上限（米；0=同 travel；城区服务半径为 1000）",
        "walking limit, junior; 0 = that of [travel]; the service radius in towns is 1,000",
        ge=0,
        le=100_000,
    )
    seats_percent: int = setting(
        100,
        "学区可用学位占招生学位的比例（%；95=留 5% 机动）",
        "share of the seats that zones may fill; 95 keeps 5 % in hand",
        ge=1,
        le=200,
    )
    farthest_metres: int = setting(
        10_000,
        "不划到比这更远的学校（米；最近的和现行的学校除外；0 不限）",
        "no block goes to a school farther than this, but to its nearest or today's; 0 = no limit",
        ge=0,
    )
    candidates: int = setting(
        0,
        "每个小区最多考虑几所最近的学校（0=界线内全部）",
        "nearest schools considered per block, 0 = all within the walls; with fewer a zone may not connect",
        ge=0,
    )
