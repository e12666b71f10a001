"""Faults and warnings of the tables: of columns and cells, of places, of children."""

COLUMNS: dict[str, tuple[str, str]] = {
    "missing_column": (
        "缺少必需的列。请补上这一列；可用的表头：{accepted}。",
        "A required column is missing. Add it; its heading may be any of: {accepted}.",
    ),
    "unknown_heading": (
        "不认识这一列，未读入{nearest}。若需要，请改成数据字典中的表头，或在 [columns] 中声明。",
        "This column is unknown and was not read{nearest}. If it is needed, use a "
        "heading of the data dictionary, or declare it under [columns].",
    ),
    "no_zones_table": (
        "方案没有学区表，而这些批次按学区录取：{rounds}。请放入 zones.csv（或 .xlsx、.parquet），"
        "列出每个小区对口的学校；还没有学区的，可先用 xuewei zones 划片，再把得到的 zones.csv 放入；"
        "不按学区招生的，请从这些批次的 reach 中去掉 zone。",
        "There is no table of zones, but these rounds reach schools by zone: {rounds}. "
        "Put zones.csv (or .xlsx, .parquet) with the school of each block into the folder; "
        "where zones are still to be drawn, have xuewei zones draw them and put in its zones.csv; "
        "where there are none, take “zone” out of the reach of these rounds.",
    ),
    "unread_file": (
        "这个文件未读入{nearest}。若是方案的表，请改成该表的名称，或在 [tables] 中写明。",
        "This file was not read{nearest}. If it is a table of the scenario, give it that table's name, "
        "or name it under [tables].",
    ),
    "heading_misnamed": (
        "这一列未读入，而表中恰好没有与它相近的“{suggestion}”列。若指的是它，请把表头改成“{suggestion}”。",
        "This column was not read, and the table lacks the column {suggestion} that it resembles. "
        "If that is meant, rename the heading to {suggestion}.",
    ),
    "seat_heading_misnamed": (
        "这一列未读入，表中又没有与它相近的计划学位列，因此 {count} 所学校没有计划班数或招生数。"
        "请把表头改成其中之一：{accepted}。",
        "This column was not read, and the table lacks the column of planned seats "
        "that it resembles. "
        "Schools without planned classes or seats for that reason: {count}. "
        "Rename the heading to one of: {accepted}.",
    ),
    "no_seat_column": (
        "表中没有写明{stage}计划班数或招生数的列，涉及 {count} 所学校，自此行起。请补上其中一列：{accepted}；"
        "今年不招生的学校填 0 或留空。",
        "No column of the table gives the planned classes or seats of stage {stage}; "
        "schools concerned, from this row on: {count}. Add one of: {accepted}. "
        "A school that takes nobody this year has 0 or a blank cell there.",
    ),
    "heading_repeated": (
        "同一表头出现了两次。请删去或改名其中一列。",
        "This heading appears twice. Delete or rename one of the two.",
    ),
    "heading_beside": (
        "与“{kept}”含义相同，只读入“{kept}”。若应以本列为准，请删去另一列。",
        "It means the same as “{kept}”, which was read instead. Delete the other column if this one counts.",
    ),
    "column_not_in_table": (
        "[columns] 声明了该列，但名册中没有，一律按“否”或空处理。请补上该列或删去声明。",
        "[columns] declares it, but the roster lacks it; every child counts as “no”. Add the column "
        "or drop the declaration.",
    ),
    "blank_cell": ("此格必填，不能为空。请补上。", "This cell must be filled in."),
    "blank_id": (
        "编号为空。每一行都要有唯一编号，请补上。",
        "The id is empty. Every row needs an id of its own.",
    ),
    "duplicate_id": (
        "编号与第 {first_row} 行重复。编号须唯一，请改正或删去重复行。",
        "The id is the same as in row {first_row}. Ids must be unique; correct it or delete the "
        "repeated row.",
    ),
    "formula_id": (
        "编号以 = + - @ 开头，表格软件会当作公式执行。请去掉该符号，并把该列设为文本格式。",
        "The id begins with = + - or @, which a spreadsheet runs as a formula. Take the sign out and "
        "format the column as text.",
    ),
    "formula_text": (
        "文字以 = + - @ 开头，表格软件会当作公式执行。请改成普通文字。",
        "The text begins with = + - or @, which a spreadsheet runs as a formula. Write plain text.",
    ),
    "id_lost_digits": (
        "长编号被表格软件改成了科学计数，末尾数字已丢失。请把该列设为文本格式，从原始数据重新填写。",
        "A spreadsheet turned this long id into a rounded number and its last digits are lost. "
        "Format the column as text and fill it in again from the source.",
    ),
    "id_line_break": (
        "编号中间有换行或制表符。请改成一行。",
        "The id has a line break or a tab in it. Write it in one line.",
    ),
    "id_is_identity_number": (
        "身份证号（学籍号即 G+身份证号）不得作为编号：编号会随结果公布。请改用报名号，或随机的回执号。",
        "Identity numbers (学籍号 are G and one) may not be ids, for ids are published with the results. "
        "Use the registration number (报名号) or a random receipt number.",
    ),
    "not_integer": (
        "不是整数。请改成整数，不要带单位。",
        "It is not a whole number. Write one, without a unit.",
    ),
    "not_number": ("不是数字。请改成数字，不要带单位。", "It is not a number. Write one, without a unit."),
    "negative": ("不能是负数。请改正。", "It may not be negative. Correct it."),
    "out_of_bounds": (
        "超出合理范围（{low} 至 {high}）。请核对后改正。",
        "It is out of bounds ({low} to {high}). Check and correct it.",
    ),
    "not_yes_no": ("应填“是”或“否”。", "Write yes or no (是 or 否)."),
    "bad_date": (
        "不是有效日期。请写成 2020-08-31、2020/8/31、20200831 或 2020年8月31日。",
        "It is not a date. Write 2020-08-31, 2020/8/31, 20200831 or 2020年8月31日.",
    ),
    "absurd_date": (
        "年份超出合理范围（{low} 至 {high}）。请核对后改正。",
        "The year is out of bounds ({low} to {high}). Check and correct it.",
    ),
    "unknown_choice": (
        "没有这个选项{nearest}。可填：{known}。",
        "There is no such choice{nearest}. Write one of: {known}.",
    ),
    "unknown_reference": (
        "表 {refers} 中没有这一编号{nearest}。请改正，或在该表中补上。",
        "Table {refers} has no such id{nearest}. Correct it, or add it to that table.",
    ),
    "unknown_county": (
        "学校和小区都不在这个县区{nearest}。请改正；全市范围请留空。",
        "No school or block is in such a county{nearest}. Correct it; leave it empty for the whole city.",
    ),
    "unknown_round_cell": (
        "没有这个批次{nearest}。请填批次代号或名称：{known}。",
        "There is no such round{nearest}. Write the name or title of one: {known}.",
    ),
    "unknown_draw": (
        '没有批次用这个摇号{nearest}。请改正，或在批次中写 draw = "{value}"；已有：{known}。',
        'No round uses this draw{nearest}. Correct it, or write draw = "{value}" in a round; there are: '
        "{known}.",
    ),
    "unknown_category": (
        "没有这个类别{nearest}。请改正，或在 [population.categories] 中补上；已有：{known}。",
        "There is no such category{nearest}. Correct it, or add it under "
        "[population.categories]; there are: {known}.",
    ),
}

