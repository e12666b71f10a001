# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 快速开始 · Quick start
#
# 一个方案文件夹，一次运行，几张表，几张图。装好 Jupytext 就能当笔记本打开，也可以直接运行：`python notebooks/quick_start.py`。
#
# One scenario folder, one run, some tables, some pictures. Open it as a notebook with Jupytext, or run it as a script:
# `python notebooks/quick_start.py`.

# %%
from pathlib import Path

import simulator as sim

scenarios = Path(sim.__file__).parents[1] / "scenarios"
run = sim.run(scenarios / "toy")
run

# %% [markdown]
# 每个孩子的去向，一行一人。`run.admission.to_pandas()` 是同样的内容，用行号和代码，给程序用。
#
# What became of every child, one row each. `run.admission.to_pandas()` has the same in row numbers and codes, for
# programs.

# %%
children = run.to_pandas()
print(children[["student", "status", "school", "round", "metres"]])

# %% [markdown]
# 给人看的表，中文或英文。Tables as people read them, in Chinese or English.

# %%
print(run.to_pandas("schools", language="zh").iloc[:, :8])

# %% [markdown]
# ## 图 · Pictures
#
# `run.plot` 里的每一种图都画在给它的 `ax` 上；没有给，就新画一张。Every picture of `run.plot` is drawn on the `ax` it is
# given, or on a new one.

# %%
run.plot.map()

# %%
run.plot.loads(language="en")

# %% [markdown]
# ## 运气是输入 · Luck is an input
#
# 换一个种子，就是另一次摇号，其余不变。民办学校 S4 只有一个学位，两人报名。
#
# Another seed is another draw, and nothing else changes. Private school S4 has one seat, and two children apply.

# %%
winners = {}
for seed in range(1, 11):
    again = sim.run(scenarios / "toy", seed=seed).to_pandas()
    winners[seed] = again.student[again.school == "S4"].item()
print(winners)

# %% [markdown]
# 一次摇号会骗人，摇两百次：各占一半，区间里有 50%。One draw may mislead; in two hundred each wins about half.

# %%
many = sim.sweep(scenarios / "toy", draws=200)
many

# %%
odds = many.counties[0].odds
blocks, schools = run.scenario.blocks.id, run.scenario.schools.id
for _, _, block, _, school, times in odds[schools[odds[:, 4]] == "S4"].tolist():
    print(blocks[block], "→", schools[school], f"{times} / {len(many)}")
    assert abs(times - len(many) / 2) < 4 * (len(many) / 4) ** 0.5
