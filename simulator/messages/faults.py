"""Faults and warnings of the input: what is wrong, and what to do about it.

Every message has the fields ``file``, ``row``, ``column`` and ``value`` of its fault besides the details
named here; where it is listed, the place is printed before it, so the texts do not repeat it.
"""

FILES: dict[str, tuple[str, str]] = {
    "nearest": ("（最相近：{suggestion}）", " (nearest: {suggestion})"),
    "and_more": (
        "同类问题还有 {count} 处未逐条列出；改正后再运行 xuewei check。",
        "and {count} more of the same, not listed singly; mend them and run xuewei check again.",
    ),
    "no_scenario_folder": (
        "没有这个文件夹。请检查路径，或用 xuewei new 名称 新建一个。",
        "There is no such folder. Check the path, or make one with: xuewei new NAME.",
    ),
    "no_scenario_file": (
        "文件夹里没有 scenario.toml。请用 xuewei new 名称 新建一份带注释的方案，再改写。",
        "The folder has no scenario.toml. Make a commented one with xuewei new NAME and fill it in.",
    ),
    "toml_syntax": (
        "scenario.toml 有语法错误（{where}）。请检查该行的引号、等号和方括号；中文键名须加引号。",
        "scenario.toml cannot be parsed ({where}). Check quotes, equals signs and brackets on that line.",
    ),
    "wrong_encoding": (
        "文字编码既不是 UTF-8 也不是 GB18030，无法读取。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。",
        "The text is neither UTF-8 nor GB18030. In Excel, save it again as “CSV UTF-8 (Comma delimited)”.",
    ),
    "half_written": (
        "文件不完整或已损坏，读到中途中断。请重新导出或复制整个文件（可能是传输中断，或正被其他程序写入）。",
        "The file is cut off or damaged. Export or copy the whole file again; the copy may have been "
        "interrupted.",
    ),
    "torn_row": (
        "本行有 {value} 个单元格，表头有 {expected} 个：行不完整，或单元格内的逗号未加引号。请补全本"
        "行或重新导出。",
        "This row has {value} cells, the heading has {expected}: it is cut off, or a comma inside a "
        "cell is not quoted. Complete the row, or export the file again.",
    ),
    "open_quote": (
        "从本行起引号没有成对，其后内容都被读成了一个单元格。请补上或删除多余的双引号。",
        "A quotation mark opened in this row is never closed, so the rest of the file is one cell. "
        "Close it or take it out.",
    ),
    "no_such_file": (
        "没有这个文件。请核对名称和所在的文件夹。",
        "There is no such file. Check its name and folder.",
    ),
    "cannot_open": (
        "文件打不开。它可能正在 Excel 中打开，或没有读取权限；请关闭后再试。",
        "The file cannot be opened. It may be open in Excel, or you may not read it; close it and try again.",
    ),
    "no_shapes": (
        "地理文件里没有点或多边形。请以带几何图形的图层重新导出。",
        "The geographic file has no points or polygons. Export a layer with shapes.",
    ),
    "empty_file": (
        "文件是空的。请填入数据；若不需要这张表，请删除该文件。",
        "The file is empty. Fill it in, or delete it if the table is not needed.",
    ),
    "empty_table": (
        "表 {table} 只有表头，没有数据行。请填入数据；若不需要这张表，请删除该文件。",
        "Table {table} has a heading but no rows. Fill it in, or delete the file if the table is not needed.",
    ),
    "missing_table": (
        "缺少必需的表 {table}。请在方案文件夹放入同名的 .csv、.xlsx 或 .parquet 文件，或在 [tables] "
        "中写明文件名。",
        "The required table {table} is missing. Put a .csv, .xlsx or .parquet file of that name into "
        "the folder, or name its file under [tables].",
    ),
    "no_children": (
        "既没有学生名册 students，也没有各小区人数 demand。请提供其中一张表。",
        "There is neither a roster (students) nor counts per block (demand). Provide one of the two.",
    ),
    "students_and_demand": (
        "名册 students 与人数 demand 同时存在，不知以哪个为准。请去掉一个；若来自 base，可写 "
        'tables.demand = ""。',
        "Both a roster (students) and counts (demand) are given. Leave one out; where it comes from "
        'the base, write tables.demand = "".',
    ),
    "needs_roster": (
        "表 {table} 按学生编号填写，但方案没有学生名册 students。请补充名册，或去掉这张表。",
        "Table {table} names students, but the scenario has no roster (students). Add the roster or "
        "leave the table out.",
    ),
    "two_files": (
        "表 {table} 有多个文件，不知读哪个。请只留一个，或在 [tables] 中写明。",
        "Table {table} has several files. Keep one, or name the one to read under [tables].",
    ),
    "no_table_file": (
        "[tables] 中为表 {table} 写的文件不存在。请检查文件名。",
        "The file named for table {table} under [tables] does not exist. Check its name.",
    ),
    "unknown_table": (
        "没有这张表{nearest}。可用的表：{known}。",
        "There is no such table{nearest}. The tables are: {known}.",
    ),
    "unknown_file_type": (
        "不认识的文件类型。表可以是 .csv、.xlsx、.parquet；小区和学校还可以是 .geojson、.gpkg。",
        "Unknown type of file. A table is .csv, .xlsx or .parquet; blocks and schools also .geojson "
        "or .gpkg.",
    ),
    "sheet_type_unread": (
        "表 {table} 不从这种文件（{value}）读取。请在 Excel 或 WPS 中另存为 .xlsx 或 CSV，再放回文件夹。",
        "Table {table} is not read from this form of file ({value}). Save it as .xlsx or CSV in Excel or WPS "
        "and put that into the folder.",
    ),
    "sheet_type_beside": (
        "这个文件（{value}）未读入，读的是 {read}。若它较新，请另存为 .xlsx 或 CSV 代替后者；否则请删除。",
        "This file ({value}) was not read; {read} was. If it is newer, save it as .xlsx or CSV in the "
        "place of the other; else delete it.",
    ),
    "which_sheet": (
        "工作簿里有多张有内容的工作表，不知读哪张作为表 {table}。请把要读的那张命名为该表的名称。",
        "The workbook has several sheets with content. Name the one that holds table {table} after "
        "the table.",
    ),
    "no_sheet": (
        "工作簿里没有表 {table} 的工作表。请把相应的工作表命名为该表的名称。",
        "The workbook has no sheet for table {table}. Name the sheet that holds it after the table.",
    ),
    "path_leaves_folder": (
        "路径指向文件夹 {folder} 之外，不予读取。请把文件放进文件夹，用相对路径书写，不要用链接指向别处。",
        "The path leads out of the folder {folder} and is not read. Put the file inside and name it "
        "by a relative path; links that lead elsewhere are not followed.",
    ),
    "no_base": (
        "base 指向的文件夹里没有 scenario.toml。请检查路径（相对于本方案文件夹）。",
        "The base folder has no scenario.toml. Check the path; it is relative to this scenario's folder.",
    ),
    "base_circle": (
        "base 绕回到了自己。请去掉其中一个 base。",
        "The bases run in a circle. Take one of them out.",
    ),
    "base_broken": (
        "base 必须是一个文件夹的相对路径（文字）。",
        "base must be the relative path of a folder, as text.",
    ),
    "no_coordinate_system": (
        "地理文件没有写明坐标系，数值又不是经纬度。请以 WGS84 或 CGCS2000 经纬度重新导出。",
        "The geographic file names no coordinate system and its numbers are not degrees. Export it "
        "again in degrees WGS84 or CGCS2000.",
    ),
}