PLACES: dict[str, tuple[str, str]] = {
    "half_coordinates": (
        "经度和纬度须同时填写或同时留空。请补上。",
        "Longitude and latitude go together. Fill in both or neither.",
    ),
    "swapped_coordinates": (
        "经度和纬度填反了。请对调两列（中国经度约 73-136，纬度约 3-54）。",
        "Longitude and latitude are exchanged. Swap the two (in China longitude is 73 to 136, "
        "latitude 3 to 54).",
    ),
    "far_away": (
        "离其他各处很远，可能是坐标填错。请核对。",
        "It is far away from all the rest; the coordinates may be wrong. Check them.",
    ),
    "coordinates_missing": (
        "有 {count} 行没有坐标，这些行的距离无法计算。请补上。",
        "Rows without coordinates, and so without distances: {count}. Fill them in.",
    ),
    "ambiguous_stage": (
        "该校兼有小学和初中，不知此数属于哪个学段。请改填“{primary}”和“{junior}”两列。",
        "This school has both stages, and the number could mean either. Use the columns {primary} "
        "(primary) and {junior} (junior) instead.",
    ),
    "stage_not_served_column": (
        "该校没有这一学段，却填了此列。请清空此格，或改正办学类型。",
        "The school does not have the stage of this column. Empty the cell, or correct the kind of school.",
    ),
    "columns_contradict": (
        "与“{other}”列的数不一致。请只填一列或改成一致。",
        "It contradicts the column {other}. Fill in one of the two, or make them agree.",
    ),
    "total_contradicts": (
        "两学段合计与“{primary}”“{junior}”两列不符。请只填合计或只填两列，或改成一致。",
        "The total of both stages contradicts the columns {primary} and {junior}. Give the total or the "
        "two of them, or make them agree.",
    ),
    "leavers_exceed_pupils": (
        "毕业年级人数多于在校生数。请核对两列。",
        "There are more pupils in the leaving grade than on roll. Check both columns.",
    ),
    "ceiling_below_cap": (
        "本年规模上限低于校额上限，两者矛盾：本年上限只用于已超校额的学校。请删去本年上限或改正校额。",
        "This year's ceiling is below the cap; a ceiling is for schools already over their cap. Take "
        "it out, or correct the cap.",
    ),
    "ceiling_above_pupils": (
        "本年规模上限高于现有在校生数，等于允许超大学校继续扩大（规则 R1，见 docs/rules.md）。请改小。",
        "This year's ceiling is above the pupils on roll, which lets an oversized school grow "
        "(rule R1, see docs/rules.md). "
        "Lower it.",
    ),
    "purchased_not_inclusive": (
        "政府购买学位只能在普惠性民办学校（规则 R26，见 docs/rules.md）。请清空此格，或改正举办者类型。",
        "Seats are bought in inclusive private schools only (rule R26, see docs/rules.md). "
        "Empty the cell, or correct the ownership.",
    ),
    "stage_needed": ("该校兼有小学和初中，请填写学段。", "The school has both stages; write which one."),
    "stage_not_served": (
        "该校没有这个学段。请改正学校、学段或办学类型。",
        "The school does not have this stage. Correct the school, the stage or the kind of school.",
    ),
    "duplicate_row": (
        "与第 {first_row} 行重复。请删去一行。",
        "It repeats row {first_row}. Delete one of the two.",
    ),
    "block_in_two_zones": (
        "同一小区同一学段在第 {same_block} 行已划给另一所学校。单校划片请删去一行；多校划片请填写“"
        "{heading}”列。",
        "At this stage the block also belongs to another school (row {same_block}). For a "
        "single-school zone delete one row; for a multi-school zone fill in the column {heading}.",
    ),
    "school_in_no_zone": (
        "该校有计划学位（{stage}），却没有划入任何小区。请在学区表中补上，或把计划改为 0。",
        "The school plans seats ({stage}) but is in no zone. Add it to the zone table, or plan no seats.",
    ),
    "barrier_within_block": (
        "阻隔的两边是同一个小区。请填写被隔开的另一小区。",
        "Both sides of the barrier are the same block. Name the block it is kept apart from.",
    ),
    "feeder_not_primary": (
        "对口关系的来源学校没有小学学段。请改正。",
        "The feeding school has no primary stage. Correct it.",
    ),
    "feeder_not_junior": (
        "对口关系的去向学校没有初中学段。请改正。",
        "The fed school has no junior stage. Correct it.",
    ),
    "share_missing": (
        "同一小学的对口比例有的填了有的没填。请全部填写，或全部留空（平均分配）。",
        "Some shares of this primary school are given and some not. Fill in all of them, or none "
        "(equal shares).",
    ),
    "shares_over_one": (
        "该小学各对口初中的比例合计为 {total}，超过 1。请改小。",
        "The shares of this primary school add up to {total}, more than 1. Lower them.",
    ),
    "edge_below_line": (
        "有 {count} 个路段的长度短于两端的直线距离（此处直线 {line} 米，为相差最大者），长度或坐标可能有误。"
        "仍按给定长度计算，请核对。",
        "Edges shorter than the straight line between their ends: {count} (here the line is {line} m, the "
        "worst case). The length or a place may be wrong; the lengths are used as given. Check them.",
    ),
    "place_far_from_roads": (
        "“{name}”离最近的路口 {metres} 米（直线），超过 {limit} 米。"
        "请核对坐标和坐标系，或补上通往这里的道路。",
        "“{name}” is {metres} m (straight line) from the nearest node of the roads, more than {limit} m. "
        "Check its place and the coordinate system, or add the roads that lead there.",
    ),
    "block_cut_off": (
        "从“{name}”沿道路到不了{stage}：它在第 {component} 块连通路网（共 {components} 块）上，"
        "有 {nodes} 个路口，最大的一块有 {greatest} 个。距离按“不可得”处理；"
        "请补上缺的路段，或删去孤立的路段。",
        "No way by road leads from “{name}” to {stage}: it lies on connected part {component} of "
        "{components} of the network, of {nodes} nodes; the greatest has {greatest}. Its distances are not "
        "available. Add the missing roads, or take out roads that lead nowhere.",
    ),
    "school_cut_off": (
        "从任何小区沿道路都到不了“{name}”：它在第 {component} 块连通路网（共 {components} 块）上，"
        "有 {nodes} 个路口，最大的一块有 {greatest} 个。距离按“不可得”处理；"
        "请补上缺的路段，或删去孤立的路段。",
        "No way by road leads from any block to “{name}”: it lies on connected part {component} of "
        "{components} of the network, of {nodes} nodes; the greatest has {greatest}. Distances to it are "
        "not available. Add the missing roads, or take out roads that lead nowhere.",
    ),
    "cut_off_any": ("任何学校", "any school"),
    "cut_off_primary": ("小学", "any primary school"),
    "cut_off_junior": ("初中", "any junior school"),
    "no_seats_planned": (
        "所有学校都没有计划班数或招生数，全部学位为 0。运行照常，结果会显示无人安排。",
        "No school plans a class or a seat: all seats are zero. The run goes on and says so.",
    ),
}

