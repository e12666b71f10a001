"""Write a scenario with a large roster: ``python -m benchmarks.roster FOLDER ROWS``."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

SETTINGS = """\
name = "roster"
year = 2026

[[rounds]]
name = "zone"
"""


def write_roster(folder: Path, students: int) -> None:
    """A scenario of 300 schools and 3,000 blocks with ``students`` rows, the same for every run."""
    folder.mkdir()
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8")
    schools = np.char.mod("S%04d", np.arange(300))
    blocks = np.char.mod("B%05d", np.arange(3000))
    rng = np.random.default_rng(1)
    place = rng.integers(0, len(blocks), students)
    yes_no = np.array(["否", "是"], dtype=object)
    days = pd.Timestamp("2019-09-01") + pd.to_timedelta(rng.integers(0, 366, students), unit="D")
    settled = pd.Timestamp("2014-01-01") + pd.to_timedelta(rng.integers(0, 4000, students), unit="D")
    tables = {
        "schools": pd.DataFrame(
            {
                "学校代码": schools,
                "学校名称": schools,
                "办学类型": "小学",
                "计划招生班数": 80,
                "经度": 116 + rng.random(len(schools)).round(6),
                "纬度": 24 + rng.random(len(schools)).round(6),
            }
        ),
        "blocks": pd.DataFrame(
            {
                "小区代码": blocks,
                "小区名称": blocks,
                "经度": 116 + rng.random(len(blocks)).round(6),
                "纬度": 24 + rng.random(len(blocks)).round(6),
            }
        ),
        "zones": pd.DataFrame(
            {"小区代码": blocks, "学校代码": schools[np.arange(len(blocks)) % len(schools)]}
        ),
        "students": pd.DataFrame(
            {
                "学生编号": np.char.mod("X%08d", np.arange(students)),
                "姓名": "学生",
                "学段": "小学",
                "居住小区代码": blocks[place],
                "户籍小区代码": blocks[rng.permutation(place)],
                "出生日期": days.strftime("%Y-%m-%d"),
                "落户日期": settled.strftime("%Y-%m-%d"),
                **{
                    name: yes_no[rng.integers(0, 2, students)]
                    for name in (
                        "户籍在学区",
                        "房产在学区",
                        "是否集体户",
                        "是否租房",
                        "是否随迁子女",
                        "持有居住证",
                        "是否留守儿童",
                    )
                },
            }
        ),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")


if __name__ == "__main__":
    write_roster(Path(sys.argv[1]), int(sys.argv[2]))