SETTINGS: dict[str, tuple[str, str]] = {
    "unknown_setting": (
        "没有这个设置{nearest}。此处可用：{known}。",
        "There is no such setting{nearest}. Here are: {known}.",
    ),
    "setting_missing": (
        "缺少必填的设置。请在 scenario.toml 中补上。",
        "A required setting is missing. Add it to scenario.toml.",
    ),
    "setting_not_integer": (
        "应为整数。请改成不带引号和小数的数字。",
        "A whole number is expected. Write it without quotes or decimals.",
    ),
    "setting_not_number": (
        "应为数字。请改成不带引号的数字。",
        "A number is expected. Write it without quotes.",
    ),
    "setting_not_yes_no": ("应为 true 或 false。", "Write true or false."),
    "setting_not_text": ("应为文字。请加上双引号。", "Text is expected. Put it in double quotes."),
    "setting_pattern": (
        "写法不符合要求（{pattern}）。代号只用英文字母、数字和下划线，方案代号也可用汉字；"
        "日期用“月-日”，如 08-31。",
        "It is not written as required ({pattern}). Names take letters, digits and underscores, that of "
        "the scenario Chinese characters too; a cut-off day is month-day, such as 08-31.",
    ),
    "setting_too_small": (
        "小于允许的最小值 {low}。请改大。",
        "It is below the least value allowed, {low}. Write a greater one.",
    ),
    "setting_too_great": (
        "大于允许的最大值 {high}。请改小。",
        "It is above the greatest value allowed, {high}. Write a smaller one.",
    ),
    "setting_empty": ("不能为空。请至少写一项。", "It may not be empty. Name at least one."),
    "setting_choice": (
        "没有这个选项{nearest}。可选：{known}。",
        "There is no such choice{nearest}. Choose from: {known}.",
    ),
    "setting_not_a_list": (
        '应为列表。请用方括号，如 ["a", "b"]。',
        'A list is expected. Use brackets, such as ["a", "b"].',
    ),
    "setting_not_a_table": (
        "应为一组设置（TOML 表）。请写成 [名称] 一节，或检查缩进和括号。",
        "A table of settings is expected. Write it as a [section].",
    ),
    "setting_invalid": (
        "无法使用（{reason}）。请对照 scenarios/scenario.schema.json 改正。",
        "It cannot be used ({reason}). Compare scenarios/scenario.schema.json.",
    ),
    "setting_not_here": (
        "变体里不能再写这一项。请把它移到文件开头。",
        "A variant may not hold this. Move it to the top of the file.",
    ),
    "unknown_variant": (
        "没有这个变体{nearest}。已有变体：{known}。",
        "There is no such variant{nearest}. The variants are: {known}.",
    ),
    "bad_override": (
        "--set 应写成 键=值，如 class_size.primary=50 或 rounds.private.losers=behind。",
        "--set takes key=value, such as class_size.primary=50 or rounds.private.losers=behind.",
    ),
    "unknown_round": (
        "没有这个批次{nearest}。已有批次：{known}。",
        "There is no such round{nearest}. The rounds are: {known}.",
    ),
    "round_twice": (
        "同一批次代号出现了两次。请改成不同的代号。",
        "This round appears twice. Give each its own name.",
    ),
    "unknown_column": (
        "没有这个是否列{nearest}。请改正，或在 [columns] 中声明。可用：{known}。",
        "There is no such yes/no column{nearest}. Correct it, or declare it under "
        "[columns]. There are: {known}.",
    ),
    "unknown_rank": (
        "不能按此排序{nearest}。请改正，或在 [columns] 中声明。可用：{known}。",
        "Applicants cannot be ranked by this{nearest}. Correct it, or declare it "
        "under [columns]. There are: {known}.",
    ),
    "draw_not_last": (
        "draw 之后的排序列永远用不到，因为摇号已分出先后。请把 draw 放到最后。",
        "What follows draw is never looked at, since the draw tells everybody apart. Put draw last.",
    ),
    "share_twice": (
        "同一比例规则代号出现了两次。请改成不同的代号。",
        "This share rule appears twice. Give each its own name.",
    ),
    "share_without_round": (
        '比例规则由 coordination = true 且 mechanism = "least_total" 的批次执行，但没有这样的批次。'
        "请改一个批次，或删去 shares。",
        'Share rules are kept by a round with coordination = true and mechanism = "least_total"; there is '
        "none. Make a round one, or take shares out.",
    ),
    "listed_twice": ("同一项写了两次。请删去一个。", "It is listed twice. Take one out."),
    "reach_without_metres": (
        "reach 中有 within_metres，但没有给出距离。请写明 within_metres = 3000 之类的米数。",
        "reach names within_metres, but no distance is given. Say how far, such as within_metres = 3000.",
    ),
    "curve_without_least_cost": (
        "路程的幂次和超过步行上限的加计只用于按最小成本统筹的批次。请把录取办法改为 least_total、"
        "least_total_by_tier 或 least_greatest，或去掉 metres_power 和 beyond_limit_ 各项。",
        "A power of the metres and penalties beyond the walking limit are for least-cost rounds only. Make "
        "the mechanism least_total, least_total_by_tier or least_greatest, or take metres_power and the "
        "beyond_limit_ settings out.",
    ),
    "costs_too_great": (
        "按此幂次，本批次的成本超出可精确计算的范围。请改小 metres_power，或用 within_metres 限制距离。",
        "With this power the costs of the round are too great to be reckoned exactly. Lower metres_power, or "
        "set a limit with within_metres.",
    ),
    "mechanism_no_twins": (
        "这种录取办法不能让多胞胎捆绑录取。请设 twins.together = false，或改用：{known}。",
        "This mechanism cannot keep twins together. Set twins.together = false, or use one of: {known}.",
    ),
    "mechanism_no_own_draws": (
        '这种录取办法不用各校各自的摇号。请设 tie_break = "common"，或改用：{known}。',
        'This mechanism has no use for a draw of each school\'s own. Set tie_break = "common", '
        "or use one of: {known}.",
    ),
    "own_draws_by_stride": (
        "各校各自摇号时不能用起始号加等差数：等差数要用各校的计划数，而各校余下的学位到本批次开始时才定。"
        '请改用其他 draw_method，或设 tie_break = "common"。',
        "A draw of each school's own cannot go by a stride: that is worked out from the seats, and which a "
        "school has left is known only when the round is played. Use another draw_method, or set "
        'tie_break = "common".',
    ),
    "mechanism_no_reserves": (
        "这种录取办法不支持保底名额。请设 reserve_percent = 0，或改用：{known}。",
        "This mechanism does not support reserves. Set reserve_percent = 0, or use one of: {known}.",
    ),
    "reserves_with_twins": (
        "保底名额与多胞胎捆绑录取不能同时使用。请设 twins.together = false，或设 reserve_percent = 0。",
        "Reserves and twins kept together do not go together. Set twins.together = false, or "
        "reserve_percent = 0.",
    ),
    "bands_without_parallel": (
        '只有平行志愿（parallel）分组。请设 mechanism = "parallel"，或去掉 bands。',
        'Only the parallel mechanism has bands. Set mechanism = "parallel", or leave bands out.',
    ),
    "parallel_without_bands": (
        "平行志愿要写明每组几个志愿，如 bands = [2, 3]。请补上；若不分组，请用 deferred_acceptance。",
        "Say how many choices a band has, such as bands = [2, 3]. For one band of everything use "
        "deferred_acceptance.",
    ),
    "register_beside_seats": (
        "register_only（只登记学籍、不占学位）不能与其他学位池同列。请另设一个批次。",
        "register_only (on the register, no seat) cannot stand beside other pools. Give it its own round.",
    ),
    "pool_without_ownership": (
        "购买学位只在普惠性民办学校。请在 ownership 中加入 inclusive_private，或去掉 purchased。",
        "Purchased seats are in inclusive private schools only (rule R26, see docs/rules.md). "
        "Add inclusive_private to "
        "ownership, or leave purchased out.",
    ),
    "preferences_without_choices": (
        "志愿模型对应的批次并不使用志愿。请在该批次的 reach 中加入 choices，或设 applied = true，或去"
        "掉该模型。",
        "The round of this choice model uses no wishes. Add choices to its reach, set applied = "
        "true, or take the model out.",
    ),
    "column_name_taken": (
        "这个列名已被占用或不能使用。请换一个由英文字母、数字和下划线组成、且不以 _last 或 _descending "
        "结尾的名字。",
        "This name of a column is taken or cannot be used. Take another of letters, digits and "
        "underscores that does not end in _last or _descending.",
    ),
    "class_size_over_ceiling": (
        "班额超过硬上限 {ceiling}（规则 R2，见 docs/rules.md）。请改小；确经批准突破时，另行记录决定。",
        "The class size is above the hard ceiling of {ceiling} (rule R2, see docs/rules.md). "
        "Write a smaller one.",
    ),
    "cap_path_rises": (
        "超校额学校的逐年比例须在 0 到 100 之间且逐年不升（规则 R1，见 docs/rules.md）。请改正。",
        "The yearly shares of an oversized school must lie between 0 and 100 and never rise "
        "(rule R1, see docs/rules.md). "
        "Correct them.",
    ),
    "yellow_above_red": (
        "黄色预警线高于红色预警线。请改小。",
        "The yellow line is above the red one. Lower it.",
    ),
    "bad_month_day": (
        "没有这一天。请写成 月-日，如 08-31。",
        "There is no such day. Write month-day, such as 08-31.",
    ),
    "percent_over_100": (
        "各项比例合计超过 100%。请改小。",
        "The shares add up to more than 100 percent. Lower them.",
    ),
    "no_travel_table": (
        "距离来源设为给定矩阵（given），但没有距离表 travel。请补充该表，或改 travel.method。",
        "Distances are to be given, but there is no travel table. Add it, or change travel.method.",
    ),
    "no_road_table": (
        "距离来源设为道路网（roads），但没有表 {table}。请补充 road_nodes 和 road_edges 两张表，"
        "或放入 roads.graphml，或改 travel.method。",
        "Distances are to follow roads, but there is no table {table}. Add road_nodes and road_edges, or a "
        "file roads.graphml, or change travel.method.",
    ),
    "no_zone_order": (
        "距离来源设为学区表顺序（zone_order），但没有学区表 zones。请补充该表，或改 travel.method。",
        "Distances are to follow the zone table, but there is none. Add zones, or change travel.method.",
    ),
}

