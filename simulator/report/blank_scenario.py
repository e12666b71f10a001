"""The folder ``xuewei new NAME`` writes: a small sound scenario with every setting and column explained.

Settings are written out of ``Policy`` and columns out of the data dictionary, so that the form cannot fall
behind the program. The example rows describe a county of six schools and no real child.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.messages import Language
from simulator.model import Policy, Round
from simulator.model.dictionary import FORBIDDEN, TABLES, Column
from simulator.model.paths import PathName
from simulator.model.policy import NAME_LETTERS
from simulator.report.blank_rows import ROUNDS, ROWS, Words

YEAR = 2026
"""Entry year the example rows are for."""

NOT_IN_A_NAME = re.compile(f"[^{NAME_LETTERS}.-]+")

SECTIONS = (
    "coordinates",
    "travel",
    "class_size",
    "caps",
    "age",
    "twins",
    "targets",
    "early_warning",
    "seat_lock",
    "zoning",
    "siting",
)
"""Settings written out with their defaults."""


def write_blank_scenario(folder: PathName, language: Language = "zh") -> None:
    """Write a commented ``scenario.toml``, every table with example rows, and a README of the columns.

    Raises:
        FileExistsError: the folder exists; nothing is overwritten.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=False)
    texts = {
        "scenario.toml": _scenario_file(folder.name, language),
        "README.md": _readme(language),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for table in ROWS:
        (folder / f"{table}.csv").write_text(_table(table, language), encoding="utf-8-sig", newline="\r\n")


def pick(words: Words, language: Language) -> str:
    """The Chinese or the English of a pair."""
    return words[0] if language == "zh" else words[1]


# scenario.toml ---------------------------------------------------------------------------------------


def _scenario_file(folder_name: str, language: Language) -> str:
    """The settings, each with its meaning behind it; named as the folder, so that results do not meet."""
    name = NOT_IN_A_NAME.sub("", folder_name).lstrip(".-") or "scenario"
    parts = [
        _comment(
            (
                "入学方案。# 后面是说明；右边没写的设置取默认值。先运行 xuewei check 本文件夹，再运行 "
                "xuewei run 本文件夹。",
                "An admission scenario. What follows # explains. First run: xuewei check FOLDER, then: "
                "xuewei run FOLDER.",
            ),
            language,
        ),
        f'name = "{name}"',
        _line("title", "我的方案", Policy, language),
        _line("title_en", "My scenario", Policy, language),
        _line("year", YEAR, Policy, language),
        _line("seed", 1, Policy, language),
        _line("language", language, Policy, language),
        "",
        _comment(
            (
                "学生有两种给法：名册 students.csv，或各小区人数 demand.csv（由程序按人数生成名册）。"
                "现在用名册；"
                '要改用人数，把下一行改成 students = ""，并删去 applications.csv 和 settled.csv。',
                "Children come as a roster (students.csv) or as counts per block (demand.csv, made "
                "into a roster). "
                'The roster is used now; for counts write students = "" below, and delete '
                "applications.csv and "
                "settled.csv.",
            ),
            language,
        ),
        "[tables]",
        'demand = ""',
    ]
    hints = typing.get_type_hints(Policy)
    for section in SECTIONS:
        parts += [
            "",
            _comment(_section_words(hints[section]), language),
            *_section(section, hints[section], language),
        ]
    parts += ["", _comment(ROUND_HELP, language), *_round_settings(language)]
    for words, settings in ROUNDS:
        parts += ["", _comment(words, language), "[[rounds]]"]
        parts += [f"{key} = {_toml(value)}" for key, value in settings.items()]
    parts += [
        "",
        _comment(POPULATION_HELP, language),
        *POPULATION,
        "",
        _comment(VARIANT_HELP, language),
        *VARIANT,
    ]
    return "\n".join(parts) + "\n"


ROUND_HELP: Words = (
    "批次，按先后录取。每个批次可用的设置（没写的取默认值）：",
    "Rounds, played in this order. Settings of a round (what is not written takes its default):",
)
POPULATION_HELP: Words = (
    "只在用各小区人数（demand.csv）时起作用：每个类别的孩子如何生成。",
    "Only for counts per block (demand.csv): how the children of each category are made.",
)
VARIANT_HELP: Words = (
    "变体：xuewei run 本文件夹 --variant losers_behind，民办落选者在学区排在未报名者之后。",
    "A variant: xuewei run FOLDER --variant losers_behind puts losers of the private lottery behind in "
    "the zone queue.",
)
POPULATION = (
    "[population.categories.local]",
    "yes_percent = { household = 100, home = 80 }",
    "[population.categories.migrant]",
    "yes_percent = { migrant = 100, residence_permit = 90, renting = 80 }",
    "points_mean = 80",
    "points_spread = 15",
)
VARIANT = ("[variants.losers_behind.rounds.private]", 'losers = "behind"')


def _section_words(section: type) -> Words:
    """What a section is about: the first line of its documentation."""
    english = (section.__doc__ or "").strip().split("\n")[0]
    return SECTION_TITLES.get(section.__name__, english), english


SECTION_TITLES = {
    "Coordinates": "表中经纬度的坐标系：wgs84、cgcs2000、gcj02（高德、腾讯）、bd09（百度）",
    "TravelSettings": "距离怎么算，多远算远",
    "ClassSize": "班额：按标准提供学位，上限只在有记录的决定时使用",
    "Caps": "校额：义务教育阶段在校生上限",
    "Age": "入学年龄",
    "Twins": "多胞胎",
    "Targets": "分县考核的目标",
    "SeatLock": "学位锁定：同一套房几年内只提供一个学位；批次在 exclude 或 tiers 中写 home_locked 才起作用",
    "SitingSettings": "新校选址（xuewei site）：建几所、多大、地块从哪里来",
    "ZoningSettings": "划片（xuewei zones）：权衡什么，必须守住什么，哪些小区相邻",
    "EarlyWarning": "学位预警：学区内符合条件的儿童数 ÷ 学位数",
    "MigrantShare": "随迁子女在公办学校就读的比例",
}


def _section(name: str, section: Any, language: Language) -> list[str]:
    """``[name]`` and its settings at their defaults; sections within it follow."""
    lines = [f"[{name}]"]
    inner: list[str] = []
    default = section()
    hints = typing.get_type_hints(section)
    for field in dataclasses.fields(section):
        if dataclasses.is_dataclass(hints[field.name]):
            inner += ["", _comment(_section_words(hints[field.name]), language)]
            inner += _section(f"{name}.{field.name}", hints[field.name], language)
        else:
            lines.append(_line(field.name, getattr(default, field.name), section, language))
    return lines + inner


def _round_settings(language: Language) -> list[str]:
    """Every setting of a round as a comment, with its default and its choices."""
    hints = typing.get_type_hints(Round)
    lines = []
    for field in dataclasses.fields(Round):
        words = _choices_of(hints[field.name])
        choices = f" ({', '.join(words)})" if words else ""
        lines.append(f"#   {field.name}: {_meaning(field, language)}{choices}")
    return lines


def _choices_of(hint: Any) -> list[str]:
    """The words a setting may hold, none if it is free."""
    if typing.get_origin(hint) is typing.Literal:
        return [str(word) for word in typing.get_args(hint)]
    return [word for part in typing.get_args(hint) for word in _choices_of(part)]


def _line(name: str, value: Any, owner: Any, language: Language) -> str:
    """``name = value  # meaning``."""
    field = next(entry for entry in dataclasses.fields(owner) if entry.name == name)
    return f"{name} = {_toml(value)}  # {_meaning(field, language)}"


def _meaning(field: dataclasses.Field[Any], language: Language) -> str:
    chinese = field.metadata.get("json_schema_extra", {}).get("description_zh", "")
    return str(chinese if language == "zh" and chinese else field.metadata.get("description", ""))


def _toml(value: Any) -> str:
    """A value of the settings as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "[" + ", ".join(_toml(entry) for entry in value) + "]"


def _comment(words: Words, language: Language) -> str:
    return f"# {pick(words, language)}"


# Tables ----------------------------------------------------------------------------------------------


def _table(name: str, language: Language) -> str:
    """All columns of a table, and its example rows."""
    columns = TABLES[name]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([heading(column, language) for column in columns])
    for row in ROWS[name]:
        writer.writerow([_cell(row.get(column.name, ""), language) for column in columns])
    return out.getvalue()


def heading(column: Column, language: Language) -> str:
    """The heading a column is written with."""
    return column.headings[0] if language == "zh" and column.headings else column.name


def _cell(value: str | int | float | Words, language: Language) -> str:
    return pick(value, language) if isinstance(value, tuple) else str(value)


# README.md -------------------------------------------------------------------------------------------

KINDS: Mapping[str, Words] = {
    "id": ("编号（文本）", "id (text)"),
    "text": ("文字", "text"),
    "integer": ("整数", "whole number"),
    "number": ("数字", "number"),
    "yes_no": ("是/否", "yes/no"),
    "date": ("日期", "date"),
    "choice": ("选项", "choice"),
    "county": ("县区名称", "county"),
    "label": ("名称", "name"),
}
TITLES: Mapping[str, Words] = {
    "schools": ("学校（必需）", "schools (required)"),
    "blocks": ("小区、村（必需）", "blocks: residential communities and villages (required)"),
    "zones": ("学区划片", "attendance zones"),
    "feeders": ("小学与初中对口", "feeders: primary to junior"),
    "travel": ("给定距离（可选）", "given distances (optional)"),
    "sites": (
        "新建学校可用地块（可选，用于选址）",
        "sites: land for new schools (optional, for siting)",
    ),
    "barriers": (
        "阻隔：学区不得直接相连的小区（可选，用于划片）",
        "barriers: blocks no zone may join directly (optional, for zone drawing)",
    ),
    "students": ("学生名册（与 demand 二选一）", "the roster (or demand)"),
    "applications": ("志愿", "listed choices"),
    "settled": ("事先确定的学位", "places settled beforehand"),
    "demand": ("各小区人数（与 students 二选一）", "counts per block (or students)"),
    "used_homes": (
        "已用学位的房屋（可选，用于学位锁定）",
        "homes whose seat is used (optional, for the seat lock)",
    ),
    "last_cutoffs": ("去年末位（可选，仅供对照）", "last year's cut-offs (optional, to compare)"),
    "road_nodes": (
        '路口（可选，用于 travel.method = "roads"）',
        'nodes of the road network (optional, for travel.method = "roads")',
    ),
    "road_edges": ("路段（可选；也可用 roads.graphml）", "its edges (optional; or a file roads.graphml)"),
    "drawn": (
        "正式摇号结果（可选，代替模拟种子）",
        "results of official draws (optional, instead of the seed)",
    ),
}
README_HEAD: Words = (
    "# 方案文件夹\n\n"
    "1. 按下面的说明填写各表（CSV、xlsx、Parquet 均可；小区和学校还可用 GeoJSON、GeoPackage），"
    "删去示例行。\n"
    "2. `xuewei check 文件夹`：一次列出所有错误（文件、行、列、值、改法）和因缺数据而停用的规则。\n"
    "3. `xuewei run 文件夹`：模拟一年入学，结果在浏览器中看 report.html。\n\n"
    "表头可用下面任一写法，也可用英文名；编号一律按文本读，前导零不会丢。编码用 UTF-8 或 GB18030。"
    "不认识的列不读入并给出提示。\n",
    "# A scenario folder\n\n"
    "1. Fill in the tables as described below (CSV, xlsx or Parquet; blocks and schools also GeoJSON or "
    "GeoPackage) and delete the example rows.\n"
    "2. `xuewei check FOLDER` lists every fault at once (file, row, column, value, remedy) and the "
    "rules that "
    "are off for want of data.\n"
    "3. `xuewei run FOLDER` plays the year; read report.html in a browser.\n\n"
    "A heading may be the English name or any of the Chinese ones; ids are read as text and keep "
    "leading zeros. "
    "UTF-8 or GB18030. Unknown columns are not read, and said so.\n",
)
FORBIDDEN_HEAD: Words = (
    "## 不得采集的信息\n\n下列内容不得出现在学生的表中（R33、R34）；出现即拒绝，或用 --drop-forbidden "
    "略去。"
    "积分和参保、纳税月数可以使用。\n",
    "## What may not be collected\n\nThese may not stand in tables about children (R33, R34); they are "
    "refused, "
    "or left out with --drop-forbidden. Admission points and months of insurance or tax are allowed.\n",
)
COLUMN_HEAD: Sequence[Words] = (
    ("表头", "heading"),
    ("英文名", "name"),
    ("必填", "required"),
    ("内容", "holds"),
    ("含义", "meaning"),
    ("可填", "accepted"),
)


def _readme(language: Language) -> str:
    """Every column of every table, out of the data dictionary."""
    parts = [pick(README_HEAD, language)]
    for table, columns in TABLES.items():
        parts.append(f"## {table}: {pick(TITLES[table], language)}\n")
        parts.append("| " + " | ".join(pick(words, language) for words in COLUMN_HEAD) + " |")
        parts.append("|---" * len(COLUMN_HEAD) + "|")
        parts += [_column_line(column, language) for column in columns]
        parts.append("")
    parts.append(pick(FORBIDDEN_HEAD, language))
    parts += [f"- {', '.join(words)}" for words in FORBIDDEN.values()]
    return "\n".join(parts) + "\n"


def _column_line(column: Column, language: Language) -> str:
    accepted = ""
    if column.choices:
        chosen = [w for w in column.choices if w and w.isascii() == (language == "en")]
        accepted = ", ".join(chosen)
    elif column.kind in ("integer", "number"):
        unit = f" {column.unit}" if column.unit and language == "en" else ""
        accepted = f"{column.low:g}-{column.high:g}{unit}"
    elif column.refers:
        accepted = f"→ {column.refers}"
    required = pick(("是", "yes"), language) if column.required else ""
    cells = (
        " / ".join(column.headings) or column.name,
        column.name,
        required,
        pick(KINDS[column.kind], language),
        column.zh if language == "zh" else column.en,
        accepted,
    )
    return "| " + " | ".join(cells) + " |"
