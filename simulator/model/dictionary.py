"""The data dictionary: every column of every input table, described once.

The reader, the checks, the Excel headings and the documentation all use this page. The first Chinese
heading is the one we write; the others are accepted when reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.model.terms import Ownership, Placement, SchoolKind

Kind = Literal["id", "text", "integer", "number", "yes_no", "date", "choice", "county", "label"]
"""``id`` is text that must be unique or name a row of ``refers``; ``county`` and ``label`` are names."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: name in English, the heading we accept first.
        headings: Chinese headings; the first is written.
        kind: what the cells hold.
        zh, en: meaning. required: the table is refused without it. unit: "metres", "seats", "" for none.
        refers: table whose ``id`` the cell must name, "" for none.
        choices: accepted text (Chinese and English) to code, for ``choice``.
        low, high: bounds of integers and numbers, inclusive.
    """

    name: str
    headings: tuple[str, ...]
    kind: Kind
    zh: str
    en: str
    required: bool = False
    unit: str = ""
    refers: str = ""
    choices: Mapping[str, int] = field(default_factory=dict)
    low: float = 0
    high: float = 1_000_000


STAGES = {"primary": 0, "junior": 1, "小学": 0, "初中": 1, "小一": 0, "初一": 1, "一年级": 0, "七年级": 1}
KINDS = {kind.name.lower(): int(kind) for kind in SchoolKind} | {
    "小学": SchoolKind.PRIMARY, "完全小学": SchoolKind.PRIMARY, "完小": SchoolKind.PRIMARY,
    "初中": SchoolKind.JUNIOR, "初级中学": SchoolKind.JUNIOR,
    "九年一贯制": SchoolKind.NINE_YEAR, "九年一贯制学校": SchoolKind.NINE_YEAR,
    "十二年一贯制": SchoolKind.TWELVE_YEAR, "十二年一贯制学校": SchoolKind.TWELVE_YEAR,
    "完全中学": SchoolKind.COMPLETE_SECONDARY, "完中": SchoolKind.COMPLETE_SECONDARY,
    "教学点": SchoolKind.TEACHING_POINT, "小学教学点": SchoolKind.TEACHING_POINT,
    "特殊教育学校": SchoolKind.SPECIAL, "特殊教育": SchoolKind.SPECIAL, "特教学校": SchoolKind.SPECIAL,
}  # fmt: skip
OWNERSHIPS = {kind.name.lower(): int(kind) for kind in Ownership} | {
    "公办": Ownership.PUBLIC, "民办": Ownership.PRIVATE, "普惠性民办": Ownership.INCLUSIVE_PRIVATE,
}  # fmt: skip
PLACEMENTS = {kind.name.lower(): int(kind) for kind in Placement} | {
    "": Placement.NONE, "无": Placement.NONE, "随班就读": Placement.MAINSTREAM, "特教班": Placement.SPECIAL_CLASS,
    "特教学校": Placement.SPECIAL_SCHOOL, "特殊教育学校": Placement.SPECIAL_SCHOOL, "送教上门": Placement.TAUGHT_AT_HOME,
}  # fmt: skip


def _per_stage(
    name: str, headings: tuple[str, ...], zh: str, en: str, unit: str, low: float = 0, high: float = 10_000
) -> tuple[Column, Column]:
    """The same column for both stages: ``primary_NAME`` 小学… and ``junior_NAME`` 初中…."""
    return (
        Column(f"primary_{name}", tuple(f"小学{h}" for h in headings), "integer", f"小学{zh}", f"primary: {en}", unit=unit, low=low, high=high),
        Column(f"junior_{name}", tuple(f"初中{h}" for h in headings), "integer", f"初中{zh}", f"junior: {en}", unit=unit, low=low, high=high),
    )  # fmt: skip


SCHOOLS = (
    Column("school", ("学校代码", "学校标识码", "学校编号"), "id", "学校代码，唯一", "id of the school, unique", required=True),
    Column("name", ("学校名称", "校名", "学校"), "text", "学校名称", "name"),
    Column("kind", ("办学类型", "学校类型", "类型"), "choice", "办学类型", "kind of school", required=True, choices=KINDS),
    Column("ownership", ("举办者类型", "办学性质", "举办者", "公办民办"), "choice", "公办、民办或普惠性民办；缺省公办", "public, private or inclusive private; public if absent", choices=OWNERSHIPS),
    Column("county", ("县区", "县（市、区）", "县(市、区)", "区县", "所属县区"), "county", "所在县（市、区）", "county or district"),
    Column("town", ("乡镇", "镇街", "乡镇街道", "镇（街道）"), "label", "所在乡镇或街道", "town or subdistrict"),
    Column("longitude", ("经度",), "number", "经度", "longitude", unit="degrees", low=-180, high=180),
    Column("latitude", ("纬度",), "number", "纬度", "latitude", unit="degrees", low=-90, high=90),
    Column("classes", ("计划招生班数", "招生班数", "计划班数"), "integer", "计划招生班数（单一学段学校）", "planned entry classes (schools of one stage)", unit="classes", high=100),
    *_per_stage("classes", ("计划招生班数", "招生班数"), "计划招生班数", "planned entry classes", "classes", high=100),
    Column("class_size", ("班额", "标准班额"), "integer", "班额（缺省按标准）", "class size if not the standard", unit="pupils", low=1, high=70),
    *_per_stage("class_size", ("班额", "标准班额"), "班额（缺省按标准）", "class size if not the standard", "pupils", low=1, high=70),
    Column("planned_seats", ("计划招生数", "计划招生人数", "招生计划"), "integer", "计划招生人数（代替班数×班额）", "planned entrants, instead of classes x class size", unit="seats", high=10_000),
    *_per_stage("planned_seats", ("计划招生数", "计划招生人数"), "计划招生人数", "planned entrants", "seats"),
    Column("pupils", ("在校生数", "在校学生数"), "integer", "义务教育阶段在校生数", "pupils on roll, compulsory stages", unit="children", high=20_000),
    *_per_stage("pupils", ("在校生数", "在校学生数", "阶段在校生数"), "在校生数", "pupils on roll", "children", high=20_000),
    Column("leavers", ("毕业年级人数", "毕业生数", "应届毕业生数"), "integer", "毕业年级（六、九年级）人数", "pupils in the leaving grade", unit="children", high=5_000),
    *_per_stage("leavers", ("毕业年级人数", "毕业生数", "应届毕业生数"), "毕业年级人数", "pupils in the leaving grade", "children", high=5_000),
    Column("cap", ("校额上限", "办学规模上限"), "integer", "义务教育阶段规模上限（缺省按类型）", "greatest number of pupils, if not by kind", unit="children", low=1, high=20_000),
    Column("ceiling", ("本年规模上限", "本年控制规模"), "integer", "已超校额学校的本年控制规模", "this year's ceiling of an oversized school", unit="children", high=20_000),
    Column("reserved_seats", ("随迁子女预留学位", "预留学位"), "integer", "为随迁子女（或批次所指对象）预留的学位", "seats reserved for migrant children, or for whom a round names", unit="seats", high=5_000),
    *_per_stage("reserved_seats", ("随迁子女预留学位", "预留学位"), "为随迁子女（或批次所指对象）预留的学位", "seats reserved for migrant children, or for whom a round names", "seats"),
    Column("purchased_seats", ("政府购买学位", "购买学位"), "integer", "政府购买的学位（普惠性民办）", "seats bought by government", unit="seats", high=5_000),
    *_per_stage("purchased_seats", ("政府购买学位", "购买学位"), "政府购买的学位", "seats bought by government", "seats"),
    Column("special_class_seats", ("特教班学位",), "integer", "特教班学位", "seats in special classes", unit="seats", high=500),
    *_per_stage("special_class_seats", ("特教班学位",), "特教班学位", "seats in special classes", "seats", high=500),
    Column("boarding_beds", ("寄宿床位", "可用寄宿床位", "床位数"), "integer", "可用寄宿床位", "free boarding beds", unit="beds", high=10_000),
    Column("bus", ("校车", "有无校车"), "yes_no", "是否有校车", "a school bus runs"),
    Column("group", ("教育集团", "集团"), "label", "教育集团", "education group"),
    Column("district", ("学区", "学区名称", "所属学区"), "label", "学区（学区制）", "learning district"),
    Column("approval_county", ("审批地", "审批机关所在县区"), "county", "民办学校审批地；空=全市", "county that approves a private school; empty = whole city"),
    Column("disabled_pupils", ("在读残疾学生数", "随班就读人数"), "integer", "在读残疾学生数", "children with disabilities on roll", unit="children", high=1_000),
    Column("resource_room", ("资源教室", "有无资源教室"), "yes_no", "是否有资源教室", "has a resource room"),
    Column("protected", ("保留学校", "是否保留"), "yes_no", "不得撤并", "may not be closed"),
    Column("quality", ("督导评估得分", "办学质量得分", "优质均衡评估得分"), "integer", "优质均衡督导评估得分（多校划片时各组均衡）", "score of the quality assessment, evened between groups of schools", unit="points", high=1_000),
)  # fmt: skip

BLOCKS = (
    Column("block", ("小区代码", "小区编号", "社区代码", "村居代码"), "id", "小区（村）代码，唯一", "id of the block, unique", required=True),
    Column("name", ("小区名称", "小区", "村居名称", "小区/村"), "text", "小区（村）名称", "name"),
    Column("county", ("县区", "县（市、区）", "县(市、区)", "区县", "所属县区"), "county", "所在县（市、区）", "county or district"),
    Column("town", ("乡镇", "镇街", "乡镇街道", "镇（街道）"), "label", "所在乡镇或街道", "town or subdistrict"),
    Column("district", ("学区", "学区名称", "所属学区"), "label", "学区（学区制）", "learning district"),
    Column("longitude", ("经度",), "number", "经度", "longitude", unit="degrees", low=-180, high=180),
    Column("latitude", ("纬度",), "number", "纬度", "latitude", unit="degrees", low=-90, high=90),
    Column("village", ("是否农村", "是否村"), "yes_no", "是否农村", "rural"),
)  # fmt: skip

ZONES = (
    Column("block", ("小区代码", "小区编号", "社区代码", "村居代码"), "id", "小区（村）", "block", required=True, refers="blocks"),
    Column("school", ("学校代码", "学校标识码", "学校编号", "对口学校代码"), "id", "学校", "school", required=True, refers="schools"),
    Column("stage", ("学段",), "choice", "学段；单一学段学校可空", "stage; may be empty for schools of one stage", choices=STAGES),
    Column("order", ("顺序", "序号"), "integer", "多校划片时的先后", "order within a multi-school zone", low=1, high=1000),
)  # fmt: skip

FEEDERS = (
    Column("primary", ("小学代码", "毕业小学代码"), "id", "小学", "primary school", required=True, refers="schools"),
    Column("junior", ("初中代码", "对口初中代码"), "id", "对口初中", "junior school", required=True, refers="schools"),
    Column("share", ("比例", "份额"), "number", "比例（0-1）", "share of leavers, 0 to 1", low=0, high=1),
)  # fmt: skip

TRAVEL = (
    Column("block", ("小区代码", "小区编号", "村居代码"), "id", "小区（村）", "block", required=True, refers="blocks"),
    Column("school", ("学校代码", "学校编号"), "id", "学校", "school", required=True, refers="schools"),
    Column("metres", ("距离", "距离（米）", "距离(米)"), "integer", "距离（米）", "distance", required=True, unit="metres", high=500_000),
)  # fmt: skip

ROAD_NODES = (
    Column("node", ("路口编号", "节点编号", "路口代码", "node_id", "osmid"), "id", "路口（道路节点）编号，唯一", "id of the node, unique", required=True),
    Column("longitude", ("经度", "lon", "x"), "number", "经度", "longitude", required=True, unit="degrees", low=-180, high=180),
    Column("latitude", ("纬度", "lat", "y"), "number", "纬度", "latitude", required=True, unit="degrees", low=-90, high=90),
)  # fmt: skip

ROAD_EDGES = (
    Column("start", ("起点", "起点编号", "起点路口编号", "u", "from", "source"), "id", "起点路口", "node the edge begins at", required=True, refers="road_nodes"),
    Column("end", ("终点", "终点编号", "终点路口编号", "v", "to", "target"), "id", "终点路口", "node the edge ends at", required=True, refers="road_nodes"),
    Column("metres", ("长度", "长度（米）", "路段长度", "length", "length_m"), "number", "长度（米），读入时取整", "length, taken as whole metres", required=True, unit="metres", high=1_000_000),
    Column("oneway", ("单行", "是否单行"), "yes_no", "单行（否=本行代表两个方向；空=反方向另有一行）", "one-way; no = the row is both directions, empty = the other direction has a row of its own"),
    Column("highway", ("道路类型", "道路等级"), "text", "道路类型（OpenStreetMap 的 highway；决定可否步行、行车）", "kind of road as in OpenStreetMap; decides who may use it"),
    Column("walk", ("可步行", "是否可步行", "foot"), "yes_no", "可步行（缺省按道路类型）", "open on foot; if absent, by the kind of road"),
    Column("drive", ("可行车", "是否可行车", "motor_vehicle"), "yes_no", "可行车（缺省按道路类型）", "open to cars; if absent, by the kind of road"),
    Column("walk_oneway", ("步行单向", "步行是否单向", "oneway:foot"), "yes_no", "步行也只能由起点到终点（缺省否）", "on foot too from start to end only; no if absent"),
)  # fmt: skip

BARRIERS = (
    Column("block", ("小区代码", "小区编号", "村居代码"), "id", "小区（村）", "block", required=True, refers="blocks"),
    Column("other", ("另一小区代码", "相邻小区代码", "对面小区代码"), "id", "隔开的另一小区（村）", "the block it is kept apart from", required=True, refers="blocks"),
    Column("kind", ("阻隔", "阻隔类型", "原因"), "text", "河流、铁路、快速路等", "water, rail, motorway"),
)  # fmt: skip

SITES = (
    Column("site", ("地块代码", "地块编号"), "id", "地块代码，唯一", "id of the site, unique", required=True),
    Column("name", ("地块名称", "地块"), "text", "地块名称", "name"),
    Column("county", ("县区", "县（市、区）", "县(市、区)", "区县", "所属县区"), "county", "所在县（市、区）", "county or district"),
    Column("town", ("乡镇", "镇街", "乡镇街道", "镇（街道）"), "label", "所在乡镇或街道", "town or subdistrict"),
    Column("district", ("学区", "学区名称", "所属学区"), "label", "学区（学区制）", "learning district"),
    Column("longitude", ("经度",), "number", "经度", "longitude", unit="degrees", low=-180, high=180),
    Column("latitude", ("纬度",), "number", "纬度", "latitude", unit="degrees", low=-90, high=90),
    Column("seats", ("可设学位", "规划学位", "每年学位"), "integer", "建校后每年可招新生数（缺省按 siting.classes）", "entrants a year of a school there, if not by siting.classes", unit="seats", high=10_000),
    Column("reserved", ("教育预留用地", "是否预留", "预留"), "yes_no", "规划预留的教育用地（R46）", "land reserved for a school in the plan (R46)"),
)  # fmt: skip

STUDENTS = (
    Column("student", ("学生编号", "学生代码", "报名号", "学籍号"), "id", "学生编号，唯一，逐年不变", "id, unique, stable", required=True),
    Column("name", ("姓名", "学生姓名"), "text", "姓名（仅在明确要求时输出）", "name; leaves only on request"),
    Column("stage", ("学段", "入学学段", "年级"), "choice", "入学学段", "stage entered", required=True, choices=STAGES),
    Column("block", ("居住小区代码", "小区代码", "居住地址", "住址", "房产地址", "小区"), "id", "学区认定地址所在小区（代码或名称）", "block of the address that counts for zoning (id or name)", refers="blocks"),
    Column("household_block", ("户籍小区代码", "户籍地址", "户籍地"), "id", "户籍所在小区（代码或名称）", "block of the household register (id or name)", refers="blocks"),
    Column("origin_school", ("毕业小学代码", "毕业学校", "就读小学", "毕业小学"), "id", "毕业小学（代码或名称）", "primary school attended (id or name)", refers="schools"),
    Column("sibling_school", ("哥姐就读学校", "在读兄姐学校", "兄姐学校代码"), "id", "在读哥姐所在学校", "school of an elder sibling", refers="schools"),
    Column("twin_group", ("多胞胎编组", "双胞胎编号", "多胞胎编号"), "label", "多胞胎编组（同组同值）", "label shared by twins"),
    Column("birth_date", ("出生日期", "出生年月日"), "date", "出生日期", "date of birth"),
    Column("settled_on", ("落户时间", "落户日期", "入户时间", "入户日期"), "date", "落户日期", "settlement date"),
    Column("permit_on", ("居住证签发日期", "居住证办理时间"), "date", "居住证签发日期", "issue date of the residence permit"),
    Column("points", ("积分",), "number", "入学积分", "admission points", high=100_000),
    Column("placement", ("残疾儿童安置方式", "安置方式"), "choice", "残疾儿童安置方式", "placement of a child with a disability", choices=PLACEMENTS),
    Column("deferral_number", ("延缓入学批准号", "缓学批准文号"), "text", "延缓入学批准号", "approval number of a deferral"),
    Column("home_id", ("房屋编号", "住房编号", "房产编号"), "label", "房屋编号（不透明代号；只用于学位锁定，不进入结果）", "opaque label of the home; for the seat lock only, in no result"),
    Column("household", ("户籍在学区", "是否学区户籍"), "yes_no", "户籍在学区", "household register in the zone"),
    Column("home", ("房产在学区", "是否学区房产", "自有住房"), "yes_no", "自有房产在学区", "owns a home in the zone"),
    Column("collective_household", ("是否集体户", "集体户"), "yes_no", "集体户", "collective household"),
    Column("renting", ("是否租房", "租房"), "yes_no", "租房居住", "renting"),
    Column("preference", ("政策优待", "是否优待", "优抚对象"), "yes_no", "政策优待对象", "preference by policy"),
    Column("migrant", ("是否随迁子女", "随迁子女"), "yes_no", "随迁子女", "migrant child"),
    Column("residence_permit", ("持有居住证", "是否持居住证", "居住证"), "yes_no", "持居住证", "has a residence permit"),
    Column("left_behind", ("是否留守儿童", "留守儿童"), "yes_no", "留守儿童", "left-behind child"),
    Column("returning", ("是否返户籍地", "返户籍地入学"), "yes_no", "返户籍地入学", "returns to the household zone"),
    Column("late", ("是否补录", "补录"), "yes_no", "补录", "late registration"),
    Column("declined", ("是否放弃", "放弃学位"), "yes_no", "放弃学位", "declined a seat"),
    Column("enrolled_elsewhere", ("已在外地入学", "外地就读"), "yes_no", "已在外地入学", "enrolled elsewhere"),
    Column("private_declined", ("不确认民办", "放弃民办录取"), "yes_no", "民办录取后不确认", "does not confirm a private place"),
    Column("home_locked", ("学位已锁定", "房屋学位已占用", "是否学位锁定"), "yes_no", "房屋学位已锁定（缺省由房屋编号和已用学位表推算）", "the home's seat is locked; if absent, by home_id and the table used_homes"),
)  # fmt: skip

APPLICATIONS = (
    Column("student", ("学生编号", "学生代码", "报名号", "学籍号"), "id", "学生", "student", required=True, refers="students"),
    Column("round", ("批次",), "text", "批次代号或名称", "round, by name or title", required=True),
    Column("position", ("志愿序号", "志愿", "志愿顺序"), "integer", "第几志愿", "1 = first choice", required=True, low=1, high=100),
    Column("school", ("学校代码", "志愿学校代码", "学校编号"), "id", "学校", "school", required=True, refers="schools"),
)  # fmt: skip

SETTLED = (
    Column("student", ("学生编号", "学生代码", "报名号", "学籍号"), "id", "学生", "student", required=True, refers="students"),
    Column("school", ("学校代码", "学校编号", "安置学校代码"), "id", "学校", "school", required=True, refers="schools"),
    Column("reason", ("原因", "依据"), "text", "原因或依据", "reason"),
)  # fmt: skip

DEMAND = (
    Column("block", ("小区代码", "小区编号", "村居代码"), "id", "小区（村）", "block", required=True, refers="blocks"),
    Column("stage", ("学段",), "choice", "学段", "stage", required=True, choices=STAGES),
    Column("category", ("类别", "生源类别"), "text", "生源类别（population.categories 中的一项）", "a category of the population settings", required=True),
    Column("count", ("人数",), "integer", "人数", "children", required=True, unit="children", high=100_000),
)  # fmt: skip

DRAWN = (
    Column("draw", ("摇号", "摇号名"), "text", "摇号名（批次的 draw，缺省为批次代号）", "the draw of a round, by its name", required=True),
    Column("student", ("学生编号", "学生代码", "报名号", "学籍号"), "id", "学生", "student", required=True, refers="students"),
    Column("place", ("摇号顺序", "摇号序号"), "integer", "摇号顺序，从 1 起；多胞胎同号", "place, from 1; twins share one", required=True, low=1),
)  # fmt: skip

USED_HOMES = (
    Column("home", ("房屋编号", "住房编号", "房产编号"), "label", "房屋编号（与名册一致的不透明代号）", "opaque label of the home, as in the roster", required=True),
    Column("year", ("入学年份", "学位使用年份", "使用年份"), "integer", "使用学位入学的年份", "entry year in which its seat was used", required=True, low=1990, high=2100),
    Column("school", ("学校代码", "学校标识码", "学校编号"), "id", "所用学位的学校", "school of the seat", required=True, refers="schools"),
    Column("stage", ("学段",), "choice", "学段；单一学段学校可空", "stage; may be empty for schools of one stage", choices=STAGES),
)  # fmt: skip

LAST_CUTOFFS = (
    Column("round", ("批次",), "text", "批次代号或名称", "round, by name or title", required=True),
    Column("school", ("学校代码", "学校标识码", "学校编号"), "id", "学校", "school", required=True, refers="schools"),
    Column("stage", ("学段",), "choice", "学段；单一学段学校可空", "stage; may be empty for schools of one stage", choices=STAGES),
    Column("tier", ("末位顺位", "去年末位顺位"), "integer", "去年最后录取者的顺位，从 1 起", "tier of the last child admitted last year, from 1", low=1, high=100),
    Column("date", ("末位日期", "去年末位日期", "末位落户日期"), "date", "去年最后录取者的落户（或居住证）日期", "date the last child admitted last year was ranked by"),
    Column("points", ("末位积分", "去年末位积分", "积分线", "录取积分线"), "number", "去年最后录取者的积分", "points of the last child admitted last year", high=100_000),
)  # fmt: skip

TABLES: Mapping[str, tuple[Column, ...]] = {
    "schools": SCHOOLS,
    "blocks": BLOCKS,
    "zones": ZONES,
    "feeders": FEEDERS,
    "travel": TRAVEL,
    "barriers": BARRIERS,
    "sites": SITES,
    "students": STUDENTS,
    "applications": APPLICATIONS,
    "settled": SETTLED,
    "demand": DEMAND,
    "drawn": DRAWN,
    "used_homes": USED_HOMES,
    "last_cutoffs": LAST_CUTOFFS,
    "road_nodes": ROAD_NODES,
    "road_edges": ROAD_EDGES,
}
"""Table name to its columns; the tables a scenario folder may hold."""

REQUIRED_TABLES = ("schools", "blocks")
"""A folder without these is refused; so is one with neither ``students`` nor ``demand``."""

FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "parents_job": (
        "父母职务",
        "家长职务",
        "父亲职务",
        "母亲职务",
        "职务",
        "职业",
        "家长职业",
        "職務",
        "職業",
        "parent_job",
        "parent_post",
        "job",
        "occupation",
    ),
    "parents_employer": (
        "工作单位",
        "父母单位",
        "家长单位",
        "单位",
        "單位",
        "employer",
        "workplace",
        "work_unit",
    ),
    "parents_income": (
        "收入",
        "家庭收入",
        "父母收入",
        "年收入",
        "月收入",
        "工资",
        "薪资",
        "income",
        "salary",
        "wage",
    ),
    "preschool": (
        "学前教育经历",
        "幼儿园",
        "毕业幼儿园",
        "是否上过幼儿园",
        "学前",
        "幼兒園",
        "preschool",
        "kindergarten",
    ),
    "birth_permit": (
        "独生子女",
        "独生子女证",
        "计划生育",
        "准生证",
        "计划生育证明",
        "计生",
        "生育证",
        "独生",
        "only_child",
        "birth_permit",
    ),
    "scores": (
        "成绩",
        "考试",
        "分数",
        "排名",
        "名次",
        "测验",
        "成績",
        "考試",
        "分數",
        "score",
        "exam",
        "grade_rank",
        "ranking",
        "test",
    ),
    "key_schools": (
        "重点校",
        "重点学校",
        "重点班",
        "快班",
        "慢班",
        "快慢班",
        "实验班",
        "尖子班",
        "火箭班",
        "特长生",
        "升学率",
        "升学指标",
        "重點校",
        "重點班",
        "實驗班",
        "key_school",
        "key_class",
        "elite_class",
        "promotion_rate",
    ),
    "amounts": (
        "社保金额",
        "缴税金额",
        "纳税额",
        "缴费金额",
        "纳税金额",
        "缴费基数",
        "insurance_amount",
        "tax_amount",
    ),
}
"""Data that may not enter (R31, R33, R34): kind to words a heading may not contain. 积分 (admission points) and
months of insurance or tax are allowed."""
