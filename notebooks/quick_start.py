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
# 一个方案文件夹，一次运行，几张表。Open as a notebook with Jupytext, or run as a script from the
# project's folder: `python notebooks/quick_start.py`.

# %%
from pathlib import Path

import simulator as sim

scenarios = Path(__file__).parents[1] / "scenarios"
run = sim.run(scenarios / "toy")

# %% [markdown]
# What became of every child. Codes are those of `simulator.model`; `sim.report.frames.frames` gives the same
# with ids, names and headings in a language.

# %%
children = run.admission.to_pandas()
children.insert(0, "student", run.students.id)
print(children[["student", "status", "school", "round", "metres"]])

# %%
from simulator.report.frames import frames

tables = frames(run, "zh")
print(tables["schools"].iloc[:, :8])

# %% [markdown]
# Luck is an input: another seed is another draw, and nothing else changes.

# %%
lottery_winners = {}
for seed in range(1, 11):
    again = sim.run(scenarios / "toy", seed=seed)
    private = int((again.scenario.schools.id == "S4").argmax())
    winner = again.students.id[(again.admission.school == private).argmax()]
    lottery_winners[seed] = str(winner)
print(lottery_winners)
