"""Words of siting: the command, its faults and its page."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help_site": (
        "新校选址：在哪里新建几所学校省得最多（只是建议，不是决定）。",
        "Where a number of new schools save most. A proposal, never a decision.",
    ),
    "help_site_open": ("最多新建几所。", "Open at most so many schools."),
    "help_site_stage": (
        "学段：primary 或 junior；缺省 primary。",
        "Stage: primary or junior; primary if not given.",
    ),
    "help_site_aim": (
        "目标，代替方案中的 siting.aim：least_total、p_median、coverage。",
        "Aim, instead of the scenario's siting.aim: least_total, p_median, coverage.",
    ),
    "help_site_out": (
        "另写一个结果文件夹：report.html、sites.csv、sites.geojson、manifest.json。",
        "Also write a folder: report.html, sites.csv, sites.geojson, manifest.json.",
    ),
    "help_site_json": ("输出 JSON，供程序读取。", "Print JSON, for programs."),
    "progress_siting": ("选址", "choosing sites"),
    "siting_no_land": (
        "没有可用地块：地块表中没有预留的教育用地。请标明预留，或将 siting.reserved_only 设为 false（R46）。",
        "No land to build on: the table of sites has none reserved for a school. Mark it, or set "
        "siting.reserved_only to false (R46).",
    ),
    "siting_no_ways": (
        "不知道到任何地块的距离。请给出地块和小区的坐标，并用按坐标计算的距离。",
        "No way to any site is known. Give coordinates of sites and blocks, and measure ways by them.",
    ),
    "siting_walled_off": (
        "没有小区（村）与任何地块在同一界线之内。请把地块表的县区（乡镇、学区）写得与小区表一致，或留空。",
        "No block lies within the same walls as any site. Write county (town, district) of the sites as the "
        "blocks have them, or leave them empty.",
    ),
    "site_out_of_reach": (
        "{n} 处地块没有小区（村）可去（不在同一县区等界线之内、太远或距离不明），未参加比较：{sites}。",
        "Sites that no block may go to ({n}: beyond a wall such as the county, too far, or of unknown way), "
        "left out: {sites}.",
    ),
    "site_name_separator": ("、", ", "),
    "site_page_title": ("新校选址", "new schools"),
    "site_kicker": ("学位 · 新校选址", "Xuewei · where new schools save most"),
    "site_subtitle": ("{year} 年{stage}新校选址", "New schools for {year}: {stage}"),
    "site_section_sites": ("建议新建", "Sites to open"),
    "site_section_figures": ("测算", "Figures"),
    "site_from_blocks": (
        "方案没有地块表（sites），按每个小区（村）的点位试算；实际用地只能是规划预留的教育用地（R46）。",
        "The scenario has no table of land (sites), so every block's point was tried; a school may "
        "only stand on "
        "land reserved for it in the plan (R46).",
    ),
    "site_none": ("新建学校省不下路程，也不增加就学。", "No new school saves anything."),
    "site_legend_new": ("建议新建", "to open"),
    "site_legend_kept": ("现有学校", "schools that stay"),
    "site_aim_least_total": ("目标：总路程最少，并守住学位", "Aim: the least way within the seats"),
    "site_aim_p_median": ("目标：总路程最少，不计学位", "Aim: the least way whatever the seats"),
    "site_aim_coverage": ("目标：步行上限内的儿童最多", "Aim: most children within the walking limit"),
    "site_before": ("不新建", "if nothing opens"),
    "site_after": ("新建后", "with the new schools"),
    "site_asked_for": (
        "最多新建 {asked} 所，可选地块 {candidates} 处，建议新建 {opened} 所；"
        "与可证下限的差距 {gap}（0 即已证明没有更好的）。",
        "Asked to open at most {asked}; candidate sites: {candidates}; opened: {opened}. "
        "Gap to the proven bound: {gap} (0 means that none is better, proved).",
    ),
    "site_children_all": ("预计新生", "expected entrants"),
    "site_without_seat": ("没有学位", "without a seat"),
    "site_without_way": ("没有可去的学校", "no school within reach"),
    "site_beyond_seats": ("超出所去学校学位的儿童", "children beyond the seats of the school they go to"),
    "site_way": ("总路程（公里）", "total way (km)"),
    "site_beyond": ("超过步行上限 {limit} 米的儿童", "children beyond the walking limit of {limit} m"),
    "site_cost": (
        "成本（公里；每名没有学位的儿童计 {weight} 米，另加开办成本）",
        "cost (km; a child without a seat counts as {weight} m; and the costs of opening)",
    ),
    "site_cost_way": ("路程加开办成本（公里）", "way and the costs of opening (km)"),
    "site_seats_not_counted": (
        "本目标不计学位：各去最近的学校，去的人可能多于学位。要守住学位，请用目标 least_total。",
        "This aim does not count seats: everyone goes to the nearest school, which may be more than its "
        "seats. To keep the seats, use the aim least_total.",
    ),
    "site_served_split": ("小区可拆分到几所学校", "a block may be split between schools"),
    "site_served_nearest": ("小区整体去最近的学校", "a block goes to its nearest school as a whole"),
    "site_lead": (
        "儿童为符合条件、需要普通公办学位的新生；{served}。距离：{source}。用地、建设成本和家长意愿不在其中。",
        "Children: entrants who can claim an ordinary public seat; {served}. "
        "Distances: {source}. Land, building costs and what families would choose are not in it.",
    ),
    "site_published": (
        "本文件夹只供内部使用：选址在依法决定之前不公布，其中还有“再多一个学位省多少”。",
        "This folder is for staff: sites are not published before they are decided, and it tells what one "
        "more seat would save.",
    ),
    "said_sites": (
        "NewSchools（{name}，{stage}，{aim}）：{candidates} 处地块中建议新建 {opened}：{sites}",
        "NewSchools({name}, {stage}, {aim}): of {candidates} sites {opened} to open: {sites}",
    ),
    "said_sites_none": (
        "NewSchools（{name}，{stage}，{aim}）：{candidates} 处地块，一处也不建议新建",
        "NewSchools({name}, {stage}, {aim}): of {candidates} sites none to open",
    ),
    "column_site_site": ("地块代码", "site id"),
    "column_site_name": ("地块", "site"),
    "column_site_county": ("县区", "county of the site"),
    "column_site_town": ("乡镇（街道）", "town"),
    "column_site_longitude": ("经度", "longitude"),
    "column_site_latitude": ("纬度", "latitude"),
    "column_site_seats": ("可设学位", "seats a year"),
    "column_site_children": ("来此就读", "children who would go there"),
    "column_site_mean_metres": ("平均路程（米）", "mean way (m)"),
    "column_site_seat_price_metres": ("再多一个学位省（米）", "one more seat saves (m)"),
}
