"""Words of sweeps and comparisons: the page, its tables, the command line."""

from collections.abc import Mapping

_MEASURES: Mapping[str, tuple[str, str]] = {
    "children": ("学生数", "children"),
    "placed": ("有学位的学生数", "children with a place"),
    "own_zone": ("在本学区的学生数", "children in their own zone"),
    "nearest": ("入读最近学校的学生数", "children in the nearest school"),
    "beyond_limit": ("超距例外学生数", "exceptions beyond the walking limit"),
    "metres": ("路程合计（米）", "metres together"),
    "measured": ("路程可得的学生数", "children whose distance is known"),
    "gain": ("比第一个方案好的学生数", "children better off than by the first variant"),
    "lose": ("比第一个方案差的学生数", "children worse off than by the first variant"),
    "net": ("变好减变差", "better off less worse off"),
}
_SUMS: Mapping[str, tuple[str, str]] = {
    "sum": ("各次摇号合计：{}", "sum over the draws: {}"),
    "squares": ("各次摇号平方和：{}", "sum of squares over the draws: {}"),
    "change": ("与第一个方案之差合计：{}", "sum of the differences from the first variant: {}"),
    "change_squares": ("与第一个方案之差的平方和：{}", "sum of their squares: {}"),
}
_COLUMNS: dict[str, tuple[str, str]] = {
    f"column_{kind}_{name}": (zh_kind.format(zh), en_kind.format(en))
    for kind, (zh_kind, en_kind) in _SUMS.items()
    for name, (zh, en) in _MEASURES.items()
}
_OWN = ("children", "placed", "own_zone", "beyond_limit", "measured", "net")

