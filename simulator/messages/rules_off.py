"""Warnings: rules that are off for want of data, each with the rule and what would switch it on."""

MESSAGES: dict[str, tuple[str, str]] = {
    "off_distances": (
        "没有坐标，也没有距离表：距离一律不可得，就近（规则 {rule}，见 "
        "docs/rules.md）只按学区表顺序判断。补充经纬度或 "
        "travel 表即可启用。",
        "No coordinates and no travel table: metres are not available, and nearness ({rule}, "
        "see docs/rules.md) rests "
        "on the order of the zone table. Add longitude and latitude, or a travel table.",
    ),
    "off_zones": (
        "没有学区表 zones：按学区录取的批次找不到学校（规则 {rule}，见 docs/rules.md）。",
        "No zones table: rounds that reach by zone find no school ({rule}, see docs/rules.md).",
    ),
    "off_counties": (
        "学校和小区都没有县区：分县指标（规则 {rule}，见 docs/rules.md）只能按全市计算。",
        "Neither blocks nor schools name a county: county figures ({rule}, see docs/rules.md) "
        "are for the whole city only.",
    ),
    "off_caps": (
        "学校表没有在校生数：校额上限（规则 {rule}，见 docs/rules.md）无从约束。补充在校生数即可启用。",
        "The schools table has no pupils on roll: caps ({rule}, see docs/rules.md) cannot "
        "bind. Add the column to "
        "switch them on.",
    ),
    "off_approval": (
        "有民办学校而没有审批地：均按可在全市招生处理（规则 {rule}，见 docs/rules.md）。",
        "There are private schools but no approving county: each may recruit in the whole "
        "city ({rule}, see docs/rules.md).",
    ),
    "off_wishes": (
        "没有志愿表 applications，也没有志愿模型：批次“{rounds}”无人报名（规则 {rule}，见 docs/rules.md）。",
        "No applications table and no choice model: nobody applies in {rounds} ({rule}, see docs/rules.md).",
    ),
    "off_feeders": (
        "没有对口表 feeders：批次“{rounds}”的对口升学不起作用（规则 {rule}，见 docs/rules.md）。",
        "No feeders table: reaching by feeder in {rounds} finds nothing ({rule}, see docs/rules.md).",
    ),
    "off_origin": (
        "名册没有毕业小学：批次“{rounds}”的直升或对口不起作用（规则 {rule}，见 docs/rules.md）。",
        "The roster has no primary school attended: promotion in {rounds} finds nothing "
        "({rule}, see docs/rules.md).",
    ),
    "off_districts": (
        "学校和小区没有同时写明学区（学区制）：批次“{rounds}”的学区共享不起作用（规则 {rule}，"
        "见 docs/rules.md）。",
        "Blocks and schools do not both name learning districts: reaching by district in {rounds} "
        "finds nothing ({rule}, see docs/rules.md).",
    ),
    "off_groups": (
        "学校表没有教育集团：批次“{rounds}”的集团内调剂不起作用（规则 {rule}，见 docs/rules.md）。",
        "The schools table has no education groups: reaching by group in {rounds} finds "
        "nothing ({rule}, see docs/rules.md).",
    ),
    "off_boarding": (
        "学校表没有寄宿床位：批次“{rounds}”不能安排寄宿（规则 {rule}，见 docs/rules.md）。",
        "The schools table has no boarding beds: {rounds} cannot board anybody ({rule}, see docs/rules.md).",
    ),
    "off_pool": (
        "学校表没有，该学位池是空的；用到的批次：{rounds}（规则 {rule}，见 docs/rules.md）。",
        "Not in the schools table, so the pool is empty; used in: {rounds} ({rule}, see docs/rules.md).",
    ),
    "off_addresses": (
        "名册没有居住小区：所有学生都列为“待核”，学区录取（规则 {rule}，见 docs/rules.md）不起作用。",
        "The roster has no block: every child is “to be verified”, and zones ({rule}, see "
        "docs/rules.md) have no effect.",
    ),
    "off_age": (
        "名册没有出生日期：不核验年龄（规则 {rule}，见 docs/rules.md）。",
        "The roster has no date of birth: age is not checked ({rule}, see docs/rules.md).",
    ),
    "off_twins": (
        "名册没有多胞胎编组：多胞胎各自摇号（规则 {rule}，见 docs/rules.md）。",
        "The roster has no twin groups: twins are drawn singly ({rule}, see docs/rules.md).",
    ),
    "off_disabled": (
        "名册没有残疾儿童安置方式：残疾儿童安置与统计（规则 {rule}，见 docs/rules.md）不启用。",
        "The roster has no placements of children with disabilities: their placement and rate are off "
        "({rule}, see docs/rules.md).",
    ),
    "off_left_behind": (
        "名册没有留守儿童标记：相关核对（规则 {rule}，见 docs/rules.md）不启用。",
        "The roster does not mark left-behind children: their checks are off ({rule}, see docs/rules.md).",
    ),
    "off_migrant": (
        "名册没有随迁子女标记：全部按本地儿童处理，随迁子女比例（规则 {rule}，见 docs/rules.md）不计算。",
        "The roster does not mark migrant children: all count as local, and their share is "
        "not told ({rule}, see docs/rules.md).",
    ),
    "off_permit": (
        "名册没有居住证信息：所有随迁子女都按无居住证处理（规则 {rule}，见 docs/rules.md）。",
        "The roster has no residence permits: no migrant child counts as holding one ({rule}, "
        "see docs/rules.md).",
    ),
    "off_homes": (
        "名册没有房屋编号，也没有学位是否锁定：学位锁定（规则 {rule}，见 docs/rules.md）在批次“{rounds}”"
        "不起作用。",
        "The roster has neither homes nor a column of locked ones: the seat lock ({rule}, see docs/rules.md) "
        "has no effect in {rounds}.",
    ),
    "off_used_homes": (
        "没有已用学位表 used_homes：学位锁定（规则 {rule}，见 docs/rules.md）在批次“{rounds}”不起作用。",
        "No used_homes table: the seat lock ({rule}, see docs/rules.md) has no effect in {rounds}.",
    ),
    "off_flag": (
        "名册没有，一律按“否”；用到的批次：{rounds}（规则 {rule}，见 docs/rules.md）。",
        "Not in the roster, so every child counts as “no”; used in: {rounds} ({rule}, see docs/rules.md).",
    ),
    "off_rank": (
        "名册没有，按它排序不起作用；用到的批次：{rounds}（规则 {rule}，见 docs/rules.md）。",
        "Not in the roster, so ranking by it has no effect; used in: {rounds} ({rule}, see docs/rules.md).",
    ),
}