CHILDREN: dict[str, tuple[str, str]] = {
    "block_blank": (
        "{count} 名学生没有填小区，列为“待核”，仍计入总数。请尽量补上。",
        "Children without a block: {count}, “to be verified” and still counted. Fill in what you can.",
    ),
    "block_unknown": (
        "{count} 名学生的小区在小区表中找不到（首例见此行），列为“待核”，仍计入总数。请改正，或在小区"
        "表中补上。",
        "Children whose block matches none: {count} (the first is this row); “to be verified”, "
        "and still counted. Correct them, or add the block.",
    ),
    "household_block_unknown": (
        "{count} 名学生的户籍小区在小区表中找不到（首例见此行），按未填处理。",
        "Children whose household block matches none: {count} (the first is this row); it "
        "counts as not given.",
    ),
    "school_unknown": (
        "{count} 名学生的这所学校在学校表中找不到（首例见此行），按未填处理。外地学校可忽略。",
        "Children whose school here matches none: {count} (the first is this row); it counts as "
        "not given. Schools elsewhere may be ignored.",
    ),
    "origin_not_primary": (
        "初中新生的毕业小学没有小学学段。请改正。",
        "The primary school of this junior entrant has no primary stage. Correct it.",
    ),
    "twins_of_two_stages": (
        "同一多胞胎编组的孩子学段不同。请改正编组或学段。",
        "Children of one twin group enter different stages. Correct the group or the stage.",
    ),
    "twin_group_large": (
        "同一多胞胎编组超过 {most} 人，编组值可能填错（每组应填各自的编号）。请改正。",
        "A twin group has more than {most} children; the labels may be wrong. Give each group its own.",
    ),
    "twin_alone": (
        "该多胞胎编组只有一人，按单独报名处理。若漏了同胞，请补上。",
        "This twin group has one child only and counts as no twin. Add the other one if it is missing.",
    ),
    "duplicate_position": (
        "同一学生同一批次的志愿序号与第 {first_row} 行重复。请改正序号。",
        "The child has this position in this round already in row {first_row}. Correct the position.",
    ),
    "duplicate_wish": (
        "同一学生同一批次已在第 {first_row} 行填报该校。请删去一行。",
        "The child lists this school in this round already in row {first_row}. Delete one of the two.",
    ),
    "wish_wrong_stage": (
        "所填学校没有该学生入学的学段。请改正学校或学段。",
        "The school listed does not have the stage this child enters. Correct one of them.",
    ),
    "wishes_beyond_limit": (
        "志愿序号超过该批次允许的志愿个数，多出的志愿不起作用。",
        "The position is beyond the choices this round allows; such wishes have no effect.",
    ),
    "twins_wishes_differ": (
        "这名学生与多胞胎 {other} 在批次 {round} 的志愿不同。两人捆绑录取，只按两份志愿都有的学校、"
        "以两份志愿中的名次之和排序。请为两人填报同一份志愿，或设 twins.together = false。",
        "This child and its twin {other} have different lists for round {round}. They are admitted as one: "
        "by the schools on both lists, in the order of the sum of the places in both. File one list for "
        "both, or set twins.together = false.",
    ),
    "wishes_for_no_round": (
        "本方案（变体）没有这个批次，{count} 条志愿未读入。",
        "This scenario or variant does not play the round. Wishes for it that were left out: {count}.",
    ),
    "rows_for_no_round": (
        "本方案（变体）没有这个批次，{count} 行未读入。",
        "This scenario or variant does not play the round. Rows for it that were left out: {count}.",
    ),
    "used_after_entry": (
        "使用学位的年份晚于本方案的入学年份 {entry_year}。请改正年份。",
        "The seat was used after the entry year of this scenario, {entry_year}. Correct the year.",
    ),
    "settled_twice": (
        "该学生在第 {first_row} 行已定到另一所学校（{other}），相互矛盾。请只留一行。",
        "The child is settled at another school ({other}) in row {first_row}. Keep one of the two.",
    ),
    "settled_wrong_stage": (
        "已定学校没有该学生入学的学段。请改正学校或学段。",
        "The settled school does not have the stage this child enters. Correct one of them.",
    ),
    "settled_elsewhere": (
        "该学生已标为“已在外地入学”，又有已定学校，相互矛盾。请改正其一。",
        "The child is enrolled elsewhere and has a settled place too. Correct one of them.",
    ),
}

MESSAGES = {**COLUMNS, **PLACES, **CHILDREN}
