# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 这次摇号公平吗 · Is this lottery fair?
#
# 三个问题：摇号的办法本身有没有偏？结果能不能自己核验？各小区的机会为什么不同？
#
# Three questions. Has the way to draw a bias of its own? Can anyone verify the result? Why do the odds differ by block?

# %%
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

import simulator as sim
from simulator import notebook
from simulator.lottery.odds import odds

project = Path(sim.__file__).parents[1]
town = project / "scenarios" / "choice_town"

# %% [markdown]
# ## 一、摇号办法 · The way to draw
#
# 名册上 1,003 人，300 个学位。四种办法：每人一个随机号（keyed）；号码转圈，摇方向和起点（circle）；摇起始号和间隔数（interval）；
# 摇起始号，按等差数（stride）。不模拟：把可能摇出的全部枚举，用整数相加，得到精确的机会。起始号整个摇出时，四种办法人人都是
# 300/1003。
#
# 1,003 on the roster, 300 seats, four procedures: a random number for each; numbers in a circle with a drawn direction
# and start; a drawn start and interval; a drawn start and a stride. Nothing is simulated: everything that may be drawn
# is enumerated in whole numbers. Where the start is drawn as a whole, everybody has 300/1003 under all four.

# %%
APPLICANTS, PLACES = 1003, 300
for method in ("keyed", "circle", "interval", "stride"):
    fair = odds(method, APPLICANTS, PLACES)
    assert all(share == Fraction(PLACES, APPLICANTS) for _, _, share in fair.ranges())
    print(
        f"{method}: {float(fair.of(1)):.4%}; 相邻两人同中 two neighbours both in: {float(fair.neighbours):.2%}"
        f" (独立时 if independent: {float(fair.independent):.2%})"
    )

# %% [markdown]
# 起始号常用球逐位摇出，偏差就在这里：先摇千位时，1 号球有一半机会，而以 1 开头的只有 1000 至 1003 号，所以他们和跟在后面的人机会
# 大得多。补救办法：整个号码一起摇，摇到没人的号重摇。
#
# Starts are often drawn from balls, digit by digit, and that is where the bias comes in. If the thousands come first,
# ball 1 comes half the time, and only numbers 1000 to 1003 begin with it: they, and those who follow them, fare far
# better. The remedy is to draw the number as a whole, again if it is nobody's.

# %%
BALLS = {
    "whole": "整个摇 as a whole",
    "ones_first": "先摇个位 ones first",
    "highest_first": "先摇最高位 highest digit first",
    "modulo": "取余数 remainder",
}
sheet, axes = notebook.panels(1, 2, inches=(12, 4.2), sharey=True)
rows = []
for ax, method in zip(axes, ("stride", "interval"), strict=True):
    for balls, name in BALLS.items():
        told = odds(method, APPLICANTS, PLACES, balls=balls)
        shares = np.array([float(told.of(place)) for place in range(1, APPLICANTS + 1)])
        assert sum(told.of(place) for place in range(1, APPLICANTS + 1)) == PLACES  # no seat is lost
        ax.plot(np.arange(1, APPLICANTS + 1), 100 * shares, linewidth=1, label=name)
        rows.append((method, name, 100 * shares.min(), 100 * shares.max(), int(shares.argmax()) + 1))
    notebook.label(ax, method, "名册上的位置 position on the roster", "中签机会 odds, %")
notebook.legend(axes[1], fontsize=8)
sheet

# %%
bias = pd.DataFrame(rows, columns=["办法 method", "球 balls", "最小 least %", "最大 greatest %", "谁 who"])
worst = bias[bias["球 balls"] == BALLS["highest_first"]]
assert worst["最大 greatest %"].min() > 39 and worst["最小 least %"].max() < 29
bias.round(2)

# %% [markdown]
# ## 二、自己核验 · Verify it
#
# 每次运行的 `audit/` 里有冻结的名册、它的指纹和摇号结果。`verify.py` 只用 Python 自带的库，不依赖本程序，任何家长都可以运行。
#
# The `audit/` of every run holds the frozen rosters, their fingerprints and the results. `verify.py` needs nothing but
# Python itself, and none of this program: any parent can run it.

# %%
verifier = project / "simulator" / "lottery" / "verify.py"