REASONS: dict[str, tuple[str, str]] = {
    "parents_job": (
        "禁止采集家长职务、职业信息（规则 R34，见 docs/rules.md）",
        "the job or post of parents may not be collected (rule R34, see docs/rules.md)",
    ),
    "parents_employer": (
        "禁止采集家长工作单位信息（规则 R34，见 docs/rules.md）",
        "the employer of parents may not be collected (rule R34, see docs/rules.md)",
    ),
    "parents_income": (
        "禁止采集家长收入信息（规则 R34，见 docs/rules.md）",
        "the income of parents may not be collected (rule R34, see docs/rules.md)",
    ),
    "preschool": (
        "入学不得要求学前教育经历（规则 R34，见 docs/rules.md）",
        "preschool attendance may not be asked for (rule R34, see docs/rules.md)",
    ),
    "birth_permit": (
        "入学不得要求独生子女、计划生育类证明（规则 R34，见 docs/rules.md）",
        "only-child and birth-permit proof may not be asked for (rule R34, see docs/rules.md)",
    ),
    "scores": (
        "免试入学：考试成绩、分数和排名不得进入招生（规则 R27、R33，见 docs/rules.md）",
        "admission is exam-free: no test scores or rankings may enter (rules R27, R33, see docs/rules.md)",
    ),
    "key_schools": (
        "不设重点校、重点班、快慢班、实验班，不招特长生，不下达升学指标（规则 R31，见 docs/rules.md）",
        "there are no key schools, no key or streamed classes, no places for special talents and no "
        "promotion quotas (rule R31, see docs/rules.md)",
    ),
    "amounts": (
        "可用缴纳月数，不得采集社保、纳税金额（规则 R34，见 docs/rules.md）",
        "months of insurance or tax may be used, amounts may not be collected (rule R34, see docs/rules.md)",
    ),
}
"""Why each kind of forbidden data is refused."""

FORBIDDEN: dict[str, tuple[str, str]] = {
    **{
        f"forbidden_{kind}": (
            f"{zh}。请删去这一列；或加 --drop-forbidden，略去此列后继续。",
            f"Refused: {en}. Delete the column, or use --drop-forbidden to go on without it.",
        )
        for kind, (zh, en) in REASONS.items()
    },
    **{
        f"dropped_{kind}": (f"{zh}。此列已略去，未读入。", f"Left out and not read: {en}.")
        for kind, (zh, en) in REASONS.items()
    },
}

MESSAGES: dict[str, tuple[str, str]] = {
    **FILES,
    **SETTINGS,
    **FORBIDDEN,
}
