"""Faults of a run folder that is to be explained: it, or what it was made from, is not what it was."""

MESSAGES: dict[str, tuple[str, str]] = {
    "explain_faults": (
        "无法说明，原因如下（{count} 处）：",
        "It cannot be explained; what stands in the way: {count}",
    ),
    "run_no_manifest": (
        "这不是结果文件夹（没有 manifest.json）。请指 xuewei run 写出的文件夹，如 runs/方案名。",
        "This is no run folder (it has no manifest.json). Name the folder that xuewei run wrote, such as "
        "runs/NAME.",
    ),
    "run_manifest_broken": (
        "manifest.json 已损坏，或由别的版本写出。请重新运行 xuewei run。",
        "manifest.json is damaged, or another version wrote it. Run xuewei run again.",
    ),
    "run_no_internal": (
        "结果文件夹缺少这个文件，无法核对每名儿童的去向（可能是供公布的副本）。请指原来的结果文件夹。",
        "The run folder lacks this file, so outcomes cannot be checked (it may be a copy for publication). "
        "Name the original run folder.",
    ),
    "run_file_changed": (
        "这个文件写出之后被改动过。请重新运行 xuewei run。",
        "This file was changed after it was written. Run xuewei run again.",
    ),
    "run_scenario_not_found": (
        "找不到这次运行所用的方案文件夹。请用 --scenario 文件夹 指明（其 scenario.toml 须与运行时相同）。",
        "The scenario folder of this run was not found. Name it with --scenario FOLDER; its "
        "scenario.toml must "
        "be the one of the run.",
    ),
    "run_input_changed": (
        "这个输入文件与运行时不同，说明会与结果不符。请恢复原文件，或重新运行 xuewei run 后再说明。",
        "This input is not what it was at the run, so an explanation would not fit the result. Put the "
        "old file "
        "back, or run xuewei run again and explain that run.",
    ),
    "run_input_missing": (
        "运行时的这个输入文件不见了。请恢复，或用 --scenario 指另一个文件夹。",
        "This input of the run is gone. Put it back, or name another folder with --scenario.",
    ),
    "run_input_new": (
        "运行时没有这个输入文件。请移走，或重新运行 xuewei run 后再说明。",
        "There was no such input at the run. Take it away, or run xuewei run again and explain that run.",
    ),
    "run_not_repeated": (
        "重新推演的结果与记录不符：{count} 名儿童的去向不同（如 {student}）。记录所用版本：{recorded}；"
        "现用：{used}。"
        "请用原来的版本，或重新运行 xuewei run。",
        "Played again, the outcome of {count} children is not the one recorded ({student}, for one). "
        "Recorded with "
        "{recorded}; now {used}. Use the versions of the run, or run xuewei run again.",
    ),
    "unknown_child": (
        "名册中没有这个学生编号{nearest}。请核对编号。",
        "No child on the roster has this id{nearest}. Check the id.",
    ),
    "unknown_school_named": (
        "没有这所学校{nearest}。请用学校代码或全称。",
        "There is no such school{nearest}. Give its id or its full name.",
    ),
    "several_schools_named": (
        "有 {count} 所学校叫这个名称。请用学校代码：{ids}。",
        "{count} schools have this name. Give the id: {ids}.",
    ),
}
