"""Words of zone drawing: the command, its notices, its tables and its report."""

MESSAGES: dict[str, tuple[str, str]] = {
    # command
    "help_zones": (
        "重新划片：画出单校划片方案，与现行学区并列报告（只是建议，不是决定）。",
        "Draw zones anew: single-school zones beside today's. A proposal, never a decision.",
    ),
    "help_zones_method": (
        "划片方法，代替方案中的 zoning.method。",
        "Method, instead of the scenario's zoning.method.",
    ),
    "help_zones_out": (
        "结果文件夹；缺省 runs/方案名-zones。",
        "Result folder; runs/NAME-zones if not given.",
    ),
    "zones_no_method": (
        "没有名为 {value} 的划片方法。可用：{methods}。",
        "There is no method {value}. There are: {methods}.",
    ),
    "progress_zoning_primary": ("划小学学区", "drawing primary zones"),
    "progress_zoning_junior": ("划初中学区", "drawing junior zones"),
    "zones_summary_title": ("{title} {year}：划片方案（{method}）", "{title} {year}: zones drawn ({method})"),
    "zones_done": ("方案已写入 {path}", "The drawing is in {path}"),
    # faults
    "zoning_no_distances": (
        "划片要有距离：按学区表顺序没有米数。请改用直线距离或给定距离表（travel.method）。",
        "Zones are drawn by distance, and the order of the zone table has no metres. Use the straight "
        "line or "
        "given distances (travel.method).",
    ),
    "zoning_no_outlines": (
        "要求按边界判断相邻，但小区表没有边界。请改用带边界的 GeoJSON 或 GeoPackage，或设为 points。",
        "Neighbours are asked for by outlines, but the blocks have none. Give the blocks as GeoJSON or "
        "GeoPackage with outlines, or set it to points.",
    ),
    "zoning_no_roads": (
        "要求按路网判断相邻，但方案没有路网。请加入路网表 road_nodes、road_edges 并设 travel.method=roads，"
        "或将 zoning.neighbours 设为 points。",
        "Neighbours are asked for by road, but the scenario has no road network. Add road_nodes and "
        "road_edges with travel.method = roads, or set zoning.neighbours to points.",
    ),
    # notices
    "zoning_several_schools": (
        "{n} 个小区（村）现为多校划片。为便于对照，各取其中有余位的最近一所作为现行学校；"
        "改到同一学区内的另一所"
        "也计为变动，并注明“仍在原多校学区”。",
        "{n} blocks are in multi-school zones today. To compare, each counts as the nearest of its "
        "schools that "
        "has room. A move to another school of the same zone counts as a change and is marked so.",
    ),
    "zoning_no_candidate": (
        "{n} 个小区（村）（{children} 名儿童）没有可划入的学校：没有距离，或界线内没有有学位的公办学校。",
        "{n} blocks ({children} children) have no school to go to: no distance, or no public school "
        "with seats "
        "within the walls.",
    ),
    "zoning_no_neighbour": (
        "{n} 个小区（村）没有相邻小区（同一界线内、不被阻隔）。",
        "{n} blocks have no neighbour (within the same walls, not kept apart by a barrier).",
    ),
    "zoning_wall_unnamed": (
        "{n} 个小区（村）没有填写{wall}，该界线对它们不起作用。",
        "{n} blocks name no {wall}: this wall does not bind them.",
    ),
    "zone_wall_county": ("县（市、区）", "county"),
    "zone_wall_town": ("乡镇（街道）", "town"),
    "zone_wall_district": ("学区（学区制）", "learning district"),
    # methods
    "zone_method_nearest": (
        "就近：每个小区划给最近的学校，不看学位",
        "nearest: each block to its nearest school",
    ),
    "zone_method_priced": (
        "价格：按学位价格分区，再修补、改进",
        "priced: cells of the seat prices, mended and improved",
    ),
    "zone_method_adjust": (
        "微调：从现行学区出发，以最少变动消除超员",
        "adjust: today's zones, with the fewest changes that remove all overloads",
    ),
    "zone_method_optimal": (
        "最优：整数规划，连片靠割约束，给出可证的下限",
        "optimal: an integer program with contiguity by cuts and a proven bound",
    ),
    # what a method counted on its way
    "zone_step_rounds": ("轮数", "rounds"),
    "zone_step_tied_blocks": ("价格相同、须另行分配的小区（村）", "blocks that tie between schools"),
    "zone_step_shared_blocks": ("按第二个核心分配的小区（村）", "tied blocks shared out by a second core"),
    "zone_step_grown_blocks": ("由相邻学区长成的小区（村）", "blocks grown onto zones beside them"),
    "zone_step_reattached_blocks": ("重新连上的小区（村）", "detached blocks attached again"),
    "zone_step_lost_blocks": ("连不上的小区（村）", "blocks that could not be attached"),
    "zone_step_excess_before": ("改进前超出学位的儿童", "children beyond the seats before mending"),
    "zone_step_excess_after": ("改进后超出学位的儿童", "children beyond the seats after it"),
    "zone_step_repair_metres": ("修补与改进增加的路程（米）", "metres that mending and improving added"),
    "zone_step_chains": ("连环调整次数", "chains of shifts"),
    "zone_step_shifts": ("小区（村）移动次数", "shifts of blocks"),
    "zone_step_refused_chains": ("因会断开而放弃的调整", "chains refused, for a zone would fall apart"),
    "zone_step_changes_bound": (
        "消除超员至少要变动（儿童或小区）",
        "changes no drawing without overloads can avoid",
    ),
    "zone_step_price_falls": ("回落重试次数", "times the search fell back and rose again"),
    "zone_step_today_blocks_without_school": ("现行没有学校的小区（村）", "blocks without a school today"),
    "zone_step_today_blocks_ruled_out": (
        "现行学校不可用的小区（村）",
        "blocks whose school today is ruled out",
    ),
    "zone_step_today_detached_blocks": ("现行不连片的小区（村）", "blocks detached today"),
    "zone_step_today_excess": ("现行超出学位的儿童", "children beyond the seats today"),
    "zone_step_today_schools_without_own_block": (
        "所在小区不属本校的学校",
        "schools whose own block is another school's today",
    ),
    "zone_step_cuts": ("连片割约束", "cuts for contiguity"),
    "zone_step_arcs_left_out": ("按价格排除的小区与学校组合", "pairs of block and school ruled out by price"),
    "zone_step_contiguity_given_up": (
        "没有连片的划法，已放弃连片",
        "no connected drawing: contiguity given up",
    ),
    "zone_step_limit_given_up": ("守不住变动上限，已放弃", "the limit on changes cannot be kept: given up"),
    # columns
    "column_entrants": ("预计新生", "expected entrants"),
    "column_old_school": ("现行学校代码", "school today, id"),
    "column_old_school_name": ("现行学校", "school today"),
    "column_new_school": ("方案学校代码", "school drawn, id"),
    "column_new_school_name": ("方案学校", "school drawn"),
    "column_old_metres": ("现行距离（米）", "metres today"),
    "column_new_metres": ("方案距离（米）", "metres drawn"),
    "column_moved": ("变动", "moved"),
    "column_within_zone": ("仍在原多校学区", "stays in its multi-school zone"),
    "column_island": ("孤立", "island"),
    "column_detached": ("不连片", "detached"),
    "column_beyond_walking_limit": ("超过步行上限", "beyond the walking limit"),
    "column_old_load": ("现行儿童数", "children today"),
    "column_new_load": ("方案儿童数", "children drawn"),
    "column_old_excess": ("现行超出", "over today"),
    "column_new_excess": ("方案超出", "over in the drawing"),
    "column_old_blocks": ("现行小区数", "blocks today"),
    "column_new_blocks": ("方案小区数", "blocks drawn"),
    "column_zone_price_children": ("学位价格：少超员（人）", "seat price: children within the seats"),
    "column_zone_price": ("学位价格：米", "seat price: metres"),
    "zones_price_child": ("少超员 {n} 人", "{n} more within the seats"),
    # the page
    "zones_page_title": ("划片方案", "zones"),
    "zones_kicker": ("学位 · 义务教育学校划片", "Xuewei · attendance zones of compulsory education"),
    "zones_subtitle": ("{year} 年划片方案（{method}）", "Zones for {year} ({method})"),
    "zones_stamp": ("建议方案 · 未经决定", "Proposal · not a decision"),
    "zones_stamp_detail": (
        "依法征求意见、作出决定并公布后方可实施；同一方案、同一方法，结果逐字节相同",
        "It holds only once heard, decided and published; the same scenario and method give the same bytes",
    ),
    "zones_footer": (
        "由学位（xuewei {version}）生成的建议方案。只含各小区（村）人数，不含任何学生个人信息。",
        "A proposal made by xuewei {version}. It holds counts per block and nothing about any one child.",
    ),
    "zones_section_compared": ("现行与方案", "Today and the drawing"),
    "zones_section_stage": ("{stage}", "{stage} zones"),
    "zones_section_adoption": ("实施前须办事项", "Before it may hold"),
    "zones_compared_lead": (
        "同一口径对照现行学区与方案：儿童为符合条件、需要普通公办学位的新生，学位为公办学校普通学位。"
        "距离：{source}。",
        "Today's zones and the drawing, counted the same way. Children: entrants who can claim an ordinary "
        "public seat. Seats: the ordinary seats of public schools. Distances: {source}.",
    ),
    "zones_today": ("现行", "today"),
    "zones_proposed": ("方案", "drawing"),
    "zones_difference": ("变化", "change"),
    "zones_children": ("预计新生", "Expected entrants"),
    "zones_without": ("没有学区的儿童", "Children without a zone"),
    "zones_kilometres": ("总路程（公里）", "Total way (km)"),
    "zones_mean_metres": ("平均路程（米）", "Mean way (m)"),
    "zones_greatest_metres": ("最远路程（米）", "Greatest way (m)"),
    "zones_beyond_limit": ("超过步行上限 {limit} 米的儿童", "Children beyond the walking limit of {limit} m"),
    "zones_in_radius": (
        "服务半径 {radius} 米以内的儿童",
        "Children within the service radius of {radius} m (GB 50099)",
    ),
    "zones_overloaded": ("超出学位的学校", "Schools beyond their seats"),
    "zones_excess": ("超出学位的儿童", "Children beyond the seats"),
    "zones_zones": ("有学区的学校", "Schools with a zone"),
    "zones_detached": ("不连片的小区（村）", "Blocks not connected to their school"),
    "zones_islands": ("孤立的小区（村，任何划法都连不上）", "Islands (blocks no drawing could connect)"),
    "zones_uneven": ("生源偏离均衡的儿童", "Children off an even mix"),
    "zones_moves": (
        "变动：{blocks} 个小区（村）（{blocks_share}），{children} 名儿童（{children_share}）。",
        "Changes: {blocks} blocks ({blocks_share}), {children} children ({children_share}).",
    ),
    "zones_moves_within": (
        "其中 {blocks} 个小区（村）、{children} 名儿童仍在原多校学区的学校。",
        "Of these {blocks} blocks and {children} children stay with a school of their multi-school zone.",
    ),
    "zones_bound_split": (
        "路程加变动、均衡的权重共 {weighed} 公里；超员不多于本方案、学区同样连片的任何划法都不低于 "
        "{bound} 公里（按小区可拆分估出的下限），差距 {gap}。",
        "Way with the weights of change and balance: {weighed} km. No drawing as connected, with no more "
        "children beyond the seats, has less than {bound} km (blocks may be split in that bound); gap {gap}.",
    ),
    "zones_bound_search": (
        "路程加变动、均衡的权重共 {weighed} 公里；超员不多于本方案、符合规则的任何划法都不低于 {bound} 公里"
        "（已证明），差距 {gap}。",
        "Way with the weights of change and balance: {weighed} km. No drawing that keeps the rules, with no "
        "more children beyond the seats, has less than {bound} km (proved); gap {gap}.",
    ),
    "zones_bound_none": (
        "路程加变动、均衡的权重共 {weighed} 公里；本方法不给出下限。",
        "Way with the weights of change and balance: {weighed} km. This method knows no lower bound.",
    ),
    "zones_bound_excess": (
        "超出学位 {excess} 人；任何这样的划法都不少于 {fewest} 人。",
        "{excess} children are beyond the seats; no such drawing has fewer than {fewest}.",
    ),
    "zones_contiguous": (
        "除孤立小区外，每个学区都连片并包含本校。",
        "Islands apart, every zone is connected and holds its school.",
    ),
    "zones_contiguous_but_kept": (
        "除孤立小区和 {n} 个现在就不连片、按设置留在原校的小区（见下文清单）外，每个学区都连片并包含本校。",
        "Islands apart, and {n} blocks that are detached today and may stay so (listed below), every zone is "
        "connected and holds its school.",
    ),
    "zones_contiguous_but_kept_one": (
        "除孤立小区和一个现在就不连片、按设置留在原校的小区（见下文清单）外，每个学区都连片并包含本校。",
        "Islands apart, and one block that is detached today and may stay so (listed below), every zone is "
        "connected and holds its school.",
    ),
    "zones_not_contiguous": (
        "有的学区不连片，见下文清单。",
        "Some zones are not connected; they are listed below.",
    ),
    "zones_map_old": ("现行学区", "zones today"),
    "zones_map_new": ("方案学区", "zones drawn"),
    "zones_map_moved": ("变动的小区（村）", "blocks that move"),
    "zones_map_none": ("没有学区", "no zone"),
    "zones_map_excess": ("超出学位", "beyond the seats"),
    "zones_map_mean": ("平均路程", "mean way"),
    "zones_map_price": ("学位价格", "seat price"),
    "zones_map_from": ("现行", "today"),
    "zones_map_to": ("方案", "drawing"),
    "zones_map_outlined": (
        "按小区（村）边界绘制。点击学区、小区或学校看数值。",
        "Drawn from the blocks' outlines. Click a zone, a block or a school for its figures.",
    ),
    "zones_map_cells": (
        "没有小区（村）边界，按点位的最近范围绘制，只示意归属，不是边界测绘。点击学区、小区或学校看数值。",
        "Drawn from the blocks' points, each standing for what is nearest to it: it shows who belongs "
        "where, "
        "it is no survey. Click a zone, a block or a school for its figures.",
    ),
    "zones_map_missing": ("没有坐标，无法绘图。", "No coordinates, so there is no map."),
    "zones_legend_zone": ("学区（相邻异色）", "zones (neighbours differ in colour)"),
    "zones_legend_priced": ("学校，学位有价（圆越大越紧）", "school with a seat price (larger: scarcer)"),
    "zones_legend_unpriced": ("学校，学位无价", "school without a seat price"),
    "zones_legend_over": ("方案中超出学位", "beyond its seats in the drawing"),
    "zones_broken_title": ("现行学区存在的问题", "What today's zones break"),
    "zones_broken_none": ("现行学区没有违反任何一项要求。", "Today's zones keep everything asked for."),
    "zones_today_over": (
        "{n} 所学校超出学位，共 {children} 名儿童",
        "{n} schools are beyond their seats, by {children} children in all",
    ),
    "zones_today_unzoned": (
        "{n} 个小区（村）不在任何学区，{children} 名儿童",
        "{n} blocks are in no zone, {children} children",
    ),
    "zones_today_loose": (
        "{n} 个小区（村）与所属学区不连片，{children} 名儿童",
        "{n} blocks are not connected to the rest of their zone, {children} children",
    ),
    "zones_today_outside": (
        "{n} 个小区（村）划给界线之外或没有普通公办学位的学校，{children} 名儿童",
        "{n} blocks belong to a school beyond a wall or without ordinary public seats, {children} children",
    ),
    "zones_today_far": (
        "{n} 个小区（村）超过步行上限 {limit} 米，{children} 名儿童",
        "{n} blocks are beyond the walking limit of {limit} m, {children} children",
    ),
    "zones_moved_title": ("变动的小区（村）（{n} 个）", "Blocks that move ({n})"),
    "zones_moved_none": ("没有小区（村）变动。", "No block moves."),
    "zones_overloads_title": ("超出学位的学校", "Schools beyond their seats"),
    "zones_overloads_none": (
        "现行和方案都没有学校超出学位。",
        "No school is beyond its seats, today or in the drawing.",
    ),
    "zones_prices_title": ("学位价格", "Seat prices"),
    "zones_prices_lead": (
        "该校再多一个学位能为全体省下什么：先看能否少一人超员，再看路程（含变动的权重；"
        "负数表示此人要多走）；多于一个时为上限。",
        "What one more seat at the school would save all together: first whether a child less is "
        "beyond the seats, then metres (with the weight of change; below 0: that child walks farther). "
        "For more than one seat an upper bound.",
    ),
    "zones_prices_none": (
        "没有学位价格：学位不紧，或本方法不计算价格。",
        "No seat prices: seats are not scarce, or this method has none.",
    ),
    "zones_loose_title": ("不连片和孤立的小区（村）（{n} 个）", "Detached blocks and islands ({n})"),
    "zones_loose_none": ("没有。", "None."),
    "zones_far_title": (
        "超过步行上限的例外（{n} 个小区、村）",
        "Beyond the walking limit: exceptions ({n} blocks)",
    ),
    "zones_far_none": ("没有。", "None."),
    "zones_steps_title": ("计算过程", "How the drawing was worked out"),
    "zone_flag_island": ("孤立", "island"),
    "zone_flag_detached": ("不连片", "detached"),
    "zone_flag_within": ("仍在原多校学区", "same multi-school zone"),
    "zone_flag_far": ("超过步行上限", "beyond the limit"),
    # what adoption needs
    "adopt_lead": (
        "本页只是测算。划片调整由县（市、区）决定；下列事项办妥并记录在案后方可实施（规则编号见 "
        "docs/rules.md）。",
        "This page only computes. The county decides; each of these is done and on record before the "
        "zones hold "
        "(numbers of rules as in docs/rules.md).",
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
    # how it was made
    "zones_made_method": ("划片方法", "Method"),
    "zones_made_children": ("儿童与学位", "Children and seats"),
    "zones_made_children_detail": (
        "儿童：本地和持居住证的随迁新生，不含缓学、已在外地入学、放弃、未到龄、送教上门及特教班、"
        "特教学校的。学位："
        "公办普通学位（含预留），不超过校额（R1、R2、R24）。",
        "Children: local entrants, and migrant ones with a residence permit; not those deferred, enrolled "
        "elsewhere, who declined, are under age, are taught at home or go to a special class or "
        "school. Seats: "
        "ordinary public ones, reserved ones included, under the schools' caps (R1, R2, R24).",
    ),
    "zones_made_neighbours": ("相邻关系", "Neighbours"),
    "zones_by_outlines": (
        "边界贴邻一段的小区（村）相邻，只碰一角不算",
        "blocks whose outlines run along each other; a common corner is not enough",
    ),
    "zones_by_roads": (
        "路网上，离各小区（村）最近的路段范围相接的小区相邻",
        "blocks whose parts of the road network (all that is nearest to them by road) touch along a road",
    ),
    "zones_by_points": (
        "两点为直径的圆内没有第三个小区（村）即相邻（Gabriel 图）",
        "blocks with no third one inside the circle over their line (Gabriel graph)",
    ),
    "zones_made_settings": ("设置", "Settings"),
    "zones_made_files": ("文件", "Files"),
    "zones_made_files_detail": (
        "zones.gpkg、zones.geojson：WGS84 图层，可用 QGIS 打开；blocks.csv、schools.csv：明细；"
        "zones.csv：可直接运行的"
        "学区表。没有划入任何小区的公办学校在 zones.csv 中列为所在小区的第二所学校，否则运行时会被拒绝。",
        "zones.gpkg and zones.geojson: layers in WGS84 that QGIS opens; blocks.csv and schools.csv: "
        "every row; "
        "zones.csv: a zone table to run with. A public school that got no block stands second in the "
        "zone of "
        "the block where it is, for a run refuses a school that no zone names.",
    ),
}
