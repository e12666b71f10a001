"""Words of zone drawing: the command, its notices, its methods and its tables."""

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
    "zoning_no_ways": (
        "没有一个小区（村）到学校的距离是已知的，无法划片。请补上小区和学校的坐标（longitude、latitude），"
        "或给出距离表 travel 并设 travel.method=given。",
        "No way from any block to any school is known, so no zone can be drawn. Give blocks and schools "
        "coordinates (longitude, latitude), or a table travel with travel.method=given.",
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
    "zoning_school_unmeasured": (
        "{n} 所有学位的学校没有已知的距离，不能为其划片，现行划入的小区（村）不动：{names}。"
        "请补上坐标或距离后重新划片。",
        "Schools with seats to which no block has a known way ({n}): {names}. No zone can be drawn for them; "
        "blocks that they have today stay. Give coordinates or distances and draw again.",
    ),
    "zoning_school_walled_off": (
        "{n} 所有学位的学校与任何小区（村）都不在同一界线之内，不能为其划片：{names}。"
        "请把学校表的县区（乡镇、学区）写得与小区表一致，或改 zoning.walls。",
        "Schools with seats within the same walls as no block ({n}): {names}. No zone can be drawn for them. "
        "Write county (town, district) of the schools as the blocks have them, or change zoning.walls.",
    ),
    "zoning_unmeasured": (
        "{n} 个小区（村）（{children} 名儿童）不知道到学校的距离（自己或学校没有坐标，或不通路网）："
        "留在现行学校，占用学位，路程不计。请补上后重新划片。",
        "Blocks without a known way to a school: {n}, with {children} children (they or the school have no "
        "coordinates, or are off the roads). They stay with today's school and take its seats; their way is "
        "not counted. Give what is missing and draw again.",
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
    "zone_step_own_blocks_given_up": (
        "守住变动上限，就不能让每校都含本校所在小区，已放弃后者",
        "within the limit on changes not every school can hold its own block: given up",
    ),
    "zone_step_rules_not_met": (
        "计算量用完前没有找到符合全部规则的划法，沿用起始方案",
        "no drawing that keeps all rules was found within the work: the one begun with stands",
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
}
