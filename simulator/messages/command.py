"""Words of the command line: help, the summary, and every way a command can end."""

MESSAGES: dict[str, tuple[str, str]] = {
    # help
    "help_app": (
        "学位：谁上哪所学校。模拟、说明义务教育招生入学。",
        "Xuewei: who gets which school seat. Simulates and explains admission to compulsory education.",
    ),
    "help_run": (
        "运行一个方案文件夹，写出报告、表格和审核材料。",
        "Run a scenario folder and write the report, the tables and the audit bundle.",
    ),
    "help_check": (
        "检查方案文件夹：一次列出全部错误，以及因缺数据而未启用的规则。",
        "Check a scenario folder: every fault at once, and the rules switched off for want of data.",
    ),
    "help_new": (
        "新建一个带说明的空白方案文件夹。",
        "Make a commented folder to fill in.",
    ),
    "help_explain": (
        "说明一名学生为何在这所学校，或一所学校各批次的末位。",
        "Explain why a child is where it is, or the cut-offs of a school, round by round.",
    ),
    "help_explain_run": ("结果文件夹（xuewei run 写出）。", "Run folder, as xuewei run wrote it."),
    "help_explain_student": ("学生编号。", "Id of the child."),
    "help_explain_school": (
        "改为列出这所学校（代码或全称）各批次的末位。",
        "List the cut-offs of this school (id or full name) instead.",
    ),
    "help_explain_scenario": (
        "这次运行所用的方案文件夹；缺省在 scenarios/ 等处查找。",
        "Scenario folder of the run; looked for in scenarios/ and nearby if not given.",
    ),
    "help_explain_staff": (
        "内部用：加上学位价格，以及怎样会不同（逐条重演）；不得告知家长。",
        "For staff: also seat prices, and what would have changed it, each played again; not for families.",
    ),
    "help_explain_replays": (
        "与 --staff 同用：最多重演多少次；缺省 40。",
        "With --staff: plays of all rounds at most; 40 if not given.",
    ),
    "help_explain_json": ("输出 JSON，供程序读取。", "Print JSON, for programs."),
    "help_usage": ("用法：", "Usage:"),
    "help_commands": ("命令：", "Commands:"),
    "help_options": ("选项：", "Options:"),
    "help_arguments": ("参数：", "Arguments:"),
    "help_mark_options": ("[选项]", "[OPTIONS]"),
    "help_mark_command": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "help_mark_required": ("[必填]", "[required]"),
    "help_help": ("显示本说明。", "Show this page."),
    "help_version": ("显示版本。", "Show the version."),
    "help_scenario": ("方案文件夹（内有 scenario.toml）。", "Scenario folder (it holds scenario.toml)."),
    "help_variant": (
        "运行方案中的一个变体（variants.名称）。",
        "Run a variant of the scenario (variants.NAME).",
    ),
    "help_set": (
        "改一项设置，如 --set class_size.primary=40；可重复。",
        "Change one setting, such as --set class_size.primary=40; may be repeated.",
    ),
    "help_seed": (
        "模拟所用种子（非正式摇号）。",
        "Seed of this simulation, never an official draw.",
    ),
    "help_out": (
        "结果文件夹；缺省 runs/方案名，有变体、--set 或 --seed 时加在名后；方案名取自 base 时加上文件夹名。",
        "Result folder; runs/NAME if not given, with variant, --set and --seed behind the name, and the "
        "scenario's own folder where its name is that of its base.",
    ),
    "help_replace": ("替换已有的结果文件夹。", "Replace a result folder that exists."),
    "help_lang": (
        "语言：zh 或 en；缺省依次取 XUEWEI_LANG、方案、系统。",
        "Language: zh or en; else XUEWEI_LANG, the scenario's, the system's.",
    ),
    "help_names": (
        "结果中写入学生姓名（缺省只写编号）。",
        "Write the children's names into the results (ids only if not given).",
    ),
    "help_students": ("在 results.xlsx 中加入学生名单。", "Add the sheet of students to results.xlsx."),
    "help_font": (
        "另把图表画成图片（figures/），用这个中文字体文件。",
        "Also draw the charts as pictures (figures/), in this Chinese font file.",
    ),
    "help_drop_forbidden": (
        "丢弃不得采集的列并提示，而不是拒绝运行。",
        "Drop columns that may not be collected, with a warning, instead of refusing.",
    ),
    "help_quiet": ("只输出报告路径。", "Print the path of the report only."),
    "help_new_folder": ("要新建的文件夹。", "Folder to make."),
    # progress and summary
    "progress_load": ("读取方案", "reading the scenario"),
    "progress_population": ("生成学生", "making the roster"),
    "progress_travel": ("计算距离", "measuring distances"),
    "progress_wishes": ("整理志愿", "listing the choices"),
    "progress_admission": ("录取", "playing the rounds"),
    "progress_classes": ("均衡编班", "forming classes"),
    "progress_indicators": ("计算指标", "computing the indicators"),
    "progress_replays": ("试算增加班级", "trying one more class"),
    "progress_report": ("写出结果", "writing the results"),
    "summary_title": (
        "{title}（{year} 年，种子 {seed}，模拟）",
        "{title} ({year}, seed {seed}, a simulation)",
    ),
    "summary_item": ("指标", "figure"),
    "summary_city": ("全市", "city"),
    "summary_target": ("目标", "target"),
    "summary_warnings": (
        "另有 {count} 条提示，见 `xuewei check {path}`。",
        "Warnings besides: {count}. `xuewei check {path}` lists them.",
    ),
    "summary_report": ("报告：{path}", "Report: {path}"),
    # check and new
    "check_place_row": ("{file} 第 {row} 行", "{file} row {row}"),
    "check_place_column": ("“{column}”列", "column {column!r}"),
    "check_place_setting": ("设置“{column}”", "setting {column!r}"),
    "check_place_value": ("值“{value}”", "value {value!r}"),
    "check_faults": ("共 {count} 处错误，改正后才能运行：", "Faults to mend before a run: {count}"),
    "check_warnings": ("共 {count} 条提示，不影响运行：", "Warnings, a run goes on with them: {count}"),
    "check_good": ("没有错误，可以运行：xuewei run {path}", "No faults. Ready to run: xuewei run {path}"),
    "new_written": (
        "已新建 {path}。填好各表后：\n  xuewei check {path}\n  xuewei run {path}",
        "Made {path}. When the tables are filled in:\n  xuewei check {path}\n  xuewei run {path}",
    ),
    # ways to end
    "end_exists": (
        "{path} 已存在，未作改动。请加 --replace 替换，或用 --out 另指文件夹。",
        "{path} exists; nothing was changed. Add --replace to replace it, or name another folder with --out.",
    ),
    "end_not_a_run_folder": (
        "{path} 不是结果文件夹，不能替换。请用 --out 另指文件夹。",
        "{path} is not a run folder and will not be replaced. Name another folder with --out.",
    ),
    "end_exists_new": (
        "{path} 已存在，未作改动。请换一个名称。",
        "{path} exists; nothing was changed. Choose another name.",
    ),
    "end_font": (
        "{path} 不是带中文字形的字体文件。请另指一个，或不加 --font。",
        "{path} is not a font file with Chinese glyphs. Name another, or leave --font out.",
    ),
    "end_interrupted": ("已中断，没有留下结果。", "Interrupted; no result was left behind."),
    "end_disk_full": (
        "磁盘已满：{path}。没有留下结果。",
        "The disk is full: {path}. No result was left behind.",
    ),
    "end_no_permission": (
        "没有权限或文件被占用：{path}。请关闭正在打开它的程序，或用 --out 另指文件夹。",
        "No permission, or the file is in use: {path}. Close the program that holds it, or use --out.",
    ),
    "end_system": ("系统无法完成：{path}（{error}）。", "The system could not do it: {path} ({error})."),
    "end_memory": ("内存不足。", "Out of memory."),
    "end_usage": (
        "命令写法有误：{error}\n请看说明：{help}",
        "The command is not right: {error}\nSee: {help}",
    ),
    "end_word": ("{option} 须为：{words}", "{option} must be one of: {words}"),
    "end_language": ("语言应为 zh 或 en，不是“{value}”", "the language is zh or en, not {value!r}"),
    "variable_language": (
        "环境变量 XUEWEI_LANG 的值“{value}”不是认识的语言，未采用；可用：{known}。",
        "XUEWEI_LANG is set to {value!r}, which is no language known here, and was not used; known: {known}.",
    ),
    "end_number": (
        "{name} 应为不小于 {least} 的整数",
        "{name} takes a whole number of {least} or more",
    ),
    "end_number_within": (
        "{name} 应为 {least} 到 {most} 的整数",
        "{name} takes a whole number from {least} to {most}",
    ),
    "end_value": ("{name} 的值不合适", "the value of {name} is not fit"),
    "end_no_such_command": ("没有命令 {name}{nearest}", "no such command: {name}{nearest}"),
    "end_extra": (
        "多出的内容：{words}（含空格的内容请加引号）",
        "words too many: {words} (put what holds spaces into quotes)",
    ),
    "end_value_missing": ("{name} 后面缺少值", "{name} needs a value behind it"),
    "end_no_value": ("{name} 不带值", "{name} takes no value"),
    "end_other": ("无法识别", "it cannot be read"),
    "end_explain_one": (
        "请给出学生编号，或用 --school 指一所学校（二者取一）",
        "name a child by its id, or a school with --school, one of the two",
    ),
    "end_missing": ("缺少 {name}", "missing {name}"),
    "end_no_such_option": ("没有选项 {name}{nearest}", "no such option: {name}{nearest}"),
    "end_own_fault": (
        "程序出错（{error}），这不是您的数据的问题。详情已存入 {path}，请连同方案一并反馈。",
        "The program failed ({error}); the fault is ours, not your data's. Please report it with {path}.",
    ),
}
