"""Words of what the adoption of a drawing of zones needs."""

MESSAGES: dict[str, tuple[str, str]] = {
    # what adoption needs
    "adopt_lead": (
        "本页只是测算。划片调整由县（市、区）决定；下列事项办妥并记录在案后方可实施（规则编号见程序的 "
        "docs/rules.md）。",
        "This page only computes. The county decides; each of these is done and on record before the "
        "zones hold "
        "(rules by their numbers in the program's docs/rules.md).",
    ),
    "adopt_decision": ("决定机关与文号（R48）", "Who decides, and the document (R48)"),
    "adopt_decision_how": (
        "县（市、区）人民政府或教育行政部门集体决定；每县一案。",
        "The county government or its education bureau decides, county by county.",
    ),
    "adopt_decision_blank": ("机关、文号、日期", "authority, number, date"),
    "adopt_consultation": ("征求意见与听证记录（R14、R27）", "Consultation and hearing on record (R14, R27)"),
    "adopt_consultation_how": (
        "向变动的 {blocks} 个小区（村）的居民、学校和专家说明并听取意见；"
        "意见及采纳情况入档（撤并学校另按 R14 办理）。",
        "Residents of the {blocks} blocks that move, schools and experts are told and heard; what was "
        "said and "
        "what came of it is kept (closing a school has its own procedure, R14).",
    ),
    "adopt_consultation_blank": ("时间、地点、人数、记录编号", "when, where, how many, record no."),
    "adopt_notice": ("公布日期（R28、R49）", "Date of notice (R28, R49)"),
    "adopt_notice_how": (
        "在登记之前公布学区范围、学校和招生办法；变动较大的应提前一年以上预告。",
        "Zones, schools and rules are published before registration; great changes a year or more ahead.",
    ),
    "adopt_notice_blank": ("预告日、公布日", "date of early notice, of notice"),
    "adopt_pupils": ("在校生过渡", "Pupils already there"),
    "adopt_pupils_how": (
        "新学区只用于新生；在校生留在原校直至毕业。",
        "The new zones are for entrants only; pupils on roll stay until they leave.",
    ),
    "adopt_pupils_blank": ("自哪一届新生起", "from which entry year"),
    "adopt_siblings": ("在读兄弟姐妹（R27）", "Siblings (R27)"),
    "adopt_siblings_how": (
        "变动小区的 {children} 名新生中，有哥姐在原校就读的，写明可随读几年；批次中用 sibling 排序。",
        "Of the {children} entrants who move, those with an elder sibling at the old school may follow "
        "for so "
        "many years, to be named; a round ranks by sibling.",
    ),
    "adopt_siblings_blank": ("过渡年数", "years of transition"),
    "adopt_homes": ("房屋学位锁定（R27）", "Homes whose seat is used (R27)"),
    "adopt_homes_how": (
        "原学区已用学位的房屋怎样计算（现设 {years} 年）须一并写明。",
        "How homes count whose seat was used in the old zone (now {years} years) is to be said too.",
    ),
    "adopt_homes_blank": ("办法", "rule"),
    "adopt_feeders": ("小升初对口（R28）", "Promotion to junior schools (R28)"),
    "adopt_feeders_how": (
        "小学学区变动后，核对对口直升表和初中学区是否仍然一致。",
        "With new primary zones, check that feeders and junior zones still agree.",
    ),
    "adopt_feeders_blank": ("核对人、日期", "checked by, date"),
    "adopt_migrant": ("随迁子女（R24、R25）", "Migrant children (R24, R25)"),
    "adopt_migrant_how": (
        "持居住证的随迁子女与本地儿童同样计入各学区；预留学位和公办比例不因调整而降低。",
        "Migrant children with a residence permit count in every zone as local ones do; reserved seats "
        "and the "
        "share in public schools do not fall.",
    ),
    "adopt_migrant_blank": ("核对人、日期", "checked by, date"),
    "adopt_small_schools": ("教学点和小规模学校（R15）", "Teaching points and small schools (R15)"),
    "adopt_small_schools_how": (
        "教学点只接收现有村；方案不得使其无生源而变相撤并。",
        "Teaching points keep to their own villages; no drawing may close one by leaving it without "
        "children.",
    ),
    "adopt_small_schools_blank": ("核对人、日期", "checked by, date"),
    "adopt_far": ("超过步行上限的儿童（R17）", "Children beyond the walking limit (R17)"),
    "adopt_far_how": (
        "共 {far} 名：逐个落实寄宿、校车或书面例外。",
        "{far} in all: boarding, a bus or a written exception for each.",
    ),
    "adopt_far_blank": ("落实情况", "settled how"),
    "adopt_replay": ("按方案重演一年（R3）", "Play the year with it (R3)"),
    "adopt_replay_how": (
        "用本文件夹的 zones.csv 代替方案的学区表，运行 xuewei run，看顺位、"
        "摇号和统筹之后每名儿童的去向再作决定。",
        "Put this folder's zones.csv in the scenario and run xuewei run: decide on what tiers, "
        "lotteries and "
        "coordination then make of every child.",
    ),
    "adopt_replay_blank": ("结果文件夹", "run folder"),
}
