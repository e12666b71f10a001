"""Words of the page of a drawing of zones."""

MESSAGES: dict[str, tuple[str, str]] = {
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
        "Changes: blocks {blocks} ({blocks_share}), children {children} ({children_share}).",
    ),
    "zones_loose_within": (
        "方案中有 {n} 个不连片的小区（村）并未变动：现行多校学区整体连片，单看本校一份则不连片。",
        "Of the blocks not connected in the drawing {n} did not move: the multi-school zone of today hangs "
        "together as a whole, what is one school's of it does not.",
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
    "zones_legend_over": ("所示学区中超出学位", "beyond its seats in the zones shown"),
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
        "{n} 个小区（村）划给界线之外、没有普通公办学位或不知道距离的学校，{children} 名儿童",
        "{n} blocks belong to a school beyond a wall, without ordinary public seats or without a known way, "
        "{children} children",
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
    "zones_moves_limit_children": (
        "变动上限为 {percent}% 的儿童。",
        "The limit on changes is {percent}% of the children.",
    ),
    "zones_moves_limit_blocks": (
        "变动上限为 {percent}% 的小区（村）。",
        "The limit on changes is {percent}% of the blocks.",
    ),
    "zones_moves_forced": (
        "{blocks} 个小区（村）、{children} 名儿童的现行学校在界线之外、没有普通公办学位或不知道距离，"
        "无论上限多少都要变动。",
        "Whatever the limit, some leave a school that is beyond a wall, has no ordinary public seats or to "
        "which no way is known (blocks: {blocks}, children: {children}).",
    ),
    "zones_moves_over": (
        "方案超过了这一上限：方法 {method} 不守上限。",
        "The drawing goes beyond it: the method {method} keeps no such limit.",
    ),
    "zones_made_published": ("可以公布什么", "What may be published"),
    "zones_made_published_detail": (
        "依法作出决定之前，本文件夹只供内部使用和征求意见。决定之后可以公布 zones.csv 和 groups.csv；"
        "其余只供内部：report.html、schools.csv、zones.gpkg、zones.geojson、manifest.json "
        "有学位价格，blocks.csv、layout.csv 写明各小区（村）的人数，有的只有几人。",
        "Before the decision this folder is for staff and for consultation. After it zones.csv and "
        "groups.csv may be published. The rest is for staff: report.html, schools.csv, zones.gpkg, "
        "zones.geojson and manifest.json hold seat prices, blocks.csv and layout.csv how many children a "
        "block has, some only a few.",
    ),
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
