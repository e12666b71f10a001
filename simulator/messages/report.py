"""Words of the page: sections, cards, sentences."""

MESSAGES: dict[str, tuple[str, str]] = {
    # frame
    "page_title": ("招生入学模拟报告", "admission report"),
    "page_kicker": ("学位 · 义务教育招生入学", "Xuewei · admission to compulsory education"),
    "page_subtitle": (
        "{year} 年义务教育招生入学模拟报告",
        "Admission to compulsory education {year}: a simulation",
    ),
    "departure_variant": ("变体：{variant}", "variant: {variant}"),
    "departure_changed": ("改动：{changes}", "changed: {changes}"),
    "departure_comma": ("，", ", "),
    "departure_seed": ("种子 {seed}", "seed {seed}"),
    "made_departures": ("与方案的不同", "How it departs from the scenario"),
    "stamp_simulation": ("模拟结果 · 非正式摇号", "Simulation · not an official draw"),
    "stamp_simulation_official": (
        "模拟结果 · 有批次采用正式摇号的结果",
        "Simulation · some rounds use results of official draws",
    ),
    "stamp_detail": (
        "种子 {seed}；同一方案、同一种子，结果逐字节相同",
        "Seed {seed}; the same scenario and seed give the same result, byte for byte",
    ),
    "stamp_staff": ("内部使用 · 不得公布", "For staff · not for publication"),
    "stamp_staff_detail": (
        "本页有学位价格和增班试算；可以公布的文件见页末“可以公布什么”",
        "It holds seat prices and trials of one more class; “What may be published” at the end of the page "
        "names the files that may",
    ),
    "seed_is_simulation": (
        "种子 {seed}：本结果为模拟，不是正式摇号",
        "Seed {seed}: this is a simulation, never an official draw",
    ),
    "seed_is_simulation_official": (
        "种子 {seed}：本结果为模拟，其中有批次采用正式摇号的结果",
        "Seed {seed}: this is a simulation, in which some rounds use results of official draws",
    ),
    "footer": (
        "由学位（xuewei {version}）生成，种子 {seed}，模拟结果。名单只用学生编号；残疾、留守、优待等类别，"
        "以及方案标为受保护的栏目，不进入任何名单。",
        "Made by xuewei {version}, seed {seed}, a simulation. Lists name children by id; disability, "
        "left-behind and preference categories, and columns the scenario protects, are in "
        "no list.",
    ),
    "contents": ("目录", "contents"),
    "section_overview": ("总体情况", "Overview"),
    "section_decisions": ("需要决定的事项", "What needs a decision"),
    "section_targets": ("分县目标", "Targets by county"),
    "section_map": ("地图", "Map"),
    "section_schools": ("学校", "Schools"),
    "section_rounds": ("批次与末位", "Rounds and cut-offs"),
    "section_zones": ("学区预警与建议", "Early warning and fixes"),
    "section_prices": ("多一个学位值多少", "What one more seat is worth"),
    "section_more_classes": ("增加一个班", "One more class"),
    "section_distances": ("上学距离", "Distance to school"),
    "section_people": ("未安排与例外", "Unplaced and exceptions"),
    "section_provenance": ("数据与方法", "How this was made"),
    # tables on the page
    "filter_search": ("查找", "Find"),
    "filter_placeholder": ("名称或代码", "name or id"),
    "filter_all": ("全部", "all"),
    "filter_flagged": ("只看有标记的", "flagged only"),
    "filter_count": ("显示 {shown} / {total}", "{shown} of {total} shown"),
    "show_all": ("显示全部 {total} 行", "show all {total} rows"),
    "more_in_workbook": ("另有 {n} 条，见 results.xlsx", "{n} more in results.xlsx"),
    # overview
    "by_stage": ("小学 {primary} · 初中 {junior}", "primary {primary} · junior {junior}"),
    "card_target": ("目标{target}", "target {target}"),
    "zones_by_level": ("学区预警（红 / 黄 / 绿）", "zones by early warning"),
    "statuses_title": ("每一名儿童的去向", "What became of every child"),
    # decisions
    "tone_decide": ("需决定", "decide"),
    "tone_watch": ("需关注", "watch"),
    "decide_nothing": (
        "没有需要决定的事项：人人有学，各项目标达到，没有红黄预警。",
        "Nothing needs a decision: everybody is placed, targets are met, no zone is red or yellow.",
    ),
    "decide_red": (
        "个学区红色预警：符合条件的儿童已达到或超过学位",
        "zones are red: eligible children fill or exceed the seats",
    ),
    "decide_red_one": (
        "个学区红色预警：符合条件的儿童已达到或超过学位",
        "zone is red: eligible children fill or exceed the seats",
    ),
    "decide_red_detail": (
        "合计缺 {n} 个学位；缺口最大的是{zone}学区，缺 {worst} 个",
        "{n} seats short in all; the zone of {zone} is short of the most, {worst}",
    ),
    "decide_red_detail_one": (
        "合计缺 1 个学位，在{zone}学区（缺 {worst} 个）",
        "One seat short in all, in the zone of {zone} ({worst})",
    ),
    "decide_yellow": ("个学区黄色预警", "zones are yellow"),
    "decide_yellow_one": ("个学区黄色预警", "zone is yellow"),
    "decide_unplaced": ("名儿童未安排", "children are unplaced"),
    "decide_unplaced_one": ("名儿童未安排", "child is unplaced"),
    "decide_verify": (
        "名儿童待核：地址与小区表不符",
        "children are to be verified: their address matches no block",
    ),
    "decide_verify_one": (
        "名儿童待核：地址与小区表不符",
        "child is to be verified: its address matches no block",
    ),
    "decide_target": (
        "个县（市、区）未达到目标：{indicator}{target}",
        "counties miss a target: {indicator}, {target}",
    ),
    "decide_target_one": (
        "个县（市、区）未达到目标：{indicator}{target}",
        "county misses a target: {indicator}, {target}",
    ),
    "decide_target_city": (
        "项全市目标未达到：{indicator}{target}",
        "target missed by the whole city: {indicator}, {target}",
    ),
    "decide_oversized": ("所学校招生后超过校额上限（大校额）", "schools are over their cap after entry"),
    "decide_oversized_one": ("所学校招生后超过校额上限（大校额）", "school is over its cap after entry"),
    "decide_large_class": ("个班达到大班额（56 人及以上）", "classes are large (56 or more)"),
    "decide_large_class_one": ("个班达到大班额（56 人及以上）", "class is large (56 or more)"),
    "decide_far": (
        "名儿童超过步行上限，列为例外",
        "children are beyond the walking limit, named as exceptions",
    ),
    "decide_far_one": (
        "名儿童超过步行上限，列为例外",
        "child is beyond the walking limit, named as an exception",
    ),
    "decide_binding": (
        "条规则提示：校额、班额、多胞胎等",
        "notices of rules that bind: caps, class sizes, twins and others",
    ),
    "decide_binding_one": ("条规则提示：校额、班额、多胞胎等", "notice of a rule that binds"),
    # targets
    "targets_lead": (
        "目标按县（市、区）逐一判断；全市一行只作参考。分母中包括未安排的儿童。",
        "Targets are judged county by county; the whole city is for reference. Unplaced children stay in "
        "the denominator.",
    ),
    "targets_nowhere": (
        "另有 {n} 名儿童查不出属于哪个县（市、区），只计入全市一行；核实地址后即归入所在县。",
        "Besides, {n} children belong to no county that is known and are counted in the whole city alone; "
        "once their addresses are verified they count in theirs.",
    ),
    "targets_nowhere_one": (
        "另有 1 名儿童查不出属于哪个县（市、区），只计入全市一行；核实地址后即归入所在县。",
        "Besides, one child belongs to no county that is known and is counted in the whole city alone; "
        "once its address is verified it counts in its own.",
    ),
    "targets_none": ("本方案没有可判断的目标。", "This scenario has no target that can be judged."),
    "target_and_rule": ("目标{target} · {rule}", "target {target} · {rule}"),
    "all_indicators": ("全市全部指标（{n} 项）", "All indicators of the whole city ({n})"),
    # map
    "map_lead_cells": (
        "学区按小区（村）的位置勾画，示意归属，不是测绘边界。点击学区或学校看数字。",
        "Zones are drawn around the blocks' points: they show who belongs together and are no survey. "
        "Click a zone or a school for its figures.",
    ),
    "map_lead_outlined": (
        "学区由小区（村）边界合并而成。点击学区或学校看数字。",
        "Zones are joined from the outlines of their blocks. Click a zone or a school for its figures.",
    ),
    "map_none": (
        "无数据：方案没有坐标或边界，因此没有地图。在小区表和学校表中填写经度、纬度后即可显示。",
        "Not available: the scenario has neither coordinates nor outlines. Fill in longitude and latitude "
        "of blocks "
        "and schools to see the map.",
    ),
    "map_needs_script": ("地图需要启用浏览器脚本。", "The map needs scripts to be allowed in the browser."),
    "map_children": ("符合条件儿童", "eligible children"),
    "map_seats": ("学位", "seats"),
    "map_ratio": ("占学位", "of the seats"),
    "map_short": ("缺学位", "seats short"),
    "map_load": ("招生", "load"),
    "map_no_zone": ("未划入学区", "in no zone"),
    "map_private": ("民办", "private"),
    "map_zoom_in": ("放大", "zoom in"),
    "map_zoom_out": ("缩小", "zoom out"),
    "legend_zones": ("学区预警", "Zones"),
    "legend_schools": ("学校（圆越大学位越多）", "Schools (larger: more seats)"),
    "load_light": ("不足 80%", "below 80%"),
    "load_fair": ("80–95%", "80–95%"),
    "load_full": ("95–100%", "95–100%"),
    "load_over": ("超过 100%", "above 100%"),
    # schools
    "schools_lead": (
        "每校每学段一行，最满的在前。校额上限按学校义务教育阶段合计。",
        "One row per school and stage, fullest first. The cap counts all compulsory stages of a school "
        "together.",
    ),
    "price_note": (
        "学位价格（仅供内部参考，不宜公布）：在“{round}”中该校多一个学位，可多安排多少人、少走多少米；"
        "负的米数是为多安排一人而多走的路。空白：没有经该批次统筹的学生可去该校。",
        "Seat price (for staff only, not for publication): what one more seat here would save in the round "
        "“{round}”, in children placed and in metres; negative metres are walked to place one more child. "
        "Blank: the school was in nobody's reach in that round.",
    ),
    "column_classes_largest": ("计划班数（最大班额）", "classes planned (largest class)"),
    "column_pupils_cap": ("招生后在校生 / 校额上限", "pupils after entry / cap"),
    "price_note_units": (
        "该批次的成本不是米（{curve}），价格以成本单位计：一公里处的一米为一个单位。",
        "That round's cost is not metres ({curve}); prices are in units of cost, a unit being a metre at one "
        "kilometre.",
    ),
    "price_note_unmeasured": (
        "该批次有学校的距离不详，价格以成本单位计：没有距离的学校按其在学生所列次序（志愿、学区表、学校表）中的先后"
        "计，排在有距离的之后。",
        "Not all distances of that round are known; prices are in units of cost: a school without a distance "
        "counts by its place in the child's order (wishes, zone table, schools table), behind the others.",
    ),
    "price_note_greatest": (
        "价格以最远路程不变为前提。",
        "Prices hold as long as the greatest distance stays what it is.",
    ),
    "price_note_by_tier": (
        "米数为各顺位合计：高顺位少走的路可能由低顺位多走。",
        "Metres are those of all tiers together: what a higher tier saves a lower one may walk.",
    ),
    "price_none": (
        "没有按最小成本统筹的批次，因此没有学位价格。",
        "No round was solved at least cost, so there are no seat prices.",
    ),
    "staff_only": ("内部参考", "staff only"),
    "flag_oversized": ("大校额", "oversized"),
    "flag_large_class": ("大班额", "large class"),
    "flag_very_large_class": ("超大班额", "very large class"),
    "flag_over_seats": ("超出学位", "beyond its seats"),
    "flag_protected": ("保留学校", "may not be closed"),
    # rounds
    "rounds_lead": (
        "按先后列出各批次。只有报名人数超过学位的学校才有末位：最后一名被录取者的顺位、日期和摇号序号。",
        "Rounds in the order they were played. Only where somebody was turned away is there a cut-off: "
        "tier, date and "
        "place in the draw of the last child admitted.",
    ),
    "round_entered": ("可参加", "could enter"),
    "round_applied": ("有可去学校", "had a school in reach"),
    "round_admitted": ("录取", "admitted"),
    "round_lost": ("未录取", "not admitted"),
    "round_rule": ("本批次的规则", "the rule of this round"),
    "cutoffs_title": (
        "末位：{n} 个学校（学段、学位类别）报名超过学位",
        "Cut-offs: {n} seat pools had more applicants than seats",
    ),
    "cutoffs_title_one": (
        "末位：1 个学校（学段、学位类别）报名超过学位",
        "Cut-offs: one seat pool had more applicants than seats",
    ),
    "cutoffs_none": (
        "本批次没有学校因名额不足而拒收，没有末位。",
        "No school turned anybody away by rank in this round: no cut-offs.",
    ),
    "cutoffs_withheld": (
        "本批次只面向受保护的类别，末位不公布。",
        "Only children of a protected category take part in this round: its cut-offs are not published.",
    ),
    "nobody_admitted": ("无余位", "no seat left"),
    "tier_named": ("第 {tier} 顺位（{columns}）", "tier {tier} ({columns})"),
    "tier_rest": ("第 {tier} 顺位（其他）", "tier {tier} (all others)"),
    "odds_title": ("民办学校摇号", "Lotteries of private schools"),
    "odds_lead": (
        "中签率 = 学位 ÷ 第一志愿人数。报名不超过计划的全部录取。",
        "Odds = seats ÷ first choices. Schools with no more applicants than seats admit all.",
    ),
    "odds_none": ("没有民办学校参加摇号批次。", "No private school took part in a lottery round."),
    "lottery_drawn": ("摇号", "drawn"),
    "lottery_all_in": ("全部录取", "all admitted"),
    "rule_mechanism": ("录取办法", "Mechanism"),
    "rule_who": ("谁可参加", "Who may enter"),
    "rule_everybody": ("所有未安排的儿童", "every child not yet placed"),
    "rule_needs": ("须{columns}", "must have: {columns}"),
    "rule_exclude": ("不含{columns}", "not: {columns}"),
    "rule_applied": ("仅报名者", "only those who applied"),
    "rule_join": ("；", "; "),
    "rule_then": (" → ", " → "),
    "rule_within": ("（{metres} 米以内）", " (within {metres} m)"),
    "rule_reach": ("可去的学校", "Schools in reach"),
    "rule_cost": ("成本", "Cost"),
    "rule_cost_power": ("路程的 {power} 次方", "the distance to the power {power}"),
    "rule_cost_once": (
        "超过步行上限的走读学位另加 {metres} 米",
        "{metres} m more for a day seat beyond the walking limit",
    ),
    "rule_cost_per_metre": (
        "走读学位超过步行上限的部分每米另加 {metres} 米",
        "{metres} m more for every metre of it",
    ),
    "rule_rank": ("排序", "Ranked by"),
    "rule_tiers": ("录取顺位", "Tiers"),
    "rule_losers": ("落选者", "Who is not admitted"),
    "losers_equal": ("进入后续批次，同等对待", "goes on to later rounds as an equal"),
    "losers_behind": ("进入后续批次，排在后面", "goes on to later rounds, behind the others"),
    "losers_coordination": ("只参加统筹", "goes on to coordination only"),
    "reach_zone": ("本学区学校", "schools of the zone"),
    "reach_household_zone": ("户籍学区学校", "schools of the household's zone"),
    "reach_feeder": ("对口初中", "feeder junior schools"),
    "reach_direct": ("本校直升", "straight promotion in the same school"),
    "reach_sibling": ("哥姐就读学校", "an elder sibling's school"),
    "reach_twin": ("多胞胎已录取的学校", "a twin's school"),
    "reach_learning_district": ("同一学区（学区制）学校", "schools of the learning district"),
    "reach_education_group": ("同一教育集团学校", "schools of the education group"),
    "reach_within_metres": ("一定距离内的学校", "schools within a distance"),
    "reach_county": ("本县（市、区）学校", "schools of the county"),
    "reach_choices": ("所填志愿", "the listed choices"),
    "reach_approval_area": ("审批地范围内的民办学校", "private schools whose approval area covers the block"),
    "rank_tier": ("录取顺位", "tier"),
    "rank_sibling": ("哥姐同校", "elder sibling at the school"),
    "rank_metres": ("距离", "distance"),
    "rank_order": ("志愿顺序", "order of the choices"),
    "rank_order_in_reach": (
        "学校在可去学校中的先后",
        "place of the school among those in reach",
    ),
    "rank_draw": ("摇号序号", "lottery number"),
    "rank_local": ("非随迁子女", "local child"),
    "rank_mainstream": ("随班就读", "mainstream placement"),
    "rank_special_class": ("特教班", "special class placement"),
    "rank_special_school": ("特教学校", "special school placement"),
    "rank_taught_at_home": ("送教上门", "taught at home"),
    "rank_home_locked": ("房屋学位已锁定", "the home's seat is locked"),
    "rank_twin": ("多胞胎", "twin"),
    "rank_has_sibling": ("有在读哥姐", "has an elder sibling at school"),
    "column_last": ("{column}（排后）", "{column} (last)"),
    # zones and binding rules
    "zones_lead": (
        "预警 = 学区内符合条件的儿童 ÷ 学区公办学校的学位：{yellow} 起黄色，{red} 起红色。共用学校的小区（"
        "村）与这些学校合为一个学区。",
        "Early warning = eligible children of a zone ÷ seats of its public schools: yellow from {yellow}, "
        "red from {red}. "
        "Blocks that share schools, and those schools, are one zone.",
    ),
    "zones_fixes": (
        "办法按代价排列：能补足全部缺口的在前，其次是不使人超出步行上限的；再依次看解决人数、超出人数、增班数、增加的总路程。"
        "各项办法按本次结果估算，各自单独成立；不同学区可能用到同一批余位，采用后请重新运行核实。",
        "Fixes stand in order of cost: those that end the shortage first, then those that send nobody beyond "
        "the walking limit; then by children helped, children sent beyond it, new classes and metres. They "
        "are estimates from this run "
        "and each stands alone; two zones may be told of the same seats. Run again with a fix to confirm it.",
    ),
    "zones_rest": (
        "其余 {green} 个学区为绿色，共 {all} 个学区。",
        "The other {green} of {all} zones are green.",
    ),
    "zones_none": ("全部 {all} 个学区均为绿色。", "All {all} zones are green."),
    "binding_title": ("起作用的规则", "What binds"),
    "binding_count": ("{kind}（{n}）", "{kind} ({n})"),
    "binding_none": ("没有规则限制本次结果。", "No rule bound this result."),
    "kind_of_notice_twins_over": ("为多胞胎同校而超出学位", "Beyond the seats to keep twins together"),
    "kind_of_notice_twins_apart": ("多胞胎未能同校", "Twins that could not stay together"),
    "kind_of_notice_not_drawn": ("不在正式摇号结果中的报名者", "Applicants the official draw does not have"),
    "kind_of_notice_oversized": ("已超校额上限的学校（大校额）", "Schools over their cap"),
    "kind_of_notice_seats_cut_by_cap": ("受校额限制而减少的学位", "Seats cut by a school's cap"),
    "kind_of_notice_seats_moved": ("两学段之间调剂的学位", "Seats moved between the stages of a school"),
    "kind_of_notice_above_standard": ("计划高于标准班额的学校", "Plans above the class standard"),
    "kind_of_notice_settled_over": ("事先确定的人数超出学位", "Settled places beyond the seats"),
    "kind_of_notice_resource_room": ("须建资源教室的学校", "Schools that owe a resource room"),
    # distances
    "distance_source": ("距离来源：{source}。", "Source of distances: {source}."),
    "distance_who": (
        "统计公办（含购买）普通学位中已知距离的儿童。",
        "Counted are children in ordinary public or purchased seats whose distance is known.",
    ),
    "source_straight_line": ("直线距离 × 绕行系数 {detour}", "straight line × a detour factor of {detour}"),
    "source_roads": (
        "道路网最短路，加上到最近路口的直线距离",
        "the shortest way on the road network, and the straight line to its nearest node",
    ),
    "source_given": ("方案给定的距离表", "the distances given in the scenario"),
    "source_zone_order": (
        "学区表中的先后顺序，没有米数",
        "the order in the zone table; metres are not available",
    ),
    "distance_title": ("{stage}：各距离的人数", "{stage} stage: children by distance"),
    "distance_none": ("无数据：没有距离。", "Not available: there are no distances."),
    "distance_tail": (
        "最右一栏合并更远的全部儿童。",
        "The last bar gathers all children who live farther.",
    ),
    "axis_metres": ("米", "metres"),
    "bar_range": ("{low}–{high} 米：{n} 人", "{low}–{high} m: {n} children"),
    "bar_range_one": ("{low}–{high} 米：1 人", "{low}–{high} m: one child"),
    "bar_beyond": ("{low} 米以上：{n} 人", "{low} m and beyond: {n} children"),
    "bar_beyond_one": ("{low} 米以上：1 人", "{low} m and beyond: one child"),
    "mark_median": ("中位 {metres}", "median {metres}"),
    "mark_p95": ("95% {metres}", "95th pct. {metres}"),
    "mark_limit": ("步行上限 {metres}", "walking limit {metres}"),
    "walking_limit": ("步行上限", "walking limit"),
    # people
    "people_lead_ids": (
        "名单只列学生编号。全部名单见 results.xlsx。",
        "Children are listed by id only. The complete lists are in results.xlsx.",
    ),
    "people_lead_names": (
        "本次按要求列出姓名，仅供内部使用，不得公布。",
        "Names are shown because they were asked for: for internal use, not for publication.",
    ),
    "people_none": ("没有未安排或待核的儿童。", "No child is unplaced or to be verified."),
    "exceptions_title": ("超过步行上限的例外（{n}）", "Exceptions beyond the walking limit ({n})"),
    "exceptions_summary": ("逐名列出，最远的在前", "one by one, farthest first"),
    "exceptions_none": ("没有超过步行上限的例外。", "No child is an exception beyond the walking limit."),
    "exceptions_withheld": (
        "另有 {n} 名儿童单独告知家长，不列名",
        "{n} more children are told to their families and not listed",
    ),
    "exceptions_withheld_one": (
        "另有 1 名儿童单独告知家长，不列名",
        "One more child is told to its family and not listed",
    ),
    "title_and_detail": ("{title}：{detail}", "{title}: {detail}"),
    # figures by matplotlib
    "plot_distances": ("上学距离分布", "Distance to school"),
    "plot_children": ("人数", "children"),
    "plot_loads": ("各校招生与学位", "Load and seats of schools"),
    "plot_warnings": ("学区预警（{stage}）", "Early warning ({stage})"),
}