MESSAGES: dict[str, tuple[str, str]] = {
    **_COLUMNS,
    **{f"column_{name}": _MEASURES[name] for name in _OWN},
    "column_scenario": ("方案", "scenario"),
    "column_variant": ("变体", "variant"),
    "column_draw": ("第几次摇号", "draw"),
    "column_draws": ("摇号次数", "draws"),
    "column_seed": ("种子", "seed"),
    "column_fingerprint": ("输入数据指纹", "fingerprint of the inputs"),
    "column_layout": ("各行各列的含义（JSON）", "what rows and columns stand for (JSON)"),
    "column_lottery_seed": ("本次摇号的种子", "seed of the lotteries of this draw"),
    "column_children_seed": ("本次名册和志愿的种子", "seed of the roster and the wishes of this draw"),
    "column_group": ("学生类别", "group of children"),
    "column_longitude": ("经度", "longitude"),
    "column_latitude": ("纬度", "latitude"),
    "column_children_drawn": ("学生数×摇号次数", "children x draws"),
    "column_times_placed": ("录取人次", "times a child was placed"),
    "column_share": ("录取机会", "share of the draws"),
    # the page
    "sweep_page_title": ("多次摇号比较", "many draws compared"),
    "sweep_page_title_runs": ("各次运行比较", "runs compared"),
    "sweep_subtitle_runs": (
        "{year} 年义务教育招生入学：各次运行的比较",
        "Admission to compulsory education {year}: runs compared",
    ),
    "sweep_subtitle": (
        "{year} 年义务教育招生入学：多次摇号模拟与比较",
        "Admission to compulsory education {year}: many simulated draws, compared",
    ),
    "sweep_stamp_detail": (
        "种子 {seed}；各次摇号的种子由方案、年份、次序推算，各变体共用",
        "Seed {seed}; the seed of each draw follows from scenario, year and number, and all variants "
        "share it",
    ),
    "sweep_footer": (
        "由学位（xuewei {version}）生成，种子 {seed}，模拟结果，不是正式摇号。",
        "Made by xuewei {version}, seed {seed}, a simulation and never an official draw.",
    ),
    "section_sweep_overview": ("做了什么", "What was played"),
    "section_sweep_better": ("什么变好了", "What got better"),
    "section_sweep_whom": ("对谁", "For whom"),
    "section_sweep_where": ("在哪里", "Where"),
    "section_sweep_places": ("分县", "County by county"),
    "section_sweep_provenance": ("来源与核对", "Provenance"),
    "sweep_base": ("原方案", "the scenario itself"),
    "sweep_counties": ("{n} 个县（市、区）", "{n} counties"),
    "sweep_lead": (
        "变体 {variants} 个，每个摇号 {draws} 次，方案 {counties} 个，学生 {children} 人。",
        "Variants: {variants}. Draws of each: {draws}. Scenarios: {counties}. Children: {children}.",
    ),
    "sweep_varies": ("每次重抽", "drawn anew each time"),
    "sweep_vary_lottery": (
        "只重抽各批次的摇号；名册、志愿不变",
        "the lotteries alone; children and wishes stay as they are",
    ),
    "sweep_vary_children": (
        "由人数生成的名册、模型志愿和摇号全部重抽",
        "the roster made from counts, the modelled wishes, and the lotteries",
    ),
    "sweep_paired": (
        "同一次摇号中，各变体的运气完全相同；差别逐次与“{first}”相减，运气的好坏因此抵消。",
        "In one draw all variants have the same luck. Differences are taken draw by draw from "
        "“{first}”, so "
        "that kind and unkind draws cancel out.",
    ),
    "sweep_own_luck": (
        "各次运行照原样比较，各用自己的种子；种子不同的，差别可能只是运气。",
        "Runs as they were, each with its own seed: where the seeds differ, a difference may be luck alone.",
    ),
    "sweep_footer_own_luck": (
        "由 xuewei {version} 生成，为模拟，不是正式摇号。",
        "Made by xuewei {version}, a simulation and never an official draw.",
    ),
    "sweep_method": (
        "括号内为 95% 区间：逐次之差的均值的 t 区间；“几次中更好”的比例用 Clopper–Pearson 精确区间。"
        "区间只反映摇号的运气，不反映数据本身的误差。灰色表示区间包含 0，看不出差别。",
        "In brackets the 95% interval: Student's, of the mean of the differences draw by draw; of how "
        "often one "
        "is better, the exact interval after Clopper and Pearson. Intervals tell the luck of the draws "
        "alone, "
        "not errors of the data. Grey: the interval holds 0, no difference can be told.",
    ),
    "sweep_one_draw": (
        "只有一次摇号，差别没有区间：可能只是运气。",
        "A single draw has no interval: a difference may be luck.",
    ),
    "sweep_against": ("“{other}”与“{first}”相比", "“{other}” beside “{first}”"),
    "sweep_difference": ("差别（95% 区间）", "difference (95% interval)"),
    "sweep_in_draws": ("几次中更好", "better in how many draws"),
    "sweep_least": ("最小", "least"),
    "sweep_greatest": ("最大", "greatest"),
    "sweep_points": ("{n} 个百分点", "{n} points"),
    "sweep_interval": ("（{low} 至 {high}）", "({low} to {high})"),
    "sweep_often": (
        "{draws} 次中 {better} 次更好（有差别的 {unequal} 次中占 {low}–{high}%）",
        "better in {better} of {draws} ({low}–{high}% of the {unequal} that differ)",
    ),
    "sweep_often_greater": (
        "{draws} 次中 {better} 次更大（有差别的 {unequal} 次中占 {low}–{high}%）",
        "greater in {better} of {draws} ({low}–{high}% of the {unequal} that differ)",
    ),
    "sweep_difference_one": ("差别", "difference"),
    "sweep_in_draws_one": ("更好还是更差", "better or worse"),
    "sweep_mean_one": ("数值", "value"),
    "sweep_one_better": ("更好", "better"),
    "sweep_one_worse": ("更差", "worse"),
    "sweep_one_more": ("更大", "greater"),
    "sweep_one_less": ("更小", "less"),
    "sweep_one_equal": ("相同", "the same"),
    "sweep_chart_differences_one": ("差别（百分点）", "Differences in percentage points"),
    "sweep_equal_in_all": ("{n} 次全部相同", "the same in all {n}"),
    "sweep_chart_differences": (
        "差别（百分点）：点为均值，线为 95% 区间",
        "Differences in percentage points: the dot is the mean, the line its 95% interval",
    ),
    "sweep_chart_gains": (
        "每 100 名学生中变好（右，绿）和变差（左，红）的人数：先看有无学位，再看远近",
        "Children in 100 better off (right, green) and worse off (left, red): placed or not, then "
        "nearer or not",
    ),
    "sweep_gain_lose": ("变好 {gain}，变差 {lose}", "better off {gain}, worse off {lose}"),
    "sweep_whom_lead": (
        "各类学生每次摇号的结果；类别可以重叠，顺位按第一个变体的批次。",
        "What became of each group in a draw. Groups overlap; tiers are those of the first variant's rounds.",
    ),
    "sweep_group": ("学生类别", "group"),
    "sweep_group_all": ("全部学生", "all children"),
    "sweep_group_tier": ("{round}：第 {n} 顺位", "{round}: tier {n}"),
    "sweep_children_per_draw": ("学生数", "children"),
    "sweep_placed": ("有学位的比例", "with a place"),
    "sweep_gain": ("变好", "better off"),
    "sweep_lose": ("变差", "worse off"),
    "sweep_where_lead": (
        "每个小区（村）变好减变差的学生数，平均每次摇号；灰色看不出差别。残疾、优待等须个别告知的学生不计入。",
        "Children better off less those worse off in every block, on average per draw; grey where no "
        "difference "
        "can be told. Children who must be told individually are not counted here.",
    ),
    "sweep_place": ("小区（村）", "block"),
    "sweep_net": ("变好减变差", "better less worse off"),
    "sweep_own_zone_change": ("在本学区（%）", "in own zone (%)"),
    "sweep_gain_most": ("变好最多", "Gain most"),
    "sweep_lose_most": ("变差最多", "Lose most"),
    "sweep_nobody": ("没有", "none"),
    "sweep_nothing_beside": ("只有一个变体，无从比较。", "There is but one variant: nothing to compare."),
    "sweep_where_apart": (
        "两者分开运行（或学生不同），不能逐个学生比较变好变差；下图为本学区录取人数的增减，区间按两次独立抽签计算，偏宽。",
        "These were played apart, or have other children, so better and worse off cannot be told child by "
        "child. The map shows how many more or fewer are placed in their own zone; intervals are those of "
        "independent draws, which is rather too wide.",
    ),
    "sweep_net_apart": ("本学区增减", "own zone, more or fewer"),
    "sweep_more_most": ("增加最多", "Most more"),
    "sweep_fewer_most": ("减少最多", "Most fewer"),
    "sweep_spot_apart": (
        "{name}：学生 {children}，本学区增减 {net}",
        "{name}: children {children}, in their own zone {net}",
    ),
    "sweep_legend_apart_gain3": ("每 100 人增 15 人以上", "up by 15 or more in 100"),
    "sweep_legend_apart_gain2": ("增 5 至 15 人", "up by 5 to 15"),
    "sweep_legend_apart_gain1": ("增不到 5 人", "up by fewer than 5"),
    "sweep_legend_apart_even": ("看不出差别", "no difference can be told"),
    "sweep_legend_apart_lose1": ("减不到 5 人", "down by fewer than 5"),
    "sweep_legend_apart_lose2": ("减 5 至 15 人", "down by 5 to 15"),
    "sweep_legend_apart_lose3": ("每 100 人减 15 人以上", "down by 15 or more in 100"),
    "sweep_spot": (
        "{name}：学生 {children}，变好减变差 {net}",
        "{name}: children {children}, better less worse off {net}",
    ),
    "sweep_legend_gain3": ("每 100 人净变好 15 人以上", "15 or more in 100 better off"),
    "sweep_legend_gain2": ("5 至 15 人", "5 to 15"),
    "sweep_legend_gain1": ("不到 5 人", "fewer than 5"),
    "sweep_legend_even": ("看不出差别", "no difference can be told"),
    "sweep_legend_lose1": ("净变差不到 5 人", "fewer than 5 worse off"),
    "sweep_legend_lose2": ("5 至 15 人", "5 to 15"),
    "sweep_legend_lose3": ("每 100 人净变差 15 人以上", "15 or more in 100 worse off"),
    "sweep_no_places": ("方案没有分县。", "The scenario names no counties."),
    "sweep_failures": (
        "有 {n} 个方案未能模拟，不在以上数字中：",
        "Scenarios that could not be played, and are in no figure above: {n}",
    ),
    "sweep_more_faults": ("（另有 {n} 处）", " (and {n} more)"),
    "sweep_luck": ("运气", "luck"),
    "sweep_luck_text": (
        "第 k 次摇号的种子 = SHA-256（“xuewei-ensemble-1”、方案代号、种子 {seed}、年份、k、用途，各占一行）"
        "前 53 位；与变体、机器、先后无关。各次种子见 draws.parquet。",
        "The seed of draw k: the first 53 bits of the SHA-256 of “xuewei-ensemble-1”, the scenario's "
        "name, its "
        "seed {seed}, the year, k and the purpose, one to a line; never of the variant, the machine or "
        "the order. "
        "draws.parquet lists them.",
    ),
    "sweep_again": ("单独重演一次", "to play one draw alone"),
    "sweep_again_lottery": (
        "xuewei run 方案 --variant 变体 --set lottery_seed=该次的种子",
        "xuewei run SCENARIO --variant NAME --set lottery_seed=ITS_SEED",
    ),
    "sweep_again_children": (
        "xuewei run 方案 --variant 变体 --set seed=名册种子 --set lottery_seed=摇号种子",
        "xuewei run SCENARIO --variant NAME --set seed=CHILDREN_SEED --set lottery_seed=LOTTERY_SEED",
    ),
    "sweep_files": ("数据表", "tables"),
    "sweep_files_text": (
        "indicators（每个变体、摇号、指标一行）、groups（学生类别）、blocks（小区合计）、odds（各小区进各校的机会）、"
        "draws（种子）、counties，均为 Parquet。",
        "indicators (a row per variant, draw and indicator), groups, blocks (sums), odds (each block's "
        "share of the "
        "draws in each school), draws (seeds), counties; all Parquet.",
    ),
    "sweep_versions": ("版本", "versions"),
    "sweep_fingerprint": ("输入数据指纹", "fingerprint of the inputs"),
    # the command line
    "help_sweep": (
        "同一批摇号下反复模拟各变体，写出各次结果、差别及其区间。",
        "Play every variant under the same many draws; write what each gave, and differences with intervals.",
    ),
    "help_sweep_scenario": (
        "方案文件夹，或内有许多方案文件夹的文件夹（每县一个）。",
        "Scenario folder, or a folder of scenario folders, one per county.",
    ),
    "help_sweep_variants": (
        "变体，用逗号隔开，第一个为比较的基准；base 为方案本身。缺省 base。",
        "Variants, separated by commas; the others are held against the first. base is the "
        "scenario itself, "
        "and what is played if none is given.",
    ),
    "help_sweep_draws": ("摇号次数；缺省 100。", "How many draws; 100 if not given."),
    "help_sweep_vary": (
        "每次重抽什么：lottery 只重抽摇号（缺省），children 连同名册和志愿。",
        "What a draw draws anew: lottery (if not given) the lotteries alone, children also roster "
        "and wishes.",
    ),
    "help_sweep_workers": (
        "本机进程数，0 为每个核一个；缺省 0。",
        "Processes on this machine, 0 (if not given) = one per core.",
    ),
    "help_sweep_scheduler": (
        "改在 Dask 集群上运行，如 tcp://host:8786（须安装 xuewei[cluster]）。",
        "Run on a Dask cluster instead, such as tcp://host:8786 (needs xuewei[cluster]).",
    ),
    "help_sweep_out": (
        "结果文件夹；缺省 runs/方案名-sweep。",
        "Result folder; runs/NAME-sweep if not given.",
    ),
    "help_sweep_resume": (
        "接着做上次没有做完的；已做完的不再重做。",
        "Go on with a sweep that was stopped; what is finished is not played again.",
    ),
    "help_compare": (
        "比较：一个 sweep 的各变体、几个 sweep，或几次运行；什么变好了，对谁，在哪里。",
        "Compare the variants of a sweep, several sweeps, or several runs: what got better, for whom, where.",
    ),
    "help_compare_paths": (
        "xuewei sweep 或 xuewei run 写出的文件夹；第一个为基准。",
        "Folders that xuewei sweep or xuewei run wrote; the first is what the others are held against.",
    ),
    "help_compare_scenario": (
        "各次运行所用的方案文件夹；缺省在 scenarios/ 等处查找。",
        "Scenario folder of the runs; looked for in scenarios/ and nearby if not given.",
    ),
    "help_compare_out": (
        "写出比较页的文件夹；缺省 runs/compare-…。",
        "Folder for the page; runs/compare-... if not given.",
    ),
    "sweep_progress": ("次摇号", "draws"),
    "sweep_summary_title_one": ("{title}：一次摇号（模拟）", "{title}: one draw (a simulation)"),
    "sweep_summary_title": ("{title}：{draws} 次摇号（模拟）", "{title}: {draws} draws (a simulation)"),
    "sweep_mean": ("均值", "mean"),
    "sweep_failed_county": ("{county} 未能模拟：{why}", "{county} could not be played: {why}"),
    "sweep_failed": (
        "{count} 个县（市、区）中 {failed} 个未能模拟：{counties}。其余的结果已写出；"
        "改正后加 --replace 再运行。",
        "Of {count} counties {failed} could not be played: {counties}. The results of the others are "
        "written; mend those and run again with --replace.",
    ),
    "sweep_stopped": (
        "已停止：{reason}。{wanted} 次摇号中已做完的 {kept} 次都留着；加 --resume 再运行同一命令即可接着做。",
        "Stopped: {reason}. Of {wanted} draws the {kept} that are finished are kept. Give the same "
        "command "
        "again with --resume to go on.",
    ),
    "sweep_busy": (
        "另一个进程（{machine} 上的 {process} 号）正在写 {path}，没有另起。"
        "请等它做完，或用 --out 另指文件夹。",
        "Another process ({process} on {machine}) is writing {path}; nothing was begun. Wait until it is "
        "done, or name another folder with --out.",
    ),
    "sweep_lock_left": (
        "写 {path} 的前一个进程（{machine} 上的 {process} 号）中途被杀，它留下的锁已接管。",
        "The process that wrote {path} before ({process} on {machine}) was killed; the lock it left was "
        "taken over.",
    ),
    "sweep_stopped_by_hand": ("被中断", "interrupted"),
    "sweep_stopped_disk": ("磁盘已满或超出限额", "the disk is full, or a quota is"),
    "sweep_stopped_system": ("系统无法完成（{error}）", "the system could not do it ({error})"),
    "sweep_stopped_no_cluster": ("集群无法使用（{error}）", "the cluster cannot be used ({error})"),
    "sweep_stopped_no_workers": (
        "集群 {address} 没有工作进程，请先启动：dask worker {address}",
        "the cluster {address} has no workers; start some first: dask worker {address}",
    ),
    "sweep_alone": (
        "集群 {address} 现在没有工作进程，正在等待。请启动：dask worker {address}；或按 Ctrl-C 停下，"
        "做完的都留着，以后加 --resume 接着做。",
        "The cluster {address} has no workers now; waiting for some. Start them: dask worker {address}; or "
        "stop with Ctrl-C, what is finished is kept, and go on later with --resume.",
    ),
    "sweep_stopped_workers": ("工作进程一再丢失（{error}）", "workers were lost again and again ({error})"),
    "sweep_plan_differs": (
        "未做完的那次与这次不同（{value}）。请用同样的选项和数据，或加 --replace 重新开始。",
        "The unfinished sweep is not this one: they differ in {value}. Use the same options and "
        "data, or begin "
        "anew with --replace.",
    ),
    "sweep_inputs_changed": (
        "“{value}”的数据在已做完一部分之后改动过。请恢复数据，或不加 --resume、加 --replace 重新开始。",
        "The data of {value} were changed after a part was played. Put them back, or begin anew with "
        "--replace and without --resume.",
    ),
    "sweep_unlike": (
        "各变体的小区或县不同，无法比较。请让各变体用同一张小区表。",
        "The variants differ in blocks or counties and cannot be compared. Give them one table of blocks.",
    ),
    "mechanism_stays_here": (
        "自编办法不能交给其他进程（{value}）：它写在函数或笔记本里，或是 lambda。请把它放进一个模块"
        "（如 mine.py，再 from mine import …），使各进程都能导入；或用 workers=1 在本进程内运行。",
        "A mechanism of one's own cannot travel to other processes ({value}): it is defined inside a "
        "function or in a notebook, or is a lambda. Put it into a module that they can import (mine.py, then "
        "from mine import ...), or play it in this process with workers=1.",
    ),
    "sweep_no_cluster_extra": (
        "没有安装集群组件（{value}）。请安装 xuewei[cluster]，或不加 --scheduler。",
        "The cluster extra is not installed ({value}). Install xuewei[cluster], or leave --scheduler out.",
    ),
    "sweep_torn": (
        "“{value}”中缺少数据表或数据表已损坏。请重新运行 xuewei sweep。",
        "Tables of {value} are missing or torn. Run xuewei sweep again.",
    ),
    "sweep_no_folder": (
        "“{value}”不是 xuewei sweep 写出的文件夹。",
        "{value} is no folder that xuewei sweep wrote.",
    ),
    "compare_mixed": (
        "不能把 sweep 与单次运行放在一起比较：{value}。",
        "Sweeps and single runs cannot be compared with each other: {value}.",
    ),
    "compare_one_run": (
        "只有一次运行（{value}），请再指一个。",
        "There is one run only ({value}); name another.",
    ),
    "compare_unlike": (
        "{value} 的小区、县、摇号次数或种子不同，无法逐一比较。",
        "{value} differ in blocks, counties, draws or seeds, so there are no pairs to compare.",
    ),
    "end_unfinished": (
        "{path} 中有一次没有做完的。请加 --resume 接着做，或加 --replace 重新开始。",
        "{path} holds a sweep that is not finished. Add --resume to go on, or --replace to begin anew.",
    ),
}