def verify(folder):
    """What the verifier says of a bundle."""
    asked = [sys.executable, "-I", "-X", "utf8", str(verifier), str(folder)]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


run = sim.run(town)
place = tempfile.TemporaryDirectory()
folder = sim.report.write(run, Path(place.name) / "run", language="zh")
code, said = verify(folder / "audit")
assert code == 0
print(said)

# %% [markdown]
# 有人把自己的孩子往前挪了一位：
#
# Somebody moves a child up by one place:

# %%
result = next((folder / "audit").glob("*choice*.result.txt"))
lines = result.read_text(encoding="utf-8").splitlines()
lines[-1], lines[-2] = (
    "\t".join([a.split("\t")[0], *b.split("\t")[1:]])
    for a, b in ((lines[-1], lines[-2]), (lines[-2], lines[-1]))
)
result.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
code, said = verify(folder / "audit")
assert code != 0
print(said)

# %% [markdown]
# ## 三、各小区的机会 · Odds by block
#
# 同一批孩子、同一批志愿，摇一百次。在本学区入学的机会，有的小区不到一成，有的八成。
#
# The same children and choices, a hundred draws. The odds of a place in the own zone are below a tenth in some blocks
# and eight tenths in others.

# %%
many = sim.sweep(town, draws=100)
blocks = many.to_geopandas()
assert blocks.own_zone.min() < 0.1 and blocks.own_zone.max() > 0.75
sheet, (left, right) = notebook.panels(1, 2, inches=(12, 4.6))
many.plot.odds_map(left)
many.plot.spread(right, indicator="in_own_zone_percent")
sheet

# %% [markdown]
# 是摇号不公平吗？看号本身：每个孩子一百次摇号的平均名次，按小区平均，应该都在正中间（50%），偏离只有随机误差那么大。
#
# Is it the lottery? Look at the numbers drawn: every block's mean place over a hundred draws should be in the middle,
# 50 %, off by no more than chance.

# %%
students = run.students
alone = np.full(len(students), -1, dtype=np.int32)
places = np.zeros(len(students))
for seed in many.counties[0].lottery_seed.tolist():
    drawn = sim.lottery.draw("choice", seed, students.id, alone)
    places += (drawn.order + 0.5) / len(students)
places /= len(many)
size = np.bincount(students.block)
mean = np.bincount(students.block, weights=places) / size
# the mean of n places out of N, drawn without repetition, over so many draws
error = np.sqrt((len(students) - size) / (len(students) - 1) / (12 * size * len(many)))
score = (mean - 0.5) / error
chi_square = float((score**2).sum())
print(
    f"最大偏差 greatest deviation: {np.abs(score).max():.2f} 个标准误 standard errors, {len(size)} 个小区 blocks"
)
print(f"卡方 chi-square {chi_square:.0f}, 期望 expected {len(size) - 1}")
assert np.abs(score).max() < 4.5
assert abs(chi_square - (len(size) - 1)) < 4 * np.sqrt(2 * (len(size) - 1))

# %%
sheet, (left, right) = notebook.panels(1, 2, inches=(11, 4.2))
left.hist(score, bins=np.linspace(-4, 4, 25), density=True, alpha=0.6)
grid = np.linspace(-4, 4, 200)
left.plot(grid, np.exp(-(grid**2) / 2) / np.sqrt(2 * np.pi), color="black")
notebook.label(left, "各小区的号 · Numbers by block", "离 50% 多少个标准误 standard errors off 50%", "")
left.yaxis.set_major_formatter("{x:.1f}")
right.scatter(100 * mean, 100 * blocks.own_zone, s=12)
notebook.label(right, "号与机会 · Numbers and odds", "平均名次 mean place, %", "本学区 own zone, %")
sheet

# %% [markdown]
# 号没有偏。机会不同，是因为有的小区旁边的学校人人想去，有的学校学位多，哥哥姐姐在读的又优先。要改变机会，该动的是学位和规则，不是
# 摇号机。
#
# The numbers have no bias. Odds differ because some schools are wanted by all, some have seats to spare, and siblings
# come first. Who wants other odds must change seats and rules, not the lottery machine.

# %%
explained = np.corrcoef(mean, blocks.own_zone)[0, 1]
print(f"号与机会的相关 correlation of numbers and odds: {explained:+.2f}")
assert abs(explained) < 0.35
place.cleanup()
